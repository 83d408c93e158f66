import type { PersonName } from './certificate';

// The words of the official list of Vorsatzworte (DEÜV, Anlage 6). Only used to tell which of two fields holds the word that stands
// directly before the surname.
const prefixWords: ReadonlySet<string> = new Set(
  (
    "a aan al am an auf auff aufm aus b be bei beim ben bey ceu che cid costa coz d d' d. da dal dall dall' dalla " +
    "dalle dallo das de degli dei del deli dell dell' della delle delli dello dem den der des di dit do don dos du " +
    "dy einem el g gen gil gli grosse große het i im in in't kl kleine l l' l. la las le lee li lo los m mac mast " +
    "mc n o o' op oude pla pro s santos silva st. t te ten ter thi tho thom thor thum to tom tor tu tum und unten " +
    'unter unterm v. v.d. v.dem v.den v.der van vande vandem vanden vander ven ver vo vom von vonde vondem vonden ' +
    'vonder vor vorm vorn y zu zum zur'
  ).split(' '),
);

const isPrefix = (text: string): boolean =>
  text
    .toLowerCase()
    .split(' ')
    .every((word) => prefixWords.has(word));

/**
 * The whole family name: «Gräfin von Königsstein». The title of nobility (affix) comes first, then the Vorsatzwort (prefix), then the name.
 * Practices, and KBV's own instances, often have the two in each other's field; «von» stands before the surname wherever it was
 * entered.
 */
export function fullFamilyName({ family, affix, prefix }: PersonName): string {
  const swapped = affix !== null && prefix !== null && isPrefix(affix) && !isPrefix(prefix);
  const parts = swapped ? [prefix, affix, family] : [affix, prefix, family];
  return parts.filter((part) => part !== null && part !== '').join(' ');
}

/** How a person is addressed on paper and in lists: «Dr. med. Eva Gräfin von Königsstein». */
export function fullName(name: PersonName): string {
  return [name.title, name.given, fullFamilyName(name)].filter((part) => part !== null && part !== '').join(' ');
}

/** A person as lists are sorted: «Gräfin von Königsstein, Dr. med. Eva». Empty where nothing is entered. */
export function listName(name: PersonName): string {
  const before = [name.title, name.given].filter((part) => part !== null && part !== '').join(' ');
  return [fullFamilyName(name), before].filter((part) => part !== '').join(', ');
}
