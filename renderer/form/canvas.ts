import { pointsPerMm, sheets, type Paper, type PdfFile } from './pdf-file';
import { settableText, type SetLetter, type Style } from './typefaces';

export interface TextOptions {
  /** Horizontal scale: 1 as the font is, less = narrower at the same height. */
  readonly narrow?: number;
  readonly align?: 'left' | 'right' | 'centre';
  /** Grey level 0 (black) to 1. */
  readonly grey?: number;
  /** Which field the text comes from, for the message when a letter can't be set. */
  readonly field?: string;
}

/** Numbers in content streams: hundredths of a point (3.5 µm) are more than printers resolve. */
const number = (value: number): string => String(Math.round(value * 100) / 100);

const utf16 = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0')).join('');

/**
 * A content stream being written. Lengths in mm from the sheet's top left, type sizes in points; turned into PDF's points from below left on
 * the way. `shift` moves everything drawn after it.
 */
export class Canvas {
  private readonly operators: string[] = [];
  private readonly height: number;
  private originX = 0;
  private originY = 0;

  /** `paper`: the sheet whose top the content hangs from. */
  constructor(
    private readonly file: PdfFile,
    paper: Paper,
  ) {
    this.height = sheets[paper].height;
  }

  /** Moves the origin to this place (mm, from the sheet's own top left). */
  origin(x: number, y: number): this {
    this.originX = x;
    this.originY = y;
    return this;
  }

  get content(): string {
    return this.operators.join('\n');
  }

  private x(mm: number): string {
    return number((this.originX + mm) * pointsPerMm);
  }

  private y(mm: number): string {
    return number((this.height - this.originY - mm) * pointsPerMm);
  }

  /** The width of text in mm. */
  width(style: Style, size: number, text: string): number {
    return this.file.typefaces.width(style, size, text) / pointsPerMm;
  }

  /**
   * One line of text. `top` is where the font's ascent reaches (as `pdftotext -bbox` reports boxes), `x` the left, right or middle of the
   * line by `align`.
   */
  text(style: Style, size: number, x: number, top: number, text: string, options: TextOptions = {}): this {
    const settable = settableText(text);
    if (settable.trim() === '') return this;
    const narrow = options.narrow ?? 1;
    const align = options.align ?? 'left';
    const width = align === 'left' ? 0 : this.width(style, size, settable) * narrow;
    const left = align === 'right' ? x - width : align === 'centre' ? x - width / 2 : x;
    const base = top + (this.file.typefaces.ascent(style) * size) / pointsPerMm;
    const scale = narrow === 1 ? '' : `${number(narrow * 100)} Tz `;
    const shown = this.show(style, size, settable, options.field ?? 'text');
    const line = `BT ${scale}${this.x(left)} ${this.y(base)} Td ${shown} ET`;
    const grey = options.grey ?? 0;
    // The text state outlives BT…ET: q…Q puts narrow and grey back.
    this.operators.push(narrow === 1 && grey === 0 ? line : `q ${grey === 0 ? '' : `${number(grey)} g `}${line} Q`);
    return this;
  }

  /**
   * The operators that show the letters, changing font where the letter asks for it. A letter with combining marks is one span that says
   * which text it is, so that it is copied whole.
   */
  private show(style: Style, size: number, text: string, field: string): string {
    let shown = '';
    let font = '';
    let run = '';
    const flush = (): void => {
      if (run !== '') shown += `<${run}> Tj `;
      run = '';
    };
    const set = (character: string): SetLetter | null => {
      const letter = this.file.typefaces.letter(style, character.codePointAt(0) ?? 0);
      if (letter === null) this.file.missing.push({ letter: character, field });
      else if (letter.font !== font) {
        flush();
        font = letter.font;
        shown += `/${font} ${number(size)} Tf `;
      }
      return letter;
    };
    const code = (letter: SetLetter): string => this.file.subset(letter.font).number(letter.codePoint);
    for (const cluster of text.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) {
      const [base = '', ...marks] = Array.from(cluster);
      if (marks.length > 0) {
        flush();
        shown += `/Span <</ActualText <feff${utf16(cluster)}>>> BDC `;
      }
      const under = set(base);
      if (under === null) continue;
      run += code(under);
      for (const mark of marks) {
        const over = set(mark);
        if (over === null) continue;
        const { shift, rise } = this.file.typefaces.markPlace(under, over);
        flush();
        // The mark has no width: the pen goes to its place and back.
        shown += `${number(rise * size)} Ts [${number(-shift * 1000)}<${code(over)}>${number(shift * 1000)}]TJ 0 Ts `;
      }
      if (marks.length > 0) {
        flush();
        shown += 'EMC ';
      }
    }
    flush();
    return shown.trimEnd();
  }

  /** A filled rectangle: black, or a grey level. Thin ones are the form's lines. */
  fill(x: number, y: number, width: number, height: number, grey = 0): this {
    const box = `${this.x(x)} ${this.y(y + height)} ${number(width * pointsPerMm)} ${number(height * pointsPerMm)} re f`;
    this.operators.push(grey === 0 ? box : `q ${number(grey)} g ${box} Q`);
    return this;
  }

  /** A filled rectangle in a colour, red, green and blue 0 to 1. */
  fillColour(x: number, y: number, width: number, height: number, rgb: readonly [number, number, number]): this {
    this.operators.push(`q ${rgb.map(number).join(' ')} rg`);
    this.fill(x, y, width, height);
    this.operators.push('Q');
    return this;
  }

  /** The outline of a rectangle; `line` is its width in mm, drawn half inside and half outside. */
  frame(x: number, y: number, width: number, height: number, line: number): this {
    this.operators.push(
      `${number(line * pointsPerMm)} w ${this.x(x)} ${this.y(y + height)} ${number(width * pointsPerMm)} ${number(height * pointsPerMm)} re S`,
    );
    return this;
  }

  /**
   * Many black rectangles as one path with one fill, hung from (x, y) and given in units of `unitX` and `unitY` mm: thousands of bars cost no
   * more than one operator each.
   */
  bars(
    x: number,
    y: number,
    unitX: number,
    unitY: number,
    bars: readonly { x: number; y: number; width: number; height: number }[],
  ): this {
    const path = bars.map((bar) => `${bar.x} ${bar.y} ${bar.width} ${bar.height} re`).join('\n');
    const scaleX = (unitX * pointsPerMm).toFixed(5);
    const scaleY = (-unitY * pointsPerMm).toFixed(5);
    this.operators.push(`q ${scaleX} 0 0 ${scaleY} ${this.x(x)} ${this.y(y)} cm\n${path}\nf Q`);
    return this;
  }

  /** Shows a form XObject of the file, hung from the sheet's top. */
  form(name: string): this {
    const drop = (this.height - sheets.A4.height) * pointsPerMm;
    this.operators.push(`q 1 0 0 1 0 ${number(drop)} cm /${name} Do Q`);
    return this;
  }
}
