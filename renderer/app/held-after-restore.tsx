import { lazy, Suspense, useState } from 'react';
import { useMay } from './access/session-context';
import { Button, Notice, shortInstant, useLive, useOffice, useTexts } from './parts';

const EndHold = lazy(() => import('./settings/end-hold'));

/** On every screen while sending rests because a backup was put back: since when, and for doctors the way to decide. */
export function HeldAfterRestore() {
  const t = useTexts();
  const office = useOffice();
  const mayEnd = useMay('end-hold');
  const hold = useLive(() => office.store.restoredHold());
  const [isOpen, setOpen] = useState(false);
  if (hold.kind !== 'ready' || hold.value === null) return null;
  const since = shortInstant(hold.value.since, office.clock.now(), t.language);
  return (
    <>
      <Notice
        kind="outage"
        title={t('backup.hold.title', { since })}
        action={
          mayEnd ? (
            <Button size="small" onPress={() => setOpen(true)}>
              {t('backup.hold.decide')}
            </Button>
          ) : null
        }
      >
        {t(mayEnd ? 'backup.hold.words' : 'backup.hold.wordsOthers')}
      </Notice>
      {isOpen ? (
        <Suspense fallback={null}>
          <EndHold onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
