import { formatCount } from '../texts/counts';
import { finished, type DrawnLetter } from './correction-letter';
import type { FormFonts } from './fonts';
import { PdfFile } from './pdf-file';
import { margins, Sheets, textWidth } from './sheets';

/** One step of a certificate's way, with what proves it. Instants are UTC ISO strings. */
export interface ReportedStep {
  readonly at: string;
  /** What happened, in the user's words («Übergeben an KIM»). */
  readonly step: string;
  readonly by: string;
  /** Hashes, attempt and receipt ids. */
  readonly proof: readonly string[];
}

export interface ReportedCertificate {
  /** `TEAU0_…`, or `null` where no document was made. */
  readonly documentId: string | null;
  readonly patient: string;
  readonly payer: string;
  /** Calendar day (`2026-11-23`) on which it was issued; by hand, the day on the paper. */
  readonly issuedOn: string;
  /** The state's name, in the user's words. */
  readonly state: string;
  /** How it reached the insurer, or that it hasn't yet, in the user's words. */
  readonly way: string;
  /** When it did: the receipt, or when it was noted that the paper was given or posted. `null`: it hasn't. */
  readonly reachedAt: string | null;
  /** What proves it: the document's id that the receipt names, or who noted the paper. */
  readonly proof: string;
  /** Neither delivered, nor done on paper, nor on its way by post, nor cancelled or replaced. */
  readonly isOpen: boolean;
  readonly steps: readonly ReportedStep[];
}

/** One insurer's share of the certificates. */
export interface ReportedPayer {
  readonly payer: string;
  readonly recorded: number;
  readonly delivered: number;
  readonly paperOnly: number;
  readonly posted: number;
  readonly settled: number;
  readonly owed: number;
  /** When the last receipt came, a UTC ISO string; `null`: none did. */
  readonly lastReceiptAt: string | null;
}

/** An outage and what became of every certificate in it. Plain data: nothing is looked up or computed here. */
export interface OutageReport {
  readonly practice: string;
  readonly outage: {
    readonly startedAt: string;
    readonly endedAt: string | null;
    /** Whom it concerned, in the user's words. */
    readonly scope: string;
    readonly reason: string;
    readonly declaredBy: string;
    /** How long it lasted, or has lasted, in the user's words. */
    readonly duration: string;
  };
  /** When the report was made. */
  readonly madeAt: string;
  readonly counts: {
    readonly recorded: number;
    readonly printed: number;
    readonly signed: number;
    readonly sent: number;
    readonly delivered: number;
    readonly paperOnly: number;
    readonly posted: number;
    /** Cancelled, discarded, or replaced by a correction: nobody waits for it any more. */
    readonly settled: number;
    readonly owed: number;
  };
  readonly payers: readonly ReportedPayer[];
  readonly certificates: readonly ReportedCertificate[];
  /** Last event of the installation's chain that the report rests on. */
  readonly chain: { readonly sequence: number; readonly hash: string } | null;
  readonly test: boolean;
}

const instant = new Intl.DateTimeFormat('de-DE', {
  timeZone: 'Europe/Berlin',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Calendar and clock in Germany, whatever the machine says: `23.11.2026, 09:12:05`. */
export function printedInstant(at: string): string {
  return instant.format(new Date(at));
}

/** The same to the minute: `23.11.2026, 09:12`. */
function printedMinute(at: string): string {
  return printedInstant(at).slice(0, -3);
}

/** `2026-11-23` as `23.11.2026`. */
function printedDay(day: string): string {
  return day.split('-').reverse().join('.');
}

/**
 * The outage log: period, scope, reason, figures, what remains, how each insurer stands, and a line for every certificate with what proves it.
 * `withSteps`: every single step besides, as an annex.
 */
export async function drawReport(
  report: OutageReport,
  fonts: FormFonts,
  { withSteps }: { readonly withSteps: boolean },
): Promise<DrawnLetter> {
  const { outage, counts, certificates, chain } = report;
  const file = new PdfFile(fonts, {
    title: `Störungsbericht ${printedInstant(outage.startedAt)}`,
    author: report.practice,
  });
  const sheets = new Sheets(file, `${report.practice} · Störungsbericht, erstellt am ${printedInstant(report.madeAt)}`);
  sheets.heading('Störungsbericht', 18);
  sheets.paragraph(report.practice, { size: 11, grey: 0.25, field: 'practice' }).space(5);
  sheets.facts([
    ['Beginn', printedInstant(outage.startedAt)],
    ['Ende', outage.endedAt === null ? 'dauert an' : printedInstant(outage.endedAt)],
    ['Dauer', outage.duration],
    ['Betroffen', outage.scope],
    ['Grund', outage.reason],
    ['Festgestellt von', outage.declaredBy],
  ]);
  sheets.space(7);
  drawCounts(sheets, counts);
  if (counts.settled > 0)
    sheets
      .paragraph('Entfallen: storniert, verworfen oder durch eine korrigierte Bescheinigung ersetzt.', {
        size: 8.5,
        grey: 0.25,
      })
      .space(5);
  drawOpen(sheets, certificates);
  drawPayers(sheets, report.payers);
  drawCertificates(sheets, certificates);
  if (withSteps) drawSteps(sheets, certificates);
  if (chain !== null) {
    sheets.space(4).heading('Ereigniskette', 11);
    sheets.paragraph(
      `Der Bericht beruht auf allen Einträgen bis Nr. ${chain.sequence}. Steht dieser Prüfwert noch in der Kette, wurde davor nichts geändert:`,
      { size: 9, field: 'chain' },
    );
    sheets.paragraph(chain.hash, { style: 'mono', size: 8 });
  }
  sheets.finish(report.test);
  return finished(file);
}

/** A line for every certificate: whose, which insurer, when issued, how and when it got there, and what proves it. */
function drawCertificates(sheets: Sheets, certificates: readonly ReportedCertificate[]): void {
  if (certificates.length === 0) return;
  const prefix = certificates.find(({ documentId }) => documentId !== null)?.documentId?.split('_')[0];
  sheets.heading('Bescheinigungen');
  sheets.paragraph(
    prefix === undefined
      ? 'Zeiten sind deutsche Zeit.'
      : `Zeiten sind deutsche Zeit. Der Nachweis ist die Kennung des Dokuments (${prefix}_…), die in der Zustellbestätigung der Kasse steht; bei Papier, wer es vermerkt hat.`,
    { size: 8.5, grey: 0.25, field: 'certificates' },
  );
  sheets.space(2).table(
    [
      { title: 'Patient', width: 36, size: 7.5, narrows: true },
      { title: 'Krankenkasse', width: 36, size: 7.5, narrows: true },
      { title: 'Ausgestellt', width: 18, size: 7.5, narrows: true },
      { title: 'Zugegangen', width: 34, size: 7.5, narrows: true },
      { title: 'Nachweis', width: 41, size: 7.5, narrows: true },
    ],
    certificates.map(({ patient, payer, issuedOn, way, reachedAt, proof }) => ({
      cells: [
        patient,
        payer,
        printedDay(issuedOn),
        reachedAt === null ? way : `${way} ${printedInstant(reachedAt)}`,
        proof === '' ? '–' : proof,
      ],
    })),
    { tight: true },
  );
}

/** The annex: every step of every certificate. */
function drawSteps(sheets: Sheets, certificates: readonly ReportedCertificate[]): void {
  sheets.space(6).heading('Anhang: alle Schritte je Bescheinigung');
  sheets.paragraph(
    'Jeder Schritt mit Zeitpunkt (deutsche Zeit), Benutzer und Nachweis. Hashwerte sind SHA-256 über die gespeicherten Bytes.',
    { size: 9, grey: 0.25 },
  );
  for (const certificate of certificates) {
    sheets.space(4);
    sheets.heading(`${certificate.patient} · ${certificate.payer}`, 10);
    sheets.paragraph(`${certificate.documentId ?? 'kein Dokument'} · ${certificate.state}`, {
      style: 'mono',
      size: 8,
      grey: 0.25,
      field: 'document',
    });
    sheets.space(1).table(
      [
        { title: 'Zeitpunkt', width: 40 },
        { title: 'Schritt', width: 80 },
        { title: 'Benutzer', width: 45 },
      ],
      certificate.steps.map(({ at, step, by, proof }) => ({ cells: [printedInstant(at), step, by], under: proof })),
    );
  }
}

/** What remains to be done, before everything that is done. */
function drawOpen(sheets: Sheets, certificates: readonly ReportedCertificate[]): void {
  const open = certificates.filter(({ isOpen }) => isOpen);
  sheets.heading('Was offen bleibt');
  if (open.length === 0) {
    sheets
      .paragraph('Nichts. Jede Bescheinigung ist zugestellt, auf Papier erledigt, auf dem Postweg oder entfallen.')
      .space(6);
    return;
  }
  sheets.table(
    [
      { title: 'Patient', width: 44, narrows: true },
      { title: 'Krankenkasse', width: 50, narrows: true },
      { title: 'Ausgestellt', width: 22 },
      { title: 'Stand', width: 49, narrows: true },
    ],
    open.map(({ patient, payer, issuedOn, state }) => ({ cells: [patient, payer, printedDay(issuedOn), state] })),
    { tight: true },
  );
  sheets.space(6);
}

function drawPayers(sheets: Sheets, payers: readonly ReportedPayer[]): void {
  if (payers.length === 0) return;
  const figure = { width: 14, align: 'right' } as const;
  sheets.heading('Nach Krankenkassen');
  sheets.table(
    [
      { title: 'Krankenkasse', width: 46, narrows: true },
      { title: 'erfasst', ...figure, width: 13 },
      { title: 'zugestellt', ...figure, width: 17 },
      { title: 'nur Papier', ...figure, width: 17 },
      { title: 'Postweg', ...figure },
      { title: 'entfallen', ...figure, width: 15 },
      { title: 'offen', ...figure, width: 11 },
      { title: 'zuletzt zugestellt', width: 32, align: 'right' },
    ],
    payers.map(({ payer, recorded, delivered, paperOnly, posted, settled, owed, lastReceiptAt }) => ({
      cells: [
        payer,
        ...[recorded, delivered, paperOnly, posted, settled, owed].map((count) =>
          count === 0 ? '–' : formatCount(count, 'de'),
        ),
        lastReceiptAt === null ? '–' : printedMinute(lastReceiptAt),
      ],
    })),
    { tight: true },
  );
  sheets.space(6);
}

/** The counts as one calm row of figures; what is owed stands out by its colour only while there is any. */
function drawCounts(sheets: Sheets, counts: OutageReport['counts']): void {
  const shown: [string, number][] = [
    ['erfasst', counts.recorded],
    ['gedruckt', counts.printed],
    ['signiert', counts.signed],
    ['gesendet', counts.sent],
    ['zugestellt', counts.delivered],
    ['nur Papier', counts.paperOnly],
    ['Postweg', counts.posted],
    ...(counts.settled === 0 ? [] : [['entfallen', counts.settled] satisfies [string, number]]),
    ['offen', counts.owed],
  ];
  const height = 16;
  sheets.placed(height + 8, (canvas, top) => {
    const width = textWidth / shown.length;
    shown.forEach(([label, count], index) => {
      const x = margins.left + index * width;
      if (label === 'offen' && count > 0) canvas.fillColour(x, top, width - 1.5, height, [1, 0.89, 0.4]);
      else canvas.fill(x, top, width - 1.5, height, 0.95);
      canvas.text('bold', 15, x + (width - 1.5) / 2, top + 2, formatCount(count, 'de'), { align: 'centre' });
      canvas.text('sans', 7.5, x + (width - 1.5) / 2, top + 10.5, label, { align: 'centre', grey: 0.25 });
    });
  });
}
