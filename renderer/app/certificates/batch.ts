import { todayInBerlin } from '../../domain/calendar';
import { newestFirst, type CertificateRecord, type StoredRecord } from '../../domain/record';
import { openStages, type StageName } from '../../domain/state';
import type { Store } from '../../store/store';

/** Whose slips a batch prints. */
export const batchScopes = ['unprinted', 'today', 'shown'] as const;
export type BatchScope = (typeof batchScopes)[number];
/** The ids of each batch's certificates, newest first. */
export type Batches = Readonly<Record<BatchScope, readonly string[]>>;

/** So many days back it is looked for certificates that were never printed; those still on their way however old they are. */
export const unprintedDays = 31;

/** Slips can be printed of what is issued and not withdrawn. */
function isPrintable(stage: StageName): boolean {
  return stage !== 'recorded' && stage !== 'discarded' && stage !== 'cancelled';
}

/** Those among the records that were issued and never printed (those filled in by hand have their paper), and those that were issued today. */
export function freshBatches(records: readonly StoredRecord[], now: Date): Pick<Batches, 'unprinted' | 'today'> {
  const today = todayInBerlin(now);
  const all = records.filter(
    (record): record is CertificateRecord => record.kind === 'certificate' && isPrintable(record.state.stage),
  );
  const ids = (some: readonly CertificateRecord[]) => some.map(({ id }) => id);
  return {
    unprinted: ids(all.filter(({ state }) => state.printed.length === 0 && !state.byHand)),
    today: ids(all.filter(({ state }) => state.issuedAt !== null && todayInBerlin(new Date(state.issuedAt)) === today)),
  };
}

/** What batches ask of the store. */
type BatchedStore = Pick<Store, 'summaries'> & {
  readonly records: Pick<Store['records'], 'touched' | 'list' | 'stages'>;
};

/** The certificates of each batch; `shown`: those in the list as it is searched and filtered. */
export async function batchesOf(store: BatchedStore, shown: readonly string[], now: Date): Promise<Batches> {
  const since = new Date(now.getTime() - unprintedDays * 86_400_000);
  const [recent, open, stages, summaries] = await Promise.all([
    store.records.touched(since, null),
    store.records.list(openStages),
    store.records.stages(),
    store.summaries(shown),
  ]);
  const known = new Map([...open, ...recent].map((record) => [record.id, record]));
  const fresh = [...known.values()].sort(newestFirst);
  const certificates = summaries.filter(({ kind }) => kind === 'certificate').map(({ id }) => id);
  return {
    ...freshBatches(fresh, now),
    shown: certificates.filter((id) => isPrintable(stages.get(id) ?? 'recorded')),
  };
}
