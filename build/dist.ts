import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildAll } from './bundle.mjs';
import { root } from './setup.mjs';

/**
 * `npm run dist [-- electron-builder's arguments]`: builds dist/ and packs it into installers in release/: NSIS on Windows, AppImage and deb
 * on Linux, dmg on macOS; for this system unless `--win`, `--linux` or `--mac` says otherwise. electron-builder fetches Electron.
 */

await buildAll();
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'electron-builder', 'cli.js'), '--publish', 'never', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
