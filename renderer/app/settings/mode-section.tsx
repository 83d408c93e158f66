import { useState } from 'react';
import { useAtWork } from '../access/session-context';
import { openVault, vaultPlaces } from '../access/vault-places';
import { carriedKey, carriedOver } from '../first-start/carried-over';
import { proposeRehearsal } from '../../outbox/rehearsing';
import { vaultName } from '../../store/database';
import type { Settings } from '../../domain/settings';
import { Button, Card, Tag, useLive, useOffice, useOutboxProgress, useSetup, useTexts } from '../parts';
import type { Draft } from './changes';
import { ModeDialog } from './mode-dialog';

/** Rehearsal or live: which it is, what that means, and the way to the other. Each is a vault of its own; going over logs off here. */
export function ModeSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const office = useOffice();
  const { vault } = useAtWork();
  const { settings } = useSetup();
  const { mode } = settings;
  const waiting = useLive(() => office.store.records.count(['issued', 'signed', 'attempting', 'unknown']));
  const progress = useOutboxProgress();
  /** The dialog is open; with what could be taken along. */
  const [asking, setAsking] = useState<{ readonly carried: Settings | null } | null>(null);
  const [takesAlong, setTakesAlong] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const isChanged = draft.changed.length > 0;
  const isBusy = progress.kind === 'running' && progress.step !== 'collecting';
  // A practice that went live before there were two vaults has no place for a rehearsal beside it.
  const isFromBefore = mode !== vault.place.kind;
  const other = mode === 'live' ? 'rehearsal' : 'live';
  const ask = async () => {
    const madeUp = other === 'live' && !(await isThere(other)) ? await proposeRehearsal(vault.host) : null;
    setTakesAlong(false);
    setAsking({ carried: madeUp === null || 'kind' in madeUp ? null : carriedOver(settings, madeUp.settings) });
  };
  const leave = async () => {
    setLeaving(true);
    const carried = takesAlong ? (asking?.carried ?? null) : null;
    await vault.logOff();
    openVault(other, carried === null ? {} : { [carriedKey]: JSON.stringify(carried) });
  };
  return (
    <>
      <Card
        title={t('settings.mode.now')}
        aside={<Tag kind={mode === 'rehearsal' ? 'accent' : 'good'}>{t(`settings.mode.name.${mode}`)}</Tag>}
      >
        <p>{t(`settings.mode.words.${mode}`)}</p>
        {isFromBefore ? (
          <p className="soft">{t('settings.mode.fromBefore')}</p>
        ) : (
          <div className="mode-buttons">
            <Button onPress={() => void ask()} isDisabled={isChanged || isBusy}>
              {t(`settings.mode.leave.${mode}`)}
            </Button>
            {isChanged ? <span className="soft small">{t('settings.mode.saveFirst')}</span> : null}
            {isBusy ? <span className="soft small">{t('settings.mode.busy')}</span> : null}
          </div>
        )}
      </Card>
      {asking !== null ? (
        <ModeDialog
          mode={other}
          along={asking.carried === null ? null : { isOn: takesAlong, onChange: setTakesAlong }}
          waiting={waiting.kind === 'ready' ? waiting.value : 0}
          isPending={isLeaving}
          onConfirm={() => void leave()}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  );
}

/** Whether the other vault was set up already: nothing is taken along into that. */
async function isThere(kind: Settings['mode']): Promise<boolean> {
  const name = vaultName(vaultPlaces[kind].database);
  return (await indexedDB.databases()).some((one) => one.name === name);
}
