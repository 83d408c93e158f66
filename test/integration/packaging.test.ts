import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../build/setup.mjs';

/** How a fuse's state is written in the program: the characters 0 and 1. */
const off = 0x30;
const on = 0x31;

/** What Electron's program has in it: the mark by which fuses are found, the format, how many there are, and each one's state. */
function stubProgram(): Buffer {
  const fuses = 9;
  return Buffer.concat([
    Buffer.from('#!/bin/sh\nexit 1\n'),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1'),
    Buffer.from([1, fuses]),
    Buffer.from('1'.repeat(fuses), 'latin1'),
  ]);
}

// Packs a program with the real electron-builder.yml around a stub of Electron's program. It shows what goes into an installer and which
// fuses are set. It says NOTHING about whether the program starts: Electron's own program isn't in it.
describe.skipIf(process.platform !== 'linux')('packaging around a stub of Electron (not: whether it starts)', () => {
  let work: string;
  let packed: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'packaging-'));
    const stub = join(work, 'electron');
    mkdirSync(join(stub, 'locales'), { recursive: true });
    mkdirSync(join(stub, 'resources'));
    writeFileSync(join(stub, 'electron'), stubProgram());
    chmodSync(join(stub, 'electron'), 0o755);
    for (const language of ['de', 'en-US', 'fr']) writeFileSync(join(stub, 'locales', `${language}.pak`), '');

    const project = join(work, 'project');
    for (const folder of ['dist/electron', 'dist/page', 'build/icons', 'node_modules/zod', 'renderer', 'test']) {
      mkdirSync(join(project, folder), { recursive: true });
    }
    for (const file of ['package.json', 'electron-builder.yml', 'LICENSE', 'build/icons/icon.png']) {
      writeFileSync(join(project, file), readFileSync(join(root, file)));
    }
    for (const file of [
      'dist/electron/main.mjs',
      'dist/electron/preload.cjs',
      'dist/page/index.html',
      'renderer/source.ts',
    ]) {
      writeFileSync(join(project, file), '// content');
    }
    writeFileSync(join(project, 'node_modules/zod/package.json'), '{"name":"zod","version":"4.6.7"}');
    packed = join(work, 'release', 'linux-unpacked');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules', 'electron-builder', 'cli.js'),
        '--linux',
        'dir',
        '--publish',
        'never',
        '--projectDir',
        project,
        `-c.electronDist=${stub}`,
        '-c.electronVersion=45.4.1',
        `-c.directories.output=${join(work, 'release')}`,
      ],
      { encoding: 'utf8', cwd: root },
    );
    expect(status, `${stdout}\n${stderr}`).toBe(0);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('takes the built program and nothing of the sources or packages', () => {
    const files = listPackage(join(packed, 'resources', 'app.asar'), { isPack: false });
    const named = files.filter((name) => /\.[a-z]+$/.test(name)).sort();
    expect(named).toEqual([
      '/dist/electron/main.mjs',
      '/dist/electron/preload.cjs',
      '/dist/page/index.html',
      '/package.json',
    ]);
    expect(files).toContain('/LICENSE');
    expect(existsSync(join(packed, 'resources', 'app.asar.unpacked'))).toBe(false);
  });

  test('sets the fuses: no Node, no inspector, only the intact archive', async () => {
    const fuses = await getCurrentFuseWire(join(packed, 'ersatzschein'));
    expect({
      runAsNode: fuses[FuseV1Options.RunAsNode],
      cookieEncryption: fuses[FuseV1Options.EnableCookieEncryption],
      nodeOptions: fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable],
      inspect: fuses[FuseV1Options.EnableNodeCliInspectArguments],
      asarIntegrity: fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation],
      onlyAsar: fuses[FuseV1Options.OnlyLoadAppFromAsar],
      fileProtocol: fuses[FuseV1Options.GrantFileProtocolExtraPrivileges],
    }).toEqual({
      runAsNode: off,
      cookieEncryption: on,
      nodeOptions: off,
      inspect: off,
      asarIntegrity: on,
      onlyAsar: on,
      fileProtocol: off,
    });
  });

  test('keeps German and English only', () => {
    expect(existsSync(join(packed, 'locales', 'de.pak'))).toBe(true);
    expect(existsSync(join(packed, 'locales', 'en-US.pak'))).toBe(true);
    expect(existsSync(join(packed, 'locales', 'fr.pak'))).toBe(false);
  });
});
