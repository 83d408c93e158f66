import type { FontKey, FormFonts } from './fonts';
import { asciiBytes, deflate } from './deflate';
import { Typefaces } from './typefaces';

/**
 * The letters that every file's subset of a font begins with: their numbers are the same in all files, so that what is constant on a slip
 * is encoded once and the common subset is written once per program run.
 */
const latin = [
  ...Array.from({ length: 95 }, (_, index) => 0x20 + index),
  ...Array.from('§°·ÄÖÜßäöüÇÉÈÑàáâçèéêëíîñóôøúûžŽšŠ€–—‘’‚“”„«»…ẞ', (letter) => letter.codePointAt(0) ?? 0),
];
const commonLetters: Readonly<Record<FontKey, readonly number[]>> = {
  sans: latin,
  sansBold: latin,
  sansItalic: latin,
  sansBoldItalic: latin,
  mono: latin,
  wideSans: [0x20, 0x2610, 0x2612],
  wideSansBold: Array.from(' 1Arbeitsunfähgkc-', (letter) => letter.codePointAt(0) ?? 0),
  wideMono: [0x20],
};

/** A subset, ready to be written: the compressed font file and what a PDF says about it. */
export interface FontProgram {
  readonly compressed: Uint8Array<ArrayBuffer>;
  /** Length of the font file before compression. */
  readonly length: number;
  /** Advance widths in 1/1000 em; index = glyph number. */
  readonly widths: readonly number[];
  /** Letter by glyph number, from 1. */
  readonly codePoints: readonly number[];
  readonly toUnicode: Uint8Array<ArrayBuffer>;
  /** `ABCDEF+LiberationSans`: the tag differs with the letters. */
  readonly name: string;
}

/** The letters of one font that one file uses, each with its glyph number in that file. */
export class FontSubset {
  private readonly numbers: Map<number, string>;
  private readonly extra: number[] = [];

  constructor(
    private readonly fonts: FormFonts,
    readonly key: FontKey,
  ) {
    this.numbers = new Map(commonNumbers(key));
  }

  /** The letter's glyph number as four hex digits, as it stands in a content stream. */
  number(codePoint: number): string {
    const known = this.numbers.get(codePoint);
    if (known !== undefined) return known;
    const number = this.twin(codePoint) ?? hex(commonLetters[this.key].length + this.extra.push(codePoint));
    this.numbers.set(codePoint, number);
    return number;
  }

  /** The number of a letter that the font draws with the same glyph (Latin and Cyrillic A, in some fonts). */
  private twin(codePoint: number): string | undefined {
    const typefaces = Typefaces.of(this.fonts);
    const glyph = typefaces.glyph(this.key, codePoint).id;
    for (const [other, number] of this.numbers) if (typefaces.glyph(this.key, other).id === glyph) return number;
    return undefined;
  }

  /** The font file with exactly these letters. */
  async program(): Promise<FontProgram> {
    if (this.extra.length > 0) return makeProgram(this.fonts, this.key, [...commonLetters[this.key], ...this.extra]);
    const kept = commonPrograms.get(this.fonts) ?? new Map<FontKey, Promise<FontProgram>>();
    commonPrograms.set(this.fonts, kept);
    const known = kept.get(this.key);
    if (known !== undefined) return known;
    const program = makeProgram(this.fonts, this.key, commonLetters[this.key]);
    kept.set(this.key, program);
    return program;
  }
}

const commonPrograms = new WeakMap<FormFonts, Map<FontKey, Promise<FontProgram>>>();

const hex = (number: number): string => number.toString(16).padStart(4, '0');

function commonNumbers(key: FontKey): [number, string][] {
  return commonLetters[key].map((codePoint, index) => [codePoint, hex(index + 1)]);
}

async function makeProgram(fonts: FormFonts, key: FontKey, codePoints: readonly number[]): Promise<FontProgram> {
  const typefaces = Typefaces.of(fonts);
  const font = typefaces.font(key);
  const subset = font.createSubset();
  const widths = [0];
  const glyphNumbers = codePoints.map((codePoint) => {
    const glyph = typefaces.glyph(key, codePoint);
    widths.push((glyph.advanceWidth * 1000) / font.unitsPerEm);
    return subset.includeGlyph(glyph.id);
  });
  // A bug if ever: content streams already use the numbers.
  const clash = glyphNumbers.findIndex((number, index) => number !== index + 1);
  if (clash !== -1) throw new Error(`Font ${key}: letter ${hex(codePoints[clash] ?? 0)} shares its glyph with another`);
  const file = new Uint8Array(subset.encode());
  return {
    compressed: await deflate(file),
    length: file.length,
    widths,
    codePoints,
    toUnicode: await deflate(asciiBytes(unicodeMap(codePoints))),
    name: `${tag(codePoints)}+${font.postscriptName ?? key}`,
  };
}

/** Six letters that differ with the subset's letters (FNV-1a). */
function tag(codePoints: readonly number[]): string {
  let hash = 0x811c9dc5;
  for (const codePoint of codePoints) hash = Math.imul(hash ^ codePoint, 0x01000193) >>> 0;
  return Array.from({ length: 6 }, () => {
    const letter = String.fromCharCode(65 + (hash % 26));
    hash = Math.floor(hash / 26);
    return letter;
  }).join('');
}

/** The CMap that makes text searchable and copyable: glyph number → UTF-16. */
function unicodeMap(codePoints: readonly number[]): string {
  const lines = codePoints.map((codePoint, index) => {
    const text = String.fromCodePoint(codePoint);
    const units = Array.from({ length: text.length }, (_, at) => hex(text.charCodeAt(at)));
    return `<${hex(index + 1)}> <${units.join('')}>`;
  });
  const blocks: string[] = [];
  for (let start = 0; start < lines.length; start += 100) {
    const block = lines.slice(start, start + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}
