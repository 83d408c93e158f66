import type { Settings } from '../../domain/settings';
import { Button, Dialog, Toggle, useTexts } from '../parts';

/** Says what going over means, both ways: another vault, with accounts of its own, and this one at rest until somebody logs in again. */
export function ModeDialog({
  mode,
  waiting,
  along,
  isPending,
  onConfirm,
  onClose,
}: {
  /** The mode that would begin. */
  mode: Settings['mode'];
  /** Certificates here that still have to be sent. */
  waiting: number;
  /** Whether what was typed about the practice is taken along; `null`: there is nothing. */
  along: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void } | null;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const t = useTexts();
  const points =
    mode === 'live'
      ? [
          t('settings.mode.live.own'),
          t('settings.mode.live.nothing'),
          t('settings.mode.live.real'),
          t('settings.mode.live.certification'),
          t('settings.mode.live.stays'),
        ]
      : [
          ...(waiting > 0 ? [t('settings.mode.toRehearsal.waiting', { count: waiting })] : []),
          t('settings.mode.toRehearsal.rests'),
          t('settings.mode.toRehearsal.test'),
          t('settings.mode.toRehearsal.accounts'),
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
          <Button kind="primary" onPress={onConfirm} isPending={isPending}>
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
      {along === null ? null : (
        <div className="mode-along">
          <Toggle look="box" label={t('settings.mode.live.along')} {...along} />
          <p className="hint">{t('settings.mode.live.alongHint')}</p>
        </div>
      )}
    </Dialog>
  );
}
