/** Written in capitals by everybody. What has no vowel is taken for one too. */
const abbreviations = new Set([
  'AOK',
  'IKK',
  'DAK',
  'KKH',
  'HEK',
  'EK',
  'IT',
  'EDV',
  'DAV',
  'AG',
  'SE',
  'UG',
  'ITSG',
  'ITSC',
]);
const written: ReadonlyMap<string, string> = new Map([
  ['GMBH', 'GmbH'],
  ['MBH', 'mbH'],
  ['EG', 'eG'],
  ['GBR', 'GbR'],
  ['KGAA', 'KGaA'],
]);
/** Small in the middle of a name. */
const particles = new Set([
  'UND',
  'DER',
  'DIE',
  'DAS',
  'DES',
  'DEN',
  'FÜR',
  'IN',
  'IM',
  'AM',
  'AN',
  'AUF',
  'VON',
  'VOM',
  'ZU',
  'ZUR',
  'ZUM',
  'BEI',
  'MIT',
]);

/** An intake provider as people write it: the insurer file has «BITMARCK SERVICE GMBH», we show «Bitmarck Service GmbH». */
export function providerName(provider: string): string {
  // In a name with small letters, a short word in capitals is meant so.
  const isAllShouted = provider === provider.toUpperCase();
  let isFirst = true;
  return provider.replaceAll(/[\p{L}\p{N}&]+/gu, (word) => {
    const shown = wordOf(word, isAllShouted, isFirst);
    isFirst = false;
    return shown;
  });
}

function wordOf(word: string, isAllShouted: boolean, isFirst: boolean): string {
  const known = written.get(word.toUpperCase());
  if (known !== undefined) return known;
  const isShouted = word === word.toUpperCase() && (isAllShouted || word.length > 3);
  if (!isShouted || abbreviations.has(word) || !/[AEIOUÄÖÜY]/.test(word) || /\d/.test(word)) return word;
  if (!isFirst && particles.has(word)) return word.toLowerCase();
  return word.charAt(0) + word.slice(1).toLowerCase();
}
