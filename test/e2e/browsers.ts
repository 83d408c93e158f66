import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium, type BrowserContext } from '@playwright/test';
import { findChromium } from '../../build/setup.mjs';
import { keepDiary } from './diary';

// Browsers over a profile on disk: in-memory contexts would lose what a practice's browser keeps.

/** A browser starts, does what it is asked, and ends within seconds; after so long it hangs. Milliseconds. */
const patience = 30_000;

/** Opens a Chromium over a profile's folder. One that doesn't start in time is ended and started once more. */
export async function openBrowser(profile: string): Promise<BrowserContext> {
  const context = await launch(profile).catch(() => launch(profile));
  // A page that hangs is said at the step where it does, not when the walk's time is over.
  context.setDefaultTimeout(patience);
  await keepDiary(context);
  return context;
}

async function launch(profile: string): Promise<BrowserContext> {
  const executablePath = await findChromium();
  return chromium.launchPersistentContext(profile, {
    ...(executablePath === null ? {} : { executablePath }),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking'],
    locale: 'de-DE',
    timezoneId: 'Europe/Berlin',
    viewport: { width: 1024, height: 768 },
    timeout: patience,
  });
}

/** Ends the browser as its user does. One that hangs in doing so is killed: no walk is about that. */
export async function closeBrowser(profile: string, context: BrowserContext): Promise<void> {
  const closing = context.close();
  const isHanging = setTimeout(patience, true, { ref: false });
  if ((await Promise.race([closing, isHanging])) !== true) return;
  console.log(`The browser over ${profile} did not end by itself.`);
  await Promise.allSettled([closing, killBrowser(profile, context)]);
}

/** SIGKILL for the browser's own process, which its profile names: no page gets to write anything more. */
export async function killBrowser(profile: string, context: BrowserContext): Promise<void> {
  const closed = context.waitForEvent('close', { timeout: patience });
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  if (!(pid > 1)) throw new Error('The profile names no process.');
  process.kill(pid, 'SIGKILL');
  await closed;
}
