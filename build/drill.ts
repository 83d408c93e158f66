import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { build } from 'vite';
import { startLoopback } from '../electron/loopback/server';
import { createOutside } from '../electron/outside';
import { outcomeSchema, type DrillOptions, type Outcome } from './drill/figures';
import { ensureChromium, root } from './setup.mjs';

/**
 * `npm run drill`: the main job without a window. The page in headless Chromium with its real IndexedDB, the host services in Node, against
 * the rehearsal world, all by the program's own code. Exit 1 when anything is lost, doubled or failed.
 */

const { values } = parseArgs({
  options: {
    certificates: { type: 'string', default: '25' },
    outage: { type: 'string', default: 'all' },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const certificates = Number(values.certificates);
if (!Number.isInteger(certificates) || certificates < 1)
  fail(`--certificates ${values.certificates}: a number from 1 on.`);
if (!/^(all|practice|provider:.+)$/.test(values.outage))
  fail(`--outage ${values.outage}: all, practice or provider:NAME.`);
const say = (line: string) => void (values.json ? process.stderr : process.stdout).write(`${line}\n`);

const browserPath = await ensureChromium();
if (browserPath === null) fail('No Chromium: the drill runs the page in one.');
const work = await mkdtemp(join(tmpdir(), 'ersatzschein-drill-'));
const started = Date.now();
try {
  const outcome = await drill(browserPath);
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const figures = { ...outcome.figures, seconds };
  outcome.complaints.forEach(say);
  if (values.out !== undefined)
    await keep(values.out, 'report.json', JSON.stringify({ ...figures, complaints: outcome.complaints }, null, 2));
  say(
    Object.entries(figures)
      .map(([name, figure]) => `${name.padStart(12)}  ${String(figure)}`)
      .join('\n'),
  );
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  process.exitCode = figures.lost > 0 || figures.doubled > 0 || outcome.complaints.length > 0 ? 1 : 0;
} catch (error) {
  process.stderr.write(`The drill failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(work, { recursive: true, force: true });
}

async function drill(executablePath: string): Promise<Outcome> {
  const pageFolder = join(work, 'page');
  await build({
    configFile: false,
    root: join(root, 'build', 'drill'),
    logLevel: 'error',
    build: {
      outDir: pageFolder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      target: 'chrome130',
      modulePreload: { polyfill: false },
    },
  });
  const startedAt = new Date();
  let worldTime = startedAt;
  const outside = createOutside({
    kind: 'loopback',
    printFolder: join(work, 'printed'),
    onInFlight: () => undefined,
    log: () => undefined,
    clock: { now: () => worldTime },
  });
  const loopback = await startLoopback({ handlers: outside.handlers, pageFolder, log: say });
  const args = [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  const context = await chromium.launchPersistentContext(join(work, 'profile'), {
    executablePath,
    headless: true,
    args,
  });
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => say(`page: ${error.message}`));
    await page.exposeFunction('drillMoveClock', (instant: string) => {
      worldTime = new Date(instant);
    });
    await page.exposeFunction('drillSay', say);
    await page.exposeFunction('drillKeepFile', async (name: string, content: string) => {
      if (values.out !== undefined) await keep(values.out, name, Buffer.from(content, 'base64'));
    });
    await page.goto(loopback.url);
    await page.waitForFunction(() => window.runDrill !== undefined);
    const options: DrillOptions = {
      certificates,
      outage: values.outage,
      cases: await readCases(),
      startedAt: startedAt.toISOString(),
      withFiles: values.out !== undefined,
    };
    return outcomeSchema.parse(await page.evaluate((given) => window.runDrill?.(given), options));
  } finally {
    await context.close();
    await loopback.stop();
    await outside.stop();
  }
}

/** The cases of the certification package, where they are at hand. */
async function readCases(): Promise<unknown[]> {
  const folder = join(root, '..', 'shared', 'spec', 'cases');
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
}

async function keep(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
