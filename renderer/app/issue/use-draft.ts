import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { CertificateContent } from '../../domain/certificate';
import { useOffice } from '../parts';
import type { DraftKeeper, Saving } from './draft-keeper';
import { createEdit, type Edit } from './form';
import type { Unchosen } from './unchosen';
import { layOut, type Desk } from './working-draft';

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
  const { keeper, unchosen } = desk;
  const saving = useSyncExternalStore(keeper.subscribe, keeper.saving);
  const edit = useMemo(
    () =>
      createEdit((change) => {
        setContent(change);
      }),
    [],
  );
  useEffect(() => layOut(office, desk), [office, desk]);
  useEffect(() => {
    if (content !== desk.content) keeper.change(content);
  }, [content, desk.content, keeper]);
  useEffect(() => {
    const save = () => void keeper.flush();
    window.addEventListener('pagehide', save);
    document.addEventListener('visibilitychange', save);
    return () => {
      window.removeEventListener('pagehide', save);
      document.removeEventListener('visibilitychange', save);
      save();
    };
  }, [keeper]);
  return { content, edit, keeper, saving, unchosen };
}
