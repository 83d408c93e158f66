import type { Outage } from '../domain/outage';
import { newestFirst, type StoredRecord } from '../domain/record';
import { openStages } from '../domain/state';
import type { Store } from '../store/store';

/** What an outage held back goes out within so many days of its end; what takes longer counts for as long as it is on its way. */
const restorationDays = 14;

/** The records to which anything happened while an outage lasted, newest first. No others are opened. */
export async function recordsOfTime(store: Pick<Store, 'records'>, outage: Outage): Promise<StoredRecord[]> {
  // An event at the very instant of the end still belongs to it.
  const until = outage.endedAt === null ? null : new Date(new Date(outage.endedAt).getTime() + 1);
  return store.records.touched(new Date(outage.startedAt), until);
}

/**
 * The records that «Störungen» speaks of, newest first: all on their way, and those that were made before an outage ended and moved while it
 * lasted or in the days after. No others are opened, however many there are.
 */
export async function recordsAround(
  store: Pick<Store, 'records'>,
  outages: readonly Outage[],
): Promise<StoredRecord[]> {
  const found = await Promise.all([
    store.records.list(openStages),
    ...outages.map(({ startedAt, endedAt }) => {
      const end = endedAt === null ? null : new Date(endedAt);
      const until = end === null ? null : new Date(end.getTime() + restorationDays * 86_400_000);
      return store.records.touched(new Date(startedAt), until, end);
    }),
  ]);
  const byId = new Map(found.flat().map((record) => [record.id, record]));
  return [...byId.values()].sort(newestFirst);
}
