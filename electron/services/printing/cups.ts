import type { Result } from '../../contract/call';
import { failed, ok } from '../failure';
import { run } from './cups-command';
import { usualPatience, watchJob, type Patience } from './cups-job';

/** A printer the system knows. */
export interface SystemPrinter {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** Trays by the option that chooses them, such as `InputSlot=Tray2`. */
  readonly trays: { readonly id: string; readonly name: string }[];
}

/**
 * CUPS' printers by its `lpstat`; none where CUPS is missing or not running. CUPS' destination names have no spaces and are what `lp` takes.
 */
export async function systemPrinters(log: (line: string) => void): Promise<SystemPrinter[]> {
  const list = await run('lpstat', ['-e'], null);
  if (list.status !== 0) {
    if (list.status !== 'missing') log(`lpstat: ${list.errors.trim()}`);
    return [];
  }
  const preferred = await run('lpstat', ['-d'], null);
  const preferredName = /destination: (\S+)\s*$/m.exec(preferred.output)?.[1];
  const names = list.output
    .split('\n')
    .map((line) => line.trim())
    .filter((name) => name !== '');
  return Promise.all(
    names.map(async (name) => ({
      id: name,
      name: name.replaceAll('_', ' '),
      isDefault: name === preferredName,
      trays: traysIn((await run('lpoptions', ['-p', name, '-l'], null)).output),
    })),
  );
}

/** The trays in what `lpoptions -l` tells: `InputSlot/Media Source: *Auto Tray1 Tray2`, or `media-source` on driverless printers. */
export function traysIn(output: string): { id: string; name: string }[] {
  const match = /^(InputSlot|media-source)\/[^:\n]*: (.+)$/m.exec(output);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  const option = match[1];
  return match[2]
    .split(/\s+/)
    .map((choice) => choice.replace(/^\*/, ''))
    .filter((choice) => trayChoice.test(choice))
    .map((choice) => ({ id: `${option}=${choice}`, name: choice }));
}

const trayChoice = /^[\w.-]+$/;

const media = { A5: 'iso_a5_148x210mm', A4: 'iso_a4_210x297mm' } as const;

/**
 * Hands a PDF to CUPS over standard input, so that no file with patient data is left, and watches the job until CUPS says that it is done. A printer
 * that is gone, stopped, jammed or out of paper, a job that gets stuck or fails: each is the failure `printer` with a code (`printerTroubles`), and the
 * job is taken back, so that a failed print never comes out later by itself.
 */
export async function printToSystem(
  job: {
    readonly printerId: string;
    readonly tray: string | null;
    readonly paper: 'A5' | 'A4';
    readonly jobName: string;
    readonly pdf: Buffer;
  },
  patience: Patience = usualPatience,
): Promise<Result<{ jobId: string; done: boolean }>> {
  const { printerId: printer, tray, paper, jobName, pdf } = job;
  if (!/^[^\s/#-][^\s/#]*$/.test(printer))
    return failed('printer', `No printer is called ${JSON.stringify(printer)}.`, 'gone');
  if (tray !== null && !/^(InputSlot|media-source)=[\w.-]+$/.test(tray))
    return failed('printer', `No tray is called ${JSON.stringify(tray)}.`);
  const title = jobName.replace(/[\p{Control}]/gu, ' ').slice(0, 255);
  // The barcode's modules have a size: nothing may be scaled, and the sheet is the one that was drawn.
  const settings = ['document-format=application/pdf', `media=${media[paper]}`, 'print-scaling=none'];
  const options = [...settings, ...(tray === null ? [] : [tray])].flatMap((setting) => ['-o', setting]);
  const sent = await run('lp', ['-d', printer, '-t', title, ...options, '-'], pdf);
  if (sent.status === 'missing') return failed('unsupported', 'CUPS is not installed on this machine.');
  if (sent.status === 'timeout') return failed('printer', 'The printing system did not answer in time.', 'stuck');
  const jobId = /request id is (\S+)/.exec(sent.output)?.[1];
  if (sent.status !== 0 || jobId === undefined) {
    const words = (sent.errors || sent.output).trim().slice(0, 500);
    return failed('printer', words, /not accepting/.test(words) ? 'rejecting' : 'gone');
  }
  const end = await watchJob(printer, jobId, pdf.length, patience);
  return end.kind === 'failed' ? failed('printer', end.text, end.trouble) : ok({ jobId, done: end.kind === 'done' });
}
