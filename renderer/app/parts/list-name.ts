import type { PersonName } from '../../domain/certificate';
import { fullFamilyName } from '../../domain/person-name';

/** A person as lists are sorted: «Gräfin von Königsstein, Dr. med. Eva». Empty where nothing is entered. */
export function listName(name: PersonName): string {
  const before = [name.title, name.given].filter((part) => part !== null && part !== '').join(' ');
  return [fullFamilyName(name), before].filter((part) => part !== '').join(', ');
}
