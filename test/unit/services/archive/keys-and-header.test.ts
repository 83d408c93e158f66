import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKeys } from '../../../../electron/services/archive/key-file';
import {
  begin,
  begun,
  diskError,
  newFolder,
  openArchive,
  reason,
  value,
  watchedDisk,
  writerId,
  type Calls,
} from './support';

const wrapped = (text: string) => Buffer.from(`wrapped ${text}`).toString('base64');
const key = (id: string) => ({ id, wrapped: wrapped(id) });
const keep = (calls: Calls, ...ids: string[]) => calls.keepKeys({ writerId, keys: ids.map(key) });
const file = (folder: string, name = 'keys') => join(folder, 'journal', name);

async function withKeys(...ids: string[]): Promise<string> {
  const { folder, calls } = await begun();
  value(await keep(calls, ...ids));
  return folder;
}

describe('the patients’ keys', () => {
  it('are kept on the disk before the answer, over restarts', async () => {
    let synced = 0;
    const folder = newFolder();
    const disk = watchedDisk({
      onCall: (name, path) => void (synced += name === 'sync' && path.endsWith('keys') ? 1 : 0),
    });
    const calls = openArchive(folder, { disk });
    await begin(calls);
    expect(reason(await keep(calls, 'a', 'b'))).toBe('ok');
    expect(synced).toBe(1);
    expect(reason(await keep(calls, 'a', 'c'))).toBe('ok');
    expect(value(await openArchive(folder).keys({}))).toEqual({ keys: ['a', 'b', 'c'].map(key), forgotten: [] });
  });

  it('one that is forgotten is in no file any more, and never comes back', async () => {
    const folder = await withKeys('a', 'b', 'c');
    const calls = openArchive(folder);
    await begin(calls);
    value(await calls.forgetKey({ writerId, id: 'b' }));
    value(await calls.forgetKey({ writerId, id: 'b' }));
    for (const name of readdirSync(join(folder, 'journal')))
      expect(readFileSync(file(folder, name), 'latin1'), name).not.toContain(wrapped('b'));
    expect(reason(await keep(calls, 'b', 'd'))).toBe('ok');
    const again = openArchive(folder);
    expect(value(await again.keys({}))).toEqual({ keys: ['a', 'c', 'd'].map(key), forgotten: ['b'] });
    expect(value(await again.state({})).damaged.keys).toBe(0);
  });

  it('a changed byte anywhere in the file costs at most the lines it is in, and never gives a wrong key', async () => {
    const folder = await withKeys('a', 'b', 'c');
    const whole = readFileSync(file(folder));
    for (let place = 0; place < whole.length; place += 1) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 0x04;
      const { keys, damaged, rest } = readKeys(changed);
      expect(damaged > 0 || rest < changed.length, `byte ${String(place)}`).toBe(true);
      expect(keys.size).toBeGreaterThanOrEqual(whole[place] === 10 ? 1 : 2);
      for (const [id, found] of keys) expect(found).toBe(wrapped(id));
    }
    const changed = Buffer.from(whole);
    changed[10] = (changed[10] ?? 0) ^ 1;
    writeFileSync(file(folder), changed);
    const calls = openArchive(folder);
    expect(await begin(calls)).toMatchObject({ damaged: { keys: 1 } });
    expect(reason(await keep(calls, 'a')), 'it can be kept again').toBe('ok');
    expect(value(await openArchive(folder).keys({})).keys).toHaveLength(3);
  });

  it('a last line torn at any byte is passed over, and the next key takes its place', async () => {
    const folder = await withKeys('a', 'b');
    const whole = readFileSync(file(folder));
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let length = lastLine; length < whole.length; length += 9) {
      writeFileSync(file(folder), whole.subarray(0, length));
      const calls = openArchive(folder);
      await begin(calls);
      expect(value(await calls.keys({})).keys).toEqual([key('a')]);
      expect(reason(await keep(calls, 'b'))).toBe('ok');
      expect(readFileSync(file(folder)).equals(whole)).toBe(true);
    }
  });

  it('a full disk is told, and what was there stays', async () => {
    let isFull = false;
    const folder = newFolder();
    const disk = watchedDisk({
      onCall: (name) => {
        if (isFull && name === 'write') throw diskError('ENOSPC');
      },
    });
    const calls = openArchive(folder, { disk });
    await begin(calls);
    value(await keep(calls, 'a', 'b'));
    isFull = true;
    expect(reason(await keep(calls, 'c'))).toBe('full');
    expect(reason(await calls.forgetKey({ writerId, id: 'a' }))).toBe('full');
    expect(value(await calls.keys({})).keys).toEqual([key('a'), key('b')]);
    isFull = false;
    value(await keep(calls, 'c'));
    expect(value(await openArchive(folder).keys({})).keys).toHaveLength(3);
  });
});

describe('the vault’s header', () => {
  const bytes = Buffer.from('{"users":[]}').toString('base64');

  it('is replaced whole', async () => {
    const folder = newFolder();
    const calls = openArchive(folder);
    expect(value(await calls.header({}))).toEqual({ bytes: null });
    value(await calls.saveHeader({ bytes: 'AAAA' }));
    value(await calls.saveHeader({ bytes }));
    expect(value(await openArchive(folder).header({}))).toEqual({ bytes });
  });

  it('a change anywhere in one of its two copies is mended from the other; in both, it is told and neither believed', async () => {
    const folder = newFolder();
    value(await openArchive(folder).saveHeader({ bytes }));
    const whole = readFileSync(file(folder, 'header.json'));
    for (let place = 0; place < whole.length; place += 5) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 0x02;
      for (const name of ['header.json', 'header-copy.json']) {
        writeFileSync(file(folder, name), changed);
        const calls = openArchive(folder);
        expect(value(await calls.header({})), `${name}, byte ${String(place)}`).toEqual({ bytes });
        expect(readFileSync(file(folder, name)).equals(whole)).toBe(true);
      }
    }
    writeFileSync(file(folder, 'header.json'), '');
    writeFileSync(file(folder, 'header-copy.json'), whole.subarray(0, -3));
    const calls = openArchive(folder);
    expect(reason(await calls.header({}))).toBe('damaged');
    expect(value(await calls.state({})).damaged.header).toBe(true);
  });

  it('one copy that is missing is written again', async () => {
    const folder = newFolder();
    value(await openArchive(folder).saveHeader({ bytes }));
    rmSync(file(folder, 'header.json'));
    expect(value(await openArchive(folder).header({}))).toEqual({ bytes });
    expect(readdirSync(join(folder, 'journal'))).toContain('header.json');
  });

  it('a crash while it is replaced leaves the old or the new one', async () => {
    for (let calm = 0; calm < 12; calm += 1) {
      let left = calm;
      const folder = newFolder();
      value(await openArchive(folder).saveHeader({ bytes: 'AAAA' }));
      let isDead = false;
      const disk = watchedDisk({
        onCall: (_name, path) => {
          if (!path.includes('header') && !isDead) return;
          left -= 1;
          isDead ||= left < 0;
          if (isDead) throw diskError('EIO');
        },
      });
      const saved = await openArchive(folder, { disk }).saveHeader({ bytes });
      const found = value(await openArchive(folder).header({})).bytes;
      expect(['AAAA', bytes]).toContain(found);
      if (saved.kind === 'ok') expect(found).toBe(bytes);
    }
  });
});
