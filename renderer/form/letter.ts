import type { IsoDay } from '../domain/certificate';
import { printedDay } from './printed-content';
import type { PdfFile } from './pdf-file';
import { body, margins, Sheets, textWidth } from './sheets';
import { wrap } from './text-fit';
import type { Canvas } from './canvas';

/** Who writes: the practice as it stands in the letter's head. */
export interface Sender {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly phone: string | null;
  /** Who answers for the letter, such as «Dr. med. Hans Topp-Glücklich». */
  readonly practitioner: string | null;
}

/** An insurer as a letter addresses it. Without an address the window shows the name and two lines to write it on by hand. */
export interface Addressee {
  readonly name: string;
  readonly ik: string | null;
  readonly address: { readonly line: string; readonly postalCode: string; readonly city: string } | null;
}

/**
 * Begins a letter by DIN 5008 form B: return line and address in the window (20 to 105 mm from the left, 45 to 90 mm from the top), sender and
 * date right of it, fold marks at 105 and 210 mm.
 *
 * @returns sheets whose next paragraph is the salutation's place
 */
export function beginLetter(
  file: PdfFile,
  letter: { readonly sender: Sender; readonly addressee: Addressee; readonly date: IsoDay; readonly subject: string },
): Sheets {
  const { sender, addressee, date, subject } = letter;
  const sheets = new Sheets(file, `${sender.name} · ${sender.city}`, 103);
  const canvas = sheets.sheet;
  const nameWidth = canvas.width('bold', 13, sender.name);
  canvas.text('bold', 13, margins.left, 20, sender.name, {
    narrow: Math.min(1, textWidth / Math.max(1, nameWidth)),
    field: 'sender',
  });
  canvas.fill(margins.left, 27.5, 210 - margins.left - margins.right, 0.3);
  const returnLine = `${sender.name} · ${sender.street} · ${sender.postalCode} ${sender.city}`;
  const returnWidth = canvas.width('sans', 7, returnLine);
  canvas.text('sans', 7, margins.left, 57.5, returnLine, {
    narrow: Math.min(1, 80 / returnWidth),
    grey: 0.3,
    field: 'sender',
  });
  drawAddress(canvas, addressee);

  const facts = [
    ...(sender.practitioner === null ? [] : [sender.practitioner]),
    sender.street,
    `${sender.postalCode} ${sender.city}`,
    ...(sender.phone === null ? [] : [`Telefon ${sender.phone}`]),
    ...(addressee.ik === null ? [] : [`Ihr IK ${addressee.ik}`]),
  ];
  facts.forEach((line, index) => {
    const narrow = Math.min(1, 65 / Math.max(1, canvas.width('sans', 9, line)));
    canvas.text('sans', 9, 125, 50 + index * 4.4, line, { narrow, grey: 0.25, field: 'sender' });
  });
  canvas.text('sans', body.size, 125, 82, printedDay(date));
  for (const fold of [105, 210]) canvas.fill(5, fold, 4, 0.15, 0.5);
  canvas.fill(5, 148.5, 6, 0.15, 0.5);
  sheets.paragraph(subject, { style: 'bold', size: 11, field: 'subject' }).space(5);
  return sheets.paragraph('Sehr geehrte Damen und Herren,').space(3);
}

/** The address zone of the window: six lines from 62.7 mm to 90 mm, each at most 80 mm wide. */
const addressZone = { top: 63.2, pitch: 4.5, width: 80, lines: 6, size: 11 } as const;

/** Name and address in the window. A long name takes up to four lines; where there is no address, two lines are left to write it on. */
function drawAddress(canvas: Canvas, { name, address }: Addressee): void {
  const { top, pitch, width, lines: most, size } = addressZone;
  const below = address === null ? ['', ''] : [address.line, `${address.postalCode} ${address.city}`.trim()];
  const written = address === null ? below : below.filter((line) => line !== '');
  const measure = (text: string): number => canvas.width('sans', size, text);
  const wrapped = wrap(measure, width, name);
  // More lines than there are: then each line is set narrower instead, and nothing is left out.
  const fit = wrapped.length <= most - written.length ? wrapped : wrap(measure, width / 0.6, name);
  [...fit, ...written].forEach((line, index) => {
    const narrow = Math.min(1, width / Math.max(1, measure(line)));
    if (line === '') canvas.fill(margins.left, top + (index + 1) * pitch - 0.4, width, 0.15, 0.5);
    else canvas.text('sans', size, margins.left, top + index * pitch, line, { narrow, field: 'addressee' });
  });
}

/** Ends a letter: greeting, and room for stamp and signature. */
export function endLetter(sheets: Sheets, sender: Sender): void {
  sheets.need(38);
  sheets.space(4).paragraph('Mit freundlichen Grüßen').space(18);
  sheets.paragraph(sender.practitioner ?? sender.name, { field: 'sender' });
  sheets.paragraph('Stempel und Unterschrift', { size: 8, grey: 0.4 });
}
