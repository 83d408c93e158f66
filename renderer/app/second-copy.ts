import { useEffect, useState } from 'react';
import type { ArchiveState } from '../../electron/contract/archive';
import type { Result } from '../../electron/contract/call';
import type { Office } from '../outbox/office';
import type { ArchiveStanding } from '../store/archive/reconcile';
import type { Damage } from '../store/damages';
import type { JournalState } from '../store/writer';
import { useAtWork } from './access/session-context';
import type { Vault } from './access/vault';
import { roomInBrowser } from './browser-room';
import { useOffice } from './parts';

/** How safe what is recorded is: the second copy on the host's disk, its room, and what was found damaged. */
export interface SecondCopy {
  readonly journal: JournalState;
  readonly standing: ArchiveStanding;
  /** What the host says now; `null`: not asked yet, or it doesn't answer. */
  readonly state: Result<ArchiveState> | null;
  /** Rows found changed from outside or broken. */
  readonly damages: readonly Damage[];
  /** Bytes that the browser still takes for this program, as far as it is warned; `null`: it doesn't say. */
  readonly browserRoom: number | null;
  /** The database had room for the last write. */
  readonly databaseHasRoom: boolean;
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
    | 'browser-full'
    | 'no-archive'
    | 'behind'
    | 'damaged'
    | 'older-rows'
    | 'changed-lists'
    | 'lost'
    | 'archive-older'
    | 'archive-damaged'
    | 'nearly-full'
    | 'browser-nearly-full'
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
  const { journal, standing, state, damages, browserRoom, databaseHasRoom } = copy;
  const troubles: Trouble[] = [];
  const add = (what: Trouble['what'], weight: Trouble['weight'], values: Trouble['values'] = {}) =>
    troubles.push({ what, weight, values });
  const reason = journal.kind === 'behind' ? journal.reason : null;
  // What is recorded needs room in both places.
  const free = state?.kind === 'ok' ? state.value.freeBytes : null;
  if (standing.kind === 'superseded' || reason === 'superseded') add('superseded', 'stops');
  if (standing.kind === 'forked') add(standing.foreign ? 'foreign' : 'forked', 'stops');
  if (reason === 'full' || isBelow(free, stopBelowBytes)) add('full', 'stops');
  else if (!databaseHasRoom || isBelow(browserRoom, stopBelowBytes)) add('browser-full', 'stops');
  const isExplained = troubles.length > 0;
  if (!isExplained && (standing.kind === 'without' || reason === 'unreachable')) add('no-archive', 'stops');
  else if (!isExplained && journal.kind === 'behind') add('behind', 'stops', { count: journal.writes });
  const lists = damages.filter(({ table }) => table in listOf);
  const rows = damages.filter(({ table }) => !(table in listOf));
  const closed = rows.filter(({ what }) => what === 'closed').length;
  if (closed > 0) add('damaged', 'warns', { count: closed });
  const older = rows.filter(({ what }) => what !== 'closed');
  if (older.length > 0) add('older-rows', 'warns', { count: older.length, ...placesOf(older) });
  if (lists.length > 0) add('changed-lists', 'warns', { count: lists.length, ...listsOf(lists) });
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
  const isFull = troubles.some(({ what }) => what === 'full' || what === 'browser-full');
  if (!isFull && free !== null && isBelow(free, warnBelowBytes)) add('nearly-full', 'warns', { free: megabytes(free) });
  else if (!isFull && browserRoom !== null && isBelow(browserRoom, warnBelowBytes))
    add('browser-nearly-full', 'warns', { free: megabytes(browserRoom) });
  const order = { stops: 0, warns: 1, tells: 2 } as const;
  return troubles.toSorted((one, other) => order[one.weight] - order[other.weight]);
}

/** How many of them are of which kind, as the user calls it. */
function placesOf(
  rows: readonly Damage[],
): Readonly<Record<'settings' | 'outages' | 'mails' | 'patients' | 'records', number>> {
  const of = (table: Damage['table']) => rows.filter((row) => row.table === table).length;
  const [settings, outages, mails, patients, records] = [
    of('meta'),
    of('outages'),
    of('mails'),
    of('patients'),
    of('records'),
  ];
  return { settings, outages, mails, patients, records };
}

/** Lists that are public or a cache: they are read in anew, no backup is needed. */
const listOf: Readonly<Partial<Record<Damage['table'], 'payers' | 'files' | 'catalogues' | 'recipients'>>> = {
  ...{ payers: 'payers', payerFiles: 'files', payerFileEntries: 'files' },
  ...{ catalogues: 'catalogues', recipients: 'recipients' },
};

function listsOf(rows: readonly Damage[]): Readonly<Record<'payers' | 'files' | 'catalogues' | 'recipients', number>> {
  // A version of the insurer file stands in two tables.
  const of = (list: string) => new Set(rows.filter(({ table }) => listOf[table] === list).map(({ key }) => key)).size;
  return { payers: of('payers'), files: of('files'), catalogues: of('catalogues'), recipients: of('recipients') };
}

function isBelow(bytes: number | null, limit: number): boolean {
  return bytes !== null && bytes < limit;
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
  const rooms = await roomsOf(store, host);
  if (rooms.state?.kind === 'ok') journal.noteWriter(rooms.state.value.writerId);
  const { standing } = journal;
  const troubles = troublesOf({ journal: store.journal(), standing, damages: [], ...rooms });
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
    let rooms: Rooms = { state: null, browserRoom: null, databaseHasRoom: true };
    const show = () => {
      const damages = store.damages();
      if (isCurrent) setCopy({ journal: store.journal(), standing: journal.standing, damages, ...rooms });
    };
    const ask = async () => {
      rooms = await roomsOf(store, host);
      if (rooms.state?.kind === 'ok') journal.noteWriter(rooms.state.value.writerId);
      show();
    };
    void ask();
    const timer = window.setInterval(() => void ask(), askEveryMs);
    const again = () => void ask();
    // Whoever comes back to this window learns before the first key that another one has taken over.
    window.addEventListener('focus', again);
    const stops = [store.onJournal(again), store.onRoom(again), store.onDamage(show), journal.onStanding(show)];
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
      window.removeEventListener('focus', again);
      stops.forEach((stop) => stop());
    };
  }, [vault, store, host]);
  return store.isReadOnly ? 'newer' : copy;
}

type Rooms = Pick<SecondCopy, 'state' | 'browserRoom' | 'databaseHasRoom'>;

/** How much room there is in both places. */
async function roomsOf(store: Office['store'], host: Office['host']): Promise<Rooms> {
  const [state, browserRoom, databaseHasRoom] = await Promise.all([
    host.archive.state({}).catch(() => null),
    roomInBrowser(warnBelowBytes),
    store.hasRoom(),
  ]);
  return { state, browserRoom, databaseHasRoom };
}
