import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServices, type Services } from '../../../electron/services/services';
import { skipped } from '../servers/available';
import { type Cups, startCups } from '../servers/cups';

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
      services = createServices({ printFolder: null });
    });
    afterAll(async () => {
      if (before === undefined) delete process.env['CUPS_SERVER'];
      else process.env['CUPS_SERVER'] = before;
      await services.close();
      await cups.stop();
    });

    const print = (printerId: string, bytes = pdf) =>
      services.printing.print({ printerId, jobName: 'TEAU0 «Müller»', pdf: bytes.toString('base64') });
    const waiting = () =>
      spawnSync('lpstat', ['-W', 'not-completed', '-o'], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
        .stdout;

    it('lists the printers and the default', async () => {
      const printers = await services.printing.printers({});
      expect(printers.map(({ id }) => id).sort()).toEqual(['Empty', 'Paper', 'Rejecting', 'Stopped']);
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
      ['Stopped', /taken out of service/],
      ['Empty', /media-empty/],
      ['Rejecting', /not accepting/],
      ['Nowhere', /does not exist/],
      ['-o landscape', /No printer is called/],
    ])('fails with printer at %s and leaves no job that would print later', async (printer, why) => {
      const printed = await print(printer);
      expect(printed).toMatchObject({ kind: 'failed', failure: { reason: 'printer' } });
      expect(printed.kind === 'failed' ? printed.failure.text : '').toMatch(why);
      await expect.poll(waiting).toBe('');
    });

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
