import './settings.css';
import { useState } from 'react';
import { collectionWords, submissionWords, type RunWords } from '../certificates/submission-words';
import { Button, Dialog, Notice, Toggle, useAnnounce, useLive, useOffice, useTexts, Waiting } from '../parts';

/** The doctor's decision that sending goes on after a backup was put back: what may have been sent already is said first, and the mailbox can be looked into. */
export default function EndHold({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const [isMeant, setMeant] = useState(false);
  const [busy, setBusy] = useState<'collecting' | 'ending' | null>(null);
  const [said, setSaid] = useState<RunWords | null>(null);
  const hold = useLive(() => office.restoredHold());
  if (hold.kind !== 'ready' || hold.value === null) return <Waiting />;
  const { signed, unsigned, unmatched } = hold.value;
  const collect = async () => {
    setBusy('collecting');
    try {
      setSaid(collectionWords(t, await office.collect()));
    } catch (error) {
      setSaid({ kind: 'error', text: t('owed.collect.broken', { text: String(error) }) });
    } finally {
      setBusy(null);
    }
  };
  const end = async () => {
    setBusy('ending');
    try {
      const words = submissionWords(t, await office.endRestoredHold());
      announce(words.text, words.kind === 'error' ? 'error' : undefined);
      onClose();
    } catch (error) {
      setSaid({ kind: 'error', text: t('backup.hold.failed', { text: String(error) }) });
    } finally {
      setBusy(null);
    }
  };
  return (
    <Dialog
      title={t('backup.hold.question')}
      isAlert
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose} autoFocus>
            {t('parts.cancel')}
          </Button>
          <Button onPress={() => void collect()} isPending={busy === 'collecting'}>
            {t('backup.hold.collect')}
          </Button>
          <Button kind="danger" onPress={() => void end()} isDisabled={!isMeant} isPending={busy === 'ending'}>
            {t('backup.hold.end')}
          </Button>
        </>
      }
    >
      <p>{t('backup.hold.why')}</p>
      <ul className="mode-points">
        {signed > 0 ? <li>{t('backup.hold.signed', { count: signed })}</li> : null}
        {unsigned > 0 ? <li>{t('backup.hold.unsigned', { count: unsigned })}</li> : null}
        <li>{t('backup.hold.gone')}</li>
        {unmatched > 0 ? <li>{t('backup.hold.unmatched', { count: unmatched })}</li> : null}
      </ul>
      <p>{t('backup.hold.first')}</p>
      {said === null ? null : (
        <Notice kind={said.kind} assertive>
          {said.text}
        </Notice>
      )}
      <Toggle look="box" label={t('backup.hold.meant')} isOn={isMeant} onChange={setMeant} />
    </Dialog>
  );
}
