import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../../electron/contract/call';
import { Archive } from '../../../electron/services/archive/archive';

// A disk that is full for real: a file system of four megabytes in memory, where this user may mount one (root, as in CI).
const folder = mkdtempSync(join(tmpdir(), 'ersatzschein-full-'));
const mountPoint = join(folder, 'disk');
mkdirSync(mountPoint);
const canMount =
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mountPoint], { stdio: 'ignore' }).status === 0;

const reason = (result: Result<unknown>) => (result.kind === 'ok' ? 'ok' : result.failure.reason);

describe.skipIf(!canMount)('a disk that is really full', () => {
  const writerId = 'browser';
  let archive: Archive;
  let lineage = '';
  const elsewhere = mkdtempSync(join(tmpdir(), 'ersatzschein-second-'));
  /** Takes what room is left, to the last byte. */
  const fillUp = () => {
    const filler = openSync(join(mountPoint, 'filler'), 'w');
    try {
      for (;;) writeSync(filler, Buffer.alloc(4096));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      closeSync(filler);
    }
  };
  const bytes = () => randomBytes(60_000).toString('base64');

  beforeAll(async () => {
    archive = new Archive({ folder: join(mountPoint, 'data'), kind: 'live', now: () => new Date() });
    const state = await archive.handlers.state({});
    if (state.kind === 'ok') lineage = state.value.lineage;
    await archive.handlers.takeOver({ writerId });
    await archive.handlers.saveHeader({ bytes: 'AAAA' });
  });
  afterAll(async () => {
    await archive.close();
    execFileSync('umount', [mountPoint]);
    rmSync(folder, { recursive: true });
    rmSync(elsewhere, { recursive: true });
  });

  it('is told; what was acknowledged is there and readable, before and after a restart; with room again it goes on', async () => {
    const { handlers } = archive;
    let last = 0;
    let answer = 'ok';
    while (answer === 'ok') {
      answer = reason(await handlers.append({ writerId, lineage, entries: [{ number: last + 1, bytes: bytes() }] }));
      if (answer === 'ok') last += 1;
    }
    expect(answer).toBe('full');
    expect(last).toBeGreaterThan(20);
    expect(reason(await handlers.append({ writerId, lineage, entries: [{ number: last + 1, bytes: bytes() }] }))).toBe(
      'full',
    );
    const state = await handlers.state({});
    expect(state).toMatchObject({ kind: 'ok', value: { lastNumber: last, damaged: { lines: [] } } });
    if (state.kind === 'ok') expect(state.value.freeBytes).toBeLessThan(200_000);
    const backup = await handlers.backup({ why: 'asked' });
    expect(backup.kind === 'ok' ? backup.value.map(({ made }) => reason(made)) : []).toEqual(['full']);
    expect(reason(await handlers.header({}))).toBe('ok');

    // A start without a byte of room: where the data are and what backups there are is said, and everything is read.
    await archive.close();
    fillUp();
    archive = new Archive({ folder: join(mountPoint, 'data'), kind: 'live', now: () => new Date() });
    const started = await archive.handlers.state({});
    expect(started).toMatchObject({ kind: 'ok', value: { lastNumber: last, freeBytes: 0 } });
    expect(reason(await archive.handlers.header({}))).toBe('ok');
    expect(reason(await archive.handlers.keys({}))).toBe('ok');
    const read = await archive.handlers.read({ after: 0, limit: 3 });
    expect(read.kind === 'ok' ? read.value.entries.map(({ number }) => number) : []).toEqual([1, 2, 3]);
    expect(reason(await archive.handlers.backups({}))).toBe('ok');
    expect(reason(await archive.handlers.saveHeader({ bytes: 'AAAB' }))).toBe('full');
    expect(await archive.handlers.header({})).toEqual({ kind: 'ok', value: { bytes: 'AAAA' } });
    expect(reason(await archive.handlers.setSecondPlace({ folder: elsewhere }))).toBe('full');
    rmSync(join(mountPoint, 'filler'));

    rmSync(join(mountPoint, 'data', 'backups'), { recursive: true, force: true });
    const small = randomBytes(300).toString('base64');
    await archive.close();
    archive = new Archive({ folder: join(mountPoint, 'data'), kind: 'live', now: () => new Date() });
    const again = await archive.handlers.state({});
    expect(again).toMatchObject({ kind: 'ok', value: { lastNumber: last, cutBytes: 0, damaged: { lines: [] } } });
    expect(
      reason(await archive.handlers.append({ writerId, lineage, entries: [{ number: last + 1, bytes: small }] })),
    ).toBe('ok');
  });
});
