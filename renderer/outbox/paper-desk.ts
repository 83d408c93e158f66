import type { SlipCopy } from '../domain/certificate';
import type { Outage } from '../domain/outage';
import type { CertificateRecord } from '../domain/record';
import type { Settings } from '../domain/settings';
import type { Setup } from '../store/store';
import { createTexts } from '../texts';
import { payerIndex } from './agenda';
import { toBase64 } from './bytes';
import { notWrittenObstacle, obstacle, printerObstacle } from './obstacles';
import type { Office, OfficeMeans } from './office';
import type { PaperMeans } from './paper';
import { notePaper } from './noting-paper';
import { recordsOfTime } from './outage-records';
import { outageReport, recordsInOutage } from './reporting';

/** The office's functions for everything on paper. */
export type PaperDesk = Pick<
  Office,
  | 'drawSlips'
  | 'drawBatch'
  | 'drawForms'
  | 'drawPosting'
  | 'drawCorrectionLetter'
  | 'drawOutageReport'
  | 'writeOutageReport'
  | 'printSlips'
  | 'printBatch'
  | 'printPdf'
  | 'notePrinted'
  | 'notePaper'
>;

/**
 * Makes the desk where paper is drawn and printed. What draws (PDF, fonts, barcode) is a megabyte and is loaded with the first slip, not with
 * the program.
 */
export function createPaperDesk(means: OfficeMeans, setupNow: () => Promise<Setup>): PaperDesk {
  const { store, host, clock } = means;
  const room = () => import('./paper');

  const paperMeans = async (): Promise<PaperMeans> => {
    const { settings } = await setupNow();
    return { tools: await means.drawingTools(), namespace: store.namespace, settings };
  };
  const certificates = async (ids: readonly string[]): Promise<CertificateRecord[]> => {
    const records = await Promise.all(ids.map((id) => store.records.get(id)));
    return records.filter((record) => record?.kind === 'certificate');
  };

  /** The outage's certificates and their events; nothing of another time is opened. */
  const reportedOn = async (outage: Outage, { language }: Settings) => {
    const payers = payerIndex(await store.payers());
    const records = recordsInOutage(outage, await recordsOfTime(store, outage), payers);
    return {
      records,
      events: await store.records.eventsOf(records.map(({ id }) => id)),
      lastLink: await store.records.lastLink(),
      payers,
      t: createTexts(language),
    };
  };

  const desk: PaperDesk = {
    async drawSlips(record, copies) {
      const { drawRecords } = await room();
      return drawRecords(await paperMeans(), [record], copies);
    },
    async drawBatch(ids, copies, order) {
      const { drawRecords, inSlipOrder } = await room();
      return drawRecords(await paperMeans(), inSlipOrder(await certificates(ids), order), copies);
    },
    async drawForms(content, fill, copies) {
      const { drawForms } = await room();
      return drawForms(await paperMeans(), content, fill, copies);
    },
    async drawPosting(ids) {
      const { drawPostingBundle } = await room();
      const payers = payerIndex(await store.payers());
      return drawPostingBundle(
        await paperMeans(),
        await certificates(ids),
        (ik) => payers.get(ik) ?? null,
        clock.now(),
      );
    },
    async drawCorrectionLetter(withdrawnId) {
      const [withdrawn] = await certificates([withdrawnId]);
      if (withdrawn === undefined) return obstacle('missing');
      const { correctedBy } = withdrawn.state;
      const [replacement] = correctedBy === null ? [] : await certificates([correctedBy]);
      const payers = payerIndex(await store.payers());
      const { drawCorrection } = await room();
      return drawCorrection(
        await paperMeans(),
        withdrawn,
        replacement ?? null,
        (ik) => payers.get(ik) ?? null,
        clock.now(),
      );
    },

    async drawOutageReport(outageId, options = { withSteps: false }) {
      const { settings } = await setupNow();
      const outage = (await store.outages()).find(({ id }) => id === outageId);
      if (outage === undefined) return obstacle('missing');
      const { fonts } = await means.drawingTools();
      const report = outageReport({ outage, settings, now: clock.now(), ...(await reportedOn(outage, settings)) });
      const { drawReport } = await import('../form/report');
      const drawn = await drawReport(report, fonts, options);
      if (drawn.kind === 'drawn') return drawn;
      return obstacle('letter-letter', { field: drawn.field, letters: drawn.letters.join(' ') });
    },

    async writeOutageReport(outageId) {
      const { settings } = await setupNow();
      const outage = (await store.outages()).find(({ id }) => id === outageId);
      if (outage === undefined) return obstacle('missing');
      const { outageReportCsv } = await import('./report-csv');
      return { kind: 'written', csv: outageReportCsv({ outage, settings, ...(await reportedOn(outage, settings)) }) };
    },

    printSlips: (id, copies, printerId) => desk.printBatch([id], copies, 'time', printerId),

    async printBatch(ids, copies, order, printerId) {
      const { settings } = await setupNow();
      const { drawRecords, inSlipOrder, printTargets } = await room();
      const records = inSlipOrder(await certificates(ids), order);
      if (records.length < ids.length) return obstacle('missing');
      const targets = printTargets(settings, copies, printerId);
      if (targets === null) return obstacle('no-printer');
      const unseen: SlipCopy[] = [];
      for (const target of targets) {
        const drawn = await drawRecords(await paperMeans(), records, target.copies);
        if (drawn.kind === 'obstacle') return drawn;
        const { printerId: id, tray } = target;
        const printed = await host.printing.print({
          printerId: id,
          tray,
          paper: settings.paper,
          jobName: jobName(records, target.copies),
          pdf: toBase64(drawn.pdf),
        });
        // What another printer took before stays noted; these copies are not.
        if (printed.kind === 'failed') return printerObstacle(printed.failure);
        if (!printed.value.done) {
          unseen.push(...target.copies);
          continue;
        }
        // Data of a newer program: the sheet is there, and nothing is noted.
        for (const record of store.isReadOnly ? [] : records) {
          const noted = await store.records.append(record.id, [printedEvent(record.state.printed, target.copies, id)]);
          if (noted.kind !== 'written') return notWrittenObstacle(noted);
        }
      }
      return unseen.length > 0 ? { kind: 'unseen', copies: unseen } : { kind: 'printed', copies };
    },

    async printPdf(pdf, job, printerId) {
      const printer = printerId ?? (await setupNow()).settings.printerId;
      if (printer === null) return obstacle('no-printer');
      const printed = await host.printing.print({ printerId: printer, ...job, pdf: toBase64(pdf) });
      if (printed.kind === 'failed') return printerObstacle(printed.failure);
      return { kind: printed.value.done ? 'printed' : 'unseen' };
    },

    async notePrinted(id, copies, printer = 'dialog') {
      const record = await store.records.get(id);
      if (record === null) return { kind: 'missing' };
      return store.records.append(id, [printedEvent(record.state.printed, copies, printer)]);
    },

    notePaper: async (id, paper) => notePaper(store, (await setupNow()).settings, id, paper),
  };
  return desk;
}

function printedEvent(before: readonly SlipCopy[], copies: readonly SlipCopy[], printer: string) {
  return {
    type: 'printed' as const,
    copies: [...copies],
    printer,
    reprint: copies.every((copy) => before.includes(copy)),
  };
}

/** What the print queue shows to everybody who looks: no name, no diagnosis. */
function jobName(records: readonly CertificateRecord[], copies: readonly SlipCopy[]): string {
  return `eAU ${records.length === 1 ? (records[0]?.id.slice(0, 8) ?? '') : String(records.length)} ${copies.join('-')}`;
}
