import bwipjs from 'bwip-js/browser';
import type { CertificateContent } from '../domain/certificate';
import { toIso885915 } from './iso-8859-15';
import { insuredNumber, practiceNumber, practitionerNumber, printedDiagnosis } from './printed-content';

/** Module width x: 10 mil, in mm. Rows are 2x high, the quiet zone is 2x on all sides. */
export const moduleWidth = 0.254;
export const rowHeight = 2;
export const quietZone = 2;

/** Longest texts in the barcode (fields 24, 27, 28). */
const longestText = 70;

const tab = 0x09;

/**
 * What the barcode of the KK copy says (KBV Blankoformularbedruckung, chapter barcode): 28 fields in ISO 8859-15, joined by TAB, no TAB after the
 * last. Dates are YYYYMMDD. A field the content leaves open is empty.
 */
export function barcodeContent(content: CertificateContent): Uint8Array {
  const { certificate, coverage } = content;
  const first = certificate.kind === 'ERST' || certificate.kind === 'ERST_END';
  const final = certificate.kind === 'ERST_END' || certificate.kind === 'FOLGE_END';
  const fields = [
    '01',
    'a',
    '12',
    day(coverage.ends),
    coverage.payerIk ?? '',
    insuredNumber(content),
    coverage.status ?? '',
    coverage.specialGroup ?? '',
    coverage.dmp ?? '',
    practiceNumber(content),
    practitionerNumber(content.issuer),
    day(certificate.issuedOn),
    mark(first),
    mark(!first),
    mark(certificate.workAccident),
    mark(certificate.accidentDoctor),
    first ? day(certificate.unfitSince) : '',
    day(certificate.unfitUntil),
    day(certificate.assessedOn),
    mark(certificate.otherAccident),
    mark(certificate.compensation),
    mark(certificate.rehab),
    mark(certificate.reintegration),
    certificate.otherMeasures ?? '',
    mark(certificate.seventhWeek),
    mark(final),
    certificate.diagnoses.map(printedDiagnosis).join(', '),
    certificate.diagnosisText ?? '',
  ];
  const bytes: number[] = [];
  fields.forEach((field, index) => {
    if (index > 0) bytes.push(tab);
    // Spelling a letter outside the set can take more than one letter: the barcode's own limit holds, the slip shows the text in full.
    bytes.push(...toIso885915(field).slice(0, longestText));
  });
  return Uint8Array.from(bytes);
}

const mark = (set: boolean): string => (set ? '1' : '');
const day = (date: string | null): string => (date ?? '').replaceAll('-', '');

/** A bar in modules (x, width) and rows (y, height), from the symbol's top left without quiet zone. */
export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A PDF417 symbol: its size without quiet zone and its bars. */
export interface BarcodeModules {
  /** Modules in a row. */
  readonly columns: number;
  readonly rows: number;
  readonly bars: readonly Bar[];
}

/**
 * The symbol for these bytes: 7 data columns, security level 4.
 *
 * Bars that stand under one another (start and stop pattern) become one: fewer operators, and no seams between rows.
 */
export function barcodeModules(bytes: Uint8Array): BarcodeModules {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const options = { bcid: 'pdf417', text, binarytext: true, eclevel: 4, columns: 7, rowmult: 1 };
  const symbol = bwipjs.raw(options)[0];
  if (symbol === undefined || !('pixs' in symbol)) throw new Error('The barcode library gave no PDF417 symbol');
  const { pixs, pixx: columns, pixy: rows } = symbol;
  const bars: Bar[] = [];
  let open = new Map<string, Bar>();
  for (let y = 0; y < rows; y += 1) {
    const next = new Map<string, Bar>();
    for (let x = 0; x < columns;) {
      const start = x;
      while (x < columns && pixs[y * columns + x] === 1) x += 1;
      if (x > start) {
        const key = `${start}/${x}`;
        const above = open.get(key);
        next.set(key, { x: start, y: above?.y ?? y, width: x - start, height: (above?.height ?? 0) + 1 });
        open.delete(key);
      } else x += 1;
    }
    bars.push(...open.values());
    open = next;
  }
  bars.push(...open.values());
  return { columns, rows, bars };
}

/** Size of the symbol with its quiet zone, in mm. */
export function barcodeSize({ columns, rows }: Pick<BarcodeModules, 'columns' | 'rows'>): {
  width: number;
  height: number;
} {
  return {
    width: (columns + 2 * quietZone) * moduleWidth,
    height: (rows * rowHeight + 2 * quietZone) * moduleWidth,
  };
}
