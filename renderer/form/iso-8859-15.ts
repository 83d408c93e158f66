/**
 * ISO 8859-15, the barcode's character set, and the rule for letters outside it.
 *
 * The rule, in this order: (1) NFC; (2) the letter itself where the set has it; (3) its spelling in the table below (German ẞ as SS, typographic
 * signs as their plain ones, Polish Ł as L, Cyrillic in Latin letters); (4) the letter without its accents (ğ → g, ễ → e); (5) a question
 * mark. Control characters and every kind of blank become a space, since TAB separates the fields.
 */

/** Where ISO 8859-15 differs from the first 256 letters of Unicode. */
const own: Readonly<Record<string, number>> = {
  '€': 0xa4,
  Š: 0xa6,
  š: 0xa8,
  Ž: 0xb4,
  ž: 0xb8,
  Œ: 0xbc,
  œ: 0xbd,
  Ÿ: 0xbe,
};
const replaced = new Set([0xa4, 0xa6, 0xa8, 0xb4, 0xb8, 0xbc, 0xbd, 0xbe]);

const cyrillic = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяєіїґђјљњћџѕќѓў';
const latin =
  'a b v g d e e zh z i j k l m n o p r s t u f kh c ch sh shch " y \' e ju ja je i ji g dj j lj nj c dzh dz k g u'.split(
    ' ',
  );
const spelled: ReadonlyMap<string, string> = new Map([
  ...Array.from(cyrillic).flatMap((letter, index): [string, string][] => {
    const spelling = latin[index] ?? '';
    return [
      [letter, spelling],
      [letter.toUpperCase(), spelling.slice(0, 1).toUpperCase() + spelling.slice(1)],
    ];
  }),
  ...Object.entries({
    ẞ: 'SS',
    Ł: 'L',
    ł: 'l',
    Đ: 'D',
    đ: 'd',
    ı: 'i',
    Ħ: 'H',
    ħ: 'h',
    Ŧ: 'T',
    ŧ: 't',
    Ŋ: 'N',
    ŋ: 'n',
    ĸ: 'k',
    Ə: 'E',
    ə: 'e',
    '–': '-',
    '—': '-',
    '‐': '-',
    '‑': '-',
    '−': '-',
    '‘': "'",
    '’': "'",
    '‚': "'",
    ʼ: "'",
    '“': '"',
    '”': '"',
    '„': '"',
    '‹': '<',
    '›': '>',
    '…': '...',
    '•': '-',
  }),
]);

function codeOf(letter: string): number | null {
  const special = own[letter];
  if (special !== undefined) return special;
  const codePoint = letter.codePointAt(0) ?? 0;
  const printable = (codePoint >= 0x20 && codePoint < 0x7f) || (codePoint >= 0xa0 && codePoint <= 0xff);
  return printable && !replaced.has(codePoint) ? codePoint : null;
}

/** Text in ISO 8859-15 bytes, by the rule above. Never fails; the same text always gives the same bytes. */
export function toIso885915(text: string): Uint8Array {
  const bytes: number[] = [];
  const put = (letters: string): boolean => {
    const codes = Array.from(letters, codeOf);
    const known = codes.filter((code) => code !== null);
    if (known.length < codes.length) return false;
    bytes.push(...known);
    return true;
  };
  for (const letter of text.normalize('NFC').replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')) {
    if (/[\s\p{Cc}]/u.test(letter)) bytes.push(0x20);
    else if (put(letter)) continue;
    else if (put(spelled.get(letter) ?? '\u0000')) continue;
    else {
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
      if (bare === '' || put(bare) || put(spelled.get(bare) ?? '\u0000')) continue;
      bytes.push(0x3f);
    }
  }
  return Uint8Array.from(bytes);
}
