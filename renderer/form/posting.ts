import type { IsoDay } from '../domain/certificate';
import { fullName } from '../domain/person-name';
import { barcodeContent, barcodeModules } from './barcode';
import { barcodeSays, type BarcodeDecoder } from './barcode-check';
import type { FormFonts } from './fonts';
import { beginLetter, endLetter, type Addressee, type Sender } from './letter';
import { PdfFile } from './pdf-file';
import { printedDay } from './printed-content';
import { Sheets } from './sheets';
import { drawSlipPage, type SlipRefusal } from './slip';
import type { SlipRequest } from './slip-request';

/** What goes into one envelope: the KK copies owed to one insurer. */
export interface Envelope {
  readonly addressee: Addressee;
  /** Full KK copies. */
  readonly slips: readonly SlipRequest[];
}

/** The day's post: one envelope an insurer. */
export interface Posting {
  readonly sender: Sender;
  readonly date: IsoDay;
  readonly envelopes: readonly Envelope[];
  readonly test: boolean;
}

/** `slip` counts through all envelopes; for a letter in names or addresses it is -1. */
export type DrawnPosting = { readonly kind: 'drawn'; readonly pdf: Uint8Array; readonly pages: number } | SlipRefusal;

/**
 * The posting bundle at day's end (P6-05), on A4 in one file: for each insurer a cover letter for a window envelope and its KK copies, at the
 * end the list of all that was posted, for the practice's own files.
 */
export async function drawPosting(
  posting: Posting,
  options: { readonly fonts: FormFonts; readonly decoder: BarcodeDecoder },
): Promise<DrawnPosting> {
  const { sender, date, envelopes, test } = posting;
  const file = new PdfFile(options.fonts, {
    title: `Ausfertigungen für Krankenkassen, Post vom ${printedDay(date)}`,
    author: sender.name,
  });
  let count = 0;
  for (const { addressee, slips } of envelopes) {
    drawCoverLetter(file, posting, { addressee, slips });
    for (const request of slips) {
      const bytes = barcodeContent(request.content);
      const modules = barcodeModules(bytes);
      if (!(await barcodeSays(options.decoder, modules, bytes)))
        return { kind: 'refused', reason: 'barcode', slip: count };
      const refusal = drawSlipPage(
        file,
        { request: { ...request, copy: 'KK', fill: 'full' }, barcode: modules },
        'A4',
        count,
      );
      if (refusal !== null) return refusal;
      count += 1;
    }
  }
  drawPostingList(file, posting);
  const missing = file.missing[0];
  if (missing !== undefined)
    return { kind: 'refused', reason: 'letter', slip: -1, field: missing.field, letters: [missing.letter] };
  return { kind: 'drawn', pdf: await file.bytes(), pages: file.pageCount };

  function drawPostingList(target: PdfFile, { envelopes: all }: Posting): void {
    const sheets = new Sheets(target, `${sender.name} · Postausgang vom ${printedDay(date)}`);
    const total = all.reduce((sum, { slips }) => sum + slips.length, 0);
    sheets.heading('Postausgang: Ausfertigungen für Krankenkassen', 15);
    sheets.paragraph(
      `${printedDay(date)} · ${counted(all.length, 'Umschlag', 'Umschläge')} · ${counted(total, 'Ausfertigung', 'Ausfertigungen')}`,
    );
    sheets.space(4).table(
      [
        { title: 'Krankenkasse', width: 45 },
        { title: 'Versicherte', width: 42 },
        { title: 'Ausgestellt', width: 20 },
        { title: 'Dokument', width: 58, style: 'mono', size: 7 },
      ],
      all.flatMap(({ addressee, slips }) =>
        slips.map(({ content, documentId }) => ({
          cells: [addressee.name, fullName(content.patient), printedDay(content.certificate.issuedOn), documentId],
        })),
      ),
    );
    sheets.need(25);
    sheets.space(12).paragraph('Zur Post gegeben am: ____________________   Handzeichen: ____________________');
    sheets.finish(test);
  }
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function drawCoverLetter(file: PdfFile, { sender, date, test }: Posting, { addressee, slips }: Envelope): void {
  const one = slips.length === 1;
  const subject = 'Arbeitsunfähigkeitsbescheinigungen im Ersatzverfahren';
  const sheets = beginLetter(file, { sender, addressee, date, subject });
  sheets.paragraph(
    one
      ? 'die elektronische Übermittlung der folgenden Arbeitsunfähigkeitsbescheinigung war wegen einer technischen Störung nicht rechtzeitig möglich. Wir senden Ihnen deshalb die Ausfertigung für die Krankenkasse auf Papier.'
      : 'die elektronische Übermittlung der folgenden Arbeitsunfähigkeitsbescheinigungen war wegen einer technischen Störung nicht rechtzeitig möglich. Wir senden Ihnen deshalb die Ausfertigungen für die Krankenkasse auf Papier.',
  );
  sheets.space(4).table(
    [
      { title: 'Versicherte', width: 48 },
      { title: 'Versicherten-Nr.', width: 28 },
      { title: 'Geboren', width: 20 },
      { title: 'Festgestellt', width: 20 },
      { title: 'AU bis', width: 20 },
      { title: 'Art', width: 29 },
    ],
    slips.map(({ content: { patient, coverage, certificate } }) => ({
      cells: [
        fullName(patient),
        coverage.insuredId ?? coverage.kvkNumber ?? '',
        printedDay(patient.birthDate),
        printedDay(certificate.assessedOn),
        printedDay(certificate.unfitUntil),
        certificate.kind.startsWith('ERST') ? 'Erstbescheinigung' : 'Folgebescheinigung',
      ],
    })),
  );
  sheets
    .space(4)
    .paragraph(`${one ? 'Anlage' : 'Anlagen'}: ${counted(slips.length, 'Ausfertigung', 'Ausfertigungen')}`, {
      grey: 0.2,
    });
  endLetter(sheets, sender);
  sheets.finish(test);
}
