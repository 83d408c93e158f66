import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { SlipCopy } from '../../domain/certificate';
import type { CertificateRecord } from '../../domain/record';
import type { Obstacle } from '../../outbox/office';
import { useOffice } from './office-context';
import { obstacleWords } from './obstacle-words';
import { useTexts } from './texts-context';

type Shown = { readonly kind: 'waiting' } | { readonly kind: 'drawn' } | Obstacle;

/** Milliseconds without a change before the slip is drawn anew. */
const settleTime = 600;
/** A5 in CSS pixels. */
const slipWidth = 559;

/** One copy of a certificate's slip as it will print. Follows the record once it has not changed for a moment. */
export function SlipPreview({ record, copy }: { record: CertificateRecord; copy: SlipCopy }) {
  const office = useOffice();
  const t = useTexts();
  const sheet = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown>({ kind: 'waiting' });
  const draw = useEffectEvent(async (isCurrent: () => boolean) => {
    const [drawing, { drawPdfPages }] = await Promise.all([office.drawSlips(record, [copy]), import('./pdf-pages')]);
    if (!isCurrent()) return;
    if (drawing.kind === 'obstacle') {
      setShown(drawing);
      return;
    }
    // Twice the dots that the sheet covers on this screen, so that small type and the barcode stay sharp.
    const dots = 2 * (sheet.current?.clientWidth ?? slipWidth) * window.devicePixelRatio;
    const [page] = await drawPdfPages(drawing.pdf, Math.max(96, (96 * dots) / slipWidth));
    if (!isCurrent() || page === undefined) return;
    page.canvas.setAttribute('role', 'img');
    page.canvas.setAttribute('aria-label', t('parts.slip.picture', { copy }));
    sheet.current?.replaceChildren(page.canvas);
    setShown({ kind: 'drawn' });
  });
  const wasDrawn = useRef(false);
  useEffect(() => {
    let isCurrent = true;
    const timer = window.setTimeout(
      () => {
        wasDrawn.current = true;
        draw(() => isCurrent).catch((error: unknown) => {
          console.error(error);
          if (isCurrent) setShown({ kind: 'obstacle', what: 'preview', values: {} });
        });
      },
      wasDrawn.current ? settleTime : 0,
    );
    return () => {
      isCurrent = false;
      window.clearTimeout(timer);
    };
  }, [record, copy]);
  return (
    <div className="slip">
      <div ref={sheet} className={shown.kind === 'obstacle' ? 'slip-sheet is-stale' : 'slip-sheet'} />
      {shown.kind === 'waiting' ? <p className="slip-word">{t('parts.slip.drawing')}</p> : null}
      {shown.kind === 'obstacle' ? (
        <p className="slip-word" role="status">
          {shown.what === 'preview' ? t('parts.slip.cannot') : obstacleWords(t, shown)}
        </p>
      ) : null}
    </div>
  );
}
