import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Backup } from '../../../../electron/contract/archive';
import { expiredBackups, type DatedBackup } from '../../../../electron/services/archive/rotation';
import {
  append,
  begin,
  begun,
  diskError,
  entries,
  entry,
  newFolder,
  openArchive,
  readAll,
  reason,
  value,
  watchedDisk,
  writerId,
  type Calls,
} from './support';

const key = (id: string) => ({ id, wrapped: Buffer.from(`wrapped ${id}`).toString('base64') });
const header = Buffer.from('header').toString('base64');

async function backUp(calls: Calls, why: 'schedule' | 'asked' = 'schedule'): Promise<Backup> {
  const [own] = value(await calls.backup({ why }));
  if (own === undefined) throw new Error('No place.');
  return value(own.made);
}
async function ids(calls: Calls, place = 0): Promise<string[]> {
  return value(value(await calls.backups({}))[place]?.backups ?? { kind: 'ok', value: [] }).map(({ id }) => id);
}
async function practice(options: { kind?: 'rehearsal' } = {}): Promise<{ folder: string; calls: Calls }> {
  const { folder, calls } = await begun(options);
  expect(await append(calls, entries(1, 5))).toBe('ok');
  value(await calls.keepKeys({ writerId, keys: ['a', 'b'].map(key) }));
  value(await calls.saveHeader({ bytes: header }));
  return { folder, calls };
}

describe('rotation', () => {
  const hour = 3_600_000;
  const start = Date.parse('2026-01-01T00:10:00Z');

  it('keeps one an hour for a day, one a day for 30 days, and nothing older', () => {
    let backups: DatedBackup[] = [];
    let most = 0;
    for (let hours = 0; hours < 24 * 50; hours += 0.5) {
      const now = new Date(start + hours * hour);
      backups = [{ id: String(hours), at: now.toISOString(), why: 'schedule' }, ...backups];
      const expired = new Set(expiredBackups(backups, now));
      backups = backups.filter((backup) => !expired.has(backup));
      most = Math.max(most, backups.length);
      for (const { at } of backups) expect(now.getTime() - Date.parse(at)).toBeLessThan(30 * 24 * hour);
    }
    const ages = backups.map(({ at }) => (start + 24 * 50 * hour - Date.parse(at)) / hour);
    expect(ages.filter((age) => age <= 24).length).toBeGreaterThanOrEqual(24);
    for (let day = 1; day < 29; day += 1)
      expect(
        ages.some((age) => age > day * 24 && age <= (day + 1) * 24),
        `day ${String(day)}`,
      ).toBe(true);
    expect(most).toBeLessThanOrEqual(60);
  });

  it('never takes the newest, however old', () => {
    const backups: DatedBackup[] = [{ id: '1', at: '2020-01-01T00:00:00.000Z', why: 'schedule' }];
    expect(expiredBackups(backups, new Date('2026-01-01'))).toEqual([]);
  });

  it('keeps what was there before a restore for 30 days, beside the others of its hour', () => {
    const at = '2026-01-01T10:00:00.000Z';
    const backups: DatedBackup[] = [
      { id: '3', at, why: 'schedule' },
      { id: '2', at, why: 'before-restore' },
      { id: '1', at, why: 'schedule' },
    ];
    expect(expiredBackups(backups, new Date('2026-01-01T11:00:00Z')).map(({ id }) => id)).toEqual(['1']);
    const later = [{ id: '4', at: '2026-02-02T00:00:00.000Z', why: 'schedule' } as const, ...backups];
    expect(expiredBackups(later, new Date('2026-02-02')).map(({ id }) => id)).toEqual(['3', '2', '1']);
  });

  it('a clock that was set back loses no backup, and keeps none for ever', () => {
    const ahead: DatedBackup = { id: '1', at: '2030-01-01T00:00:00.000Z', why: 'schedule' };
    const next: DatedBackup = { id: '2', at: '2026-03-01T00:00:00.000Z', why: 'schedule' };
    expect(expiredBackups([next, ahead], new Date('2026-03-01T12:00:00Z')), 'its hour is its own').toEqual([]);
    expect(expiredBackups([ahead], new Date('2026-03-01'))).toEqual([]);
    const last: DatedBackup = { id: '3', at: '2026-05-01T00:00:00.000Z', why: 'schedule' };
    expect(expiredBackups([last, next, ahead], new Date('2026-05-01'))).toEqual([next, ahead]);
  });
});

describe('a backup', () => {
  it('holds journal, keys and header, and is read through on demand', async () => {
    const { calls } = await practice();
    const backup = await backUp(calls, 'asked');
    expect(backup).toMatchObject({ place: 'own', why: 'asked', lastNumber: 5, at: '2026-11-26T10:00:00.000Z' });
    expect(value(await calls.checkBackup({ place: 'own', id: backup.id }))).toEqual({ entries: 5, keys: 2 });
    expect(await ids(calls)).toEqual([backup.id]);
  });

  it('stores what did not change once', async () => {
    const { folder, calls } = await practice();
    await backUp(calls);
    await backUp(calls);
    const objects = () => readdirSync(join(folder, 'backups', 'objects')).length;
    const before = objects();
    await backUp(calls);
    expect(objects()).toBe(before);
  });

  it('a changed byte in any of its files is noticed when it is read, and it is not restored', async () => {
    const { folder, calls } = await practice();
    const { id } = await backUp(calls);
    const objects = join(folder, 'backups', 'objects');
    for (const name of readdirSync(objects)) {
      const whole = readFileSync(join(objects, name));
      const changed = Buffer.from(whole);
      changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 1;
      writeFileSync(join(objects, name), changed);
      expect(reason(await calls.checkBackup({ place: 'own', id }))).toBe('damaged');
      expect(reason(await calls.restore({ place: 'own', id }))).toBe('damaged');
      writeFileSync(join(objects, name), whole);
    }
    expect(reason(await calls.checkBackup({ place: 'own', id }))).toBe('ok');
    expect(await readAll(calls)).toEqual(entries(1, 5));
  });

  it('an erased patient’s key is gone from every backup after 30 days', async () => {
    let now = new Date('2026-01-01T10:00:00Z');
    const { folder, calls } = await begun({ now: () => now });
    value(await calls.keepKeys({ writerId, keys: ['a', 'b'].map(key) }));
    await backUp(calls);
    value(await calls.forgetKey({ writerId, id: 'a' }));
    const found = () =>
      readdirSync(join(folder, 'backups', 'objects')).filter((name) =>
        readFileSync(join(folder, 'backups', 'objects', name), 'latin1').includes(key('a').wrapped),
      ).length;
    expect(found()).toBe(1);
    for (let day = 1; day <= 30; day += 1) {
      now = new Date(now.getTime() + 86_400_000);
      await backUp(calls);
    }
    expect(found()).toBe(0);
    expect((await ids(calls)).length).toBeGreaterThanOrEqual(29);
  });

  it('a full disk leaves the backups there were, whole', async () => {
    let isFull = false;
    const folder = newFolder();
    const disk = watchedDisk({
      onCall: (name, path) => {
        if (isFull && name === 'write' && path.includes('backups')) throw diskError('ENOSPC');
      },
    });
    const calls = openArchive(folder, { disk });
    await begin(calls);
    await append(calls, entries(1, 3));
    const { id } = await backUp(calls);
    isFull = true;
    await append(calls, [entry(4)]);
    const [own] = value(await calls.backup({ why: 'schedule' }));
    expect(reason(own?.made ?? { kind: 'ok', value: null })).toBe('full');
    expect(value(await calls.checkBackup({ place: 'own', id })).entries).toBe(3);
    expect(await ids(calls)).toEqual([id]);
  });
});

describe('the second place', () => {
  it('gets each backup too; where it is away the own one is made all the same, and it is told', async () => {
    const { calls } = await practice();
    const stick = newFolder();
    value(await calls.setSecondPlace({ folder: stick }));
    const made = value(await calls.backup({ why: 'schedule' }));
    expect(made.map(({ place, made: { kind } }) => `${place} ${kind}`)).toEqual(['own ok', 'second ok']);
    const [, second] = value(await calls.backups({}));
    expect(second?.folder).toBe(join(stick, 'Ersatzschein-Sicherung'));
    expect(second?.freeBytes).toBeGreaterThan(0);

    renameSync(join(stick, 'Ersatzschein-Sicherung'), join(stick, 'away'));
    const again = value(await calls.backup({ why: 'schedule' }));
    expect(again.map(({ place, made: { kind } }) => `${place} ${kind}`)).toEqual(['own ok', 'second failed']);
    expect(readdirSync(stick), 'nothing is made where the stick should be').toEqual(['away']);
    const [, gone] = value(await calls.backups({}));
    expect(reason(gone?.backups ?? { kind: 'ok', value: null })).toBe('unreachable');
    value(await calls.setSecondPlace({ folder: null }));
    expect(value(await calls.backups({}))).toHaveLength(1);
  });

  it('keeps the rehearsal’s backups apart from the practice’s own', async () => {
    const [{ calls: live }, { calls: rehearsal }] = [await practice(), await practice({ kind: 'rehearsal' })];
    const stick = newFolder();
    for (const calls of [live, rehearsal]) {
      value(await calls.setSecondPlace({ folder: stick }));
      value(await calls.backup({ why: 'asked' }));
    }
    expect(readdirSync(stick).sort()).toEqual(['Ersatzschein-Sicherung', 'Ersatzschein-Sicherung-Uebung']);
    for (const calls of [live, rehearsal]) {
      const [, second] = value(await calls.backups({}));
      expect(value(second?.backups ?? { kind: 'ok', value: [] })).toHaveLength(1);
    }
  });

  it('is tried before it is taken', async () => {
    const { calls } = await practice();
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(reason(await calls.setSecondPlace({ folder: 'relative/path' }))).toBe('refused');
    expect(reason(await calls.setSecondPlace({ folder: join(folder, 'file') }))).toBe('unreachable');
    expect(value(await calls.backups({}))).toHaveLength(1);
  });

  it('another practice’s backups there are left alone', async () => {
    const stick = newFolder();
    const old = openArchive(newFolder(), { now: () => new Date('2025-01-01T00:00:00Z') });
    await begin(old);
    await append(old, entries(1, 2));
    value(await old.setSecondPlace({ folder: stick }));
    value(await old.backup({ why: 'asked' }));
    value(await old.backup({ why: 'asked' }));
    const { calls } = await practice();
    value(await calls.setSecondPlace({ folder: stick }));
    value(await calls.backup({ why: 'schedule' }));
    expect(await ids(calls, 1)).toHaveLength(2);
  });
});

describe('a restore', () => {
  it('brings back what the backup holds, under another lineage; the state before it is kept', async () => {
    const { folder, calls } = await practice();
    const { id } = await backUp(calls);
    expect(await append(calls, entries(6, 9))).toBe('ok');
    const before = value(await calls.state({}));
    value(await calls.restore({ place: 'own', id }));
    const after = value(await calls.state({}));
    expect(after).toMatchObject({
      lastNumber: 5,
      writerId: null,
      restored: { insteadOf: [before.lineage], lastNumber: 9 },
    });
    expect(after.lineage).not.toBe(before.lineage);
    expect(await readAll(calls)).toEqual(entries(1, 5));
    expect(value(await calls.header({})).bytes).toBe(header);
    // Who does not know of it can't write into it.
    value(await calls.takeOver({ writerId }));
    expect(reason(await calls.append({ writerId, lineage: before.lineage, entries: [entry(10)] }))).toBe('superseded');
    expect(await append(calls, [entry(6, 'another six')])).toBe('ok');
    expect(await readAll(openArchive(folder))).toEqual([...entries(1, 5), entry(6, 'another six')]);

    const kept = value(value(await calls.backups({}))[0]?.backups ?? { kind: 'ok', value: [] });
    const state = kept.find(({ why }) => why === 'before-restore');
    expect(state?.lastNumber).toBe(9);
    value(await calls.restore({ place: 'own', id: state?.id ?? '' }));
    expect(await readAll(calls)).toEqual(entries(1, 9));
  });

  it('keeps forgotten keys forgotten, and users as they are now', async () => {
    const { calls } = await practice();
    const { id } = await backUp(calls);
    value(await calls.forgetKey({ writerId, id: 'a' }));
    const newer = Buffer.from('newer header').toString('base64');
    value(await calls.saveHeader({ bytes: newer }));
    value(await calls.restore({ place: 'own', id }));
    expect(value(await calls.keys({}))).toEqual({ keys: [key('b')], forgotten: ['a'] });
    expect(value(await calls.header({})).bytes).toBe(newer);
  });

  it('on a new computer, from the second place, brings everything back, users too', async () => {
    const { folder, calls } = await practice();
    const stick = newFolder();
    value(await calls.setSecondPlace({ folder: stick }));
    value(await calls.backup({ why: 'schedule' }));
    rmSync(folder, { recursive: true });
    const fresh = openArchive(newFolder());
    await begin(fresh, 'browser-2');
    value(await fresh.saveHeader({ bytes: 'AAAA' }));
    value(await fresh.setSecondPlace({ folder: stick }));
    const [id = ''] = await ids(fresh, 1);
    value(await fresh.restore({ place: 'second', id }));
    expect(await readAll(fresh)).toEqual(entries(1, 5));
    expect(value(await fresh.header({})).bytes).toBe(header);
    expect(value(await fresh.keys({})).keys).toHaveLength(2);
  });

  it('broken off at any moment, leaves the one state or the other, whole', async () => {
    for (let calm = 0; ; calm += 1) {
      const { folder, calls } = await practice();
      const { id } = await backUp(calls);
      expect(await append(calls, entries(6, 7))).toBe('ok');
      let left = calm;
      const die = () => {
        left -= 1;
        if (left < 0) throw diskError('EIO');
      };
      const disk = watchedDisk({ onCall: die });
      const dying = openArchive(folder, { disk });
      const restored = await dying.restore({ place: 'own', id });
      const again = openArchive(folder);
      const found = (await readAll(again)).length;
      expect([5, 7], `after ${String(calm)} calls`).toContain(found);
      expect(value(await again.keys({})).keys).toHaveLength(2);
      expect(value(await again.header({})).bytes).toBe(header);
      expect(value(await again.state({}))).toMatchObject({ damaged: { lines: [], keys: 0, header: false } });
      if (restored.kind === 'ok') {
        expect(found).toBe(5);
        break;
      }
      calm += 2;
    }
  });

  it('a journal that begins anew keeps keys and header, and what was there in a backup', async () => {
    const { calls } = await practice();
    const { lineage } = value(await calls.state({}));
    value(await calls.startAnew({}));
    const state = value(await calls.state({}));
    expect(state).toMatchObject({ lastNumber: 0, restored: null });
    expect(state.lineage).not.toBe(lineage);
    expect(value(await calls.keys({})).keys).toHaveLength(2);
    expect(value(await calls.header({})).bytes).toBe(header);
    const [id = ''] = await ids(calls);
    expect(value(await calls.checkBackup({ place: 'own', id })).entries).toBe(5);
  });

  it('a backup that isn’t there is told', async () => {
    const { folder, calls } = await practice();
    mkdirSync(join(folder, 'backups'), { recursive: true });
    const id = '000009-20260101T000000Z';
    expect(reason(await calls.restore({ place: 'own', id }))).not.toBe('ok');
    expect(reason(await calls.restore({ place: 'second', id }))).toBe('refused');
    expect(await readAll(calls)).toEqual(entries(1, 5));
  });
});
