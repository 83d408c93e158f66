import { createInterface } from 'node:readline';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createOutside } from '../outside';
import { defaultDataFolder } from './data-folder';
import { startLoopback, type Loopback } from './server';

/**
 * The loopback host as a program: `node dist/electron/loopback.mjs [--port N] [--print-folder DIR] [--data-folder DIR]`. Writes the address to open as the
 * first line of standard output, and another one for every line it reads. Ends on Ctrl-C, on SIGTERM, and when its standard input ends.
 */

/** Fixed, because a browser keeps a page's database by address and port: another port would be another, empty database. */
const defaultPort = 47_615;

const { values } = parseArgs({
  options: { port: { type: 'string' }, 'print-folder': { type: 'string' }, 'data-folder': { type: 'string' } },
});
const port = Number(values.port ?? defaultPort);
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`--port ${values.port ?? ''}: not a port.`);

const outside = createOutside({
  kind: 'loopback',
  printFolder: values['print-folder'] ?? join(homedir(), 'Ersatzschein'),
  dataFolder: resolve(values['data-folder'] ?? defaultDataFolder(port)),
  // The browser's tab can't be held open from here; the page itself asks before it is left.
  onInFlight: () => undefined,
  log: (line) =>
    process.stderr.write(`${line}
`),
});

const loopback = await start();
process.stdout.write(`${loopback.url}\n`);

let stopping = false;
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  Promise.all([loopback.stop(), outside.stop()]).then(
    () => process.exit(0),
    (error: unknown) => fail(error instanceof Error ? error.message : 'Could not stop.'),
  );
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
createInterface({ input: process.stdin })
  .on('line', () => process.stdout.write(`${loopback.newUrl()}\n`))
  .on('close', stop);

async function start(): Promise<Loopback> {
  try {
    return await startLoopback({
      handlers: outside.handlers,
      port,
      pageFolder: join(import.meta.dirname, '..', 'page'),
    });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    return fail(
      taken
        ? `Port ${String(port)} is taken: is the program already running? Another port (with a database of its own): npm start -- --port N`
        : `The loopback host could not start: ${error instanceof Error ? error.message : 'unknown reason'}`,
    );
  }
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
