import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { createOutside } from '../electron/outside';
import { startLoopback } from '../electron/loopback/server';
import { todayInBerlin } from '../renderer/domain/calendar';
import { documentsPerSecond } from '../renderer/fhir/measure';
import { emptyContent } from '../renderer/outbox/issuing';
import { rehearsalPatients, rehearsalSetup } from '../renderer/outbox/rehearsing';
import { measureForm } from './bench-form';
import { measureIdle } from './bench-idle';
import { measureSending } from './bench-send';
import { measureStore } from './bench-store';
import { firstJavaScriptKb } from './bundle.mjs';
import { drillContents } from './drill/material';
import { ensureChromium, root } from './setup.mjs';

/**
 * `npm run bench`: the figures of the design's table «Measured», each pair in one run, on this machine. A figure that can't be measured here
 * is left out.
 */

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const goals: Readonly<Record<string, string>> = {
  slipsVsPdfkit: '≥ 1.5',
  slipsVsChromium: '≥ 30',
  slipMs: '≤ 15',
  slipsPeakMb: '< 400',
  sendVsNodemailer: '≥ 0.8',
  documentsPerSecond: '≥ 500',
  storeVsRaw: '≥ 0.6',
  searchMs: '≤ 50',
  unlockMs: '≤ 2000',
  readyMs: '≤ 1000',
  firstJsKb: '≤ 300',
};

const { slipCheckMs, ...form } = await measureForm();
const { sendVsNodemailer, sendPerSecond } = await measureSending();
const figures: Record<string, number> = { ...form, sendVsNodemailer, documentsPerSecond: await measureDocuments() };
const browser = await ensureChromium();
let singly: number | null = null;
if (browser !== null) {
  const { storeVsRawSingly, ...stored } = await measureStore(browser);
  Object.assign(figures, stored);
  singly = storeVsRawSingly;
}
if (existsSync(join(root, 'dist', 'page', 'manifest.json'))) {
  figures['firstJsKb'] = firstJavaScriptKb();
  const ready = await measureReady();
  if (ready !== null) figures['readyMs'] = ready;
}
for (const [name, figure] of Object.entries(figures)) {
  (values.json ? process.stderr : process.stdout).write(
    `${name.padStart(20)}  ${rounded(figure)}  (goal ${goals[name] ?? '–'})\n`,
  );
}
if (!values.json) process.stdout.write(`            submitted  ${rounded(sendPerSecond)} certificates a second\n`);
if (singly !== null && !values.json)
  process.stdout.write(`     storeVsRaw singly  ${rounded(singly)}  (one certificate after another)\n`);
if (slipCheckMs !== undefined && !values.json)
  process.stdout.write(`   barcode self-check  ${rounded(slipCheckMs)} ms a slip  (goal ≤ 5)\n`);
// A minute of its own, for whoever reads along.
const idle = browser === null || values.json ? null : await measureIdle(browser);
if (idle !== null)
  process.stdout.write(
    `       a quiet minute  ${rounded(idle.hostMs)} ms of processor for the host, ${rounded(idle.pageMs)} ms for the page\n`,
  );
if (values.json) {
  process.stdout.write(
    `${JSON.stringify(Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, rounded(figure)])))}\n`,
  );
}

/** Documents checked by every rule and built, on one core, of the world's patients with the world's codes. */
async function measureDocuments(): Promise<number> {
  const outside = createOutside({
    kind: 'loopback',
    printFolder: tmpdir(),
    onInFlight: () => undefined,
    log: () => undefined,
  });
  try {
    const world = await outside.handlers.rehearsal.start({});
    const { settings } = rehearsalSetup(world);
    const now = new Date();
    const today = todayInBerlin(now);
    const count = rehearsalPatients(world, now.toISOString()).length;
    const contents = drillContents({ world, settings, cases: [], count, now, today });
    const context = { today: emptyContent(settings, now).certificate.issuedOn ?? today, catalogue: null };
    documentsPerSecond(contents, context, 500, () => performance.now());
    return documentsPerSecond(contents, context, 3000, () => performance.now());
  } finally {
    await outside.stop();
  }
}

/** From opening the built page to its first screen standing there, median of five, in a fresh profile each. */
async function measureReady(): Promise<number | null> {
  const executablePath = await ensureChromium();
  if (executablePath === null) return null;
  const outside = createOutside({
    kind: 'loopback',
    printFolder: tmpdir(),
    onInFlight: () => undefined,
    log: () => undefined,
  });
  const loopback = await startLoopback({
    handlers: outside.handlers,
    pageFolder: join(root, 'dist', 'page'),
    log: () => undefined,
  });
  const times: number[] = [];
  try {
    for (let round = 0; round < 5; round += 1) {
      const profile = await mkdtemp(join(tmpdir(), 'ersatzschein-bench-'));
      const context = await chromium.launchPersistentContext(profile, {
        executablePath,
        headless: true,
        args: ['--no-sandbox'],
      });
      const page = await context.newPage();
      await page.goto(loopback.newUrl());
      await page.locator('h1').first().waitFor();
      times.push(await page.evaluate(() => performance.now()));
      await context.close();
      await rm(profile, { recursive: true, force: true });
    }
  } finally {
    await loopback.stop();
    await outside.stop();
  }
  return times.sort((one, other) => one - other)[2] ?? null;
}

function rounded(figure: number): number {
  return figure >= 100 ? Math.round(figure) : Math.round(figure * 10) / 10;
}
