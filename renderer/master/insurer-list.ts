import type { InsurerFileFacts, Payer } from '../domain/payer';
import { providerKey } from '../domain/provider';
import type { InsurerEntry } from './insurer-file';

/** The insurers that a file makes, on one day. */
export interface InsurerList {
  readonly payers: readonly Payer[];
  /** The next day on which this list is another: an insurer begins, ends or merges. `null`: never, as far as the file knows. */
  readonly changesOn: string | null;
  /** Entries that have no IK and can't get anything digitally, such as single welfare offices. */
  readonly withoutIk: number;
  /** VKNRs whose mergers lead nowhere: to an entry that isn't there, or in a circle. They count as ended. */
  readonly lostMergers: readonly string[];
}

interface Node {
  readonly entry: InsurerEntry;
  readonly isOver: boolean;
}

/**
 * The insurers in force on a day (ISO). Those that merged live on in the one that took them over, however many mergers lie between: their IKs are
 * appended to its own (P2-220, P5-02 4b), so that old cards, addresses and outages find the insurer that exists. Entries that share their
 * billing IK are one insurer with several VKNRs.
 */
export function insurersOn(entries: readonly InsurerEntry[], day: string): InsurerList {
  const nodes = new Map(entries.map((entry) => [entry.vknr, { entry, isOver: isOver(entry, day) }]));
  const spelling = commonSpelling(entries);
  const lostMergers: string[] = [];
  const heirs = new Map<string, { entry: InsurerEntry; merged: InsurerEntry[] }>();
  let withoutIk = 0;
  const byIk = new Map<string, string>();
  const merged: { entry: InsurerEntry; into: InsurerEntry }[] = [];
  for (const { entry, isOver: over } of nodes.values()) {
    if (entry.from !== null && entry.from > day) continue;
    const heir = over && entry.ended?.kind === 'merged' ? heirOf(entry, nodes) : entry;
    if (heir === null) lostMergers.push(entry.vknr);
    if (heir !== null && heir !== entry) {
      merged.push({ entry, into: heir });
      continue;
    }
    const id = ownIk(entry, day);
    if (id === null) {
      withoutIk += 1;
      continue;
    }
    const same = heirs.get(id);
    // One IK can't be two insurers: the one that is alive has it, the other's VKNR stands beside.
    if (same === undefined) heirs.set(id, { entry, merged: [] });
    else if (isOver(same.entry, day) && !over) heirs.set(id, { entry, merged: [same.entry, ...same.merged] });
    else same.merged.push(entry);
    byIk.set(entry.vknr, id);
  }
  const predecessors = new Map<string, InsurerEntry[]>();
  for (const { entry, into } of merged) {
    const id = byIk.get(into.vknr);
    if (id === undefined) withoutIk += 1;
    else predecessors.set(id, [...(predecessors.get(id) ?? []), entry]);
  }
  const taken = new Set([...heirs.keys()]);
  const payers = [...heirs].map(([id, { entry, merged: also }]) =>
    payerOf({ id, entry, also, predecessors: predecessors.get(id) ?? [], day, spelling, taken }),
  );
  return { payers, changesOn: nextChange(entries, day), withoutIk, lostMergers };
}

/** Whether an entry is over on this day. */
function isOver(entry: InsurerEntry, day: string): boolean {
  return entry.until !== null && entry.until < day;
}

/** Who lives on for a merged insurer; `null`: nobody can be found. An heir that was dissolved is the end of it, said of the heir. */
function heirOf(entry: InsurerEntry, nodes: ReadonlyMap<string, Node>): InsurerEntry | null {
  const seen = new Set<string>();
  let current = entry;
  for (;;) {
    if (seen.has(current.vknr)) return null;
    seen.add(current.vknr);
    const next = nodes.get(current.ended?.successor ?? '');
    if (next === undefined) return null;
    if (!next.isOver || next.entry.ended?.kind !== 'merged') return next.entry;
    current = next.entry;
  }
}

function ownIk(entry: InsurerEntry, day: string): string | null {
  const [first] = inOrder(entry, day);
  return first ?? null;
}

/** An entry's IKs: those in force first, among them the billing IK; then those of former times, which old cards still carry. */
function inOrder({ iks }: InsurerEntry, day: string): string[] {
  const rank = (one: InsurerEntry['iks'][number]) => {
    const isValid = (one.from === null || one.from <= day) && (one.until === null || one.until >= day);
    return (isValid ? 0 : 2) + (one.isBilling ? 0 : 1);
  };
  return [...new Set(iks.toSorted((a, b) => rank(a) - rank(b)).map(({ ik }) => ik))];
}

function payerOf(of: {
  id: string;
  entry: InsurerEntry;
  also: readonly InsurerEntry[];
  predecessors: readonly InsurerEntry[];
  day: string;
  spelling: ReadonlyMap<string, string>;
  taken: ReadonlySet<string>;
}): Payer {
  const { id, entry, also, predecessors, day, spelling, taken } = of;
  const everyIk = [entry, ...also, ...predecessors].flatMap((one) => inOrder(one, day));
  const named = [entry, ...also].flatMap(({ providers }) => providers);
  const main = named.find(({ role }) => /kasse$/i.test(role)) ?? named[0];
  const names = [...(main === undefined ? [] : [main]), ...named].map(({ name }) => spelling.get(name) ?? name);
  const providers = [...new Set(names)];
  const ends = entry.until !== null && entry.ended !== null ? entry.until : null;
  const facts: InsurerFileFacts = {
    shortName: entry.shortName,
    searchName: entry.searchName,
    places: entry.places,
    formName: formNameOf(entry),
    group: entry.group,
    vknrs: [entry, ...also].map(({ vknr }) => vknr),
    providers,
    predecessors: predecessors.map((one) => ({
      name: one.name,
      vknr: one.vknr,
      iks: inOrder(one, day),
      endedOn: one.until,
    })),
    endsOn: isOver(entry, day) ? entry.until : ends,
    replacedAddress: null,
  };
  return {
    id,
    name: entry.name,
    // An IK that another insurer has for its own is that insurer's.
    iks: [id, ...new Set(everyIk.filter((ik) => ik !== id && !taken.has(ik)))],
    provider: providers[0] ?? null,
    vknr: entry.vknr,
    address: addressOf(entry),
    file: facts,
  };
}

function formNameOf({ formNames }: InsurerEntry): string | null {
  const named = formNames.filter(({ name }) => name !== '');
  return (named.find(({ area }) => area === '00') ?? named[0])?.name ?? null;
}

/** Where post goes: the post box, else the house, else the bulk recipient's own postal code. */
function addressOf({ addresses }: InsurerEntry): Payer['address'] {
  const usable = addresses.filter(({ postalCode, city }) => /^\d{5}$/.test(postalCode) && city !== '');
  const withLine = usable.filter(({ line }) => line !== '');
  const found =
    withLine.find(({ kind }) => kind === 'postfach') ??
    withLine.find(({ kind }) => kind === 'anschrift') ??
    usable.find(({ kind }) => kind === 'grosskunde');
  if (found === undefined) return null;
  const { line, postalCode, city } = found;
  return { line, postalCode, city };
}

/**
 * Each provider's name → the spelling that most of the file uses for it. Names that differ by case, marks or legal form are one provider, and so
 * are those that the file gives the same IK.
 */
function commonSpelling(entries: readonly InsurerEntry[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const groupOf = new Map<string, string>();
  const root = (key: string): string => {
    const parent = groupOf.get(key);
    return parent === undefined || parent === key ? key : root(parent);
  };
  const join = (one: string, other: string) => {
    const [a, b] = [root(one), root(other)];
    if (a !== b) groupOf.set(b, a);
  };
  for (const { providers } of entries)
    for (const { name, ik } of providers) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      join(`name:${providerKey(name)}`, `spelled:${name}`);
      if (ik !== null) join(`name:${providerKey(name)}`, `ik:${ik}`);
    }
  const best = new Map<string, string>();
  const inFileOrder = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  for (const [name] of inFileOrder) {
    const group = root(`spelled:${name}`);
    if (!best.has(group)) best.set(group, name);
  }
  return new Map([...counts.keys()].map((name) => [name, best.get(root(`spelled:${name}`)) ?? name]));
}

/** The first day after `day` on which an entry begins, or the day after one ends. */
function nextChange(entries: readonly InsurerEntry[], day: string): string | null {
  let next: string | null = null;
  const take = (candidate: string) => {
    if (candidate > day && (next === null || candidate < next)) next = candidate;
  };
  for (const { from, until, iks } of entries)
    for (const period of [{ from, until }, ...iks]) {
      if (period.from !== null) take(period.from);
      if (period.until !== null) take(dayAfter(period.until));
    }
  return next;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

/** What another version of the file changes for the practice. */
export interface InsurerChanges {
  readonly appeared: readonly Payer[];
  /** No longer in the list, and nobody took them over. */
  readonly gone: readonly Payer[];
  readonly renamed: readonly { readonly before: Payer; readonly after: Payer }[];
  readonly merged: readonly { readonly before: Payer; readonly into: Payer }[];
  readonly otherProvider: readonly { readonly before: Payer; readonly after: Payer }[];
  readonly otherAddress: readonly { readonly before: Payer; readonly after: Payer }[];
  /** Entered by hand so far, and now in the file under the same IK. */
  readonly takenOver: readonly { readonly before: Payer; readonly after: Payer }[];
}

/** What is different between two lists of insurers, each kind by name. */
export function changesBetween(before: readonly Payer[], after: readonly Payer[]): InsurerChanges {
  const oldById = new Map(before.map((payer) => [payer.id, payer]));
  const newById = new Map(after.map((payer) => [payer.id, payer]));
  const byIk = new Map(after.flatMap((payer) => payer.iks.map((ik) => [ik, payer])));
  const both = after.flatMap((now) => {
    const was = oldById.get(now.id);
    return was === undefined ? [] : [{ before: was, after: now }];
  });
  const missing = before.filter(({ id }) => !newById.has(id));
  const fromFile = both.filter((pair) => pair.before.file !== undefined);
  return {
    appeared: byName(after.filter(({ id }) => !oldById.has(id))),
    gone: byName(missing.filter(({ id, file }) => file !== undefined && !byIk.has(id))),
    renamed: fromFile.filter((pair) => pair.before.name !== pair.after.name),
    merged: missing.flatMap((was) => {
      const into = byIk.get(was.id);
      return into === undefined ? [] : [{ before: was, into }];
    }),
    otherProvider: fromFile.filter(
      (pair) => providerKey(pair.before.provider ?? '') !== providerKey(pair.after.provider ?? ''),
    ),
    otherAddress: fromFile.filter((pair) => {
      const was = pair.before.file?.replacedAddress ?? pair.before.address;
      return JSON.stringify(was) !== JSON.stringify(pair.after.address);
    }),
    takenOver: both.filter((pair) => pair.before.file === undefined && pair.after.file !== undefined),
  };
}

function byName(payers: readonly Payer[]): Payer[] {
  return payers.toSorted((a, b) => a.name.localeCompare(b.name, 'de'));
}

/**
 * The list as it will be in force: the file's insurers; addresses that the practice corrected stay (P6-40); so do insurers entered by hand whose
 * IKs the file doesn't know.
 */
export function withOwnEntries(fromFile: readonly Payer[], inForce: readonly Payer[]): Payer[] {
  const corrected = new Map(
    inForce.filter(({ file }) => file !== undefined && file.replacedAddress !== null).map((one) => [one.id, one]),
  );
  const known = new Set(fromFile.flatMap(({ iks }) => iks));
  const own = inForce.filter((payer) => payer.file === undefined && !payer.iks.some((ik) => known.has(ik)));
  const payers = fromFile.map((payer): Payer => {
    const before = corrected.get(payer.id);
    if (before === undefined || payer.file === undefined || payer.address === null) return payer;
    return { ...payer, address: before.address, file: { ...payer.file, replacedAddress: payer.address } };
  });
  return [...payers, ...own];
}
