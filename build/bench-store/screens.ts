import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type Page } from 'playwright';
import { startLoopback } from '../../electron/loopback/server';
import { createOutside } from '../../electron/outside';
import { practicePassphrase } from '../../renderer/app/access/practice-accounts';
import { buildPage } from '../bundle.mjs';
import { ensureChromium, root } from '../setup.mjs';
import type {} from './screens-page';

/*
 * `node --import tsx build/bench-store/screens.ts [CERTIFICATES] [PICTURE]`: how long the running program takes to open and to show its lists
 * over so many certificates (100,000 unless said otherwise), in a real browser on the built page. Milliseconds, from key press to what is read.
 */
const count = Number(process.argv[2] ?? 100_000);
const executablePath = await ensureChromium();
if (executablePath === null) throw new Error('There is no browser.');
await buildPage();
const { outputFiles } = await build({
  ...{ absWorkingDir: root, entryPoints: [join(root, 'build', 'bench-store', 'screens-page.ts')] },
  ...{ bundle: true, format: 'iife', write: false, logLevel: 'error' },
});
const profile = await mkdtemp(join(tmpdir(), 'ersatzschein-screens-'));
const outside = createOutside({
  ...{ kind: 'loopback', printFolder: profile, dataFolder: join(profile, 'data') },
  ...{ onInFlight: () => undefined, log: () => undefined },
});
const pageFolder = join(root, 'dist', 'page');
const loopback = await startLoopback({ handlers: outside.handlers, pageFolder, log: () => undefined });
const context = await chromium.launchPersistentContext(join(profile, 'browser'), {
  ...{ executablePath, headless: true, args: ['--no-sandbox'], bypassCSP: true },
  ...{ locale: 'de-DE', viewport: { width: 1024, height: 768 } },
});
context.setDefaultTimeout(300_000);
const say = (what: string, since: number) =>
  void process.stdout.write(`${what.padEnd(44)} ${String(Math.round(performance.now() - since))} ms\n`);

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).fill(practicePassphrase);
  await page.keyboard.press('Enter');
}

try {
  const page = await context.newPage();
  await page.goto(loopback.url);
  await page.getByRole('button', { name: 'Mit der Übungswelt beginnen' }).press('Enter');
  await page.getByText('Anmelden können sich').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Bescheinigung ausstellen' }).waitFor();
  // On the program's own origin, without the program.
  await page.goto(`${loopback.origin}/favicon.ico`);
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  let start = performance.now();
  await page.evaluate((many) => window.fillRehearsal?.(many), count);
  say(`filled with ${String(count)}`, start);

  for (let round = 1; round <= 2; round += 1) {
    await page.goto(loopback.newUrl());
    await page.getByLabel('Passphrase', { exact: true }).waitFor();
    start = performance.now();
    await logIn(page);
    await page.getByRole('heading', { name: 'Bescheinigung ausstellen' }).waitFor();
    say('log-in (with argon2id) to «Ausstellen»', start);
    await page.waitForTimeout(3_000);

    start = performance.now();
    await page.keyboard.press('F4');
    await page.getByRole('grid', { name: 'Bescheinigungen' }).getByText('Müller-', { exact: false }).first().waitFor();
    say('«Bescheinigungen», first rows read', start);
    start = performance.now();
    await page.getByLabel('Suchen').fill('königsstein-5');
    await page
      .getByRole('grid', { name: 'Bescheinigungen' })
      .getByText('Königsstein-5', { exact: false })
      .first()
      .waitFor();
    say('search «königsstein-5», first rows read', start);
    await page.getByLabel('Suchen').fill('');
    await page.getByText(`${String(count)} Einträge`).waitFor();
    start = performance.now();
    await page.getByRole('grid', { name: 'Bescheinigungen' }).press('End');
    await page.locator(`[aria-rowindex="${String(count + 1)}"] strong`).waitFor();
    say('to the last row, read', start);
    const picture = process.argv[3];
    if (picture !== undefined) await page.screenshot({ path: picture });
    start = performance.now();
    await page.keyboard.press('F3');
    await page.getByRole('heading', { level: 1, name: 'Offen' }).waitFor();
    say('«Offen»', start);
    start = performance.now();
    await page.keyboard.press('F5');
    await page.getByRole('heading', { level: 1, name: 'Störungen' }).waitFor();
    say('«Störungen»', start);
  }
} finally {
  await context.close();
  await loopback.stop();
  await outside.stop();
  await rm(profile, { recursive: true, force: true });
}
