import type { StoredRecord } from '../../domain/record';
import { openStages, type StageName } from '../../domain/state';
import { isOwed } from '../../outbox/agenda';
import type { Store } from '../../store/store';

/** The piles that staff thinks in, rather than the thirteen stages. */
export const piles = ['all', 'owed', 'act', 'delivered', 'paper', 'drafts', 'ended'] as const;
export type Pile = (typeof piles)[number];

/** Which pile a record lies on, `all` apart. Owed and waiting for a person is `act`. */
export function pileOf(record: StoredRecord): Exclude<Pile, 'all'> {
  return pileAt(record.state.stage, isOwed(record));
}

/** Which pile a record in this stage lies on. */
function pileAt(stage: StageName, owed: boolean): Exclude<Pile, 'all'> {
  switch (stage) {
    case 'recorded':
      return 'drafts';
    case 'rejected':
    case 'informed':
      return owed ? 'act' : 'ended';
    case 'issued':
    case 'signed':
    case 'attempting':
    case 'unknown':
    case 'handed-over':
      return owed ? 'owed' : 'ended';
    case 'delivered':
    case 'closed':
      return 'delivered';
    case 'paper-only':
      return 'paper';
    case 'discarded':
    case 'cancelled':
      return 'ended';
  }
}

/** What the list shows: ids only, the rows are opened as they come into view. */
export interface Listing {
  /** The records found, newest first. */
  readonly ids: readonly string[];
  /** How many records lie on each pile, whatever was typed. */
  readonly counts: Readonly<Record<Pile, number>>;
}

/** What listing asks of the store. */
type ListedStore = Pick<Store, 'searchCertificates'> & { readonly records: Pick<Store['records'], 'stages' | 'list'> };

/** Finds what was typed on a pile. Of a hundred thousand records only those on their way are opened for it. */
export async function listCertificates(store: ListedStore, typed: string, pile: Pile): Promise<Listing> {
  const [found, stages, open] = await Promise.all([
    store.searchCertificates(typed),
    store.records.stages(),
    // In these more than the stage says on which pile a record lies: no others are opened for it.
    store.records.list(openStages),
  ]);
  const owed = new Set(open.filter(isOwed).map(({ id }) => id));
  const counts = { all: stages.size, owed: 0, act: 0, delivered: 0, paper: 0, drafts: 0, ended: 0 };
  for (const [id, stage] of stages) counts[pileAt(stage, owed.has(id))] += 1;
  const ids =
    pile === 'all'
      ? found
      : found.filter((id) => {
          const stage = stages.get(id);
          return stage !== undefined && pileAt(stage, owed.has(id)) === pile;
        });
  return { ids, counts };
}
