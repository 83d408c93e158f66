import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SlipDrawing } from '../../outbox/office';
import { obstacleWords } from './obstacle-words';
import { Waiting } from './progress';
import { Notice } from './surfaces';
import { useTexts } from './texts-context';

type Shown =
  | { readonly kind: 'drawing' }
  | { readonly kind: 'shown'; readonly pages: number }
  | { readonly kind: 'trouble'; readonly words: string };

/** Sheets that are shown; a batch of five hundred is looked at by its beginning. */
const shownAtMost = 12;
/** Twice what the sheets cover on the screen, so that small type and the barcode stay sharp. */
const resolution = 150;

/** The sheets of a drawing as they will print, one below the other. Draw anew with another `key`. */
export function PdfPreview({ draw }: { draw: () => Promise<SlipDrawing> }) {
  const t = useTexts();
  const sheets = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>({ kind: 'drawing' });
  const show = useEffectEvent(async (isCurrent: () => boolean): Promise<Shown | null> => {
    const [drawing, { drawPdfPages }] = await Promise.all([draw(), import('./pdf-pages')]);
    if (!isCurrent()) return null;
    if (drawing.kind === 'obstacle') return { kind: 'trouble', words: obstacleWords(t, drawing) };
    const pages = await drawPdfPages(drawing.pdf, resolution, shownAtMost);
    if (!isCurrent()) return null;
    pages.forEach(({ canvas }, index) => {
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', t('parts.preview.page', { page: index + 1, of: drawing.pages }));
    });
    sheets.current?.replaceChildren(...pages.map(({ canvas }) => canvas));
    return { kind: 'shown', pages: drawing.pages };
  });
  useEffect(() => {
    let isCurrent = true;
    show(() => isCurrent).then(
      (done) => {
        if (done !== null) setShown(done);
      },
      (error: unknown) => {
        console.error(error);
        if (isCurrent) setShown({ kind: 'trouble', words: t('parts.preview.cannot') });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [t]);
  return (
    <div className="pdf-preview">
      {shown.kind === 'drawing' ? <Waiting>{t('parts.preview.drawing')}</Waiting> : null}
      {shown.kind === 'trouble' ? <Notice kind="error">{shown.words}</Notice> : null}
      {shown.kind === 'shown' && shown.pages > shownAtMost ? (
        <p className="soft small">{t('parts.preview.beginning', { shown: shownAtMost, of: shown.pages })}</p>
      ) : null}
      <div
        className={shown.kind === 'shown' ? 'pdf-sheets' : 'pdf-sheets is-empty'}
        tabIndex={0}
        role="region"
        aria-label={t('parts.preview.label')}
        ref={sheets}
      />
    </div>
  );
}
