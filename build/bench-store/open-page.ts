import { randomBytes } from 'node:crypto';
import { mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { startLoopback } from '../../electron/loopback/server';
import { createOutside } from '../../electron/outside';
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
  /** The same with SIGKILL: no page gets to write anything more. */
  kill(): Promise<Page>;
  stop(): Promise<void>;
}

interface PageOptions {
  /** What the page runs, from the root; the bench's unless said otherwise. */
  readonly script?: string;
  /** What the page may call in Node. */
  readonly functions?: Readonly<Record<string, (id: string, steps: number) => void>>;
}

/** Opens it, served by the loopback host as the program is; the host's archive is in the profile's folder. */
export async function openStorePage(
  executablePath: string,
  { script: entry = join('build', 'bench-store', 'page.ts'), functions = {} }: PageOptions = {},
): Promise<StorePage> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, entry)],
    bundle: true,
    format: 'iife',
    write: false,
    logLevel: 'error',
  });
  const script = outputFiles[0]?.text ?? '';
  const profile = await mkdtemp(join(tmpdir(), 'ersatzschein-store-'));
  const pageFolder = await mkdtemp(join(tmpdir(), 'ersatzschein-page-'));
  await writeFile(
    join(pageFolder, 'index.html'),
    '<!doctype html><title>store</title><script src="/page.js"></script>',
  );
  await writeFile(join(pageFolder, 'page.js'), script);
  const outside = createOutside({
    ...{ kind: 'loopback', printFolder: profile, dataFolder: join(profile, 'data') },
    ...{ onInFlight: () => undefined, log: () => undefined },
  });
  const loopback = await startLoopback({ handlers: outside.handlers, pageFolder, log: () => undefined });
  let context: BrowserContext;
  const start = async () => {
    context = await chromium.launchPersistentContext(join(profile, 'browser'), {
      executablePath,
      headless: true,
      args: ['--no-sandbox'],
    });
    const page = await context.newPage();
    for (const [name, call] of Object.entries(functions)) await page.exposeFunction(name, call);
    await page.goto(loopback.newUrl());
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
    kill: async () => {
      const closed = context.waitForEvent('close');
      // The profile names its browser's own process.
      const pid = Number((await readlink(join(profile, 'browser', 'SingletonLock'))).split('-').at(-1));
      if (!(pid > 1)) throw new Error('The profile names no process.');
      process.kill(pid, 'SIGKILL');
      await closed;
      return (await start()).page;
    },
    stop: async () => {
      await context.close();
      await loopback.stop();
      await outside.stop();
      await rm(profile, { recursive: true, force: true });
      await rm(pageFolder, { recursive: true, force: true });
    },
  };
}
