import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
