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
  const lines = [
    practice.name,
    // P6-02: not on the employer's copy; its line stays empty.
    copy === 'AG' ? ' ' : practiceNumber(content),
    ...addressLines(practice.address),
    practice.phone === null ? '' : `Tel: ${practice.phone}`,
    fullName(issuer),
    issuer.qualification ?? '',
    practitionerNumber(issuer),
    ...(responsible === null ? [] : [`verantw.: ${fullName(responsible)} ${practitionerNumber(responsible)}`]),
  ];
  const room = (stamp.labelTop - top) / linePitch;
  const place = { x: stamp.textX + 0.2, y: top + 0.04, width: 55.9, room, pitch: linePitch };
  return dataIn(canvas, place, lines) ? null : 'practice';
}
