import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { chromium } from 'playwright';
import { build } from 'vite';
import { startLoopback } from '../electron/loopback/server';
import { createOutside } from '../electron/outside';
import { Assassin } from './drill/assassin';
import { outcomeSchema, type ChaosOptions, type DrillOptions, type Outcome } from './drill/figures';
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
    chaos: { type: 'boolean', default: false },
    /** Decides when the chaos drill kills the program. */
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const certificates = Number(values.certificates);
if (!Number.isInteger(certificates) || certificates < 1)
  fail(`--certificates ${values.certificates}: a number from 1 on.`);
if (!/^(all|practice|provider:.+)$/.test(values.outage))
  fail(`--outage ${values.outage}: all, practice or provider:NAME.`);
const seed = Number(values.seed);
if (!Number.isInteger(seed)) fail(`--seed ${values.seed}: a whole number.`);
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
    dataFolder: join(work, 'data'),
    onInFlight: () => undefined,
    log: () => undefined,
    clock: { now: () => worldTime },
  });
  const assassin = values.chaos ? new Assassin(seed, certificates) : null;
  const handlers = assassin === null ? outside.handlers : assassin.watch(outside.handlers);
  const loopback = await startLoopback({ handlers, pageFolder, log: say });
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
    let phase = 0;
    const openPage = async () => {
      const page = await context.newPage();
      page.on('pageerror', (error) => say(`page: ${error.message}`));
      await page.exposeFunction('drillMoveClock', (instant: string) => {
        worldTime = new Date(instant);
      });
      await page.exposeFunction('drillSay', say);
      await page.exposeFunction('drillPhase', (reached: number) => {
        phase = reached;
      });
      await page.exposeFunction('drillKeepFile', async (name: string, content: string) => {
        if (values.out !== undefined) await keep(values.out, name, Buffer.from(content, 'base64'));
      });
      await page.goto(loopback.newUrl());
      await page.waitForFunction(() => window.runDrill !== undefined);
      return page;
    };
    const cases = await readCases();
    const newKey = () => randomBytes(32).toString('hex');
    const keys = { practice: newKey(), clinical: newKey() };
    if (assassin === null) {
      const page = await openPage();
      const options: DrillOptions = {
        keys,
        certificates,
        outage: values.outage,
        cases,
        startedAt: startedAt.toISOString(),
        withFiles: values.out !== undefined,
      };
      return outcomeSchema.parse(await page.evaluate((given) => window.runDrill?.(given), options));
    }
    for (let life = 1; ; life += 1) {
      const page = await openPage();
      const options: ChaosOptions = {
        keys,
        certificates,
        cases,
        startedAt: worldTime.toISOString(),
        phase,
        withFiles: values.out !== undefined,
      };
      const session = await context.newCDPSession(page);
      const killed = assassin.hire(async () => {
        say(`The program is killed (${String(life)}).`);
        // A real crash of the page's process: nothing in it gets to finish. The answer to this command never comes.
        void session.send('Page.crash').catch(() => undefined);
        await page.waitForEvent('crash');
        await page.close();
      });
      const lived = page.evaluate((given) => window.runChaos?.(given), options);
      const ended = await Promise.race([lived.then((outcome) => ({ outcome })).catch(() => null), killed]);
      if (ended === 'killed') continue;
      // The page's process may be gone before the kill is through.
      if (ended === null) {
        if (assassin.isAtWork) {
          await killed;
          continue;
        }
        await lived;
        throw new Error('The page ended without being killed.');
      }
      if (assassin.killsLeft > 0) say(`${String(assassin.killsLeft)} kills did not happen.`);
      return outcomeSchema.parse(ended.outcome);
    }
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
