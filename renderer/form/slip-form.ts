import type { SlipCopy } from '../domain/certificate';
import { Canvas } from './canvas';
import type { PdfFile } from './pdf-file';
import { blockOrigin, bold, footer, frame, hairline, handRoom, shift, sizes } from './slip-layout';

/**
 * The printed form itself: frames, lines and the official words, which are the same on every slip of a copy. Drawn once per file.
 */

/** Adds the form of a copy to the file, if it isn't there yet, and gives its name. `byHand`: with fields for a pen. */
export function slipForm(file: PdfFile, copy: SlipCopy, byHand: boolean): string {
  const name = `form${copy}${byHand ? 'ByHand' : ''}`;
  // The employer's copy has no lower part, and so nothing that a pen would need wider.
  const extra = byHand && copy !== 'AG' ? handRoom : 0;
  if (file.hasForm(name)) return name;
  const canvas = new Canvas(file, 'A4');
  canvas.origin(0, 0).frame(frame.x, frame.y, frame.width, frame.height[copy] + extra, hairline);
  canvas.origin(shift.left.x, shift.left.y);
  personBlockForm(canvas, copy);
  causesForm(canvas, copy);
  canvas.origin(shift.right.x, shift.right.y);
  titleForm(canvas, copy);
  if (copy !== 'AG') {
    canvas.origin(shift.lower.x, shift.lower.y);
    diagnosesForm(canvas, byHand);
    const lower = blockOrigin('lower', byHand);
    canvas.origin(lower.x, lower.y);
    measuresForm(canvas);
    const sickPay = blockOrigin('sickPay', byHand);
    canvas.origin(sickPay.x, sickPay.y);
    sickPayForm(canvas, copy);
  }
  canvas.origin(shift.lower.x, shift.lower.y + extra);
  canvas.text('sans', sizes.small, 4.37, footer[copy][0], 'Dokumentenversion: 1.2');
  canvas.text('sans', sizes.small, 4.37, footer[copy][1], 'Dokumententyp: e010');
  file.addForm(name, canvas.content);
  return name;
}

function small(canvas: Canvas, x: number, top: number, text: string): void {
  canvas.text('sans', sizes.small, x, top, text);
}

function labels(canvas: Canvas, x: number, top: number, ...lines: string[]): void {
  lines.forEach((line, index) => canvas.text('sans', sizes.label, x, top + index * 2.12, line));
}

function personBlockForm(canvas: Canvas, copy: SlipCopy): void {
  const [left, top, right, bottom] = [5.66, 5.66, 82.53, 40.65];
  canvas.fill(left, top, right - left + hairline, hairline).fill(left, bottom, right - left + hairline, hairline);
  canvas.fill(left, top, hairline, bottom - top).fill(right, top, hairline, bottom - top);
  for (const y of [11.66, 28.1, 34.29]) canvas.fill(left, y, right - left, hairline);
  canvas.fill(31.28, 30.75, hairline, 3.71).fill(59.56, 30.75, hairline, 3.71);
  canvas.fill(31.28, 36.94, hairline, 3.71).fill(56.73, 36.94, hairline, 3.71);
  small(canvas, 6.14, 6.11, 'Krankenkasse bzw. Kostenträger');
  small(canvas, 6.14, 12.29, 'Name, Vorname des Versicherten');
  small(canvas, 69.44, 15.12, 'geb. am');
  small(canvas, 6.14, 28.73, 'Kostenträgerkennung');
  small(canvas, 31.59, 28.73, 'Versicherten-Nr.');
  small(canvas, 59.87, 28.73, 'Status');
  small(canvas, 6.14, 34.91, 'Betriebsstätten-Nr.');
  small(canvas, 31.59, 34.91, 'Arzt-Nr.');
  small(canvas, 57.04, 34.91, 'Datum');
  // The employer learns neither status nor practice number.
  if (copy === 'AG') canvas.fill(59.74, 30.75, 22.62, 3.53).fill(6.01, 36.94, 25.45, 3.53);
}

const copyLabels: Readonly<Record<SlipCopy, string>> = {
  KK: 'Ausfertigung zur Vorlage bei der Krankenkasse',
  AG: 'Ausfertigung zur Vorlage beim Arbeitgeber',
  V: 'Ausfertigung für Versicherte',
};

function causesForm(canvas: Canvas, copy: SlipCopy): void {
  labels(canvas, 11.44, 44.25, 'Arbeitsunfall, Arbeitsunfall-', 'folgen, Berufskrankheit');
  labels(canvas, 51.03, 44.25, 'dem Durchgangsarzt', 'zugewiesen');
  labels(canvas, 5.79, 50.25, 'arbeitsunfähig seit');
  labels(
    canvas,
    5.79,
    53.44,
    'voraussichtlich arbeitsunfähig',
    'bis einschließlich oder letzter',
    'Tag der Arbeitsunfähigkeit',
  );
  labels(canvas, 5.79, 60.68, 'festgestellt am');
  for (const y of [52.84, 57.97, 63.27]) canvas.fill(45.42, y, 36.41, hairline);
  const boxTop = copy === 'AG' ? 75.82 : 69.28;
  if (copy === 'AG') labels(canvas, 11.44, 64.92, 'sonstiger Unfall,', 'Unfallfolgen');
  canvas.frame(6.01, boxTop, 75.64, 3, bold);
  canvas.text('bold', sizes.bold, 43.8, boxTop + 0.16, copyLabels[copy], { align: 'centre' });
}

function titleForm(canvas: Canvas, copy: SlipCopy): void {
  canvas.text('title', sizes.title, 85.32, 6.22, 'Arbeitsunfähigkeits-');
  canvas.text('title', sizes.title, 85.32, 11.35, 'bescheinigung');
  canvas.text('title', sizes.title, 136.78, 6.22, '1');
  canvas.text('bold', sizes.bold, 91.33, 18.37, 'Erstbescheinigung');
  canvas.text('bold', sizes.bold, 91.33, 25.26, 'Folgebescheinigung');
  if (copy !== 'AG') return;
  labels(
    canvas,
    85.32,
    30.28,
    'Der angegebenen Krankenkasse wird unverzüglich eine',
    'Bescheinigung über die Arbeitsunfähigkeit mit Angaben über die',
    'Diagnose sowie die voraussichtliche Dauer der',
    'Arbeitsunfähigkeit übersandt.',
  );
}

function diagnosesForm(canvas: Canvas, byHand: boolean): void {
  canvas.fill(3.9, 75.29, 136.7, hairline);
  canvas.text('bold', sizes.bold, 4.02, 76.51, 'AU-begründende Diagnose(n)');
  canvas.text('italic', sizes.small, 38.05, 77.15, '(ICD-10)');
  const fields = byHand ? diagnosisFields.byHand : diagnosisFields.printed;
  for (const row of fields.rows) {
    for (const column of fields.columns) {
      small(canvas, column, row, 'ICD-10 - Code');
      canvas.fill(column - 0.13, row + fields.height, fields.width, hairline);
    }
  }
  canvas.fill(3.89, byHand ? 98.09 + handRoom : 98.09, fields.textWidth, hairline);
}

/** The fields for diagnoses, mm: tops and lefts of their labels, width and height down to their rule, and the rule for text below them. */
const diagnosisFields = {
  printed: { rows: [79.45, 85.28], columns: [4.02, 35.13, 66.23], width: 28.28, height: 5.56, textWidth: 90.49 },
  byHand: { rows: [79.45, 88.6], columns: [4.02, 51.2, 98.4], width: 42.2, height: 8.4, textWidth: 136.7 },
} as const;

function measuresForm(canvas: Canvas): void {
  labels(canvas, 9.68, 99.74, 'sonstiger Unfall,', 'Unfallfolgen');
  labels(canvas, 46.44, 99.92, 'Versorgungsleiden', '(z.B. SER)');
  labels(canvas, 4.02, 105.4, 'Es wird die Einleitung folgender besonderer Maßnahmen für erforderlich gehalten');
  labels(canvas, 9.68, 108.75, 'Leistungen zur', 'medizinischen Rehabilitation');
  labels(canvas, 46.44, 108.93, 'stufenweise', 'Wiedereingliederung');
  labels(canvas, 9.68, 116.35, 'Sonstige');
  canvas.fill(18.03, 120.53, 101.79, hairline);
}

/** Runs of text in one line, each in its own style, the next beginning where the one before ends. */
type Runs = readonly (readonly ['italic' | 'boldItalic', string])[];

const sickPayHints: Readonly<Record<'KK' | 'V', { readonly title: string; readonly lines: readonly Runs[] }>> = {
  KK: {
    title: 'Hinweis für Versicherte zum Krankengeld',
    lines: [
      [
        [
          'italic',
          'Wird Ihnen in der Arztpraxis die Bescheinigung über die Arbeitsunfähigkeit für die Krankenkasse ausgehändigt, leiten Sie diese bitte an Ihre Krankenkasse weiter.',
        ],
      ],
      [
        [
          'italic',
          'Dadurch können zeitliche Verzögerungen bei der Gewährung von Kranken- bzw. Verletztengeld vermieden werden.',
        ],
      ],
    ],
  },
  V: {
    title: 'Hinweis für Versicherte zum Kranken- und Verletztengeld',
    lines: [
      [
        [
          'italic',
          'Achten Sie bei fortbestehender Arbeitsunfähigkeit auf eine lückenlose ärztliche Feststellung, da sonst ein Krankengeldverlust droht. Hierfür ist es erforderlich, dass',
        ],
      ],
      [
        [
          'italic',
          'Sie sich spätestens an dem Werktag, der auf den letzten Tag der aktuellen Arbeitsunfähigkeitsbescheinigung folgt, bei Ihrem Arzt oder Ihrer Ärztin die',
        ],
      ],
      [
        ['italic', 'fortbestehende Arbeitsunfähigkeit bestätigen lassen. Legen Sie immer ihre '],
        ['boldItalic', 'aktuell gültige'],
        ['italic', ' Versichertenkarte vor, um Probleme bei der Zahlung von Kranken- oder'],
      ],
      [['italic', 'Verletztengeld zu vermeiden. Weitere Informationen erhalten Sie bei Ihrer Krankenkasse.']],
    ],
  },
};

/** Clear of the outer frame, which stands further in than in the official picture; the hint's lines are 1 % narrower for it. */
const sickPayBox = { x: 4.7, width: 136.25, textX: 5.2, narrow: 0.99 } as const;

function sickPayForm(canvas: Canvas, copy: 'KK' | 'V'): void {
  const hint = sickPayHints[copy];
  canvas.frame(sickPayBox.x, 121.24, sickPayBox.width, copy === 'KK' ? 15.91 : 20.15, bold);
  canvas.text('bold', sizes.bold, sickPayBox.textX, 123.7, 'Im Krankengeldfall');
  labels(canvas, 49.26, 123.25, 'ab 7. AU-Woche oder', 'sonstiger Krankengeldfall');
  labels(canvas, 93.8, 124.31, 'Endbescheinigung');
  canvas.text('boldItalic', sizes.bold, sickPayBox.textX, 128.83, hint.title);
  hint.lines.forEach((runs, index) => {
    let x: number = sickPayBox.textX;
    for (const [style, text] of runs) {
      canvas.text(style, sizes.label, x, 132.26 + index * 2.12, text, { narrow: sickPayBox.narrow });
      x += canvas.width(style, sizes.label, text) * sickPayBox.narrow;
    }
  });
}
