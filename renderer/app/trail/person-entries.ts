import { formatDay, isIsoDay } from '../../domain/calendar';
import { plain } from '../../domain/plain-letters';
import type { Store } from '../../store/store';
import type { Summary } from '../../store/summaries';

/** What is kept about a person under one key. Somebody who came first without and then with an insured id has two. */
export type PersonEntry = Pick<Summary, 'keyId' | 'name' | 'birthDate' | 'insuredId'>;

type Searching = Pick<Store, 'searchCertificates' | 'summaries'>;

/** So many records are looked at for one search, and so many entries shown. */
const records = 200;
const shown = 20;

/** The entries that what was typed finds, each followed by the others of the same person, though what was typed doesn't find them. */
export async function findPeople(store: Searching, typed: string): Promise<PersonEntry[]> {
  const found = (await entriesFor(store, typed)).slice(0, shown);
  const people = new Map<string, PersonEntry>();
  for (const entry of found) {
    if (people.has(entry.keyId)) continue;
    people.set(entry.keyId, entry);
    for (const other of await otherEntries(store, entry)) people.set(other.keyId, other);
  }
  return [...people.values()];
}

/** The other entries of whom name (titles apart) and date of birth are the same: most likely the same person. */
export async function otherEntries(store: Searching, entry: Omit<PersonEntry, 'insuredId'>): Promise<PersonEntry[]> {
  if (entry.birthDate === '' || entry.name === '') return [];
  const alike = await entriesFor(store, `${withoutTitles(entry.name)} ${bornWords(entry.birthDate)}`);
  return alike.filter((one) => one.keyId !== entry.keyId && isAlike(one, entry));
}

/** How many of these entries, this one included, are of its person. */
export function countOf(entry: PersonEntry, entries: readonly PersonEntry[]): number {
  return entries.filter((one) => isAlike(one, entry)).length;
}

/** A date of birth as people write it; the parts of it that are known. */
export function bornWords(birthDate: string): string {
  return isIsoDay(birthDate) ? formatDay(birthDate) : birthDate;
}

async function entriesFor(store: Searching, typed: string): Promise<PersonEntry[]> {
  const found = await store.summaries((await store.searchCertificates(typed)).slice(0, records));
  return [...new Map(found.map((one) => [one.keyId, one])).values()];
}

function isAlike(one: Omit<PersonEntry, 'insuredId'>, other: Omit<PersonEntry, 'insuredId'>): boolean {
  const bare = ({ name }: { readonly name: string }) => plain(withoutTitles(name));
  return one.birthDate === other.birthDate && bare(one) === bare(other);
}

/** A card has them, and a typed name often lacks them. */
function withoutTitles(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => word !== '' && !word.endsWith('.'))
    .join(' ');
}
