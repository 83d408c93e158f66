import { settableText } from './typefaces';

/** Measures a line: width in mm at full size and normal width. */
export type Measure = (text: string) => number;

/** How data is made to fit its place. `narrow` is the horizontal scale all lines share; the height of letters stays. */
export interface FittedLines {
  readonly lines: readonly string[];
  readonly narrow: number;
}

/** The narrowest that letters may become: at the form's size they then still stand 13 to the inch. */
export const narrowest = 0.75;

/**
 * One piece of data in lines of `width` mm: first one line at normal width; where it is too long, one line set narrower, down to `narrowest`;
 * where it is still too long, wrapped at that width. Nothing is ever left out: joined, the lines give the text.
 */
export function fitLines(measure: Measure, width: number, text: string): FittedLines {
  const settable = settableText(text).trim();
  const natural = measure(settable);
  if (natural <= width) return { lines: [settable], narrow: 1 };
  if (natural * narrowest <= width) return { lines: [settable], narrow: width / natural };
  return { lines: wrap(measure, width / narrowest, settable), narrow: narrowest };
}

/** Wraps at blanks, after hyphens and slashes, and inside a word only where the word alone is wider than a line. */
export function wrap(measure: Measure, width: number, text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of settableText(text).split(/(?<=[ \-/])(?=[^ ])/u)) {
    if (measure((line + word).trimEnd()) <= width) {
      line += word;
      continue;
    }
    if (line !== '') lines.push(line.trimEnd());
    line = word;
    while (measure(line.trimEnd()) > width) {
      // A combining mark stays with its letter.
      const letters = line.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
      let fitting = 1;
      while (fitting < letters.length && measure(letters.slice(0, fitting + 1).join('')) <= width) fitting += 1;
      lines.push(letters.slice(0, fitting).join(''));
      line = letters.slice(fitting).join('');
    }
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

/** Several pieces of data stacked in one box. */
export interface FittedBox {
  readonly lines: readonly { readonly text: string; readonly narrow: number }[];
  /** 1 at the form's size; less where the lines would not fit the height. */
  readonly scale: number;
}

/** The smallest type in a box, as a part of the form's size (4.4 points of 8). */
const smallest = 0.55;

/** A piece of data in a box: its text and the width it may take, in mm. An empty piece takes no line, a blank one an empty line. */
export interface Piece {
  readonly text: string;
  readonly width: number;
}

/**
 * Stacks pieces in a box that holds `room` lines at full size: each by `fitLines`; where they need more lines than there is room, the type
 * gets smaller as a whole (and wraps later for it), in steps of 5 %. `null`: not even at the smallest size.
 */
export function fitBox(measure: Measure, room: number, pieces: readonly Piece[]): FittedBox | null {
  const filled = pieces.filter(({ text }) => text !== '');
  for (let step = 0; 1 - step * 0.05 >= smallest - 0.001; step += 1) {
    const scale = 1 - step * 0.05;
    const lines = filled.flatMap(({ text, width }) => {
      const fitted = fitLines(measure, width / scale, text);
      return fitted.lines.map((line) => ({ text: line, narrow: fitted.narrow }));
    });
    if (lines.length <= Math.floor(room / scale + 0.001)) return { lines, scale };
  }
  return null;
}
