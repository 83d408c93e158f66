import { findChainBreak, type ChainBreak, type ChainLink } from '../domain/event-chain';
import type { Database } from './database';
import { linkOf } from './rows';

/** So many links are read at a time: others have their turn at the database in between. */
const readAtOnce = 2_000;
/** Unhurried, it rests so many times as long as a piece took: whoever works meanwhile doesn't feel it. */
const restPerPiece = 4;

/** Which links are followed, and what they must fit. */
export interface ChainCourse {
  /** The link that the first one follows; `null`: the chain's start. */
  readonly before: Pick<ChainLink, 'sequence' | 'hash'> | null;
  /** The hashes that checkpoints have sealed, by the links' positions. */
  readonly sealed: ReadonlyMap<number, string>;
  readonly isUnhurried: boolean;
}

/** Where following ended: at a break, or at the chain's last link (0: there is none). */
export type Followed =
  ({ readonly kind: 'broken' } & ChainBreak) | { readonly kind: 'followed'; readonly until: number };

/** Who follows the whole chain: `followHere`, or `followBeside` the page. `signal` ends it: it rejects then. */
export type FollowWhole = (database: Database, course: ChainCourse, signal: AbortSignal) => Promise<Followed>;

/** Follows it in the page itself. */
export const followHere: FollowWhole = (database, course) => followChain(database, course);

/** Follows the chain link by link to its end or to the first break. No key is needed for it, and nothing is repaired. */
export async function followChain(database: Database, course: ChainCourse): Promise<Followed> {
  let { before } = course;
  for (;;) {
    const begun = performance.now();
    const rows = await database.events
      .where('sequence')
      .above(before?.sequence ?? 0)
      .limit(readAtOnce)
      .toArray();
    if (rows.length === 0) return { kind: 'followed', until: before?.sequence ?? 0 };
    const links = rows.map(linkOf);
    const broken = findChainBreak(links, before);
    if (broken !== null) return { kind: 'broken', ...broken };
    const unlike = links.find(({ sequence, hash }) => (course.sealed.get(sequence) ?? hash) !== hash);
    if (unlike !== undefined) return { kind: 'broken', sequence: unlike.sequence, what: 'changed' };
    before = links.at(-1) ?? before;
    if (course.isUnhurried) await rest((performance.now() - begun) * restPerPiece);
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
