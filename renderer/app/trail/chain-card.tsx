import type { ChainCheck } from '../../store/event-log';
import { useAtWork } from '../access/session-context';
import { Button, Card, goTo, Notice, shortInstant, StatusDot, useOffice, useTexts, type Wording } from '../parts';
import { useKept } from '../parts/kept';

/** Whether the chain of events holds, and the button that checks all of it. */
export function ChainCard() {
  const t = useTexts();
  const { store, clock } = useOffice();
  const { chain } = useAtWork().vault;
  const standing = useKept(chain.standing);
  const isChecking =
    standing.kind === 'checking' ||
    (standing.kind === 'checked' && !standing.isWhole && standing.check.kind === 'held');
  return (
    <Card
      title={t('trail.chain.title')}
      aside={
        <Button size="small" onPress={() => void chain.check(store)} isPending={isChecking}>
          {t('trail.chain.check')}
        </Button>
      }
    >
      {standing.kind === 'checked' && standing.check.kind !== 'held' ? (
        <BrokenChain check={standing.check} />
      ) : standing.kind === 'failed' ? (
        <Notice kind="error">{t('trail.chain.failed', { text: standing.text })}</Notice>
      ) : standing.kind === 'checked' && standing.check.kind === 'held' ? (
        <StatusDot kind={standing.isWhole ? 'good' : 'partly'}>
          {standing.isWhole
            ? t('trail.chain.held', {
                until: standing.check.until,
                at: shortInstant(standing.at.toISOString(), clock.now(), t.language),
              })
            : t('trail.chain.heldSince', { from: standing.check.from, until: standing.check.until })}
        </StatusDot>
      ) : (
        <StatusDot kind="waiting">
          {t(standing.kind === 'checking' ? 'trail.chain.checking' : 'trail.chain.unchecked')}
        </StatusDot>
      )}
      <p className="small soft">{t('trail.chain.words')}</p>
    </Card>
  );
}

function BrokenChain({ check }: { check: Exclude<ChainCheck, { kind: 'held' }> }) {
  const t = useTexts();
  return (
    <Notice kind="error" title={t('trail.chain.broken.title')} assertive>
      <p>{brokenWords(t, check)}</p>
      <p>{t('trail.chain.broken.now')}</p>
    </Notice>
  );
}

/** Where the chain is broken. */
function brokenWords(t: Wording, check: Exclude<ChainCheck, { kind: 'held' }>): string {
  return check.kind === 'cut'
    ? t('trail.chain.broken.cut', { until: check.until, sealedUntil: check.sealedUntil })
    : t(`trail.chain.broken.${check.what}`, { sequence: check.sequence });
}

/** Over every screen while the chain is broken: nobody should have to go looking for it. */
export function ChainAlert({ mayLook }: { mayLook: boolean }) {
  const t = useTexts();
  const standing = useKept(useAtWork().vault.chain.standing);
  if (standing.kind !== 'checked' || standing.check.kind === 'held') return null;
  return (
    <Notice
      kind="error"
      title={t('trail.chain.broken.title')}
      action={
        mayLook ? (
          <Button size="small" onPress={() => goTo('settings', 'protokoll')}>
            {t('trail.chain.look')}
          </Button>
        ) : undefined
      }
    >
      {brokenWords(t, standing.check)}
    </Notice>
  );
}
