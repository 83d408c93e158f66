// npm start: installs and builds what is missing, then opens the program: in Electron's window where its binary is there, else in the browser.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { electronBinary, fetchElectron, hasProgram, install, root } from './setup.mjs';

const { values } = parseArgs({
  options: {
    'no-open': { type: 'boolean', default: false },
    port: { type: 'string' },
    browser: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log('npm start -- [--browser] [--port N] [--no-open]');
  console.log('  --browser  the loopback host in the browser, even where Electron is there');
  console.log('  --port N   the loopback host’s port; each port has a database of its own');
  console.log('  --no-open  only print the address');
  process.exit(0);
}

if (install()) fetchElectron();
const { buildAll } = await import('./bundle.mjs');
await buildAll().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  console.error('The program could not be built; see above.');
  process.exit(1);
});

const wantsBrowser = values.browser || values.port !== undefined || values['no-open'];
const electron = wantsBrowser ? null : electronBinary();
if (electron === null) {
  if (!wantsBrowser) console.log('Electron’s program is not here: opening in the browser instead.');
  startLoopback();
} else {
  startElectron(electron);
}

function startElectron(binary) {
  // As root this ends with Chromium's own message: its sandbox refuses to run so, and we don't switch it off.
  const child = spawn(binary, ['.'], { cwd: root, stdio: 'inherit' });
  endTogether(child);
}

function startLoopback() {
  const args = [join(root, 'dist', 'electron', 'loopback.mjs'), ...(values.port ? ['--port', values.port] : [])];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  endTogether(child);
  createInterface({ input: child.stdout }).on('line', (url) => {
    console.log(`\n${url}\n`);
    console.log('This link works once. Enter: a new link. Ctrl-C: end.');
    if (!values['no-open']) openBrowser(url);
  });
  if (process.stdin.isTTY) {
    createInterface({ input: process.stdin }).on('line', () => child.stdin.write('\n'));
  }
}

/** Ends the child with us and us with the child. Ctrl-C reaches both by itself; we wait for the child. */
function endTogether(child) {
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 0));
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
}

function openBrowser(url) {
  const hasDisplay = Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  const [command, args] =
    process.platform === 'darwin'
      ? ['open', [url]]
      : process.platform === 'win32'
        ? ['rundll32', ['url.dll,FileProtocolHandler', url]]
        : ['xdg-open', [url]];
  if (process.platform === 'linux' && !(hasDisplay && hasProgram('xdg-open'))) return;
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => console.log('The browser could not be opened: open the link yourself.'))
    .unref();
}
