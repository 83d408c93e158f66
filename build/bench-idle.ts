import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type CDPSession } from 'playwright';
import { root } from './setup.mjs';

/** What the program takes of a processor in a minute in which nobody does anything, in milliseconds. */
export interface IdleCost {
  readonly hostMs: number;
  /** The page's process in the browser. */
  readonly pageMs: number;
}

/** After the start there is still something to do: catalogues, the first look into the mailbox, the certificates of the day. */
const settlingSeconds = 20;
const quietSeconds = 60;

/**
 * Starts the built program with its rehearsal world, logs its made-up doctor in, and watches a quiet minute. `null` where processes can't be watched (only
 * Linux tells in `/proc`) or the program isn't built.
 */
export async function measureIdle(executablePath: string): Promise<IdleCost | null> {
  const program = join(root, 'dist', 'electron', 'loopback.mjs');
  if (!existsSync('/proc/self/stat') || !existsSync(program)) return null;
  const folder = await mkdtemp(join(tmpdir(), 'ersatzschein-idle-'));
  const child = spawn(
    process.execPath,
    [program, '--port', '0', '--print-folder', join(folder, 'print'), '--data-folder', join(folder, 'data')],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const { value: url } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath,
    headless: true,
    args: ['--no-sandbox'],
    locale: 'de-DE',
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(String(url));
    await page.getByRole('button', { name: 'Mit der Übungswelt beginnen' }).press('Enter');
    await page.getByText('Anmelden können sich').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Bescheinigung ausstellen' }).waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    await sleep(settlingSeconds * 1000);
    const before = [processorMs(child.pid ?? 0), await pageMs(session)] as const;
    await sleep(quietSeconds * 1000);
    return { hostMs: processorMs(child.pid ?? 0) - before[0], pageMs: (await pageMs(session)) - before[1] };
  } finally {
    await context.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}

/** User and system time of a process; Linux counts in hundredths of a second (proc(5), fields 14 and 15). */
function processorMs(pid: number): number {
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function pageMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? 0) * 1000;
}
