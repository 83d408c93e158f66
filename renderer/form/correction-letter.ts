import type { IsoDay } from '../domain/certificate';
import type { FormFonts } from './fonts';
import { beginLetter, endLetter, type Addressee, type Sender } from './letter';
import { PdfFile } from './pdf-file';
import { printedDay } from './printed-content';

/** A certificate as a letter names it. */
export interface NamedCertificate {
  readonly documentId: string;
  readonly issuedOn: IsoDay;
  readonly assessedOn: IsoDay | null;
  readonly unfitUntil: IsoDay | null;
}

/** A correction after the KK copy was handed out or posted (eau.md section 9). */
export interface CorrectionLetter {
  readonly sender: Sender;
  readonly addressee: Addressee;
  readonly date: IsoDay;
  readonly patient: { readonly name: string; readonly birthDate: string; readonly insuredId: string | null };
  readonly withdrawn: NamedCertificate;
  /** The certificate that takes its place, or `null` where nothing does. */
  readonly replacement: NamedCertificate | null;
  readonly test: boolean;
}

export type DrawnLetter =
  | { readonly kind: 'drawn'; readonly pdf: Uint8Array; readonly pages: number }
  | {
      readonly kind: 'refused';
      readonly reason: 'letter';
      readonly field: string;
      readonly letters: readonly string[];
    };

/** The letter to the insurer that names the withdrawn certificate and the one that takes its place. */
export async function drawCorrectionLetter(letter: CorrectionLetter, fonts: FormFonts): Promise<DrawnLetter> {
  const { sender, patient, withdrawn, replacement } = letter;
  const file = new PdfFile(fonts, {
    title: 'Berichtigung einer Arbeitsunfähigkeitsbescheinigung',
    author: sender.name,
  });
  const sheets = beginLetter(file, { ...letter, subject: 'Berichtigung einer Arbeitsunfähigkeitsbescheinigung' });
  sheets.paragraph(
    'die unten genannte Arbeitsunfähigkeitsbescheinigung, deren Ausfertigung für die Krankenkasse Sie auf Papier erhalten haben oder noch erhalten, ist zurückgezogen. Bitte verwenden Sie sie nicht mehr.',
  );
  sheets.space(4).facts([
    ['Versicherte', patient.name],
    ['Geboren', printedDay(patient.birthDate)],
    ['Versicherten-Nr.', patient.insuredId ?? '—'],
  ]);
  sheets.space(4).heading('Zurückgezogen', 11).facts(certificateFacts(withdrawn)).space(4);
  if (replacement === null) sheets.paragraph('An ihre Stelle tritt keine andere Bescheinigung.');
  else {
    sheets.heading('An ihre Stelle tritt', 11).facts(certificateFacts(replacement)).space(4);
    sheets.paragraph('Die Ausfertigung für die Krankenkasse liegt bei.');
  }
  endLetter(sheets, sender);
  sheets.finish(letter.test);
  return finished(file);
}

function certificateFacts(certificate: NamedCertificate): [string, string][] {
  return [
    ['Dokument', certificate.documentId],
    ['Ausgestellt am', printedDay(certificate.issuedOn)],
    ['Festgestellt am', printedDay(certificate.assessedOn)],
    ['Arbeitsunfähig bis', printedDay(certificate.unfitUntil)],
  ];
}

/** The file's bytes, or the refusal where a letter is missing. */
export async function finished(file: PdfFile): Promise<DrawnLetter> {
  const first = file.missing[0];
  if (first !== undefined) {
    const letters = file.missing.filter(({ field }) => field === first.field).map(({ letter }) => letter);
    return { kind: 'refused', reason: 'letter', field: first.field, letters: [...new Set(letters)] };
  }
  return { kind: 'drawn', pdf: await file.bytes(), pages: file.pageCount };
}
