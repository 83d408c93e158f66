import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { createServices, type Services } from '../../../electron/services/services';
import { usualPatience } from '../../../electron/services/printing/cups-job';
import { barcodeContent } from '../../../renderer/form/barcode';
import { drawSlips } from '../../../renderer/form/slip';
import { loadBarcodeDecoder, loadFormFonts } from '../../../build/form-fonts';
import { fullest } from '../../unit/form/certificates';
import { exampleDocumentId } from '../../unit/form/example';
import { hasPoppler, pdfPictures, rgba, type GreyPicture } from '../../unit/form/poppler';
import { skipped } from '../servers/available';
import { type Cups, startCups } from '../servers/cups';

/** Where the ink begins and ends, in dots: left, top, right, bottom. */
function inkBox(picture: GreyPicture | undefined): readonly number[] {
  if (picture === undefined) return [];
  const { width, pixels } = picture;
  const box = [Infinity, Infinity, -1, -1];
  pixels.forEach((grey, index) => {
    if (grey > 128) return;
    const [x, y] = [index % width, Math.floor(index / width)];
    box[0] = Math.min(box[0] ?? x, x);
    box[1] = Math.min(box[1] ?? y, y);
    box[2] = Math.max(box[2] ?? x, x);
    box[3] = Math.max(box[3] ?? y, y);
  });
  return box;
}

describe.skipIf(skipped('printing against CUPS', 'cupsd', 'lp', 'lpstat', 'lpadmin', 'cupsdisable', 'cupsreject'))(
  'printing against CUPS',
  () => {
    let cups: Cups;
    let services: Services;
    const before = process.env['CUPS_SERVER'];
    const pdf = Buffer.from('%PDF-1.7\n% test page\n%%EOF\n');

    beforeAll(async () => {
      cups = await startCups();
      process.env['CUPS_SERVER'] = cups.server;
      services = createServices({
        printFolder: null,
        timeouts: { printing: { ...usualPatience, connecting: 1500, stuck: 3000 } },
      });
    });
    afterAll(async () => {
      if (before === undefined) delete process.env['CUPS_SERVER'];
      else process.env['CUPS_SERVER'] = before;
      await services.close();
      await cups.stop();
    });

    const print = (printerId: string, bytes = pdf, jobName = 'TEAU0 «Müller»', paper: 'A5' | 'A4' = 'A4') =>
      services.printing.print({ printerId, paper, jobName, pdf: bytes.toString('base64') });
    const waiting = () =>
      spawnSync('lpstat', ['-W', 'not-completed', '-o'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
        .stdout;

    it('lists the printers and the default', async () => {
      const printers = await services.printing.printers({});
      const names = ['Empty', 'Failing', 'Gone', 'PDF', 'Paper', 'Rejecting', 'Slow', 'Stopped', 'Stuck'];
      expect(printers.map(({ id }) => id).sort()).toEqual(
        names.filter((name) => name !== 'PDF' || cups.pdfOutput !== null),
      );
      expect(printers.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(['Paper']);
    });

    it('prints the bytes and gives the job id', async () => {
      const printed = await print('Paper');
      if (printed.kind === 'failed') throw new Error(printed.failure.text);
      expect(printed.value.jobId).toMatch(/^Paper-\d+$/);
      const file = join(cups.output, `${printed.value.jobId.split('-').at(-1) ?? ''}.pdf`);
      await expect.poll(() => readFileSync(file).length).toBe(pdf.length);
      expect(readFileSync(file)).toEqual(pdf);
    });

    it.each([
      ['Stopped', 'stopped', /taken out of service/],
      ['Empty', 'paper', /media-empty/],
      ['Gone', 'gone', /does not answer/],
      ['Stuck', 'stuck', /did not get on/],
      ['Failing', 'aborted', /gave up/],
      ['Rejecting', 'rejecting', /not accepting/],
      ['Nowhere', 'gone', /does not exist/],
      ['-o landscape', 'gone', /No printer is called/],
    ])('fails at %s with %s and leaves no job that would print later', async (printer, code, why) => {
      const printed = await print(printer);
      expect(printed).toMatchObject({ kind: 'failed', failure: { reason: 'printer', code } });
      expect(printed.kind === 'failed' ? printed.failure.text : '').toMatch(why);
      await expect.poll(waiting).toBe('');
    });

    it('a job that prints slowly is waited for', async () => {
      // Behind it in the queue: the second is done only when the first is.
      const [first, second] = await Promise.all([print('Slow'), print('Slow')]);
      expect([first, second]).toMatchObject([{ kind: 'ok' }, { kind: 'ok' }]);
    });

    it.for(['A4', 'A5'] as const)(
      'prints %s slips through cups-pdf: what comes out is what went in',
      async (paper, { skip }) => {
        if (cups.pdfOutput === null || !hasPoppler) return skip('cups-pdf or poppler is not installed');
        const decoder = await loadBarcodeDecoder();
        const slips = (['KK', 'AG', 'V'] as const).map((copy) => {
          return { content: fullest, copy, documentId: exampleDocumentId, test: true, fill: 'full' as const };
        });
        const drawn = await drawSlips(slips, { paper, fonts: await loadFormFonts(), decoder });
        if (drawn.kind === 'refused') throw new Error(drawn.reason);
        const jobName = `ersatzschein-${randomUUID()}`;
        expect(await print('PDF', Buffer.from(drawn.pdf), jobName, paper)).toMatchObject({
          kind: 'ok',
          value: { done: true },
        });
        const folder = cups.pdfOutput;
        const [name = ''] = readdirSync(folder).filter((one) => one.startsWith(jobName));
        const bytes = new Uint8Array(readFileSync(join(folder, name)));
        rmSync(join(folder, name));
        if (readdirSync(folder).length === 0) rmdirSync(folder);
        const pages = pdfPictures(bytes, 300);
        const drawnPages = pdfPictures(drawn.pdf, 300);
        expect(pages).toHaveLength(3);
        // On the sheet that was asked for, nothing scaled or moved by more than a third of a millimetre.
        pages.forEach((page, index) => {
          const [before, after] = [inkBox(drawnPages[index]), inkBox(page)];
          after.forEach((edge, side) => expect(Math.abs(edge - (before[side] ?? 0))).toBeLessThan(4));
        });
        const [kk] = pages;
        if (kk === undefined) throw new Error('no page');
        const read = await readBarcodes(rgba(kk), { formats: ['PDF417'], tryHarder: true });
        expect(read.map(({ bytes }) => Buffer.from(bytes).toString('latin1'))).toEqual([
          Buffer.from(barcodeContent(fullest)).toString('latin1'),
        ]);
      },
    );

    it('leaves no file with patient data in the temporary folder', async () => {
      const names = () => readdirSync('/tmp').filter((name) => /ersatzschein.*(part|pdf)/.test(name));
      await print('Paper');
      expect(names()).toEqual([]);
    });

    it('has no printers, and says so when one is used, where CUPS does not run', async () => {
      process.env['CUPS_SERVER'] = '127.0.0.1:1';
      try {
        expect(await services.printing.printers({})).toEqual([]);
        expect(await print('Paper')).toMatchObject({ kind: 'failed', failure: { reason: 'printer' } });
      } finally {
        process.env['CUPS_SERVER'] = cups.server;
      }
    });
  },
);
