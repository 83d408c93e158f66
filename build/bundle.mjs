// Builds dist/: the page (Vite) and the programs around it (esbuild). Needs the packages; import it after `install()`.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './setup.mjs';

const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/** Builds the page into dist/page. */
export async function buildPage() {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'build', 'vite.config.mjs'), logLevel: 'warn' });
}

/** Builds the hidden page that draws print jobs on Windows into dist/print. */
export async function buildPrintPage() {
  const { build } = await import('vite');
  const config = join(root, 'build', 'vite.config.mjs');
  const folder = join(root, 'electron', 'shell', 'print-page');
  await build({
    configFile: config,
    root: folder,
    publicDir: false,
    logLevel: 'warn',
    build: { outDir: join(root, 'dist', 'print'), rolldownOptions: { input: join(folder, 'print.html') } },
  });
}

/** Builds Electron's main program and preload script and the loopback host into dist/electron. */
export async function buildHosts() {
  const { build } = await import('esbuild');
  rmSync(join(root, 'dist', 'electron'), { recursive: true, force: true });
  const common = {
    absWorkingDir: root,
    outdir: 'dist/electron',
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['electron'],
    define: { ERSATZSCHEIN_VERSION: JSON.stringify(version) },
    logLevel: 'warning',
  };
  await build({
    ...common,
    entryPoints: { main: 'electron/main.ts', loopback: 'electron/loopback/main.ts' },
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    // Bundled CommonJS packages ask for Node's own modules with `require`, which modules don't have.
    banner: { js: "import { createRequire as cr } from 'node:module';\nconst require = cr(import.meta.url);" },
  });
  // A sandboxed preload script must be CommonJS and a single file.
  await build({
    ...common,
    entryPoints: { preload: 'electron/preload.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
  });
}

/** Builds everything. */
export async function buildAll() {
  await Promise.all([buildPage(), buildPrintPage(), buildHosts()]);
}

/** Loaded until somebody can log in. */
const untilLogIn = ['index'];

/** Kilobytes (1000 bytes), gzipped, of the JavaScript that the built page loads until the log-in stands there. */
export function firstJavaScriptKb() {
  const page = join(root, 'dist', 'page');
  const manifest = JSON.parse(readFileSync(join(page, 'manifest.json'), 'utf8'));
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (chunk === undefined || files.has(chunk.file)) return;
    files.add(chunk.file);
    (chunk.imports ?? []).forEach(visit);
  };
  for (const name of untilLogIn) {
    const key = Object.keys(manifest).find((some) => manifest[some].name === name);
    if (key === undefined) throw new Error(`The page has no chunk ${name}.`);
    visit(key);
  }
  const bytes = [...files]
    .filter((file) => file.endsWith('.js') && existsSync(join(page, file)))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(page, file))).length, 0);
  return Math.round(bytes / 100) / 10;
}
