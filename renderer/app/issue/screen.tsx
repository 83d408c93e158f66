import './issue.css';
import { useCallback, useEffect, useState } from 'react';
import { useOffice, usePlace, useSetup, Waiting } from '../parts';
import { useNoteViewed } from '../trail/view-noting';
import { Editor } from './editor';
import { forgetUnchosen } from './unchosen';
import { deskOf, newDesk, openDesk, type Desk } from './working-draft';

/** «Ausstellen»: record a certificate, issue it, print its slips. */
export default function IssueScreen() {
  const office = useOffice();
  const { settings } = useSetup();
  const { detail } = usePlace();
  const [desk, setDesk] = useState<Desk | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void office.store.setup().then(async (setup) => {
      if (setup === null) return;
      const opened = await openDesk(office, setup.settings, detail);
      if (isCurrent) setDesk(opened);
    });
    return () => {
      isCurrent = false;
    };
  }, [office, detail]);
  const startNew = useCallback(() => {
    forgetUnchosen(office, null);
    setDesk(newDesk(office, settings));
  }, [office, settings]);
  useNoteViewed(desk?.draft?.id ?? null, true);
  if (desk === null) return <Waiting />;
  return (
    <Editor key={desk.key} desk={desk} onNew={startNew} onOpen={(draft) => void deskOf(office, draft).then(setDesk)} />
  );
}
