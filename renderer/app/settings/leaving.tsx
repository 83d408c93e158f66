import { useEffect, useEffectEvent, useState } from 'react';
import { placeOf } from '../navigation';
import { Button, Dialog, useTexts } from '../parts';

/**
 * Asks before the screen is left with changes that are not saved: inside the program, and when the window closes. Going from one part of
 * the settings to another doesn't ask.
 */
export function AskBeforeLeaving({
  isChanged,
  onSave,
  onDiscard,
}: {
  isChanged: boolean;
  /** Saves; `false`: it could not, the screen stays. */
  onSave: () => Promise<boolean>;
  onDiscard: () => void;
}) {
  const t = useTexts();
  const [target, setTarget] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const hold = useEffectEvent((event: NavigateEvent) => {
    const { hash } = new URL(event.destination.url);
    if (!event.hashChange || !event.cancelable || placeOf(hash).screen === 'settings') return;
    event.preventDefault();
    setTarget(hash);
  });
  useEffect(() => {
    if (!isChanged) return undefined;
    const listen = (event: NavigateEvent) => hold(event);
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.navigation.addEventListener('navigate', listen);
    window.addEventListener('beforeunload', ask);
    return () => {
      window.navigation.removeEventListener('navigate', listen);
      window.removeEventListener('beforeunload', ask);
    };
  }, [isChanged]);
  // What is no change any more holds nobody back.
  useEffect(() => {
    if (!isChanged && target !== null) window.location.hash = target;
  }, [isChanged, target]);
  if (target === null || !isChanged) return null;
  const saveAndGo = async () => {
    setSaving(true);
    const saved = await onSave();
    setSaving(false);
    if (!saved) setTarget(null);
  };
  return (
    <Dialog
      title={t('settings.leave.title')}
      isAlert
      onClose={() => setTarget(null)}
      buttons={
        <>
          <Button onPress={() => setTarget(null)}>{t('settings.leave.stay')}</Button>
          <Button onPress={onDiscard}>{t('settings.leave.discard')}</Button>
          <Button kind="primary" onPress={() => void saveAndGo()} isPending={isSaving} autoFocus>
            {t('settings.leave.save')}
          </Button>
        </>
      }
    >
      <p>{t('settings.leave.words')}</p>
    </Dialog>
  );
}
