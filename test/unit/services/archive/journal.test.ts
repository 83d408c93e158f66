import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemDisk } from '../../../../electron/services/archive/disk';
import { scanJournal } from '../../../../electron/services/archive/journal-scan';
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
} from './support';

const first = (folder: string) => join(folder, 'journal', '00000001.journal');

async function written(count: number): Promise<string> {
  const { folder, calls } = await begun();
  for (const one of entries(1, count)) expect(await append(calls, [one])).toBe('ok');
  return folder;
}

describe('writing', () => {
  it('keeps what it was given, over restarts, in the order of the numbers', async () => {
    const folder = newFolder();
    const calls = openArchive(folder);
    expect(await begin(calls)).toMatchObject({ lastNumber: 0, gaps: [], bytes: 0, writerId: null, restored: null });
    expect(await append(calls, [entry(2), entry(1)])).toBe('ok');
    expect(await append(calls, entries(5, 6))).toBe('ok');
    const again = openArchive(folder);
    expect(value(await again.state({}))).toMatchObject({
      lastNumber: 6,
      gaps: [{ from: 3, to: 4 }],
      writerId,
      cutBytes: 0,
      damaged: { lines: [], keys: 0, header: false },
    });
    expect(await readAll(again)).toEqual([entry(1), entry(2), entry(5), entry(6)]);
    expect(await append(again, entries(3, 4))).toBe('ok');
    expect(value(await again.state({})).gaps).toEqual([]);
  });

  it('answers once the bytes are on the disk: fsync comes after the last write and before the answer', async () => {
    const log: string[] = [];
    const calls = openArchive(newFolder(), {
      disk: watchedDisk({
        onCall: async (name, path) => {
          if (!path.endsWith('.journal') && !path.endsWith('journal')) return;
          // A slow disk: an answer that doesn't wait for it would be there first.
          if (name === 'sync') await new Promise((resolve) => setTimeout(resolve, 20));
          log.push(`${name} ${path.endsWith('.journal') ? 'file' : 'folder'}`);
        },
      }),
    });
    await begin(calls);
    log.length = 0;
    const ask = (number: number) => append(calls, [entry(number)]).then((result) => log.push(`answer ${result}`));
    await ask(1);
    expect(log, 'a new file: its name is made durable too').toEqual([
      'open file',
      'write file',
      'sync file',
      'open folder',
      'sync folder',
      'answer ok',
    ]);
    log.length = 0;
    await ask(2);
    expect(log.slice(-3)).toEqual(['write file', 'sync file', 'answer ok']);
  });

  it('writes what comes while the disk is busy in one piece', async () => {
    let syncs = 0;
    const calls = openArchive(newFolder(), {
      disk: watchedDisk({
        onCall: async (name, path) => {
          if (name !== 'sync' || !path.endsWith('.journal')) return;
          syncs += 1;
          await new Promise((resolve) => setTimeout(resolve, 30));
        },
      }),
    });
    const { lineage } = await begin(calls);
    const given = entries(1, 200);
    const results = await Promise.all(given.map((one) => calls.append({ writerId, lineage, entries: [one] })));
    expect(results.map(reason)).toEqual(given.map(() => 'ok'));
    expect(syncs).toBeLessThanOrEqual(3);
    expect(await readAll(calls)).toEqual(given);
  });

  it('takes the same bytes again as written, and refuses other bytes under the same number', async () => {
    const calls = openArchive(await written(3));
    await begin(calls);
    const before = value(await calls.state({})).bytes;
    expect(await append(calls, entries(1, 3))).toBe('ok');
    expect(value(await calls.state({})).bytes).toBe(before);
    expect(await append(calls, [entry(4), entry(2, 'something else')])).toBe('conflict');
    expect(await append(calls, [entry(5, 'a'), entry(5, 'b')])).toBe('conflict');
    expect(await append(calls, [entry(5_000_000)])).toBe('conflict');
    expect(value(await calls.state({})).lastNumber, 'nothing of a refused call is written').toBe(3);
  });

  it('begins another file when one is full, and reads over all of them', async () => {
    const { folder, calls } = await begun();
    const big = (number: number) => ({ number, bytes: randomBytes(900_000).toString('base64') });
    const given = Array.from({ length: 14 }, (_, place) => big(place + 1));
    for (const one of given) expect(await append(calls, [one])).toBe('ok');
    expect(readdirSync(join(folder, 'journal')).filter((name) => name.endsWith('.journal'))).toHaveLength(4);
    const again = openArchive(folder);
    expect(value(await again.state({})).damaged.lines).toEqual([]);
    expect(await readAll(again)).toEqual(given);
  });

  it('lets nobody else look into its folder', async () => {
    const folder = await written(1);
    if (process.platform === 'win32') return;
    expect(statSync(join(folder, 'journal')).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(join(folder, 'journal')))
      expect(statSync(join(folder, 'journal', name)).mode & 0o777, name).toBe(0o600);
  });

  it('any order and grouping of numbers reads back as one ascending row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (numbers, size) => {
          const { folder, calls } = await begun();
          for (let from = 0; from < numbers.length; from += size)
            expect(
              await append(
                calls,
                numbers.slice(from, from + size).map((number) => entry(number)),
              ),
            ).toBe('ok');
          const sorted = [...numbers].sort((a, b) => a - b);
          expect(await readAll(openArchive(folder))).toEqual(sorted.map((number) => entry(number)));
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('what a crash or a fault leaves', () => {
  it('a last line torn at any byte is cut and said; all before it is there, and writing goes on', async () => {
    const folder = await written(3);
    const whole = readFileSync(first(folder));
    const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
    for (let length = lastLine; length < whole.length; length += 1) {
      writeFileSync(first(folder), whole.subarray(0, length));
      const { cutBytes, damaged, index } = await scanJournal(systemDisk, join(folder, 'journal'));
      expect([cutBytes, damaged, index.lastNumber]).toEqual([length - lastLine, [], 2]);
      expect(readFileSync(first(folder)).length).toBe(lastLine);
    }
    for (let length = lastLine + 1; length < whole.length; length += 17) {
      writeFileSync(first(folder), whole.subarray(0, length));
      const calls = openArchive(folder);
      expect(await begin(calls)).toMatchObject({ cutBytes: length - lastLine, lastNumber: 2, damaged: { lines: [] } });
      expect(await append(calls, [entry(3)])).toBe('ok');
      expect(readFileSync(first(folder)).equals(whole), 'written again, it is the same file').toBe(true);
    }
  });

  it('a first line torn at any byte leaves a journal that begins anew', async () => {
    const folder = await written(1);
    const whole = readFileSync(first(folder));
    const headLength = whole.indexOf(10);
    for (let length = 0; length <= headLength; length += 11) {
      writeFileSync(first(folder), whole.subarray(0, length));
      const calls = openArchive(folder);
      expect(await begin(calls)).toMatchObject({ cutBytes: length, lastNumber: 0 });
      expect(await append(calls, [entry(1)])).toBe('ok');
      expect(await readAll(openArchive(folder))).toEqual([entry(1)]);
    }
  });

  it('a changed byte anywhere is noticed, and costs at most the lines it is in', async () => {
    const folder = await written(4);
    const whole = readFileSync(first(folder));
    for (let place = 0; place < whole.length; place += 1) {
      const changed = Buffer.from(whole);
      changed[place] = (changed[place] ?? 0) ^ 0x01;
      writeFileSync(first(folder), changed);
      const { cutBytes, damaged, index } = await scanJournal(systemDisk, join(folder, 'journal'));
      expect(damaged.length > 0 || cutBytes > 0, `byte ${String(place)}`).toBe(true);
      // A line end that changed joins two lines.
      const isLineEnd = whole[place] === 10;
      expect([...index.after(0)].length).toBeGreaterThanOrEqual(isLineEnd ? 2 : 3);
      if (place % 40 > 0) continue;
      for (const one of await readAll(openArchive(folder))) expect(one).toEqual(entry(one.number));
    }
  });

  it('a damaged middle is isolated: what is before and behind is read, and the number can be written again', async () => {
    const folder = await written(5);
    const lines = readFileSync(first(folder), 'latin1').split('\n');
    lines[3] = (lines[3] ?? '').replace('e 3 ', 'e 3 AAAA');
    writeFileSync(first(folder), lines.join('\n'));
    const calls = openArchive(folder);
    const state = await begin(calls);
    expect(state.damaged.lines).toEqual([{ file: '00000001.journal', line: 4 }]);
    expect([state.lastNumber, state.gaps]).toEqual([5, [{ from: 3, to: 3 }]]);
    expect((await readAll(calls)).map(({ number }) => number)).toEqual([1, 2, 4, 5]);
    expect(await append(calls, [entry(3)])).toBe('ok');
    expect(await readAll(openArchive(folder))).toEqual(entries(1, 5));
  });

  it('a line that changes while the program runs is noticed when it is read', async () => {
    const folder = await written(3);
    const calls = openArchive(folder);
    await begin(calls);
    const whole = readFileSync(first(folder), 'latin1');
    writeFileSync(first(folder), whole.replace('e 2 ', 'e 1 '));
    expect((await readAll(calls)).map(({ number }) => number)).toEqual([1, 3]);
    const state = value(await calls.state({}));
    expect(state.gaps).toEqual([{ from: 2, to: 2 }]);
    expect(state.damaged.lines).toEqual([{ file: '00000001.journal', line: 3 }]);
  });

  it('lines that were removed, swapped or put in twice are noticed', async () => {
    const folder = await written(5);
    const lines = readFileSync(first(folder), 'latin1').split('\n');
    const [head = '', one = '', two = '', three = '', ...rest] = lines;
    for (const forged of [
      [head, one, three, ...rest],
      [head, two, one, three, ...rest],
      [head, one, two, three, one, ...rest],
    ]) {
      writeFileSync(first(folder), forged.join('\n'));
      expect(value(await openArchive(folder).state({})).damaged.lines.length).toBeGreaterThan(0);
    }
  });

  it('zeros that a power failure left behind the last line are cut', async () => {
    const folder = await written(2);
    appendFileSync(first(folder), Buffer.alloc(500));
    const calls = openArchive(folder);
    expect(await begin(calls)).toMatchObject({ cutBytes: 500, lastNumber: 2, damaged: { lines: [] } });
    expect(await append(calls, [entry(3)])).toBe('ok');
    expect(await readAll(openArchive(folder))).toEqual(entries(1, 3));
  });

  it('an older copy of a whole file in its place is noticed where another file follows', async () => {
    const { folder, calls } = await begun();
    const big = (number: number) => ({ number, bytes: randomBytes(1_800_000).toString('base64') });
    expect(await append(calls, [big(1)])).toBe('ok');
    copyFileSync(first(folder), join(folder, 'old'));
    for (const number of [2, 3, 4]) expect(await append(calls, [big(number)])).toBe('ok');
    copyFileSync(join(folder, 'old'), first(folder));
    const state = value(await openArchive(folder).state({}));
    expect(state.damaged.lines).toContainEqual({ file: '00000002.journal', line: 1 });
    expect(state.gaps.length).toBeGreaterThan(0);
  });
});

describe('a disk that fails', () => {
  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])(
    '%s is told as full; nothing of the call is there, and it goes on when there is room',
    async (code) => {
      let isFull = false;
      const folder = newFolder();
      const calls = openArchive(folder, {
        disk: watchedDisk({
          onCall: (name) => {
            if (isFull && name === 'write') throw diskError(code);
          },
        }),
      });
      const { lineage } = await begin(calls);
      expect(await append(calls, [entry(1)])).toBe('ok');
      isFull = true;
      expect(reason(await calls.append({ writerId, lineage, entries: [entry(2)] }))).toBe('full');
      expect(await readAll(calls), 'reading goes on').toEqual([entry(1)]);
      isFull = false;
      expect(reason(await calls.append({ writerId, lineage, entries: [entry(2)] }))).toBe('ok');
      const again = openArchive(folder);
      expect(value(await again.state({}))).toMatchObject({ cutBytes: 0, damaged: { lines: [] } });
      expect(await readAll(again)).toEqual(entries(1, 2));
    },
  );

  it('after a failed fsync nothing is acknowledged, and the files are read anew before the next write', async () => {
    let fails = false;
    const folder = newFolder();
    const calls = openArchive(folder, {
      disk: watchedDisk({
        onCall: (name, path) => {
          if (fails && name === 'sync' && path.endsWith('.journal')) throw diskError('EIO');
        },
      }),
    });
    const { lineage } = await begin(calls);
    expect(await append(calls, [entry(1)])).toBe('ok');
    fails = true;
    expect(reason(await calls.append({ writerId, lineage, entries: [entry(2)] }))).toBe('unreachable');
    fails = false;
    expect(reason(await calls.append({ writerId, lineage, entries: [entry(2, 'again')] }))).toBe('ok');
    expect(await readAll(openArchive(folder))).toEqual([entry(1), entry(2, 'again')]);
  });

  it('a folder that goes away is told; when it is back, all of it is there', async () => {
    const folder = await written(2);
    const calls = openArchive(folder);
    const { lineage } = await begin(calls);
    expect(await append(calls, [entry(3)])).toBe('ok');
    renameSync(join(folder, 'journal'), join(folder, 'away'));
    const give = () => calls.append({ writerId, lineage, entries: [entry(4)] });
    expect(reason(await give())).toBe('unreachable');
    renameSync(join(folder, 'away'), join(folder, 'journal'));
    expect(value(await calls.state({}))).toMatchObject({ lastNumber: 3, lineage });
    expect(reason(await give())).toBe('ok');
    expect(await readAll(openArchive(folder))).toEqual(entries(1, 4));
  });

  it('a folder that is gone for good begins anew as another journal, and takes nothing meant for the old one', async () => {
    const folder = await written(2);
    const calls = openArchive(folder);
    const { lineage } = await begin(calls);
    rmSync(join(folder, 'journal'), { recursive: true });
    const state = value(await calls.state({}));
    expect(state.lineage).not.toBe(lineage);
    expect([state.lastNumber, state.writerId]).toEqual([0, null]);
    value(await calls.takeOver({ writerId }));
    expect(reason(await calls.append({ writerId, lineage, entries: [entry(3)] }))).toBe('superseded');
  });

  it('where no folder can be made every call says so', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'file'), '');
    const calls = openArchive(join(folder, 'file', 'below'));
    for (const result of [await calls.state({}), await calls.header({}), await calls.keys({})])
      expect(reason(result)).toBe('unreachable');
    // A file system that takes no files, even from root.
    if (process.platform === 'linux')
      expect(reason(await openArchive('/proc/ersatzschein').state({}))).toBe('unreachable');
  });

  it('a folder that may be read only is told', async () => {
    const folder = await written(2);
    const calls = openArchive(folder, {
      disk: watchedDisk({
        onCall: (name) => {
          if (name === 'write' || name === 'rename') throw diskError('EROFS');
        },
      }),
    });
    expect(reason(await calls.state({}))).toBe('unreachable');
    expect(await readAll(openArchive(folder))).toEqual(entries(1, 2));
  });
});

describe('who may write', () => {
  it('another browser profile supersedes the first', async () => {
    const calls = openArchive(newFolder());
    await begin(calls, 'browser-1');
    expect(await append(calls, [entry(1)], 'browser-1')).toBe('ok');
    await begin(calls, 'browser-2');
    expect(await append(calls, [entry(2)], 'browser-1')).toBe('superseded');
    expect(reason(await calls.keepKeys({ writerId: 'browser-1', keys: [{ id: 'a', wrapped: 'AAAA' }] }))).toBe(
      'superseded',
    );
    expect(reason(await calls.forgetKey({ writerId: 'browser-1', id: 'a' }))).toBe('superseded');
    expect(await append(calls, [entry(2)], 'browser-2')).toBe('ok');
  });

  it.each(['browser-1', 'browser-2'])(
    'a page of another program on the same folder (%s) supersedes the first, however often that one asks how it stands, until it opens the folder',
    async (successor) => {
      const folder = newFolder();
      const one = openArchive(folder);
      const { lineage } = await begin(one, 'browser-1');
      const write = (calls: typeof one, number: number, who: string) =>
        calls.append({ writerId: who, lineage, entries: [entry(number)] }).then(reason);
      expect(await write(one, 1, 'browser-1')).toBe('ok');
      const two = openArchive(folder);
      await begin(two, successor);
      expect(await write(one, 2, 'browser-1')).toBe('superseded');
      for (let number = 2; number <= 4; number += 1) {
        expect(value(await one.state({})).writerId, 'who may write').toBe(successor);
        expect(await write(two, number, successor), 'looking takes nothing from whoever works').toBe('ok');
      }
      expect(await write(one, 2, 'browser-1')).toBe('superseded');
      expect(reason(await one.keepKeys({ writerId: 'browser-1', keys: [{ id: 'a', wrapped: 'AAAA' }] }))).toBe(
        'superseded',
      );
      expect(reason(await one.takeOver({ writerId: 'browser-1' })), 'not without reading it anew').toBe('superseded');
      expect(reason(await one.backup({ why: 'schedule' }))).toBe('superseded');
      expect(reason(await one.startAnew({}))).toBe('superseded');

      expect(value(await one.open({})).lastNumber).toBe(4);
      value(await one.takeOver({ writerId: 'browser-1' }));
      expect(await write(one, 5, 'browser-1')).toBe('ok');
      expect(await write(two, 6, successor)).toBe('superseded');
    },
  );

  it('a program that is only started over the folder supersedes nobody: whoever works there goes on, and it reads that when it is opened', async () => {
    const folder = newFolder();
    const one = openArchive(folder);
    const { lineage } = await begin(one);
    expect(await append(one, [entry(1)])).toBe('ok');
    const two = openArchive(folder);
    value(await two.state({}));
    expect(reason(await one.append({ writerId, lineage, entries: [entry(2)] }))).toBe('ok');
    value(await two.state({}));
    expect(reason(await one.keepKeys({ writerId, keys: [{ id: 'a', wrapped: 'AAAA' }] }))).toBe('ok');
    expect(reason(await one.append({ writerId, lineage, entries: [entry(3)] }))).toBe('ok');
    expect(value(await two.open({})).lastNumber).toBe(3);
    expect(value(await two.keys({})).keys).toHaveLength(1);
    // Meanwhile the first one writes on: what was compared is old.
    expect(reason(await one.append({ writerId, lineage, entries: [entry(4)] }))).toBe('ok');
    expect(reason(await two.takeOver({ writerId: 'browser-2' }))).toBe('superseded');
    expect(value(await two.open({})).lastNumber).toBe(4);
    expect(reason(await two.takeOver({ writerId: 'browser-2' }))).toBe('ok');
    expect(reason(await one.append({ writerId, lineage, entries: [entry(5)] }))).toBe('superseded');
  });

  it('beside a program that was only started, without room to say who writes, nothing is written', async () => {
    const folder = newFolder();
    let isFull = false;
    const one = openArchive(folder, {
      disk: watchedDisk({
        onCall: (name, path) => {
          if (isFull && name === 'write' && path.includes('writer')) throw diskError('ENOSPC');
        },
      }),
    });
    const { lineage } = await begin(one);
    value(await openArchive(folder).state({}));
    isFull = true;
    expect(reason(await one.append({ writerId, lineage, entries: [entry(1)] }))).toBe('full');
    isFull = false;
    expect(reason(await one.append({ writerId, lineage, entries: [entry(1)] }))).toBe('ok');
  });

  it('a file that another program made longer is not written into', async () => {
    const folder = await written(1);
    const calls = openArchive(folder);
    const { lineage } = await begin(calls);
    appendFileSync(first(folder), 'something\n');
    expect(reason(await calls.append({ writerId, lineage, entries: [entry(2)] }))).toBe('superseded');
  });

  it('nobody has taken over at first: nobody writes', async () => {
    mkdirSync(join(newFolder(), 'journal'));
    const calls = openArchive(newFolder());
    expect(await append(calls, [entry(1)])).toBe('superseded');
  });
});
