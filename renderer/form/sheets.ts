import { Canvas } from './canvas';
import type { PdfFile } from './pdf-file';
import type { Style } from './typefaces';
import { fitLines, wrap } from './text-fit';

/** Margins of letters and reports on A4, mm (DIN 5008). */
export const margins = { left: 25, right: 20, top: 20, bottom: 25 } as const;
export const textWidth = 210 - margins.left - margins.right;
/** Room for the page number at the foot, mm. */
const pageNumberWidth = 28;
/** Body type, points, and its line distance, mm. */
export const body = { size: 10, pitch: 4.8 } as const;

export interface Column {
  readonly title: string;
  /** mm; all columns together at most `textWidth`. */
  readonly width: number;
  readonly style?: Style;
  readonly size?: number;
  readonly align?: 'left' | 'right';
  /** What is too long for a line is set narrower before it is wrapped. */
  readonly narrows?: boolean;
}

/** A row of a table. A row with `under` carries lines of its own below, over the full width (proofs, reasons). */
export interface Row {
  readonly cells: readonly string[];
  readonly under?: readonly string[];
}

/**
 * A4 sheets that fill from top to bottom: paragraphs, headings and tables that go on over as many sheets as they need. Nothing is cut; a
 * table's head stands on each sheet, and a row is never parted from its head.
 */
export class Sheets {
  private readonly done: Canvas[] = [];
  private canvas: Canvas;
  private y: number;

  /** `foot`: what stands at the foot of each sheet, left of the page number. `firstTop`: where the first sheet's text begins, mm. */
  constructor(
    private readonly file: PdfFile,
    private readonly foot: string,
    firstTop: number = margins.top,
  ) {
    this.canvas = new Canvas(file, 'A4');
    this.y = firstTop;
  }

  /** The sheet being filled, for what has a place of its own. */
  get sheet(): Canvas {
    return this.canvas;
  }

  private turn(): void {
    this.done.push(this.canvas);
    this.canvas = new Canvas(this.file, 'A4');
    this.y = margins.top;
  }

  /** Begins a new sheet unless this much room (mm) is left. */
  need(height: number): boolean {
    if (this.y + height <= 297 - margins.bottom) return false;
    this.turn();
    return true;
  }

  space(mm: number): this {
    this.y += mm;
    return this;
  }

  /** Draws something of this height (mm) here, given the sheet and where its top is. */
  placed(height: number, draw: (canvas: Canvas, top: number) => void): this {
    this.need(height);
    draw(this.canvas, this.y);
    this.y += height;
    return this;
  }

  heading(text: string, size = 13): this {
    const lines = wrap((part) => this.canvas.width('bold', size, part), textWidth, text);
    this.need(lines.length * size * 0.5 + 18);
    for (const line of lines) {
      this.canvas.text('bold', size, margins.left, this.y, line, { field: text });
      this.y += size * 0.5;
    }
    this.y += 2;
    return this;
  }

  paragraph(text: string, options: { style?: Style; size?: number; grey?: number; field?: string } = {}): this {
    const { style = 'sans', size = body.size, grey = 0 } = options;
    const pitch = (body.pitch * size) / body.size;
    for (const line of wrap((part) => this.canvas.width(style, size, part), textWidth, text)) {
      this.need(pitch);
      this.canvas.text(style, size, margins.left, this.y, line, { grey, field: options.field ?? text });
      this.y += pitch;
    }
    return this;
  }

  /** Two columns of a name and its value. */
  facts(facts: readonly (readonly [string, string])[], nameWidth = 45): this {
    for (const [name, value] of facts) {
      const lines = wrap((part) => this.canvas.width('sans', body.size, part), textWidth - nameWidth, value);
      this.need(lines.length * body.pitch);
      this.canvas.text('sans', body.size, margins.left, this.y, name, { grey: 0.35 });
      lines.forEach((line, index) =>
        this.canvas.text('sans', body.size, margins.left + nameWidth, this.y + index * body.pitch, line, {
          field: name,
        }),
      );
      this.y += lines.length * body.pitch;
    }
    return this;
  }

  /** `tight`: for long lists, with less room between the rows. */
  table(columns: readonly Column[], rows: readonly Row[], { tight = false } = {}): this {
    const gap = 2;
    const below = tight ? { cells: 0.3, line: 0.4, next: 0.7 } : { cells: 0.6, line: 0.8, next: 1.2 };
    const head = (): void => {
      let x: number = margins.left;
      for (const { title, width, align } of columns) {
        const right = align === 'right';
        this.canvas.text('bold', 8.5, right ? x + width - gap : x, this.y, title, { align: right ? 'right' : 'left' });
        x += width;
      }
      this.canvas.fill(margins.left, this.y + 4.6, textWidth, 0.3);
      this.y += 6;
    };
    const set = columns.map(({ style = 'sans', size = 9, width, narrows = false }) => {
      const measure = (part: string) => this.canvas.width(style, size, part);
      return {
        style,
        size,
        pitch: size * 0.45,
        fit: (text: string) =>
          narrows ? fitLines(measure, width - gap, text) : { lines: wrap(measure, width - gap, text), narrow: 1 },
      };
    });
    const underSize = 7;
    const underPitch = 3.2;
    const fitUnder = (text: string): string[] =>
      wrap((part) => this.canvas.width('mono', underSize, part), textWidth - 6, text);

    this.need(20);
    head();
    for (const row of rows) {
      const cells = set.map(({ fit }, index) => fit(row.cells[index] ?? ''));
      const height = Math.max(...set.map(({ pitch }, index) => (cells[index]?.lines.length ?? 0) * pitch));
      const under = (row.under ?? []).map(fitUnder);
      if (this.need(height + (under[0] === undefined ? 0 : under[0].length * underPitch) + 2)) head();
      let x: number = margins.left;
      columns.forEach((column, index) => {
        const { style, size, pitch } = set[index] ?? { style: 'sans' as const, size: 9, pitch: 4 };
        const right = column.align === 'right';
        const { lines, narrow } = cells[index] ?? { lines: [], narrow: 1 };
        lines.forEach((line, at) =>
          this.canvas.text(style, size, right ? x + column.width - gap : x, this.y + at * pitch, line, {
            align: right ? 'right' : 'left',
            narrow,
            field: column.title,
          }),
        );
        x += column.width;
      });
      this.y += height + below.cells;
      for (const lines of under) {
        if (this.need(lines.length * underPitch)) head();
        for (const line of lines) {
          this.canvas.text('mono', underSize, margins.left + 4, this.y, line, { grey: 0.25, field: 'proof' });
          this.y += underPitch;
        }
      }
      this.y += below.line;
      this.canvas.fill(margins.left, this.y, textWidth, 0.1, 0.75);
      this.y += below.next;
    }
    return this;
  }

  /** Adds the sheets to the file, with foot and page numbers. */
  finish(test: boolean): void {
    this.done.push(this.canvas);
    this.done.forEach((canvas, index) => {
      const y = 297 - 15;
      canvas.fill(margins.left, y - 2, textWidth, 0.1, 0.6);
      const narrow = Math.min(1, (textWidth - pageNumberWidth) / Math.max(1, canvas.width('sans', 8, this.foot)));
      canvas.text('sans', 8, margins.left, y, this.foot, { narrow, grey: 0.35, field: 'foot' });
      canvas.text('sans', 8, 210 - margins.right, y, `Seite ${index + 1} von ${this.done.length}`, {
        align: 'right',
        grey: 0.35,
      });
      if (test) canvas.text('bold', 9, 105, y + 4.5, 'Übungswelt – Testdokument, nicht gültig', { align: 'centre' });
      this.file.addPage('A4', canvas.content);
    });
  }
}
