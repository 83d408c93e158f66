import type { SlipCopy } from '../domain/certificate';

/**
 * Where things stand on the slip. Lengths in mm from the sheet's top left, type sizes in points.
 *
 * Figures are those of the official pictures, which are drawn for printers that print to the paper's edge: their outer frame stands at
 * 3 mm. Ours must survive a printer with 5 mm margins, so the frame is drawn in to `frame` and the blocks move by a `shift`, at most 1.8 mm;
 * nothing is scaled.
 */
export const sizes = { data: 8.016, label: 5.344, small: 4.676, bold: 6.68, title: 10.69, box: 15.364 } as const;

/** Line width of the form. */
export const hairline = 0.18;
/** Line width of the boxes round the copy label and the sick-pay case. */
export const bold = 0.35;

/**
 * So much lower everything below the diagnoses stands on a form that is filled in by hand, mm: its fields for diagnoses are as wide and high as a pen
 * needs (42 by 8 mm, the official ones are 28 by 6 mm and made for print).
 */
export const handRoom = 9;

/** How far each block moves from its place in the official picture. */
export const shift = {
  left: { x: 0.6, y: 0.6 },
  right: { x: 0, y: 0.6 },
  lower: { x: 1.8, y: 0.6 },
  // Its text is as wide as the frame allows.
  sickPay: { x: 1.1, y: 0.6 },
} as const;

/** Where a block stands, mm: moved by its `shift`, and below the fields for the pen where it is filled in by hand. */
export function blockOrigin(block: keyof typeof shift, byHand: boolean): { readonly x: number; readonly y: number } {
  const { x, y } = shift[block];
  return { x, y: byHand && (block === 'lower' || block === 'sickPay') ? y + handRoom : y };
}

/** The outer frame (middle of its line), which keeps 5 mm from the paper's edge. */
export const frame = { x: 5.15, y: 5.15, width: 137.7, height: { KK: 138.5, AG: 82.85, V: 142.75 } } as const;

/** Tops of the two footer lines, in the picture's own place. */
export const footer: Readonly<Record<SlipCopy, readonly [number, number]>> = {
  KK: [138.13, 139.89],
  AG: [82.46, 84.22],
  V: [142.4, 144.16],
};

/** Distance of stacked data lines in the stamp field. */
export const linePitch = 3.18;

/** The stamp field (right block). It begins lower where the barcode needs the room, and keeps `leastHeight`. */
export const stamp = {
  x: 84.92,
  y: 43.03,
  width: 56.73,
  bottom: 70.42,
  textX: 84.97,
  labelTop: 68.49,
  leastHeight: 18,
} as const;

/** Where the barcode's quiet zone begins (right block). */
export const barcode = { x: 85, y: 29.2, gap: 0.3 } as const;

export type BoxName =
  | 'workAccident'
  | 'accidentDoctor'
  | 'first'
  | 'followUp'
  | 'otherAccident'
  | 'compensation'
  | 'rehab'
  | 'reintegration'
  | 'other'
  | 'seventhWeek'
  | 'final';

/** Check boxes of all copies, left and top of the sign. */
export const upperBoxes = {
  workAccident: { block: 'left', x: 5.79, y: 43.04 },
  accidentDoctor: { block: 'left', x: 45.38, y: 43.04 },
  first: { block: 'right', x: 85.32, y: 16.36 },
  followUp: { block: 'right', x: 85.32, y: 23.25 },
} as const;
/** «sonstiger Unfall» on the AG copy stands under the dates. */
export const otherAccidentOnAg = { block: 'left', x: 5.79, y: 63.72 } as const;
/** Check boxes of the lower part, on KK and V. */
export const lowerBoxes = {
  otherAccident: { block: 'lower', x: 4.02, y: 98.71 },
  compensation: { block: 'lower', x: 40.78, y: 98.71 },
  rehab: { block: 'lower', x: 4.02, y: 107.73 },
  reintegration: { block: 'lower', x: 40.78, y: 107.73 },
  other: { block: 'lower', x: 4.02, y: 114.27 },
  seventhWeek: { block: 'sickPay', x: 39.01, y: 121.87 },
  final: { block: 'sickPay', x: 83.55, y: 121.87 },
} as const;

/** The six places for diagnoses (lower block). */
export const diagnosisPlaces = [81.59, 87.43].flatMap((y) => [4.02, 35.13, 66.23].map((x) => ({ x, y })));
