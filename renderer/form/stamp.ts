import type { Canvas } from './canvas';
import { fullName } from '../domain/person-name';
import { addressLines, practiceNumber, practitionerNumber } from './printed-content';
import type { SlipRequest } from './slip-request';
import { dataIn } from './slip-data';
import { hairline, linePitch, shift, sizes, stamp } from './slip-layout';

/**
 * The stamp field: its frame, and practice and issuer in place of a stamp. The doctor signs across it by hand.
 *
 * @param top where it begins, mm: lower where the barcode is tall. Text that has more lines than there is room gets smaller as a whole.
 * @returns the field that does not fit, or `null`
 */
export function drawStamp(canvas: Canvas, { content, copy, fill }: SlipRequest, top: number): string | null {
  canvas.origin(shift.right.x, shift.right.y);
  canvas.frame(stamp.x, top, stamp.width, stamp.bottom - top, hairline);
  canvas.text('sans', sizes.small, 113.25, stamp.labelTop, 'Vertragsarztstempel / Unterschrift des Arztes', {
    align: 'centre',
  });
  if (fill === 'blank') return null;
  const { practice, issuer, responsible } = content;
  // P6-02: not on the employer's copy; its line stays empty.
  const number = copy === 'AG' ? ' ' : practiceNumber(content);
  const phone = practice.phone === null ? '' : `Tel: ${practice.phone}`;
  const address = addressLines(practice.address);
  const { qualification } = issuer;
  const responsibleLine =
    responsible === null ? [] : [`verantw.: ${fullName(responsible)} ${practitionerNumber(responsible)}`];
  const lines = [
    practice.name,
    number,
    ...address,
    phone,
    fullName(issuer),
    qualification ?? '',
    practitionerNumber(issuer),
    ...responsibleLine,
  ];
  // The same with what is short side by side, and the address in one piece: before anything is refused.
  const dense = [
    practice.name,
    [number, phone].filter((part) => part.trim() !== '').join(' '),
    address.join(', '),
    [fullName(issuer), qualification, practitionerNumber(issuer)]
      .filter((part) => part !== null && part !== '')
      .join(', '),
    ...responsibleLine,
  ];
  const room = (stamp.labelTop - top) / linePitch;
  const place = { x: stamp.textX + 0.2, y: top + 0.04, width: 55.9, room, pitch: linePitch };
  return dataIn(canvas, place, lines) || dataIn(canvas, place, dense) ? null : 'practice';
}
