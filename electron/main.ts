import { join } from 'node:path';
import { app } from 'electron';
import { createOutside, type Outside } from './outside';
import { runShell } from './shell/life-cycle';

/** Electron's main program. */

const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
let outside: Outside | null = null;

runShell({
  distFolder: join(import.meta.dirname, '..'),
  createHandlers: (onInFlight) => {
    const printFolder = join(app.getPath('documents'), 'Ersatzschein');
    const dataFolder = join(app.getPath('userData'), 'archive');
    outside = createOutside({ kind: 'electron', printFolder, dataFolder, onInFlight, log });
    return outside.handlers;
  },
  stop: async () => outside?.stop(),
  log,
});
