import { useState } from 'react';
import type { Settings } from '../../domain/settings';
import { noConnections, connectionsOf } from '../first-start/own-setup';
import {
  Button,
  Card,
  Dialog,
  Notice,
  obstacleWords,
  TextField,
  useAgenda,
  useAnnounce,
  useOffice,
  useSetup,
  useTexts,
} from '../parts';

/** Rehearsal or live. Changing over asks for a typed word, and never while anything is owed: it would go to the wrong world. */
export function ModePanel({ isChanged }: { isChanged: boolean }) {
  const t = useTexts();
  const { settings } = useSetup();
  const agenda = useAgenda();
  const [isAsking, setAsking] = useState(false);
  const other: Settings['mode'] = settings.mode === 'rehearsal' ? 'live' : 'rehearsal';
  const open = agenda.kind === 'ready' ? agenda.value.owed.length + agenda.value.drafts.length : null;
  return (
    <Card title={t('settings.mode.title')}>
      <p className="mode-now">
        <strong>{t(`settings.mode.now.${settings.mode}`)}</strong>
      </p>
      <p className="card-words mode-words">{t(`settings.mode.words.${settings.mode}`)}</p>
      {open !== null && open > 0 ? (
        <Notice kind="outage">{t('settings.mode.owed', { count: open })}</Notice>
      ) : isChanged ? (
        <Notice kind="info">{t('settings.mode.saveFirst')}</Notice>
      ) : (
        <Button onPress={() => setAsking(true)} isDisabled={open === null}>
          {t(`settings.mode.change.${other}`)}
        </Button>
      )}
      {isAsking ? <ModeDialog to={other} onClose={() => setAsking(false)} /> : null}
    </Card>
  );
}

function ModeDialog({ to, onClose }: { to: Settings['mode']; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const setup = useSetup();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const word = t(`settings.mode.word.${to}`);
  const isRight = typed.trim().toLocaleLowerCase(t.language) === word.toLocaleLowerCase(t.language);
  const change = async () => {
    if (!isRight) return;
    setBusy(true);
    const connections = await connectionsFor();
    if (connections === null) return;
    await office.saveSetup({ settings: { ...setup.settings, mode: to }, connections });
    announce(t(`settings.mode.now.${to}`));
    onClose();
  };

  async function connectionsFor() {
    if (to === 'rehearsal') {
      const proposed = await office.proposeRehearsal();
      if (!('kind' in proposed)) return proposed.connections;
      setTrouble(obstacleWords(t, proposed));
      setBusy(false);
      return null;
    }
    // Nothing of the rehearsal world may be reached from here on: the real connections are entered anew.
    const none = connectionsOf(noConnections);
    if (none.kind === 'wrong') throw new Error('Connections with nothing entered are always valid.');
    return none.connections;
  }

  return (
    <Dialog
      title={t(`settings.mode.change.${to}`)}
      onClose={onClose}
      isAlert
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.cancel')}</Button>
          <Button
            kind={to === 'live' ? 'danger' : 'primary'}
            onPress={() => void change()}
            isDisabled={!isRight}
            isPending={isBusy}
          >
            {t(`settings.mode.confirm.${to}`)}
          </Button>
        </>
      }
    >
      {trouble === null ? null : (
        <Notice kind="error" assertive>
          {trouble}
        </Notice>
      )}
      <p>{t(`settings.mode.before.${to}`)}</p>
      <TextField label={t('settings.mode.type', { word })} value={typed} onChange={setTyped} autoFocus />
    </Dialog>
  );
}
