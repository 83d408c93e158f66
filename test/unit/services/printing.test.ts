import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { traysIn } from '../../../electron/services/printing/cups';
import { troubleIn, wordsOfJob } from '../../../electron/services/printing/cups-job';
import { fileName } from '../../../electron/services/printing/folder';
import { createServices } from '../../../electron/services/services';

const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');

describe('the folder printer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ersatzschein-folder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const print = (jobName: string, bytes = pdf, printFolder = folder) =>
    createServices({ printFolder }).printing.print({
      printerId: 'folder',
      paper: 'A5',
      jobName,
      pdf: bytes.toString('base64'),
    });

  it('is there where a folder is set', async () => {
    const printers = await createServices({ printFolder: folder }).printing.printers({});
    expect(printers.filter(({ id }) => id === 'folder')).toHaveLength(1);
    expect(
      (await createServices({ printFolder: null }).printing.printers({})).filter(({ id }) => id === 'folder'),
    ).toEqual([]);
  });

  it('writes the bytes under the job’s name, never over another file', async () => {
    expect(await print('KK Müller')).toEqual({ kind: 'ok', value: { jobId: 'KK Müller.pdf', done: true } });
    expect(await print('KK Müller', Buffer.concat([pdf, pdf]))).toEqual({
      kind: 'ok',
      value: { jobId: 'KK Müller (2).pdf', done: true },
    });
    expect(readFileSync(join(folder, 'KK Müller.pdf'))).toEqual(pdf);
    expect(readdirSync(folder).sort()).toEqual(['KK Müller (2).pdf', 'KK Müller.pdf']);
  });

  it('gives many jobs of one name at a time a file each', async () => {
    const jobs = await Promise.all(Array.from({ length: 20 }, () => print('same')));
    const ids = jobs.map((job) => (job.kind === 'ok' ? job.value.jobId : job.failure.text));
    expect(new Set(ids).size).toBe(20);
    expect(readdirSync(folder).sort()).toEqual([...ids].sort());
  });

  it('makes the folder where it is missing', async () => {
    expect(await print('a', pdf, join(folder, 'x', 'y'))).toMatchObject({ kind: 'ok' });
    expect(existsSync(join(folder, 'x', 'y', 'a.pdf'))).toBe(true);
  });

  it('fails with printer and leaves nothing where it can’t write', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await print('a', pdf, join(folder, 'file'))).toMatchObject({
      kind: 'failed',
      failure: { reason: 'printer' },
    });
    // A file system that takes no files, even from root.
    if (existsSync('/proc/self'))
      expect(await print('a', pdf, '/proc/self')).toMatchObject({ kind: 'failed', failure: { reason: 'printer' } });
    if (process.getuid?.() !== 0) {
      chmodSync(folder, 0o500);
      expect(await print('a')).toMatchObject({ kind: 'failed', failure: { reason: 'printer', code: 'folder' } });
      chmodSync(folder, 0o700);
    }
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('removes what a crash left behind, but not what is being written', async () => {
    const old = join(folder, '.ersatzschein-00000000-0000-4000-8000-000000000000.part');
    const fresh = join(folder, '.ersatzschein-11111111-0000-4000-8000-000000000000.part');
    writeFileSync(old, 'x');
    utimesSync(old, 1, 1);
    writeFileSync(fresh, 'x');
    await print('a');
    expect([existsSync(old), existsSync(fresh)]).toEqual([false, true]);
  });

  it('refuses what is no PDF', async () => {
    expect(await print('a', Buffer.from('<html>'))).toMatchObject({ kind: 'failed', failure: { reason: 'printer' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['../../etc/passwd', 'etc_passwd'],
    ['a/b\\c:d*?"<>|', 'a_b_c_d______'],
    ['..', 'print'],
    ['', 'print'],
    ['con', '_con'],
    ['Nul.x', '_Nul.x'],
    ['  Öztürk   Şule ', 'Öztürk Şule'],
  ])('makes the file name of %j safe', (jobName, expected) => expect(fileName(jobName)).toBe(expected));

  it('makes a plain file name of anything', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (jobName) => {
        const name = fileName(jobName);
        // With « (999).pdf» it has to stay within the 255 bytes a name may have.
        return /^[^/\\:*?"<>|\p{Control}.][^/\\:*?"<>|\p{Control}]*$/u.test(name) && Buffer.byteLength(name) <= 244;
      }),
    );
  });
});

describe('what lpstat tells of a printer', () => {
  it.each([
    ['printer A is idle.  enabled since Mon\n\tAlerts: none\n', null],
    ['printer A now printing A-1.  enabled since Mon\n\tAlerts: toner-low-warning media-low\n', null],
    ['printer A now printing A-1.  enabled since Mon\n\tAlerts: connecting-to-device-report\n', null],
    ['printer A disabled since Mon -\n\tPaused\n', ['stopped', 'The printer is stopped: Paused.']],
    ['printer A is idle.\n\tAlerts: media-empty-error\n', ['paper', 'The printer reports media-empty-error.']],
    [
      'printer A is idle.\n\tAlerts: media-jam offline-report\n',
      ['jam', 'The printer reports media-jam, offline-report.'],
    ],
    ['printer A is idle.\n\tAlerts: offline-report\n', ['gone', 'The printer reports offline-report.']],
    ['printer A is idle.\n\tAlerts: toner-empty-error\n', ['toner', 'The printer reports toner-empty-error.']],
    [
      'printer A is idle.\n\tAlerts: fuser-over-temp-error\n',
      ['stopped', 'The printer reports fuser-over-temp-error.'],
    ],
    ['', null],
  ])('%j', (output, expected) => {
    const found = troubleIn(output);
    expect(found === null ? null : [found.trouble, found.text]).toEqual(expected);
  });

  it('of a job, among others', () => {
    const output = [
      'A-11   root   1024   Thu 26 Nov 2026\n\tStatus: Printing page 2\n\tAlerts: job-printing\n\tqueued for A',
      'A-1    root   1024   Thu 26 Nov 2026\n\tAlerts: none\n\tqueued for A\n',
    ].join('\n');
    expect(wordsOfJob(output, 'A-11')).toBe('Status: Printing page 2 Alerts: job-printing queued for A');
    expect(wordsOfJob(output, 'A-1')).toBe('Alerts: none queued for A');
    expect(wordsOfJob(output, 'A-2')).toBeNull();
  });
});

describe('trays', () => {
  it('are read from what lpoptions tells, of a driver and of a driverless printer', () => {
    expect(
      traysIn('PageSize/Media Size: *A4 A5\nInputSlot/Media Source: *Auto Tray1 Tray2\nDuplex/2-Sided: *None'),
    ).toEqual([
      { id: 'InputSlot=Auto', name: 'Auto' },
      { id: 'InputSlot=Tray1', name: 'Tray1' },
      { id: 'InputSlot=Tray2', name: 'Tray2' },
    ]);
    expect(traysIn('media-source/Media Source: *main by-pass-tray')).toEqual([
      { id: 'media-source=main', name: 'main' },
      { id: 'media-source=by-pass-tray', name: 'by-pass-tray' },
    ]);
    expect(traysIn('PageSize/Media Size: *A4')).toEqual([]);
  });
  it('that no printer could have are refused before anything is printed', async () => {
    const services = createServices({ printFolder: null });
    const pdf = Buffer.from('%PDF-1.7').toString('base64');
    const outcome = await services.printing.print({
      printerId: 'HP',
      tray: 'InputSlot=x -o raw',
      paper: 'A5',
      jobName: 'j',
      pdf,
    });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { reason: process.platform === 'win32' ? 'unsupported' : 'printer' },
    });
    await services.close();
  });
});
