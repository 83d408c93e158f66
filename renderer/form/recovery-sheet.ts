import { finished, type DrawnLetter } from './correction-letter';
import type { FormFonts } from './fonts';
import { PdfFile } from './pdf-file';
import { printedInstant } from './report';
import { margins, Sheets, textWidth } from './sheets';

/** The sheet that opens everything: printed once, kept where nobody but the practice's owner reaches. */
export interface RecoverySheet {
  readonly practice: string;
  /** The key's groups of four letters, the last one its check. */
  readonly groups: readonly string[];
  readonly madeAt: string;
  readonly test: boolean;
}

const perLine = 7;

/** Draws the sheet: the key in large letters, what it is for, and how to keep it. */
export async function drawRecoverySheet(sheet: RecoverySheet, fonts: FormFonts): Promise<DrawnLetter> {
  const file = new PdfFile(fonts, { title: 'Wiederherstellungsschlüssel', author: sheet.practice });
  const sheets = new Sheets(
    file,
    `${sheet.practice} · Wiederherstellungsschlüssel vom ${printedInstant(sheet.madeAt)}`,
  );
  sheets.heading('Wiederherstellungsschlüssel', 18);
  sheets.paragraph(sheet.practice, { size: 11, grey: 0.25, field: 'practice' }).space(6);
  sheets.paragraph(
    'Dieser Schlüssel öffnet alle Bescheinigungen in Ersatzschein, ohne Passphrase und auf jedem Rechner. Gebraucht wird er, wenn jemand seine Passphrase vergessen hat, wenn der Rechner ersetzt wird und nach der Rücksicherung auf einem anderen Gerät.',
  );
  sheets.space(8).placed(30, (canvas, top) => {
    const cell = textWidth / perLine;
    sheet.groups.forEach((group, index) => {
      const x = margins.left + (index % perLine) * cell + cell / 2;
      const y = top + Math.floor(index / perLine) * 14;
      canvas.text('mono', 17, x, y, group, { align: 'centre', field: 'key' });
      canvas.text('sans', 6.5, x, y + 7.5, String(index + 1), { align: 'centre', grey: 0.45 });
    });
  });
  sheets.space(8).facts([
    ['Gedruckt am', printedInstant(sheet.madeAt)],
    ['Prüfgruppe', `${sheet.groups.at(-1) ?? ''} (steht auch im Programm: so ist der gültige Bogen zu erkennen)`],
  ]);
  sheets.space(6).heading('So bewahren Sie ihn auf', 12);
  for (const line of [
    'Auf Papier, verschlossen, nicht beim Rechner: im Tresor der Praxis oder bei der Inhaberin, dem Inhaber.',
    'Nicht abfotografieren, nicht einscannen, nicht per E-Mail verschicken. Wer diesen Bogen hat, kann alles lesen.',
    'Ohne diesen Bogen und ohne eine gültige Passphrase kann niemand die Daten öffnen, auch der Hersteller nicht.',
    'Ist der Bogen verloren oder in fremden Händen: in den Einstellungen unter «Zugänge» einen neuen drucken. Der alte gilt dann nicht mehr.',
  ])
    sheets.paragraph(`•  ${line}`).space(1.5);
  sheets.finish(sheet.test);
  return finished(file);
}
