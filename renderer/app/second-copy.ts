import { useEffect, useState } from 'react';
import type { ArchiveState } from '../../electron/contract/archive';
import type { Result } from '../../electron/contract/call';
import type { Office } from '../outbox/office';
import type { ArchiveStanding } from '../store/archive/reconcile';
import type { JournalState } from '../store/writer';
import { useAtWork } from './access/session-context';
import type { Vault } from './access/vault';
import { useOffice } from './parts';

/** How safe what is recorded is: the second copy on the host's disk, its room, and what was found damaged. */
export interface SecondCopy {
  readonly journal: JournalState;
  readonly standing: ArchiveStanding;
  /** What the host says now; `null`: not asked yet, or it doesn't answer. */
  readonly state: Result<ArchiveState> | null;
  /** Rows found changed from outside or broken. */
  readonly damages: number;
  /** Bytes that the browser still takes for this program; `null`: it doesn't say. */
  readonly browserRoom: number | null;
}

/** The data are of a newer program: they are read, and nothing is compared or written. */
const readOnly: Trouble = { what: 'newer', weight: 'stops', values: {} };

/** Something about the second copy that a person ought to know; texts `backup.trouble.<what>`. */
export interface Trouble {
  readonly what:
    | 'newer'
    | 'superseded'
    | 'forked'
    | 'foreign'
    | 'full'
    | 'no-archive'
    | 'behind'
    | 'damaged'
    | 'lost'
    | 'archive-older'
    | 'archive-damaged'
    | 'nearly-full'
    | 'archive-new'
    | 'cut'
    | 'replayed'
    | 'rebuilt'
    | 'restored';
  /** `stops`: nothing new may be recorded or issued. `warns`: somebody has to do something. `tells`: it was put right already. */
  readonly weight: 'stops' | 'warns' | 'tells';
  readonly values: Readonly<Record<string, number>>;
}

/** Below so many bytes free it is warned. */
export const warnBelowBytes = 200_000_000;
/** Below so many bytes free nothing new is begun: what is begun must still find room to its end. */
export const stopBelowBytes = 20_000_000;
const askEveryMs = 60_000;

/** What is to be said, the gravest first. */
export function troublesOf(copy: SecondCopy | 'newer'): Trouble[] {
  if (copy === 'newer') return [readOnly];
  const { journal, standing, state, damages, browserRoom } = copy;
  const troubles: Trouble[] = [];
  const add = (what: Trouble['what'], weight: Trouble['weight'], values: Trouble['values'] = {}) =>
    troubles.push({ what, weight, values });
  const reason = journal.kind === 'behind' ? journal.reason : null;
  // What is recorded needs room in both places.
  const rooms = [state?.kind === 'ok' ? state.value.freeBytes : null, browserRoom].filter((room) => room !== null);
  const free = rooms.length === 0 ? null : Math.min(...rooms);
  if (reason === 'superseded') add('superseded', 'stops');
  if (standing.kind === 'forked') add(standing.foreign ? 'foreign' : 'forked', 'stops');
  if (reason === 'full' || (free !== null && free < stopBelowBytes))
    add('full', 'stops', { free: megabytes(free ?? 0) });
  const isExplained = troubles.length > 0;
  if (!isExplained && (standing.kind === 'without' || reason === 'unreachable')) add('no-archive', 'stops');
  else if (!isExplained && journal.kind === 'behind') add('behind', 'stops', { count: journal.writes });
  if (damages > 0) add('damaged', 'warns', { count: damages });
  if (standing.kind === 'in-step')
    for (const note of standing.notes)
      switch (note.what) {
        case 'lost':
          add('lost', 'warns', { count: note.numbers.reduce((sum, { from, to }) => sum + to - from + 1, 0) });
          break;
        case 'archive-older':
          add('archive-older', 'warns', { count: note.acknowledged - note.lastNumber });
          break;
        case 'damaged':
          add('archive-damaged', 'warns', { count: note.lines });
          break;
        case 'keys-damaged':
          add('archive-damaged', 'warns', { count: note.keys });
          break;
        case 'archive-new':
          add('archive-new', 'tells');
          break;
        case 'cut':
          add('cut', 'tells', { count: note.bytes });
          break;
        case 'replayed':
          add('replayed', 'tells', { count: note.writes });
          break;
        case 'rebuilt':
          add(note.why === 'restored' ? 'restored' : 'rebuilt', 'tells', { count: note.writes });
          break;
        case 'pushed':
          break;
      }
  if (free !== null && free >= stopBelowBytes && free < warnBelowBytes)
    add('nearly-full', 'warns', { free: megabytes(free) });
  const order = { stops: 0, warns: 1, tells: 2 } as const;
  return troubles.toSorted((one, other) => order[one.weight] - order[other.weight]);
}

/** Bytes in whole megabytes, at least 0. */
export function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_000_000);
}

/** What keeps anything new from being recorded or issued right now, asked afresh; what is behind is tried again first. `null`: nothing. */
export async function whatStops({ store, host }: Office, vault: Vault): Promise<Trouble | null> {
  if (store.isReadOnly) return readOnly;
  const { journal } = vault;
  if (journal === null) return null;
  if (store.journal().kind === 'behind') await store.catchUpJournal();
  const [state, browserRoom] = await Promise.all([host.archive.state({}).catch(() => null), roomInBrowser()]);
  const { standing } = journal;
  const troubles = troublesOf({ journal: store.journal(), standing, state, browserRoom, damages: 0 });
  return troubles.find(({ weight }) => weight === 'stops') ?? null;
}

/** How the second copy stands, kept up to date (`newer`: there is none, the data are only read); `null` while it is not known. */
export function useSecondCopy(): SecondCopy | 'newer' | null {
  const { store, host } = useOffice();
  const { vault } = useAtWork();
  const [copy, setCopy] = useState<SecondCopy | null>(null);
  useEffect(() => {
    const { journal } = vault;
    if (journal === null) return undefined;
    let isCurrent = true;
    let state: SecondCopy['state'] = null;
    let browserRoom: number | null = null;
    const show = () => {
      const damages = store.damages().length;
      if (isCurrent) setCopy({ journal: store.journal(), standing: journal.standing, state, damages, browserRoom });
    };
    const ask = async () => {
      [state, browserRoom] = await Promise.all([host.archive.state({}).catch(() => null), roomInBrowser()]);
      show();
    };
    void ask();
    const timer = window.setInterval(() => void ask(), askEveryMs);
    const stops = [store.onJournal(() => void ask()), store.onDamage(show), journal.onStanding(show)];
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
      stops.forEach((stop) => stop());
    };
  }, [vault, store, host]);
  return store.isReadOnly ? 'newer' : copy;
}

/** Bytes that the browser still takes for this program; `null`: it doesn't say. */
async function roomInBrowser(): Promise<number | null> {
  const { quota, usage } = await navigator.storage.estimate();
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}
