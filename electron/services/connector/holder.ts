import type { CardChoice } from '../../contract/contract';

type Holder = Extract<CardChoice, { kind: 'HBA' }>['holder'];

/**
 * How well the name on a card fits a holder: 2 exactly, 1 with further given names or name parts on one side, 0 not at all.
 *
 * Titles don't count, nor case, accents, the spelling of umlauts or the order of the parts; test cards carry `TEST-ONLY`.
 */
export function nameFit(cardHolder: string, holder: Holder): 0 | 1 | 2 {
  const onCard = nameParts(cardHolder);
  const family = nameParts(holder.family);
  const given = nameParts(holder.given);
  if (family.length === 0 || given.length === 0 || !family.every((part) => onCard.includes(part))) return 0;
  const rest = onCard.filter((part) => !family.includes(part));
  const restGiven = given.filter((part) => !family.includes(part));
  const cardHasAll = restGiven.every((part) => rest.includes(part));
  const holderHasAll = rest.every((part) => given.includes(part));
  if (cardHasAll && holderHasAll) return 2;
  // «Anna Maria Muster» on the card, «Anna Muster» in the practice's records, or the other way round; a given name has to be common.
  const common = rest.some((part) => restGiven.includes(part));
  return common && (cardHasAll || holderHasAll) ? 1 : 0;
}

const titles = new Set(
  'dr med dent rer nat habil phil univ prof professor pd priv doz privatdozent dipl mag mult hc h c univprof medic md phd'.split(
    ' ',
  ),
);

function nameParts(name: string): string[] {
  return name
    .replace(/TEST-ONLY/g, ' ')
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .split(/[^\p{Letter}]+/u)
    .filter((part) => part !== '' && !titles.has(part));
}
