import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Where the loopback host keeps journal and backups unless told otherwise: in this user's own data, by port, as the browser keeps the database by port. With any free port
 * (0) the next start finds neither again: then it is a new temporary folder.
 */
export function defaultDataFolder(port: number): string {
  if (port === 0) return mkdtempSync(join(tmpdir(), 'ersatzschein-data-'));
  return join(userData(), 'ersatzschein', String(port));
}

function userData(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share');
}
