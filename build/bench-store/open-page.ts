import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { root } from '../setup.mjs';
import type { HexKeys } from './page';

/** A page with the store's code in Chromium, over a profile on disk. */
export interface StorePage {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly profile: string;
  readonly keys: HexKeys;
  /** Ends the browser and opens the page again over the same profile. */
  reopen(): Promise<Page>;
  stop(): Promise<void>;
}

const address = 'http://127.0.0.1:9/';

/** Opens it. The journal is a file of the profile's folder, synced before each write counts. */
export async function openStorePage(executablePath: string): Promise<StorePage> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'build', 'bench-store', 'page.ts')],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const script = outputFiles[0]?.text ?? '';
  const profile = await mkdtemp(join(tmpdir(), 'ersatzschein-store-'));
  const journal = await open(join(profile, 'journal'), 'a');
  let context: BrowserContext;
  const start = async () => {
    context = await chromium.launchPersistentContext(join(profile, 'browser'), {
      executablePath,
      headless: true,
      args: ['--no-sandbox'],
    });
    const page = await context.newPage();
    // Nothing listens there: the page comes from here, on an origin that the browser trusts with its cryptography.
    await page.route(`${address}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>store</title>` }),
    );
    await page.exposeFunction('benchJournal', async (text: string) => {
      await journal.appendFile(`${text}\n`);
      await journal.datasync();
    });
    await page.goto(address);
    await page.addScriptTag({ content: script });
    return { context, page };
  };
  const first = await start();
  const keys = { practice: randomBytes(32).toString('hex'), clinical: randomBytes(32).toString('hex') };
  return {
    ...first,
    profile,
    keys,
    reopen: async () => {
      await context.close();
      return (await start()).page;
    },
    stop: async () => {
      await context.close();
      await journal.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}
