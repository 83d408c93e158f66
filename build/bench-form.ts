import { existsSync, readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';
import { chromium } from 'playwright';
import type { CertificateContent } from '../renderer/domain/certificate';
import { barcodeContent, barcodeModules, type Bar } from '../renderer/form/barcode';
import { barcodeSays } from '../renderer/form/barcode-check';
import { Canvas, type TextOptions } from '../renderer/form/canvas';
import type { FontKey, FormFonts } from '../renderer/form/fonts';
import { pointsPerMm, sheets } from '../renderer/form/pdf-file';
import { drawPreparedSlips, drawSlips, type PreparedSlip } from '../renderer/form/slip';
import { exampleContent } from '../test/support/content';
import type { Style } from '../renderer/form/typefaces';
import { loadBarcodeDecoder, loadFormFonts } from './form-fonts';

/**
 * The slips' figures for `npm run bench`: ours against pdfkit and Chromium drawing the same page, in one run. The barcode's modules are made
 * beforehand for all three; the self-check is timed apart.
 */

const slipCount = 500;
const chromiumCount = 20;
const rounds = 3;

/** Something drawn on a page, in points from the top left: what pdfkit and Chromium are given to draw. */
type Mark =
  | {
      readonly kind: 'text';
      readonly style: Style;
      readonly size: number;
      readonly x: number;
      readonly top: number;
      readonly text: string;
      readonly narrow: number;
    }
  | { readonly kind: 'fill'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  | {
      readonly kind: 'frame';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly line: number;
    };

/** Notes everything that one slip's drawing puts on its page, form and data alike, by listening to the canvas. */
async function marksOf(slip: PreparedSlip, fonts: FormFonts): Promise<Mark[]> {
  const marks: Mark[] = [];
  const originals = Object.getOwnPropertyDescriptors(Canvas.prototype);
  const { origin, text, fill, frame, bars } = originals;
  let [originX, originY] = [0, 0];
  const x = (mm: number): number => (originX + mm) * pointsPerMm;
  const y = (mm: number): number => (originY + mm) * pointsPerMm;
  const box = (left: number, top: number, width: number, height: number) => ({
    x: x(left),
    y: y(top),
    width: width * pointsPerMm,
    height: height * pointsPerMm,
  });
  try {
    Canvas.prototype.origin = function (this: Canvas, toX: number, toY: number) {
      [originX, originY] = [toX, toY];
      return origin.value?.call(this, toX, toY) ?? this;
    };
    Canvas.prototype.text = function (
      this: Canvas,
      style: Style,
      size: number,
      at: number,
      top: number,
      words: string,
      options: TextOptions = {},
    ) {
      const narrow = options.narrow ?? 1;
      const width = this.width(style, size, words) * narrow;
      const left = options.align === 'right' ? at - width : options.align === 'centre' ? at - width / 2 : at;
      if (words.trim() !== '') marks.push({ kind: 'text', style, size, x: x(left), top: y(top), text: words, narrow });
      return text.value?.call(this, style, size, at, top, words, options) ?? this;
    };
    Canvas.prototype.fill = function (
      this: Canvas,
      left: number,
      top: number,
      width: number,
      height: number,
      grey = 0,
    ) {
      marks.push({ kind: 'fill', ...box(left, top, width, height) });
      return fill.value?.call(this, left, top, width, height, grey) ?? this;
    };
    Canvas.prototype.frame = function (
      this: Canvas,
      left: number,
      top: number,
      width: number,
      height: number,
      line: number,
    ) {
      marks.push({ kind: 'frame', ...box(left, top, width, height), line: line * pointsPerMm });
      return frame.value?.call(this, left, top, width, height, line) ?? this;
    };
    Canvas.prototype.bars = function (
      this: Canvas,
      left: number,
      top: number,
      unitX: number,
      unitY: number,
      all: readonly Bar[],
    ) {
      for (const bar of all)
        marks.push({
          kind: 'fill',
          ...box(left + bar.x * unitX, top + bar.y * unitY, bar.width * unitX, bar.height * unitY),
        });
      return bars.value?.call(this, left, top, unitX, unitY, all) ?? this;
    };
    await drawPreparedSlips([slip], { paper: 'A5', fonts });
  } finally {
    Object.defineProperties(Canvas.prototype, originals);
  }
  return marks;
}

const fontOf: Readonly<Record<Style, FontKey>> = {
  sans: 'sans',
  bold: 'sansBold',
  italic: 'sansItalic',
  boldItalic: 'sansBoldItalic',
  mono: 'mono',
  title: 'wideSansBold',
  box: 'wideSans',
};

const sheetSize: [number, number] = [sheets.A5.width * pointsPerMm, sheets.A5.height * pointsPerMm];

/** The pages drawn by pdfkit as its documentation says: fonts registered once, all filled rectangles of a page as one path. */
async function drawWithPdfkit(pages: readonly (readonly Mark[])[], fonts: FormFonts): Promise<number> {
  const document = new PDFDocument({ autoFirstPage: false, margin: 0, size: sheetSize });
  let length = 0;
  const ended = new Promise<void>((resolve) => document.on('end', resolve));
  document.on('data', (chunk) => {
    length += chunk.length;
  });
  for (const key of new Set(Object.values(fontOf))) document.registerFont(key, fonts[key]);
  for (const marks of pages) {
    document.addPage();
    for (const mark of marks) {
      if (mark.kind === 'frame') document.lineWidth(mark.line).rect(mark.x, mark.y, mark.width, mark.height).stroke();
      else if (mark.kind === 'text')
        document
          .font(fontOf[mark.style])
          .fontSize(mark.size)
          .text(mark.text, mark.x, mark.top, {
            lineBreak: false,
            ...(mark.narrow === 1 ? {} : { horizontalScaling: mark.narrow * 100 }),
          });
    }
    for (const mark of marks) if (mark.kind === 'fill') document.rect(mark.x, mark.y, mark.width, mark.height);
    document.fill();
  }
  document.end();
  await ended;
  return length;
}

const escapeHtml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const familyOf: Readonly<Record<Style, string>> = {
  sans: 'Liberation Sans',
  bold: 'Liberation Sans;font-weight:bold',
  italic: 'Liberation Sans;font-style:italic',
  boldItalic: 'Liberation Sans;font-style:italic;font-weight:bold',
  mono: 'Liberation Mono',
  title: 'DejaVu Sans;font-weight:bold',
  box: 'DejaVu Sans',
};

function pageAsHtml(marks: readonly Mark[]): string {
  const texts = marks
    .filter((mark) => mark.kind === 'text')
    .map(
      ({ style, size, x, top, text, narrow }) =>
        `<div style="position:absolute;white-space:pre;left:${x}pt;top:${top}pt;font-size:${size}pt;transform-origin:left;transform:scaleX(${narrow});font-family:${familyOf[style]}">${escapeHtml(text)}</div>`,
    );
  const path = marks
    .filter((mark) => mark.kind === 'fill')
    .map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`)
    .join('');
  const frames = marks
    .filter((mark) => mark.kind === 'frame')
    .map(
      ({ x, y, width, height, line }) =>
        `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="black" stroke-width="${line}"/>`,
    );
  const [width, height] = sheetSize;
  return `<!doctype html><meta charset="utf-8"><style>@page{size:A5;margin:0}body{margin:0}</style><svg style="position:absolute;width:${width}pt;height:${height - 1}pt" viewBox="0 0 ${width} ${height - 1}"><path d="${path}"/>${frames.join('')}</svg>${texts.join('')}`;
}

/** Chromium's print to PDF, ms a page (loading the page's HTML not counted), or `null` where there is no Chromium. */
async function millisecondsWithChromium(pages: readonly (readonly Mark[])[]): Promise<number | null> {
  const executablePath =
    process.env['ERSATZSCHEIN_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
  if (executablePath === undefined) return null;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    let spent = 0;
    for (const [index, marks] of pages.entries()) {
      await page.setContent(pageAsHtml(marks));
      const started = performance.now();
      await page.pdf({ preferCSSPageSize: true, printBackground: true });
      // The first page warms the printer up.
      if (index > 0) spent += performance.now() - started;
    }
    return spent / (pages.length - 1);
  } finally {
    await browser.close();
  }
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * This process's largest resident memory so far, in MB. Linux hands `maxRSS` down from the process that started this one (here: the build of
 * the page), so there the kernel's own figure of this program image is read.
 */
function peakMb(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'utf8') : '';
  const peakKb = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return (peakKb === undefined ? process.resourceUsage().maxRSS : Number(peakKb)) / 1024;
}

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/**
 * Measures drawing. `slipsVsPdfkit`, `slipsVsChromium`: how many times faster ours is; `slipMs`: one slip warm, barcode made, self-check
 * included; `slipCheckMs`: the self-check alone; `slipsPeakMb`: this process's peak after our 500.
 */
export async function measureForm(): Promise<Record<string, number>> {
  const fonts = await loadFormFonts();
  const decoder = await loadBarcodeDecoder();
  const slips = Array.from({ length: slipCount }, (_, index): PreparedSlip => {
    const content = benchContent(index);
    const documentId = `00000000-0000-5000-8000-${String(index).padStart(12, '0')}`;
    return {
      request: { content, copy: 'KK', documentId, test: true, fill: 'full' },
      barcode: barcodeModules(barcodeContent(content)),
    };
  });
  const ours = () => drawPreparedSlips(slips, { paper: 'A5', fonts });
  await ours();
  const slipsPeakMb = peakMb();

  const oneSlip: number[] = [];
  const check: number[] = [];
  for (const { request, barcode } of slips.slice(0, 60)) {
    oneSlip.push(await milliseconds(() => drawSlips([request], { paper: 'A5', fonts, decoder })));
    if (barcode === null) continue;
    const bytes = barcodeContent(request.content);
    check.push(await milliseconds(() => barcodeSays(decoder, barcode, bytes)));
  }

  const pages: Mark[][] = [];
  for (const slip of slips) pages.push(await marksOf(slip, fonts));
  const times = { ours: new Array<number>(), pdfkit: new Array<number>() };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(await milliseconds(ours));
    times.pdfkit.push(await milliseconds(() => drawWithPdfkit(pages, fonts)));
  }
  const chromiumMs = await millisecondsWithChromium(pages.slice(0, chromiumCount + 1));
  const oursMs = median(times.ours);
  return {
    slipsVsPdfkit: median(times.pdfkit) / oursMs,
    ...(chromiumMs === null ? {} : { slipsVsChromium: chromiumMs / (oursMs / slipCount) }),
    slipMs: median(oneSlip),
    slipCheckMs: median(check),
    slipsPeakMb,
  };
}

/** A certificate as an ordinary day brings it, a different one for each index. */
function benchContent(index: number): CertificateContent {
  const day = `2026-11-${String((index % 28) + 1).padStart(2, '0')}`;
  return exampleContent({
    certificate: {
      kind: index % 3 === 0 ? 'FOLGE' : 'ERST',
      issuedOn: day,
      unfitSince: index % 3 === 0 ? null : day,
      unfitUntil: '2026-12-04',
      assessedOn: day,
      workAccident: index % 7 === 0,
      rehab: index % 11 === 0,
      diagnoses: [
        { code: 'J06.9', certainty: 'G', side: null, catalogue: '2026' },
        { code: 'M54.5', certainty: 'V', side: 'L', catalogue: '2026' },
      ],
      diagnosisText: 'Akute Infektion der oberen Atemwege',
    },
    patient: { family: `Mustermann-Größe ${index}` },
    coverage: { insuredId: `K${String(220000000 + index)}`, wop: '17' },
  });
}
