import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { test as base, expect, type Page } from '@playwright/test';
import { root } from '../../build/setup.mjs';
import { closeBrowser, openBrowser } from './browsers';
import { readDiary } from './diary';

/** A loopback host of the built program, as a process of its own, with its own rehearsal world and print folder. */
export interface RunningHost {
  readonly origin: string;
  /** The link that opens the page, once. */
  readonly url: string;
  /** Asks for another link. */
  newUrl(): Promise<string>;
  /** Where the folder printer writes. */
  readonly printFolder: string;
  /** Where journal and backups are. */
  readonly dataFolder: string;
  /** What the process wrote to standard error so far. */
  errors(): string;
  stop(): Promise<void>;
}

/** So long at most one waits for a line of the host. */
const silence = (): Promise<null> => setTimeout(30_000, null, { ref: false });

/** Starts the host on any free port, or on the one given (a page's database belongs to its port); a data folder that is given is left there. */
export async function startHost(port = 0, givenFolder: string | null = null): Promise<RunningHost> {
  const printFolder = mkdtempSync(join(tmpdir(), 'ersatzschein-print-'));
  const dataFolder = givenFolder ?? mkdtempSync(join(tmpdir(), 'ersatzschein-data-'));
  const program = join(root, 'dist', 'electron', 'loopback.mjs');
  const child: ChildProcess = spawn(
    process.execPath,
    [program, '--port', String(port), '--print-folder', printFolder, '--data-folder', dataFolder],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('The host has no pipes.');
  let errors = '';
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const nextUrl = async (): Promise<string> => {
    const line = await Promise.race([lines.next(), silence()]);
    if (line === null) throw new Error(`The host says no link: ${errors}`);
    if (line.done === true) throw new Error(`The host ended: ${errors}`);
    return line.value;
  };
  const url = await nextUrl();
  return {
    origin: new URL(url).origin,
    url,
    newUrl: () => {
      stdin.write('\n');
      return nextUrl();
    },
    printFolder,
    dataFolder,
    errors: () => errors,
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      rmSync(printFolder, { recursive: true, force: true });
      if (givenFolder === null) rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The passphrase of the rehearsal's made-up accounts, as the log-in screen shows it. */
export const practicePassphrase = 'übung macht sicher';

/** First start with the built-in world and its accounts: two key strokes, and the made-up doctor is at work. */
export async function enterRehearsal(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Mit der Übungswelt beginnen' }).press('Enter');
  await expect(page.getByText('Anmelden können sich')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
}

/** Logs somebody of the rehearsal in, by keyboard, on the log-in screen or the lock. */
export async function logInAs(page: Page, role: 'Ärztin, Arzt' | 'Assistenz' | 'Verwaltung'): Promise<void> {
  await page.getByRole('radio', { name: role }).check({ force: true });
  await page.getByLabel('Passphrase', { exact: true }).fill(practicePassphrase);
  await page.keyboard.press('Enter');
  if (role !== 'Verwaltung') return;
  const shown = await page.locator('.practice-secret').nth(1).textContent();
  await page.getByLabel('Code aus der App').fill(shown ?? '');
  await page.keyboard.press('Enter');
}

/** Types a patient's name and takes the first one offered. Where that goes wrong, what the page saw is told. */
export async function choosePatient(page: Page, patient: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Patientin oder Patient', exact: true });
  try {
    await field.fill(patient);
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue(/,/);
  } catch (error) {
    console.log(`${patient} was not chosen; the page saw:\n${await readDiary(page)}`);
    throw error;
  }
}

/** Types a certificate for a patient of the world, by keyboard, as far as issuing. */
export async function typeCertificate(page: Page, patient: string): Promise<void> {
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
  await choosePatient(page, patient);
  await page.getByLabel('voraussichtlich bis').pressSequentially('+4');
  await page.keyboard.press('Alt+g');
  await page.keyboard.type('J06.9');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Erkältung')).toBeVisible();
}

interface Fixtures {
  /** A fresh host for this test. */
  readonly host: RunningHost;
  /** Everything the page wrote to the console as an error, and every exception nobody caught. */
  readonly consoleErrors: string[];
}

/** Playwright's `test`, with a fresh host and a fresh browser profile on disk for each test. */
export const test = base.extend<Fixtures>({
  // eslint can't know that Playwright reads the names from this pattern.
  host: async ({}, use) => {
    const host = await startHost();
    await use(host);
    await host.stop();
  },
  context: async ({}, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'ersatzschein-profile-'));
    const context = await openBrowser(profile);
    await use(context);
    await closeBrowser(profile, context);
    rmSync(profile, { recursive: true, force: true });
  },
  page: async ({ context }, use) => {
    await use(context.pages()[0] ?? (await context.newPage()));
  },
  consoleErrors: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await use(errors);
  },
});
export { expect };
