import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { CertificateContent } from '../../domain/certificate';
import { useOffice } from '../parts';
import { holdUnsaved } from '../parts/unsaved';
import { DraftKeeper, type Saving } from './draft-keeper';
import { createEdit, type Edit } from './form';
import { useSteady } from '../parts/use-same';
import { keepWithDraft, unchosenOf, type Unchosen } from './unchosen';
import { remember, type Desk } from './working-draft';

/** Milliseconds of silence after which what was typed is written. */
const saveDelay = 400;

export interface Draft {
  readonly content: CertificateContent;
  readonly edit: Edit;
  readonly keeper: DraftKeeper;
  readonly saving: Saving;
  /** What is typed and not chosen. */
  readonly unchosen: Unchosen;
}

/** The content on the desk; every change is kept. What is unsaved is written when the window is hidden or the screen left. */
export function useDraft(desk: Desk): Draft {
  const office = useOffice();
  const [content, setContent] = useState(desk.content);
  const [keeper] = useState(() => {
    const { draft } = desk;
    return new DraftKeeper(
      { office, delay: saveDelay },
      draft === null ? null : { id: draft.id, source: draft.coverageSource },
    );
  });
  const [unchosen] = useState(() => unchosenOf(office, desk.draft?.id ?? null));
  const saving = useSyncExternalStore(keeper.subscribe, keeper.saving);
  const edit = useMemo(
    () =>
      createEdit((change) => {
        setContent(change);
      }),
    [],
  );
  const keepOpen = useSteady((draftId: string) => {
    remember(draftId);
    keepWithDraft(office, draftId, unchosen);
  });
  useEffect(() => {
    if (content !== desk.content) keeper.change(content);
  }, [content, desk.content, keeper]);
  useEffect(() => {
    const save = () => void keeper.flush();
    const release = holdUnsaved(async () => {
      const written = await keeper.flush();
      // The screen may be gone before it notices by itself.
      if (keeper.id !== null) keepOpen(keeper.id);
      return written.kind !== 'failed';
    });
    window.addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      window.removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
      release();
      save();
    };
  }, [keeper, keepOpen]);
  useEffect(() => {
    if (saving.kind === 'saved' && keeper.id !== null) keepOpen(keeper.id);
  }, [keeper, saving, keepOpen]);
  return { content, edit, keeper, saving, unchosen };
}
