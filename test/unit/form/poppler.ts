import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PDF as an independent program sees it: poppler's text and pictures. */

const runs = (command: string): boolean => spawnSync(command, ['-v']).error === undefined;
export const hasPoppler = runs('pdftotext') && runs('pdftoppm');

function withFile<T>(bytes: Uint8Array, use: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'ersatzschein-form-'));
  try {
    const path = join(folder, 'slip.pdf');
    writeFileSync(path, bytes);
    return use(path, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text, in reading order, blanks collapsed. */
export function pdfText(pdf: Uint8Array): string {
  return withFile(pdf, (path) => execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' })).replace(
    /\s+/g,
    ' ',
  );
}

export interface WordBox {
  readonly word: string;
  /** mm. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Every word with its box. */
export function pdfWords(pdf: Uint8Array): WordBox[] {
  const html = withFile(pdf, (path) => execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8' }));
  const mm = (points: string | undefined): number => (Number(points) * 25.4) / 72;
  return [...html.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)<\/word>/g)].map(
    ([, left, top, right, word = '']) => ({
      word: word.replace(/&\w+;/g, (entity) => entities[entity] ?? entity),
      left: mm(left),
      top: mm(top),
      right: mm(right),
    }),
  );
}

/** A grey picture: one byte a pixel, 0 black. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

function parsePgm(bytes: Buffer): GreyPicture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1'));
  if (head === null) throw new Error('not a PGM');
  return { width: Number(head[1]), height: Number(head[2]), pixels: new Uint8Array(bytes.subarray(head[0].length)) };
}

/** A part of the page, mm. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The first page, or a part of it, at this resolution. */
export function pdfPicture(pdf: Uint8Array, dpi: number, only: Area | null = null): GreyPicture {
  const [first] = pdfPictures(pdf, dpi, only);
  if (first === undefined) throw new Error('no page');
  return first;
}

/** Every page, or a part of each, at this resolution. */
export function pdfPictures(pdf: Uint8Array, dpi: number, only: Area | null = null): GreyPicture[] {
  return withFile(pdf, (path, folder) => {
    const px = (mm: number): string => String(Math.round((mm / 25.4) * dpi));
    const crop = only === null ? [] : ['-x', px(only.x), '-y', px(only.y), '-W', px(only.width), '-H', px(only.height)];
    const args = ['-r', String(dpi), '-gray', ...crop, path, join(folder, 'page')];
    // What other programs made may be drawn with warnings.
    execFileSync('pdftoppm', args, { stdio: ['ignore', 'ignore', 'ignore'] });
    const names = readdirSync(folder).filter((name) => name.endsWith('.pgm'));
    return names.sort().map((name) => parsePgm(readFileSync(join(folder, name))));
  });
}

/** RGBA bytes for a decoder. */
export function rgba({ width, height, pixels }: GreyPicture): ImageData {
  const data = new Uint8ClampedArray(width * height * 4);
  const colours = new Uint32Array(data.buffer);
  pixels.forEach((grey, index) => {
    colours[index] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
  });
  return { data, width, height, colorSpace: 'srgb' };
}
