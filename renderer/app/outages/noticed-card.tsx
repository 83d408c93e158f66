import { useState } from 'react';
import type { Outage } from '../../domain/outage';
import type { EndOffer, Proposal } from '../../outbox/proposals';
import { Button, ConfirmDialog, Notice, shortInstant, useAnnounce, useOffice, useTexts, type Wording } from '../parts';
import { useNoticing } from '../parts/noticing';
import { endAndSend } from './last-run';
import { payersConcerned, scopeTitle } from './scope';
import type { Situation } from './screen';

/** What the program takes for likely: an outage, with the figures that speak for it, or the end of one. The user decides. */
export function Noticed({ situation }: { situation: Situation }) {
  const noticing = useNoticing();
  if (noticing === null) return null;
  return (
    <>
      {noticing.endOffers.map((offer) => {
        const outage = situation.outages.find(({ id }) => id === offer.outageId);
        return outage === undefined ? null : (
          <Offer key={offer.key} offer={offer} outage={outage} situation={situation} />
        );
      })}
      {noticing.proposals.map((proposal) => (
        <Suspicion key={proposal.key} proposal={proposal} situation={situation} />
      ))}
    </>
  );
}

function Suspicion({ proposal, situation }: { proposal: Proposal; situation: Situation }) {
  const t = useTexts();
  const office = useOffice();
  const announce = useAnnounce();
  const { scope, evidence } = proposal;
  const now = office.clock.now();
  const name = scopeTitle(scope, situation.payers, t);
  const words = evidenceWords(proposal, now, t);
  const declare = async () => {
    try {
      await office.declareOutage(scope, words.slice(0, 200));
      announce(t('outages.declare.done', { name }));
    } catch (error) {
      announce(t('parts.change.failed', { text: String(error) }), 'error');
    }
  };
  const concerned = payersConcerned(scope, situation.payers).map((payer) => payer.name);
  return (
    <Notice
      kind="outage"
      title={t(scope.kind === 'all' ? 'noticing.proposal.titleAll' : 'noticing.proposal.title', { name })}
      action={
        <span className="notice-buttons">
          <Button size="small" kind="primary" onPress={() => void declare()}>
            {t('noticing.proposal.declare')}
          </Button>
          <Button size="small" onPress={() => void office.dismiss(proposal)}>
            {t('noticing.notNow')}
          </Button>
        </span>
      }
    >
      <p>{words}</p>
      <p className="small soft">
        {scope.kind === 'all'
          ? t('noticing.proposal.concernsAll')
          : t('noticing.proposal.concerns', { count: Math.max(1, concerned.length) })}
        {scope.kind === 'provider' && concerned.length > 0 ? `: ${shortened(concerned, t)}` : '.'}
        {evidence.lagebild === 'available' ? ` ${t('noticing.proposal.lagebildAvailable')}` : ''}
      </p>
    </Notice>
  );
}

/** The figures that speak for it, in one sentence; it becomes the reason in the outage's report. */
function evidenceWords({ scope, evidence }: Proposal, now: Date, t: Wording): string {
  const { payers, failed, since, lagebild } = evidence;
  const parts = [
    failed === 0
      ? null
      : scope.kind === 'payer'
        ? t('noticing.proposal.failedHere', { count: failed })
        : t('noticing.proposal.failed', {
            certificates: t('noticing.proposal.certificates', { count: failed }),
            payers: t('noticing.proposal.payers', { count: payers }),
          }),
    since === null ? null : t('noticing.proposal.since', { since: shortInstant(since, now, t.language) }),
  ].filter((part) => part !== null);
  const own = parts.length === 0 ? null : `${parts.join(' ')}.`;
  const word =
    lagebild === 'down' ? t(failed === 0 ? 'noticing.proposal.lagebildAlone' : 'noticing.proposal.lagebildToo') : null;
  return [own, word].filter((part) => part !== null).join(' ');
}

const mostNames = 5;

function shortened(names: readonly string[], t: Wording): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames
    ? `${shown} ${t('noticing.proposal.andMore', { count: names.length - mostNames })}.`
    : `${shown}.`;
}

function Offer({ offer, outage, situation }: { offer: EndOffer; outage: Outage; situation: Situation }) {
  const t = useTexts();
  const office = useOffice();
  const [isEnding, setEnding] = useState(false);
  const name = scopeTitle(outage.scope, situation.payers, t);
  const since = shortInstant(offer.since, office.clock.now(), t.language);
  return (
    <>
      <Notice
        kind="good"
        title={t('noticing.end.title', { name })}
        action={
          <span className="notice-buttons">
            <Button size="small" kind="primary" onPress={() => setEnding(true)}>
              {t('outages.end.button')}
            </Button>
            <Button size="small" onPress={() => void office.dismiss(offer)}>
              {t('noticing.notNow')}
            </Button>
          </span>
        }
      >
        {t(`noticing.end.${offer.by}`, { since })}
      </Notice>
      {isEnding ? (
        <ConfirmDialog
          title={t('outages.end.title', { name })}
          confirm={t('outages.end.confirmSend')}
          onConfirm={() => {
            setEnding(false);
            void endAndSend(office, outage.id);
          }}
          onClose={() => setEnding(false)}
        >
          <p>{t('noticing.end.words')}</p>
          <p className="soft">{t('outages.end.notSure')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
