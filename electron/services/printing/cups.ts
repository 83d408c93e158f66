import { spawn } from 'node:child_process';
import type { Result } from '../../contract/call';
import { codeOf, failed, ok } from '../failure';

/** A printer the system knows. */
export interface SystemPrinter {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  /** Trays by the option that chooses them, such as `InputSlot=Tray2`. */
  readonly trays: { readonly id: string; readonly name: string }[];
}

/** What one of CUPS' programs said. `missing`: the program is not on this machine. */
interface Outcome {
  readonly status: number | 'missing' | 'timeout';
  readonly output: string;
  readonly errors: string;
}

const commandTimeout = 15_000;
const largestOutput = 1024 * 1024;
/** After a job is handed in: so often, with so many milliseconds between, the system is asked whether the printer takes it. */
const looks = 4;
const between = 300;

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

/**
 * Hands a PDF to CUPS over standard input, so that no file with patient data is left, and looks shortly after it: a printer that is stopped, out of
 * paper or gone is the failure `printer`, and the job is taken back, so that a failed print never comes out later by itself.
 */
export async function printToSystem(
  printer: string,
  tray: string | null,
  jobName: string,
  pdf: Buffer,
): Promise<Result<{ jobId: string }>> {
  if (!/^[^\s/#-][^\s/#]*$/.test(printer)) return failed('printer', `No printer is called ${JSON.stringify(printer)}.`);
  if (tray !== null && !/^(InputSlot|media-source)=[\w.-]+$/.test(tray))
    return failed('printer', `No tray is called ${JSON.stringify(tray)}.`);
  const title = jobName.replace(/[\p{Control}]/gu, ' ').slice(0, 255);
  const options = ['-o', 'document-format=application/pdf', ...(tray === null ? [] : ['-o', tray])];
  const sent = await run('lp', ['-d', printer, '-t', title, ...options, '-'], pdf);
  if (sent.status === 'missing') return failed('unsupported', 'CUPS is not installed on this machine.');
  if (sent.status === 'timeout') return failed('printer', 'The printing system did not answer in time.');
  const jobId = /request id is (\S+)/.exec(sent.output)?.[1];
  if (sent.status !== 0 || jobId === undefined)
    return failed('printer', (sent.errors || sent.output).trim().slice(0, 500), String(sent.status));
  let troubled = false;
  for (let look = 0; look < looks; look += 1) {
    const waiting = await run('lpstat', ['-W', 'not-completed', '-o', printer], null);
    const stands = waiting.output.split('\n').some((line) => line.split(/\s/)[0] === jobId);
    if (waiting.status === 0 && !stands) return ok({ jobId });
    const trouble = troubleIn((await run('lpstat', ['-l', '-p', printer], null)).output);
    // Seen twice in a row: an alert of the job before may linger for a moment while this one already prints.
    if (trouble !== null && troubled) {
      await run('cancel', [jobId], null);
      return failed('printer', trouble);
    }
    troubled = trouble !== null;
    if (look < looks - 1) await new Promise((resolve) => setTimeout(resolve, between));
  }
  return ok({ jobId });
}

/**
 * What `lpstat -l -p` tells of a printer that won't print: it is disabled, or its alerts (printer-state-reasons, RFC 8011) hold an error. `null`
 * where all is well; low toner and the like are no trouble.
 */
export function troubleIn(output: string): string | null {
  const [first = '', ...rest] = output.split('\n');
  if (/^printer \S+ disabled since/.test(first)) {
    const reason = rest[0]?.trim() ?? '';
    return `The printer is stopped${reason === '' ? '' : `: ${reason}`}.`;
  }
  const alerts = /^\s*Alerts: (.*)$/m.exec(output)?.[1]?.split(/[\s,]+/) ?? [];
  const serious = alerts.filter((alert) => seriousAlert.test(alert));
  return serious.length === 0 ? null : `The printer reports ${serious.join(', ')}.`;
}

const seriousAlert =
  /^(media-empty|media-needed|media-jam|cover-open|door-open|interlock-open|marker-supply-empty|toner-empty|input-tray-missing|offline|shutdown|timed-out|paused|spool-area-full)(-(error|report))?$|-error$/;

async function run(program: string, args: readonly string[], input: Buffer | null): Promise<Outcome> {
  return new Promise((resolve) => {
    // LC_ALL: the answers are read, so they have to come in one language.
    const child = spawn(program, [...args], { env: { ...process.env, LC_ALL: 'C', LANG: 'C' } });
    let output = '';
    let errors = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, commandTimeout);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(0, largestOutput)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(0, largestOutput)));
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ status: codeOf(error) === 'ENOENT' ? 'missing' : -1, output, errors: error.message });
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status: late ? 'timeout' : (status ?? -1), output, errors });
    });
    // A program that ends before it has read everything tells so with its status.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? undefined);
  });
}
