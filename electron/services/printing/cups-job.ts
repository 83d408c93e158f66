import type { PrinterTrouble } from '../../contract/printer-trouble';
import { run } from './cups-command';

/** How long a job may take. Milliseconds. */
export interface Patience {
  /** Between two looks at the job, at first and after some seconds. */
  readonly look: number;
  readonly laterLook: number;
  /** So long the printer may be looked for before it counts as gone. */
  readonly connecting: number;
  /** So long nothing may change in a job of one sheet before it counts as stuck. */
  readonly stuck: number;
  /** More patience for each byte: a slip is about 4 kB, and a slow printer takes two or three seconds for it. */
  readonly perByte: number;
}

export const usualPatience: Patience = {
  look: 300,
  laterLook: 1000,
  connecting: 15_000,
  stuck: 60_000,
  perByte: 0.7,
};
const quickLooks = 20;

/** What became of a job. */
export type JobEnd =
  | { readonly kind: 'done' }
  /** It has left the queue, and nothing here can tell how. */
  | { readonly kind: 'unseen' }
  | { readonly kind: 'failed'; readonly trouble: PrinterTrouble; readonly text: string };

/** Where a job stands, and what CUPS says of it. */
interface JobState {
  readonly state: 'waiting' | 'completed' | 'failed' | 'left-queue' | 'unknown';
  readonly words: string;
}

/** Watches a job until CUPS has done with it. One that fails or gets stuck is taken back. `size`: its bytes. */
export async function watchJob(printer: string, jobId: string, size: number, patience: Patience): Promise<JobEnd> {
  const stuckAfter = patience.stuck + size * patience.perByte;
  const takeBack = async (trouble: PrinterTrouble, text: string): Promise<JobEnd> => {
    await run('cancel', [jobId], null);
    // It may have come out in the meantime: then it is printed, whatever the printer said.
    return (await jobState(printer, jobId)).state === 'completed'
      ? { kind: 'done' }
      : { kind: 'failed', trouble, text };
  };
  let changedAt = Date.now();
  let connectingSince: number | null = null;
  let lastWords = '';
  let troubledBefore = false;
  for (let looks = 1; ; looks += 1) {
    const job = await jobState(printer, jobId);
    if (job.state === 'completed') return { kind: 'done' };
    if (job.state === 'left-queue') return { kind: 'unseen' };
    if (job.state === 'failed') return { kind: 'failed', trouble: 'aborted', text: `CUPS gave up: ${job.words}` };
    const said = (await run('lpstat', ['-l', '-p', printer], null)).output;
    const trouble = troubleIn(said);
    // Seen twice in a row: an alert of the job before may linger for a moment while this one already prints.
    if (trouble !== null && troubledBefore) return takeBack(trouble.trouble, trouble.text);
    troubledBefore = trouble !== null;

    const now = Date.now();
    const words = `${job.words}\n${said}`;
    if (words !== lastWords) changedAt = now;
    lastWords = words;
    connectingSince = /connecting-to-device/.test(said) ? (connectingSince ?? now) : null;
    if (connectingSince !== null && now - connectingSince >= patience.connecting)
      return takeBack('gone', 'The printer does not answer.');
    if (now - changedAt >= stuckAfter) return takeBack('stuck', `The job did not get on: ${job.words}`);
    await new Promise((resolve) => setTimeout(resolve, looks < quickLooks ? patience.look : patience.laterLook));
  }
}

async function jobState(printer: string, jobId: string): Promise<JobState> {
  const waiting = await run('lpstat', ['-l', '-W', 'not-completed', '-o', printer], null);
  // What can't be asked now is asked again; a job that never answers counts as stuck in the end.
  if (waiting.status !== 0) return { state: 'unknown', words: waiting.errors.trim() };
  const open = wordsOfJob(waiting.output, jobId);
  return open === null ? endedJob(jobId) : { state: 'waiting', words: open };
}

/** How a job that has left the queue ended. `lpstat` doesn't say; CUPS' `ipptool` does, where it is installed. */
async function endedJob(jobId: string): Promise<JobState> {
  const number = jobId.split('-').at(-1) ?? '';
  const server = (await run('lpstat', ['-H'], null)).output.trim();
  const host = server === '' || server.startsWith('/') ? 'localhost' : server;
  const asked = await run('ipptool', ['-tv', `ipp://${host}/jobs/${number}`, 'get-job-attributes.test'], null);
  const state = /\bjob-state \(enum\) = (\S+)/.exec(asked.output)?.[1];
  switch (state) {
    case 'completed':
      return { state: 'completed', words: state };
    case 'aborted':
    case 'canceled':
      return { state: 'failed', words: state };
    case undefined:
      return { state: 'left-queue', words: '' };
    default:
      return { state: 'waiting', words: state };
  }
}

/** The lines `lpstat -l -o` has on one job, in one: «Status: … Alerts: …». `null`: it doesn't name the job. */
export function wordsOfJob(output: string, jobId: string): string | null {
  const lines = output.split('\n');
  const start = lines.findIndex((line) => line.split(/\s/)[0] === jobId);
  if (start === -1) return null;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^\s/.test(line));
  return rest
    .slice(0, end === -1 ? rest.length : end)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

/**
 * What `lpstat -l -p` tells of a printer that won't print: it is disabled, or its alerts (printer-state-reasons, RFC 8011) hold an error. `null`
 * where all is well; low toner and the like are no trouble.
 */
export function troubleIn(output: string): { readonly trouble: PrinterTrouble; readonly text: string } | null {
  const [first = '', ...rest] = output.split('\n');
  if (/^printer \S+ disabled since/.test(first)) {
    const reason = rest[0]?.trim() ?? '';
    return { trouble: 'stopped', text: `The printer is stopped${reason === '' ? '' : `: ${reason}`}.` };
  }
  const alerts = /^\s*Alerts: (.*)$/m.exec(output)?.[1]?.split(/[\s,]+/) ?? [];
  const serious = alerts.filter((alert) => seriousAlert.test(alert));
  const [worst] = serious;
  if (worst === undefined) return null;
  const trouble = troubleOfAlert.find(([pattern]) => pattern.test(worst))?.[1] ?? 'stopped';
  return { trouble, text: `The printer reports ${serious.join(', ')}.` };
}

const seriousAlert =
  /^(media-empty|media-needed|media-jam|cover-open|door-open|interlock-open|marker-supply-empty|toner-empty|input-tray-missing|offline|shutdown|timed-out|paused|spool-area-full)(-(error|report))?$|-error$/;
const troubleOfAlert: readonly (readonly [RegExp, PrinterTrouble])[] = [
  [/^media-(empty|needed)|^input-tray/, 'paper'],
  [/^media-jam|-open/, 'jam'],
  [/^(marker-supply|toner)/, 'toner'],
  [/^(offline|shutdown|timed-out)/, 'gone'],
];
