import type { Canvas } from './canvas';
import { fullFamilyName } from '../domain/person-name';
import {
  addressLines,
  insuredNumber,
  practiceNumber,
  practitionerNumber,
  printedDay,
  titledGivenName,
} from './printed-content';
import type { SlipRequest } from './slip-request';
import { dataIn, type DataPlace } from './slip-data';
import { shift, sizes } from './slip-layout';

/** Left edge and right edge of the data in the person block, mm. */
const left = 6.14;
const right = 82.14;
/** Name lines keep clear of «geb. am» and the birth date. */
const besideBirthDate = 58;
/** The last line keeps clear of the end of coverage. */
const besideCoverageEnd = 50;

/**
 * The data of the person block: payer and WOP, name, birth date, address, payer IK, insured number, status, practice and practitioner
 * number, date. Its type size is fixed as long as name and address need at most five lines; on AG, status and practice number are black.
 *
 * @returns the field that does not fit, or `null`
 */
export function drawPersonBlock(canvas: Canvas, { content, copy, fill }: SlipRequest): string | null {
  const { patient, coverage, certificate, issuer } = content;
  canvas.origin(shift.left.x, shift.left.y);
  const rightAligned = (top: number, text: string): Canvas =>
    canvas.text('mono', sizes.data, right, top, text, { align: 'right' });
  const line = (x: number, y: number, width: number, text: string): boolean =>
    dataIn(canvas, { x, y, width, room: 1, pitch: 0 }, [text]);

  const wopWidth = coverage.wop === null ? 0 : 5;
  if (!line(left, 8.25, right - left - wopWidth, coverage.payerName ?? '')) return 'coverage.payerName';
  rightAligned(8.25, coverage.wop ?? '');
  rightAligned(17.97, printedDay(patient.birthDate === '' ? null : patient.birthDate));
  if (coverage.ends !== null) rightAligned(24.69, `bis ${printedDay(coverage.ends)}`);

  const names = [fullFamilyName(patient), titledGivenName(patient)].map((text) => ({ text, width: besideBirthDate }));
  const addresses = addressLines(patient.address);
  const wide = coverage.ends === null ? right - left : besideCoverageEnd;
  const fourLines: DataPlace = { x: left, y: 14.44, width: wide, room: 4, pitch: 3.44 };
  const fiveLines: DataPlace = { x: left, y: 14.2, width: Math.min(wide, besideBirthDate), room: 5, pitch: 2.72 };
  const lines = names.filter(({ text }) => text !== '').length + addresses.length;
  const asUsual =
    lines <= 4 && names.every(({ text }) => canvas.width('mono', sizes.data, text) * 0.75 <= besideBirthDate);
  const fits = asUsual && addresses.every((text) => canvas.width('mono', sizes.data, text) * 0.75 <= wide);
  if (!dataIn(canvas, fits ? fourLines : fiveLines, [...names, ...addresses])) return 'patient';

  if (!line(left, 30.87, 24.5, coverage.payerIk ?? '')) return 'coverage.payerIk';
  if (!line(31.68, 30.87, 27.2, insuredNumber(content))) return 'coverage.insuredId';
  if (!line(31.68, 37.06, 24.6, practitionerNumber(issuer))) return 'issuer.lanr';
  if (fill === 'full') canvas.text('mono', sizes.data, 57.13, 37.06, printedDay(certificate.issuedOn));
  // P6-02: the employer's copy shows neither status nor practice number.
  if (copy === 'AG') return null;
  if (!line(59.96, 30.87, 22, statusLine(content))) return 'coverage.status';
  return line(left, 37.06, 24.5, practiceNumber(content)) ? null : 'practice.bsnr';
}

/** «1 00 00 01»: insured status, special group, DMP, legal basis; blanks keep the places of what is not given. */
function statusLine({ coverage }: SlipRequest['content']): string {
  return [
    coverage.status ?? ' ',
    coverage.specialGroup ?? '  ',
    coverage.dmp ?? '  ',
    coverage.legalBasis ?? '  ',
  ].join(' ');
}
