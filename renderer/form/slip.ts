import type { CertificateContent, SlipCopy } from '../domain/certificate';
import { barcodeContent, barcodeModules, barcodeSize, moduleWidth, quietZone, rowHeight } from './barcode';
import type { BarcodeModules } from './barcode';
import { barcodeSays, type BarcodeDecoder } from './barcode-check';
import { Canvas } from './canvas';
import type { FormFonts } from './fonts';
import { PdfFile, type Paper } from './pdf-file';
import { drawPersonBlock } from './person-block';
import { printedDay, printedDiagnosis } from './printed-content';
import { slipForm } from './slip-form';
import {
  barcode as barcodePlace,
  blockOrigin,
  diagnosisPlaces,
  footer,
  frame,
  handRoom,
  lowerBoxes,
  otherAccidentOnAg,
  shift,
  sizes,
  stamp,
  upperBoxes,
} from './slip-layout';
import { dataIn } from './slip-data';
import type { SlipRequest } from './slip-request';
import { drawStamp } from './stamp';
import { unsettable } from './unsettable';

export interface SlipOptions {
  readonly paper: Paper;
  readonly fonts: FormFonts;
  /** Reads every barcode back before the slip leaves (`createBarcodeDecoder`). */
  readonly decoder: BarcodeDecoder;
}

/** A slip is refused as a whole and by name rather than printed with something missing. `slip`: its index in the request. */
export type SlipRefusal =
  | {
      readonly kind: 'refused';
      readonly reason: 'letter';
      readonly slip: number;
      readonly field: string;
      readonly letters: readonly string[];
    }
  /** The field's text does not fit its place, not even at the smallest type. */
  | { readonly kind: 'refused'; readonly reason: 'space'; readonly slip: number; readonly field: string }
  /** The barcode, read back, does not say what it should. */
  | { readonly kind: 'refused'; readonly reason: 'barcode'; readonly slip: number };

export type DrawnSlips = { readonly kind: 'drawn'; readonly pdf: Uint8Array; readonly pages: number } | SlipRefusal;

/** A slip with its barcode, made and checked; `null` where the slip has none. */
export interface PreparedSlip {
  readonly request: SlipRequest;
  readonly barcode: BarcodeModules | null;
}

/** Draws slips, one a page, in the order given: barcodes are made, read back, and only then drawn. */
export async function drawSlips(slips: readonly SlipRequest[], options: SlipOptions): Promise<DrawnSlips> {
  const prepared: PreparedSlip[] = [];
  for (const [index, request] of slips.entries()) {
    const barcode = await checkedBarcode(request, options.decoder);
    if (barcode === 'wrong') return { kind: 'refused', reason: 'barcode', slip: index };
    prepared.push({ request, barcode });
  }
  return drawPreparedSlips(prepared, options);
}

/**
 * The barcode of a slip, read back from the very bars that will be drawn. Only a full KK copy carries one (eau.md section 5): on a form that is
 * completed by hand it would say something else than the paper.
 */
async function checkedBarcode(request: SlipRequest, decoder: BarcodeDecoder): Promise<BarcodeModules | null | 'wrong'> {
  if (request.copy !== 'KK' || request.fill !== 'full') return null;
  const bytes = barcodeContent(request.content);
  const modules = barcodeModules(bytes);
  return (await barcodeSays(decoder, modules, bytes)) ? modules : 'wrong';
}

/** Draws slips whose barcodes are made and checked already. */
export async function drawPreparedSlips(
  slips: readonly PreparedSlip[],
  options: Pick<SlipOptions, 'paper' | 'fonts'>,
): Promise<DrawnSlips> {
  const first = slips[0]?.request;
  const file = new PdfFile(options.fonts, {
    title:
      slips.length === 1 && first !== undefined && first.fill === 'full'
        ? `Arbeitsunfähigkeitsbescheinigung ${first.documentId}`
        : 'Arbeitsunfähigkeitsbescheinigungen',
    author: first === undefined || first.fill === 'blank' ? 'Ersatzschein' : first.content.practice.name,
  });
  for (const [index, slip] of slips.entries()) {
    const refusal = drawSlipPage(file, slip, options.paper, index);
    if (refusal !== null) return refusal;
  }
  return { kind: 'drawn', pdf: await file.bytes(), pages: file.pageCount };
}

/** Adds one slip to a file as a page of its own. Gives the refusal, or `null`; `index` is the slip's place in the request. */
export function drawSlipPage(file: PdfFile, slip: PreparedSlip, paper: Paper, index: number): SlipRefusal | null {
  const missing = unsettable(file.typefaces, slip.request);
  if (missing !== null) return { kind: 'refused', reason: 'letter', slip: index, ...missing };
  const missingBefore = file.missing.length;
  const canvas = new Canvas(file, paper);
  const overfull = drawSlip(canvas, file, slip.request, slip.barcode);
  if (overfull !== null) return { kind: 'refused', reason: 'space', slip: index, field: overfull };
  const lost = file.missing[missingBefore];
  if (lost !== undefined) throw new Error(`Letter ${lost.letter} in ${lost.field} was not checked before drawing`);
  file.addPage(paper, canvas.content);
  return null;
}

/** Draws one slip. Gives the field that does not fit, or `null`. */
function drawSlip(canvas: Canvas, file: PdfFile, request: SlipRequest, barcode: BarcodeModules | null): string | null {
  const { content, copy, fill } = request;
  const byHand = fill !== 'full';
  canvas.form(slipForm(file, copy, byHand));
  const extra = byHand && copy !== 'AG' ? handRoom : 0;
  if (request.test) drawTestMark(canvas, frame.height[copy] + extra);
  drawBoxes(canvas, request);

  canvas.origin(shift.right.x, shift.right.y);
  let stampTop: number = stamp.y;
  if (barcode !== null) {
    const margin = quietZone * moduleWidth;
    const bars = { x: barcodePlace.x + margin, y: barcodePlace.y + margin };
    canvas.bars(bars.x, bars.y, moduleWidth, rowHeight * moduleWidth, barcode.bars);
    stampTop = Math.max(stampTop, barcodePlace.y + barcodeSize(barcode).height + barcodePlace.gap);
    if (stamp.bottom - stampTop < stamp.leastHeight) return 'certificate';
  }
  const overfull =
    drawStamp(canvas, request, stampTop) ??
    (fill === 'blank' ? null : drawPersonBlock(canvas, request)) ??
    (fill === 'full' ? drawCertificate(canvas, content, copy) : null);
  if (overfull !== null) return overfull;

  canvas.origin(shift.right.x, shift.right.y + extra);
  const [first, second] = footer[copy];
  canvas.text('sans', sizes.small, 83.9, first, `PRF.NR. ${content.softwareId}`);
  if (fill === 'full') canvas.text('sans', sizes.small, 83.9, second, request.documentId);
  return null;
}

/** Every box of the copy, crossed where the content says so. */
function drawBoxes(canvas: Canvas, { content, copy, fill }: SlipRequest): void {
  const { certificate } = content;
  const crossed = {
    workAccident: certificate.workAccident,
    accidentDoctor: certificate.accidentDoctor,
    first: certificate.kind === 'ERST' || certificate.kind === 'ERST_END',
    followUp: certificate.kind === 'FOLGE' || certificate.kind === 'FOLGE_END',
    otherAccident: certificate.otherAccident,
    compensation: certificate.compensation,
    rehab: certificate.rehab,
    reintegration: certificate.reintegration,
    other: certificate.otherMeasures !== null && certificate.otherMeasures !== '',
    seventhWeek: certificate.seventhWeek,
    final: certificate.kind === 'ERST_END' || certificate.kind === 'FOLGE_END',
  };
  const box = (place: { block: keyof typeof shift; x: number; y: number }, isCrossed: boolean): void => {
    const { x, y } = blockOrigin(place.block, fill !== 'full');
    canvas.origin(x, y);
    canvas.text('box', sizes.box, place.x, place.y, isCrossed && fill === 'full' ? '☒' : '☐');
  };
  box(upperBoxes.workAccident, crossed.workAccident);
  box(upperBoxes.accidentDoctor, crossed.accidentDoctor);
  box(upperBoxes.first, crossed.first);
  box(upperBoxes.followUp, crossed.followUp);
  if (copy === 'AG') {
    box(otherAccidentOnAg, crossed.otherAccident);
    return;
  }
  box(lowerBoxes.otherAccident, crossed.otherAccident);
  box(lowerBoxes.compensation, crossed.compensation);
  box(lowerBoxes.rehab, crossed.rehab);
  box(lowerBoxes.reintegration, crossed.reintegration);
  box(lowerBoxes.other, crossed.other);
  box(lowerBoxes.seventhWeek, crossed.seventhWeek);
  box(lowerBoxes.final, crossed.final);
}

/** The three dates and, on KK and V, diagnoses and other measures. */
function drawCertificate(canvas: Canvas, { certificate }: CertificateContent, copy: SlipCopy): string | null {
  canvas.origin(shift.left.x, shift.left.y);
  const isFirst = certificate.kind === 'ERST' || certificate.kind === 'ERST_END';
  const dates = [
    { top: 49.61, day: isFirst ? certificate.unfitSince : null },
    { top: 54.73, day: certificate.unfitUntil },
    { top: 60.03, day: certificate.assessedOn },
  ];
  for (const { top, day } of dates) canvas.text('mono', sizes.data, 55.09, top, printedDay(day));
  // P6-02: the employer's copy shows no diagnosis and has no lower part.
  if (copy === 'AG') return null;

  canvas.origin(shift.lower.x, shift.lower.y);
  for (const [index, diagnosis] of certificate.diagnoses.entries()) {
    const place = diagnosisPlaces[index];
    const text = printedDiagnosis(diagnosis);
    if (place === undefined || !dataIn(canvas, { ...place, width: 28, room: 1, pitch: 0 }, [text]))
      return `certificate.diagnoses.${index}`;
  }
  const textPlace = { x: 4.02, y: 91.6, width: 90.2, room: 2, pitch: 3.15, fromBottom: true };
  if (!dataIn(canvas, textPlace, [certificate.diagnosisText ?? ''])) return 'certificate.diagnosisText';
  const otherPlace = { x: 18.2, y: 117.2, width: 101.4, room: 1, pitch: 0 };
  if (!dataIn(canvas, otherPlace, [certificate.otherMeasures ?? ''])) return 'certificate.otherMeasures';
  return null;
}

/** Says twice that the slip is a test document, where nothing else stands: right of the check boxes and under the frame. */
function drawTestMark(canvas: Canvas, frameHeight: number): void {
  canvas.origin(shift.right.x, shift.right.y);
  canvas.frame(117.5, 17.6, 24, 10.2, 0.35);
  ['Übungswelt', 'Testdokument', 'nicht gültig'].forEach((line, index) =>
    canvas.text('bold', 7, 129.5, 18.1 + index * 3.1, line, { align: 'centre' }),
  );
  canvas.origin(0, 0);
  const below = frame.y + frameHeight + 3;
  canvas.text('bold', 14, frame.x, below, 'Übungswelt – Testdokument, nicht gültig');
}
