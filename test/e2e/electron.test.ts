import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { electronBinary, root } from '../../build/setup.mjs';

const binary = electronBinary();

test.describe('electron', () => {
  test.skip(binary === null, 'Electron’s program is not installed (node node_modules/electron/install.js fetches it)');

  test('the window opens with the page, isolated, and knows its host', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'ersatzschein-electron-'));
    const program = await _electron.launch({
      executablePath: binary ?? '',
      args: [root, `--user-data-dir=${profile}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
    try {
      const page = await program.firstWindow();
      await expect(page).toHaveTitle(/Ersatzschein/);
      expect(page.url()).toBe('app://ersatzschein/');
      const seen: unknown = await page.evaluate(async () => ({
        bridge: Object.keys(window.ersatzschein ?? {}),
        node: 'require' in window || 'process' in window,
        described: await window.ersatzschein?.call('host', 'describe', {}),
      }));
      expect(seen).toMatchObject({ bridge: ['call'], node: false, described: { kind: 'electron' } });
    } finally {
      await program.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
