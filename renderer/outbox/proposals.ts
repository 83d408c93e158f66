import { z } from 'zod';
import { outagesConcerning, type Outage, type OutageScope } from '../domain/outage';
import type { Payer } from '../domain/payer';
import { groupBy } from '../domain/grouping';
import type { LagebildRow } from '../store/database';
import { isProviderDown, type LagebildWord } from './lagebild';
import type { Failed } from './failed-receipts';

/** What speaks for an outage: our own mails, and gematik's word. */
export const evidenceSchema = z.object({
  /** Insurers with failed receipts. */
  payers: z.number(),
  /** Certificates that came back or got no receipt. */
  failed: z.number(),
  /** When the first of them was sent; `null`: none. */
  since: z.string().nullable(),
  lagebild: z.enum(['down', 'available', 'no-word']),
});
export type Evidence = z.output<typeof evidenceSchema>;

/** An outage that the program takes for likely. Only the user declares it (P6-03). */
export interface Proposal {
  /** The same for the same scope. */
  readonly key: string;
  readonly scope: OutageScope;
  readonly evidence: Evidence;
  /** Insurers that it would concern, of those in the list. */
  readonly concerned: number;
}

/** An outage of which the program takes it for likely that it is over (P6-03). Only the user ends it. */
export interface EndOffer {
  readonly key: string;
  readonly outageId: string;
  /** Whose word it is: our own probes, or gematik's. */
  readonly by: 'probes' | 'lagebild';
  /** Since when all answers. */
  readonly since: string;
}

/** What the user said «not now» to, when, and what spoke for it then; for an offer to end an outage nothing but the time. */
export const dismissedSchema = z.record(z.string(), z.object({ at: z.string(), evidence: evidenceSchema.nullable() }));
export type Dismissed = z.output<typeof dismissedSchema>;

/** An insurer with failed receipts. */
export interface Suspect {
  readonly key: string;
  readonly provider: string | null;
  readonly failed: Failed;
}

/** So many certificates of one insurer must have failed before it is proposed for itself: one mail gets lost without any outage. */
const fewestFailed = 2;
/** So many insurers of one provider make the provider likely. */
const fewestSuspects = 2;

/**
 * The outages that the answers and the Lagebild speak for, the one with the most failed certificates first. Several suspect insurers at one
 * provider make it the provider; so does one together with the Lagebild, or the Lagebild alone in two of gematik's probes running.
 */
export function proposalsOf(input: {
  suspects: readonly Suspect[];
  payers: readonly Payer[];
  outages: readonly Outage[];
  lagebild: LagebildWord;
  /** What the Lagebild said before, oldest first. */
  history: readonly LagebildRow[];
  dismissed: Dismissed;
}): Proposal[] {
  const { payers, lagebild, dismissed } = input;
  const running = input.outages.filter(({ endedAt }) => endedAt === null);
  const isCovered = (payer: { iks: readonly string[]; provider: string | null }) =>
    outagesConcerning(running, payer).length > 0;
  const iksOf = new Map(payers.map(({ id, iks }) => [id, iks]));
  const suspects = input.suspects.filter(
    ({ key, provider, failed }) => failed.count > 0 && !isCovered({ iks: iksOf.get(key) ?? [key], provider }),
  );
  const before = rowBefore(input.history, lagebild);
  const proposals: Proposal[] = [];
  const propose = (scope: OutageScope, own: readonly Suspect[], word: Evidence['lagebild'], concerned: number) => {
    const since = Math.min(...own.map(({ failed }) => failed.since ?? Infinity));
    const evidence: Evidence = {
      payers: own.length,
      failed: own.reduce((total, { failed }) => total + failed.count, 0),
      since: Number.isFinite(since) ? new Date(since).toISOString() : null,
      lagebild: word,
    };
    proposals.push({ key: proposalKey(scope), scope, evidence, concerned });
  };

  const isKimOut = (services: LagebildRow['services']) => services['kim'] === 'full';
  const kimNow =
    lagebild.kind === 'word' && lagebild.services.some((one) => one.service === 'kim' && one.outage === 'full');
  if (kimNow && before !== null && isKimOut(before.services) && !running.some(({ scope }) => scope.kind === 'all'))
    propose({ kind: 'all' }, suspects, 'down', payers.length);

  const suspectsAt = groupBy(
    suspects.filter(({ provider }) => provider !== null),
    ({ provider }) => provider ?? '',
  );
  const told = new Set<string>();
  for (const provider of new Set(payers.flatMap((payer) => payer.provider ?? []))) {
    const own = suspectsAt.get(provider) ?? [];
    const served = payers.filter((payer) => payer.provider === provider);
    const isDown = lagebild.kind === 'word' && isProviderDown(provider, lagebild.down);
    const isDownTwice = isDown && before !== null && isProviderDown(provider, before.down);
    if (isCovered({ iks: [], provider })) continue;
    if (own.length < fewestSuspects && !(own.length > 0 && isDown) && !isDownTwice) continue;
    propose({ kind: 'provider', provider }, own, wordFor(lagebild, isDown), served.length);
    for (const { key } of own) told.add(key);
  }
  for (const suspect of suspects) {
    if (told.has(suspect.key) || suspect.failed.count < fewestFailed) continue;
    const { key, provider } = suspect;
    const isDown = lagebild.kind === 'word' && provider !== null && isProviderDown(provider, lagebild.down);
    propose({ kind: 'payer', payerIk: iksOf.get(key)?.[0] ?? key }, [suspect], wordFor(lagebild, isDown), 1);
  }
  return proposals
    .filter((proposal) => isNews(proposal, dismissed[proposal.key], input.history))
    .sort((a, b) => rank[a.scope.kind] - rank[b.scope.kind] || b.evidence.failed - a.evidence.failed);
}

const rank = { all: 0, practice: 0, provider: 1, payer: 2 } as const;

/** The same for the same scope, across restarts. */
export function proposalKey(scope: OutageScope): string {
  switch (scope.kind) {
    case 'all':
    case 'practice':
      return scope.kind;
    case 'provider':
      return `provider ${scope.provider}`;
    case 'payer':
      return `payer ${scope.payerIk}`;
  }
}

function wordFor(lagebild: LagebildWord, isDown: boolean): Evidence['lagebild'] {
  if (lagebild.kind === 'no-word') return 'no-word';
  return isDown ? 'down' : 'available';
}

/**
 * Whether more speaks for it than when the user said no: another insurer, twice as many failures, only failures that are newer, or the
 * Lagebild, which said nothing of it then or has been well in between.
 */
function isNews(
  { evidence, scope }: Proposal,
  dismissed: Dismissed[string] | undefined,
  history: readonly LagebildRow[],
): boolean {
  if (dismissed === undefined || dismissed.evidence === null) return true;
  const { at, evidence: then } = dismissed;
  if (evidence.payers > then.payers) return true;
  if (evidence.failed >= Math.max(then.failed * 2, then.failed + 1)) return true;
  if (evidence.since !== null && evidence.since > at) return true;
  if (evidence.lagebild !== 'down') return false;
  return then.lagebild !== 'down' || history.some((row) => row.at > at && !isSeenDown(scope, row));
}

/** Whether a row of the Lagebild shows whom this scope concerns as down. */
function isSeenDown(scope: OutageScope, row: LagebildRow): boolean {
  return scope.kind === 'provider' ? isProviderDown(scope.provider, row.down) : row.services['kim'] !== undefined;
}

/** What the Lagebild said at the probe before the one it speaks of now; `null`: that was too long ago. */
function rowBefore(history: readonly LagebildRow[], lagebild: LagebildWord): LagebildRow | null {
  if (lagebild.kind === 'no-word') return null;
  const before = history.findLast(({ at }) => at < lagebild.at) ?? null;
  const apart = before === null ? Infinity : new Date(lagebild.at).getTime() - new Date(before.at).getTime();
  return apart <= 15 * 60_000 ? before : null;
}

/** What our own probes found last. */
export const probingSchema = z.object({
  at: z.string(),
  components: z.record(z.string(), z.enum(['answers', 'fails', 'not-entered'])),
  /** Since when everything answers; `null`: something doesn't. */
  allWellSince: z.string().nullable(),
});
export type Probing = z.output<typeof probingSchema>;

/**
 * The running outages that seem to be over. Our own probes speak for those that concern everything or this practice; the Lagebild for those
 * that it has seen itself since they began, when it has seen nothing in two probes running.
 */
export function endOffersOf(input: {
  outages: readonly Outage[];
  probing: Probing | null;
  lagebild: LagebildWord;
  history: readonly LagebildRow[];
  dismissed: Dismissed;
}): EndOffer[] {
  const { probing, lagebild, history, dismissed } = input;
  return input.outages.flatMap((outage): EndOffer[] => {
    const { id, scope, startedAt, endedAt } = outage;
    if (endedAt !== null || scope.kind === 'payer') return [];
    const key = `end ${id}`;
    const isAnswered = (since: string) => (dismissed[key]?.at ?? '') >= since;
    const isOurs = scope.kind === 'all' || scope.kind === 'practice';
    const wellSince = probing?.allWellSince ?? null;
    if (isOurs && probing !== null && wellSince !== null && probing.at > startedAt)
      return isAnswered(wellSince) ? [] : [{ key, outageId: id, by: 'probes', since: wellSince }];
    if (scope.kind === 'practice' || lagebild.kind === 'no-word') return [];
    const since = upAgainSince(
      history.filter(({ at }) => at >= startedAt),
      (row) =>
        scope.kind === 'provider' ? isProviderDown(scope.provider, row.down) : row.services['kim'] !== undefined,
    );
    return since === null || isAnswered(since) ? [] : [{ key, outageId: id, by: 'lagebild', since }];
  });
}

/** When it was first seen up after it had been seen down, if the last two rows have it up; `null` otherwise. */
function upAgainSince(rows: readonly LagebildRow[], isDown: (row: LagebildRow) => boolean): string | null {
  const lastDown = rows.findLastIndex(isDown);
  if (lastDown === -1 || rows.length - 1 - lastDown < 2) return null;
  return rows[lastDown + 1]?.at ?? null;
}
