// What the commands need before anything is installed: plain Node, no dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at the end. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Runs a program in the project's folder with its output shown (or as `options` say). Returns the exit code; 1 where it was killed. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error !== undefined) throw result.error;
  return result.status ?? 1;
}

/** Whether a program of this name can be started. */
export function hasProgram(name) {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  return spawnSync(finder, [name], { stdio: 'ignore' }).status === 0;
}

/** Runs npm: the one that runs us, else the one on the path. */
function npm(...args) {
  const own = process.env.npm_execpath;
  if (own !== undefined && /\.c?js$/.test(own)) return run(process.execPath, [own, ...args]);
  return run('npm', args, { shell: process.platform === 'win32' });
}

/** Whether node_modules holds exactly what the lock file asks for (optional packages of other platforms aside). */
export function isInstalled(folder = root) {
  const installedList = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return false;
  const packages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;
  const installed = packages(installedList);
  return Object.entries(packages(join(folder, 'package-lock.json'))).every(
    ([path, wanted]) =>
      path === '' || installed[path]?.version === wanted.version || (wanted.optional && installed[path] === undefined),
  );
}

/** Installs the packages of the lock file where they are missing or differ. Returns whether it had to. */
export function install() {
  if (isInstalled()) return false;
  console.log('Installing packages (npm ci) …');
  if (npm('ci') !== 0) {
    console.error('npm ci failed; see above. Without the packages nothing can be built.');
    process.exit(1);
  }
  return true;
}

/** Path of Electron's program, or `null` where its download is missing. */
export function electronBinary() {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Tries to fetch Electron's program, for at most three minutes; unless ELECTRON_SKIP_BINARY_DOWNLOAD says not to. */
export function fetchElectron() {
  const script = join(root, 'node_modules', 'electron', 'install.js');
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD || !existsSync(script)) return;
  spawnSync(process.execPath, [script], { cwd: root, stdio: 'ignore', timeout: 180_000 });
}

/** Path of a Chromium: the one named by ERSATZSCHEIN_CHROMIUM, the system's, or Playwright's; `null` where there is none. */
export async function findChromium() {
  const named = process.env.ERSATZSCHEIN_CHROMIUM;
  if (named !== undefined) return named;
  const own = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
  if (own !== undefined) return own;
  const { chromium } = await import('playwright');
  const playwrights = chromium.executablePath();
  return existsSync(playwrights) ? playwrights : null;
}

/** Finds a Chromium, or fetches one: Playwright's, else Debian's package. `null` where neither is to be had. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found !== null) return found;
  console.log('No Chromium found: fetching Playwright’s …');
  if (run(process.execPath, [join(root, 'node_modules', 'playwright', 'cli.js'), 'install', 'chromium']) !== 0) {
    if (hasProgram('apt-get') && process.getuid?.() === 0) {
      console.log('… not to be had: installing Debian’s package …');
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      run('apt-get', ['update', '-qq'], { env });
      run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
    }
  }
  return findChromium();
}
