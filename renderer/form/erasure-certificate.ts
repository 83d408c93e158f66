import type { ErasedData } from '../domain/erasure';
import { finished, type DrawnLetter } from './correction-letter';
import type { FormFonts } from './fonts';
import { PdfFile } from './pdf-file';
import { printedInstant } from './report';
import { Sheets } from './sheets';

/** What the certificate says beside what was erased: whose it is, and whether it is of the rehearsal. */
interface Head {
  readonly practice: string;
  readonly test: boolean;
}

/** Backups older than so many days are gone, and with them the last copies of an erased key. */
const backupDays = 30;

const grounds = {
  retention: 'nach Ablauf der Aufbewahrung',
  request: 'auf Wunsch der betroffenen Person vor Ablauf der Aufbewahrung',
  'wrongly-recorded': 'als irrtümlich erfasst vor Ablauf der Aufbewahrung',
} as const;

/** Draws the certificate of erasure that the practice keeps (GDPR articles 5 (2) and 17): what, when, by whom, how; no name, no diagnosis. */
export async function drawErasureCertificate(erased: ErasedData & Head, fonts: FormFonts): Promise<DrawnLetter> {
  const file = new PdfFile(fonts, { title: 'Löschnachweis', author: erased.practice });
  const sheets = new Sheets(file, `${erased.practice} · Löschnachweis vom ${printedInstant(erased.at)}`);
  const gone = new Date(new Date(erased.at).getTime() + backupDays * 86_400_000).toISOString();
  sheets.heading('Löschnachweis', 18);
  sheets.paragraph(erased.practice, { size: 11, grey: 0.25, field: 'practice' }).space(6);
  sheets.paragraph(
    `Die Daten einer Patientin, eines Patienten wurden ${grounds[erased.ground]} gelöscht (Art. 17 DSGVO). Dieser Nachweis nennt mit Absicht weder Namen noch Diagnosen.`,
  );
  sheets
    .space(6)
    .facts([
      ['Gelöscht am', printedInstant(erased.at)],
      ['Gelöscht durch', erased.by],
      ...(erased.note === '' ? [] : [['Begründung', erased.note] as const]),
      ['Bescheinigungen', String(erased.recordIds.length)],
      ['Signierte Dokumente', String(erased.documents)],
      ['Nachrichten', String(erased.mails)],
      ['Erfasst zwischen', `${printedInstant(erased.from)} und ${printedInstant(erased.until)}`],
    ]);
  sheets.space(6).heading('Wie gelöscht wurde', 12);
  sheets.paragraph(
    'Jede Patientin, jeder Patient hat einen eigenen Schlüssel (AES-256). Er wurde vernichtet, die verschlüsselten Einträge wurden entfernt. Reste auf Datenträgern lassen sich ohne diesen Schlüssel nicht mehr lesen.',
  );
  sheets
    .space(2)
    .paragraph(
      erased.copies === 'gone'
        ? 'Die Zweitschrift des Schlüssels auf der Festplatte ist entfernt.'
        : 'Die Zweitschrift des Schlüssels auf der Festplatte war beim Druck noch nicht entfernt; das Programm holt es beim nächsten Start nach.',
    );
  sheets
    .space(2)
    .paragraph(
      `In Datensicherungen dieses Programms vergeht der Schlüssel spätestens am ${printedInstant(gone)}. Kopien, die die Praxis selbst anderswo angelegt hat, muss sie selbst löschen.`,
    );
  sheets.space(6).heading('Vernichtete Schlüssel', 12);
  for (const id of erased.keyIds) sheets.paragraph(id, { size: 9 });
  sheets.space(4).heading('Gelöschte Bescheinigungen', 12);
  for (const id of erased.recordIds) sheets.paragraph(id, { size: 9 });
  sheets.finish(erased.test);
  return finished(file);
}
