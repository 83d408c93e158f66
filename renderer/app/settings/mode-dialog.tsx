import { useState } from 'react';
import type { Connections } from '../../../electron/contract/connections';
import type { Settings } from '../../domain/settings';
import { Button, Dialog, Toggle, useSetup, useTexts } from '../parts';

/** Says what changes with the mode; goes on only when the user has said that all of it is meant. */
export function ModeDialog({
  mode,
  connections,
  isPending,
  onConfirm,
  onClose,
}: {
  /** The mode that would begin. */
  mode: Settings['mode'];
  /** Those that would be used; in rehearsal the world brings its own. */
  connections: Connections;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const { settings } = useSetup();
  const [isMeant, setMeant] = useState(false);
  const points =
    mode === 'live'
      ? [
          t('settings.mode.live.real', { practice: settings.practice.name, address: connections.mail.address }),
          t('settings.mode.live.sign', { endpoint: connections.connector.endpoint }),
          t('settings.mode.live.old'),
          t('settings.mode.live.certification', { softwareId: settings.softwareId }),
          ...(settings.noticing.lagebild ? [t('noticing.settings.inLive')] : []),
        ]
      : [
          t('settings.mode.toRehearsal.test'),
          t('settings.mode.toRehearsal.paper'),
          t('settings.mode.toRehearsal.connections'),
        ];
  return (
    <Dialog
      title={t(`settings.mode.confirm.${mode}`)}
      isAlert
      width="wide"
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose} autoFocus>
            {t('parts.cancel')}
          </Button>
          <Button
            kind={mode === 'live' ? 'danger' : 'primary'}
            onPress={onConfirm}
            isDisabled={!isMeant}
            isPending={isPending}
          >
            {t(`settings.mode.do.${mode}`)}
          </Button>
        </>
      }
    >
      <ul className="mode-points">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <Toggle look="box" label={t(`settings.mode.meant.${mode}`)} isOn={isMeant} onChange={setMeant} />
    </Dialog>
  );
}
