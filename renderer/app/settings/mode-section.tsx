import { useState } from 'react';
import { useAtWork } from '../access/session-context';
import { openVault } from '../access/vault-places';
import { Button, Card, Tag, useLive, useOffice, useOutboxProgress, useSetup, useTexts } from '../parts';
import type { Draft } from './changes';
import { ModeDialog } from './mode-dialog';

/** Rehearsal or live: which it is, what that means, and the way to the other. Each is a vault of its own; going over logs off here. */
export function ModeSection({ draft }: { draft: Draft }) {
  const t = useTexts();
  const office = useOffice();
  const { vault } = useAtWork();
  const { mode } = useSetup().settings;
  const waiting = useLive(() => office.store.records.count(['issued', 'signed', 'attempting', 'unknown']));
  const progress = useOutboxProgress();
  const [isAsking, setAsking] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const isChanged = draft.changed.length > 0;
  const isBusy = progress.kind === 'running' && progress.step !== 'collecting';
  // A practice that went live before there were two vaults has no place for a rehearsal beside it.
  const isFromBefore = mode !== vault.place.kind;
  const other = mode === 'live' ? 'rehearsal' : 'live';
  const leave = async () => {
    setLeaving(true);
    await vault.logOff();
    openVault(other);
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
            <Button onPress={() => setAsking(true)} isDisabled={isChanged || isBusy}>
              {t(`settings.mode.leave.${mode}`)}
            </Button>
            {isChanged ? <span className="soft small">{t('settings.mode.saveFirst')}</span> : null}
            {isBusy ? <span className="soft small">{t('settings.mode.busy')}</span> : null}
          </div>
        )}
      </Card>
      {isAsking ? (
        <ModeDialog
          mode={other}
          waiting={waiting.kind === 'ready' ? waiting.value : 0}
          isPending={isLeaving}
          onConfirm={() => void leave()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
