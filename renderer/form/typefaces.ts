import { create, type Font, type Glyph } from '@cantoo/fontkit';
import { fontFiles, type FontKey, type FormFonts } from './fonts';

/** What text is set in. Data is always `mono`, whose letters stand 10 to the inch at the size of the official form. */
export type Style = 'sans' | 'bold' | 'italic' | 'boldItalic' | 'mono' | 'title' | 'box';

/**
 * The rule for letters: the first font of the style's row that has the letter sets it. Which font sets a letter depends on the letter
 * alone, never on its neighbours.
 */
const fontsOfStyle: Readonly<Record<Style, readonly FontKey[]>> = {
  sans: ['sans', 'wideSans'],
  bold: ['sansBold', 'wideSansBold', 'wideSans'],
  italic: ['sansItalic', 'wideSans'],
  boldItalic: ['sansBoldItalic', 'wideSansBold', 'wideSans'],
  mono: ['mono', 'wideMono', 'wideSans'],
  title: ['wideSansBold', 'wideSans'],
  box: ['wideSans'],
};

/** Scripts that can be set letter by letter from left to right. Others (Arabic, Hebrew, Indic…) need shaping: they are refused. */
const settable =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]$/u;
const plain = /^[ -~]*$/;
const uncontrolled = /^[^\p{C}]$/u;

/** One letter as a font sets it. Lengths in em. */
export interface SetLetter {
  readonly font: FontKey;
  readonly codePoint: number;
  readonly advance: number;
}

/** Where a combining mark goes, against the letter before it. Lengths in em. */
export interface MarkPlace {
  readonly shift: number;
  readonly rise: number;
}

/**
 * Text as it is set: composed (NFC), every kind of blank one space, without invisible characters (soft hyphen, zero width). Nothing a reader
 * could see is lost.
 */
export function settableText(text: string): string {
  // Most text needs nothing of this, and every line of every slip passes here.
  if (plain.test(text)) return text;
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/\s/g, ' ');
}

/** The fonts, opened: which font sets a letter, how wide it is, and where a combining mark goes. */
export class Typefaces {
  private readonly letters: Readonly<Record<Style, Map<number, SetLetter | null>>> = {
    sans: new Map(),
    bold: new Map(),
    italic: new Map(),
    boldItalic: new Map(),
    mono: new Map(),
    title: new Map(),
    box: new Map(),
  };

  private constructor(private readonly fonts: Readonly<Record<FontKey, Font>>) {}

  /** Opens the fonts once per `FormFonts`. */
  static of(fonts: FormFonts): Typefaces {
    const known = opened.get(fonts);
    if (known !== undefined) return known;
    const typefaces = new Typefaces({
      sans: open(fonts.sans),
      sansBold: open(fonts.sansBold),
      sansItalic: open(fonts.sansItalic),
      sansBoldItalic: open(fonts.sansBoldItalic),
      mono: open(fonts.mono),
      wideSans: open(fonts.wideSans),
      wideSansBold: open(fonts.wideSansBold),
      wideMono: open(fonts.wideMono),
    });
    opened.set(fonts, typefaces);
    return typefaces;
  }

  font(key: FontKey): Font {
    return this.fonts[key];
  }

  /** The letter in this style, or `null` where no font has it or it needs shaping. */
  letter(style: Style, codePoint: number): SetLetter | null {
    const known = this.letters[style].get(codePoint);
    if (known !== undefined) return known;
    const found = this.find(style, codePoint);
    this.letters[style].set(codePoint, found);
    return found;
  }

  private find(style: Style, codePoint: number): SetLetter | null {
    const text = String.fromCodePoint(codePoint);
    if (!settable.test(text) || !uncontrolled.test(text)) return null;
    for (const key of fontsOfStyle[style]) {
      const font = this.fonts[key];
      if (!font.hasGlyphForCodePoint(codePoint)) continue;
      return { font: key, codePoint, advance: this.glyph(key, codePoint).advanceWidth / font.unitsPerEm };
    }
    return null;
  }

  /** A font's glyph for a letter that `letter` found in it. */
  glyph(key: FontKey, codePoint: number): Glyph {
    const glyph = this.fonts[key].glyphForCodePoint(codePoint);
    if (glyph === null) throw new Error(`Font ${key} has no glyph for U+${codePoint.toString(16)}`);
    return glyph;
  }

  /** The letters of this text that can't be set in this style, each once. */
  lettersWithout(style: Style, text: string): string[] {
    return [...new Set(settableText(text))].filter((letter) => this.letter(style, letter.codePointAt(0) ?? 0) === null);
  }

  /** The width of text in points at this size. */
  width(style: Style, size: number, text: string): number {
    let ems = 0;
    for (const letter of settableText(text)) ems += this.letter(style, letter.codePointAt(0) ?? 0)?.advance ?? 0;
    return ems * size;
  }

  /** The height of the style's first font above the base line, in em. */
  ascent(style: Style): number {
    const font = this.fonts[fontsOfStyle[style][0] ?? 'sans'];
    return font.ascent / font.unitsPerEm;
  }

  /**
   * Where a mark without a width of its own goes: centred on its base letter and, above a tall letter, as much higher as the letter is
   * taller than an x.
   */
  markPlace(base: SetLetter, mark: SetLetter): MarkPlace {
    const baseFont = this.fonts[base.font];
    const markFont = this.fonts[mark.font];
    const under = this.glyph(base.font, base.codePoint).bbox;
    const over = this.glyph(mark.font, mark.codePoint).bbox;
    const baseCentre = (under.minX + under.maxX) / 2 / baseFont.unitsPerEm;
    const markCentre = (over.minX + over.maxX) / 2 / markFont.unitsPerEm;
    const taller = (under.maxY - baseFont.xHeight) / baseFont.unitsPerEm;
    const above = over.minY / markFont.unitsPerEm > 0.4;
    return { shift: baseCentre - base.advance - markCentre, rise: above && taller > 0.05 ? taller : 0 };
  }
}

const opened = new WeakMap<FormFonts, Typefaces>();

function open(bytes: Uint8Array): Font {
  const font = create(bytes);
  if ('fonts' in font) throw new Error('A font collection where a single font is expected');
  return font;
}

/** All keys, in the order in which fonts are written into a file. */
export const fontKeys: readonly FontKey[] = fontFiles.map(({ key }) => key);
