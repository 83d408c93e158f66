import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../../electron/contract/host';
import { openEntry, sealEntry } from '../../../../renderer/store/archive/entry-sealing';
import { HostJournal } from '../../../../renderer/store/archive/host-journal';
import type { ArchiveStanding } from '../../../../renderer/store/archive/reconcile';
import { bulkKey, newKey } from '../../../../renderer/store/sealing';
import { newFolder, openArchive, reason, value } from '../../services/archive/support';
import { ModelDatabase, ModelMemory, troubled } from './support';

const practiceKey = newKey();

/** One life of the page: opens, and writes to both as the store does. */
async function begin(archive: Host['archive'], database: ModelDatabase, memory: ModelMemory, key = practiceKey) {
  const journal = await HostJournal.open({ archive, practiceKey: key, database, memory });
  return {
    journal,
    standing: journal.standing,
    write: async (changes: Record<string, string | null>) => {
      const [writing] = await journal.prepare([database.write(changes)])();
      if (writing === undefined) throw new Error('Nothing was said of the write.');
      return writing;
    },
  };
}

function notes(standing: ArchiveStanding): string[] {
  return standing.kind === 'in-step' ? standing.notes.map(({ what }) => what) : [standing.kind];
}

async function practice(writes = 5) {
  const folder = newFolder();
  const database = new ModelDatabase();
  const memory = new ModelMemory();
  const page = await begin(openArchive(folder), database, memory);
  for (let number = 1; number <= writes; number += 1)
    expect(await page.write({ [`row-${String(number % 3)}`]: `text ${String(number)}` })).toEqual({ kind: 'written' });
  return { folder, database, memory, page };
}

describe('an entry', () => {
  it('opens under its number and key only, and shows nothing of its rows', async () => {
    const entry = { number: 7, rows: [{ table: 'records', key: 'a', row: '{"name":"Musterfrau"}' }] };
    const sealed = await sealEntry(entry, await bulkKey(practiceKey));
    expect(openEntry(sealed, practiceKey)).toEqual(entry);
    expect(openEntry({ ...sealed, number: 8 }, practiceKey)).toBeNull();
    expect(openEntry(sealed, newKey())).toBeNull();
    expect(Buffer.from(sealed.bytes, 'base64').toString('latin1')).not.toContain('Musterfrau');
  });
});

describe('at the start', () => {
  it('both in step: nothing is said, nothing is done', async () => {
    const { folder, database, memory } = await practice();
    const before = database.contents;
    const again = await begin(openArchive(folder), database, memory);
    expect(notes(again.standing)).toEqual([]);
    expect(database.contents).toEqual(before);
  });

  it('a database that is gone is made from the archive, by another browser profile too', async () => {
    const { folder, database, page } = await practice(250);
    expect(await page.journal.keepPatientKey('key-1', new Uint8Array([1, 2, 3]))).toEqual({ kind: 'written' });
    const fresh = new ModelDatabase();
    const again = await begin(openArchive(folder), fresh, new ModelMemory('browser-2'));
    expect(notes(again.standing)).toEqual(['rebuilt']);
    expect(fresh.contents).toEqual(database.contents);
    expect(fresh.count).toBe(250);
    expect([...fresh.keys]).toEqual([['key-1', new Uint8Array([1, 2, 3])]]);
    expect(await again.write({ next: 'x' })).toEqual({ kind: 'written' });
    expect(await page.write({ late: 'x' }), 'the old profile is told').toMatchObject({ reason: 'superseded' });
  });

  it('a database that was rolled back (an old copy of the profile) is noticed and brought forward', async () => {
    const { folder, database, memory, page } = await practice(3);
    const old = database.copy();
    await page.write({ more: 'x', 'row-1': null });
    const again = await begin(openArchive(folder), old, memory);
    expect(notes(again.standing)).toEqual(['replayed']);
    expect(old.contents).toEqual(database.contents);
  });

  it('an archive that is behind gets what it lacks, with no number left out', async () => {
    const { folder, database, memory } = await practice(3);
    database.write({ 'row-1': 'replaced at once' });
    database.write({ 'row-1': 'by this' });
    const archive = openArchive(folder);
    expect(notes((await begin(archive, database, memory)).standing)).toEqual(['pushed']);
    expect(value(await archive.state({}))).toMatchObject({ lastNumber: 5, gaps: [] });
    const fresh = new ModelDatabase();
    await begin(openArchive(folder), fresh, new ModelMemory());
    expect(fresh.contents).toEqual(database.contents);
  });

  it('an older copy of the archive in its place is noticed and brought forward', async () => {
    const { folder, database, memory, page } = await practice(4);
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    await page.write({ a: 'x' });
    await page.write({ b: 'x' });
    const again = await begin(openArchive(copy), database, memory);
    expect(notes(again.standing)).toEqual(['archive-older', 'pushed']);
    const fresh = new ModelDatabase();
    await begin(openArchive(copy), fresh, new ModelMemory());
    expect(fresh.contents).toEqual(database.contents);
  });

  it('an archive that is gone begins anew and gets everything', async () => {
    const { folder, database, memory } = await practice(6);
    rmSync(folder, { recursive: true });
    const again = await begin(openArchive(folder), database, memory);
    expect(notes(again.standing)).toEqual(['archive-new', 'pushed']);
    const fresh = new ModelDatabase();
    await begin(openArchive(folder), fresh, new ModelMemory());
    expect(fresh.contents).toEqual(database.contents);
  });

  it('damaged writes are mended from the database; without one, what is lost is told', async () => {
    const { folder, database, memory } = await practice(5);
    const file = join(folder, 'journal', '00000001.journal');
    const lines = readFileSync(file, 'latin1').split('\n');
    lines[5] = `x${lines[5] ?? ''}`;
    writeFileSync(file, lines.join('\n'));
    const copy = newFolder();
    cpSync(folder, copy, { recursive: true });
    const mended = await begin(openArchive(folder), database, memory);
    expect(notes(mended.standing)).toEqual(['damaged', 'pushed']);
    const fresh = new ModelDatabase();
    await begin(openArchive(folder), fresh, new ModelMemory());
    expect(fresh.contents).toEqual(database.contents);

    const poor = new ModelDatabase();
    const alone = await begin(openArchive(copy), poor, new ModelMemory());
    // The last write: nothing in the archive knows its number.
    expect(notes(alone.standing)).toEqual(['damaged', 'rebuilt']);
    expect(poor.count).toBe(4);
  });

  it('different rows under one number are shown and touched on neither side', async () => {
    const { folder, database, memory, page } = await practice(4);
    const other = database.copy();
    await page.write({ a: 'here' });
    other.write({ a: 'there' });
    const archive = openArchive(folder);
    const bytes = value(await archive.state({})).bytes;
    const forked = await begin(archive, other, memory);
    expect(forked.standing).toMatchObject({ kind: 'forked', numbers: [5], foreign: false });
    expect(await forked.write({ b: 'x' })).toMatchObject({ kind: 'failed', reason: 'other' });
    expect(value(await archive.state({})).bytes).toBe(bytes);
    expect(other.contents['a']).toContain('there');
  });

  it('another practice’s archive is not written into', async () => {
    const { folder } = await practice(3);
    const database = new ModelDatabase();
    const stranger = await begin(openArchive(folder), database, new ModelMemory(), newKey());
    expect(stranger.standing).toMatchObject({ kind: 'forked', foreign: true });
    expect(database.count).toBe(0);
  });

  it('a restored backup: the database is made anew from it, and its own later writes do not go back into it', async () => {
    const { folder, database, memory, page } = await practice(4);
    const archive = openArchive(folder);
    await begin(archive, database, memory);
    const [own] = value(await archive.backup({ why: 'asked' }));
    const backup = value(own?.made ?? { kind: 'failed', failure: { reason: 'unreachable', code: null, text: '' } });
    const then = database.contents;
    const later = await begin(archive, database, memory);
    expect(await later.write({ later: 'x' })).toEqual({ kind: 'written' });
    expect(reason(await archive.restore({ place: 'own', id: backup.id }))).toBe('ok');
    expect(await later.write({ lost: 'x' })).toMatchObject({ reason: 'superseded' });
    const again = await begin(archive, database, memory);
    expect(notes(again.standing)).toEqual(['rebuilt']);
    expect(database.contents).toEqual(then);
    expect(page.standing.kind).toBe('in-step');
  });

  it('keys go both ways; forgotten ones go from the database', async () => {
    const { folder, database, memory, page } = await practice(1);
    database.keys.set('mine', new Uint8Array([1]));
    await page.journal.keepPatientKey('theirs', new Uint8Array([2]));
    await page.journal.keepPatientKey('erased', new Uint8Array([3]));
    await page.journal.forgetPatientKey('erased');
    database.keys.set('erased', new Uint8Array([3]));
    const archive = openArchive(folder);
    await begin(archive, database, memory);
    expect([...database.keys.keys()].sort()).toEqual(['mine', 'theirs']);
    expect(
      value(await archive.keys({}))
        .keys.map(({ id }) => id)
        .sort(),
    ).toEqual(['mine', 'theirs']);
  });

  it('a host that keeps no archive, or is gone, leaves the database to work alone; writes are told as unreachable', async () => {
    const { database, memory, folder } = await practice(2);
    const dead = troubled(openArchive(folder), () => 'before');
    const page = await begin(dead, database, memory);
    expect(page.standing).toMatchObject({ kind: 'without', failure: { reason: 'unreachable' } });
    expect(await page.write({ a: 'x' })).toMatchObject({ kind: 'failed', reason: 'unreachable' });
  });
});

describe('while it runs', () => {
  it('what is given while a call is on its way goes in one piece', async () => {
    let calls = 0;
    const { database, memory, folder } = await practice(0);
    const archive = troubled(openArchive(folder), (name) => {
      if (name === 'append') calls += 1;
      return 'none';
    });
    const page = await begin(archive, database, memory);
    const done = await Promise.all(
      Array.from({ length: 100 }, (_, place) => page.write({ [`r${String(place)}`]: 'x' })),
    );
    expect(done.every(({ kind }) => kind === 'written')).toBe(true);
    expect(calls).toBeLessThanOrEqual(3);
  });

  it('an answer that was lost makes no fork: the same write is taken as written', async () => {
    const { database, memory, folder } = await practice(2);
    let trouble: 'none' | 'after' = 'none';
    const page = await begin(
      troubled(openArchive(folder), (name) => (name === 'append' ? trouble : 'none')),
      database,
      memory,
    );
    trouble = 'after';
    const entry = database.write({ a: 'x' });
    expect(await page.journal.prepare([entry])()).toMatchObject([{ kind: 'failed', reason: 'unreachable' }]);
    trouble = 'none';
    expect(await page.journal.prepare([entry])()).toEqual([{ kind: 'written' }]);
  });

  it('what was taken away while the host was gone is taken away in the archive too', async () => {
    const { database, memory, folder } = await practice(3);
    let trouble: 'none' | 'before' = 'none';
    const page = await begin(
      troubled(openArchive(folder), (name) => (name === 'append' ? trouble : 'none')),
      database,
      memory,
    );
    trouble = 'before';
    const removed = database.write({ 'row-1': null });
    expect(await page.journal.prepare([removed])()).toMatchObject([{ kind: 'failed' }]);
    trouble = 'none';
    expect(await page.write({ a: 'x' })).toEqual({ kind: 'written' });
    expect(await page.journal.prepare([removed])()).toEqual([{ kind: 'written' }]);
    const fresh = new ModelDatabase();
    await begin(openArchive(folder), fresh, new ModelMemory());
    expect(fresh.contents).toEqual(database.contents);
  });

  it('whatever is lost on the way, killed, rolled back or deleted: all that was acknowledged is there, once', async () => {
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant('write' as const),
          key: fc.integer({ min: 0, max: 4 }),
          removes: fc.boolean(),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('trouble' as const),
          when: fc.constantFrom('before' as const, 'after' as const),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constantFrom('reload' as const, 'host-restart' as const, 'aborted' as const) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constantFrom('profile-copy' as const, 'database-deleted' as const) }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const folder = newFolder();
        const memory = new ModelMemory();
        let database = new ModelDatabase();
        let copy = database.copy();
        let trouble: 'none' | 'before' | 'after' = 'none';
        const connect = () =>
          troubled(openArchive(folder), (name) => {
            const now = name === 'append' ? trouble : 'none';
            if (name === 'append') trouble = 'none';
            return now;
          });
        let archive = connect();
        let page = await begin(archive, database, memory);
        // What the user was told is stored: the last such text of each key.
        const told = new Map<string, string | null>();
        let isAllTold = true;
        for (const [place, one] of steps.entries()) {
          switch (one.kind) {
            case 'write': {
              const key = `row-${String(one.key)}`;
              // Taking away (an erasure) is refused while the journal is behind.
              const text = one.removes && isAllTold && trouble === 'none' ? null : `text ${String(place)}`;
              const writing = await page.write({ [key]: text });
              if (writing.kind === 'written') told.set(key, text);
              else {
                told.delete(key);
                isAllTold = false;
              }
              break;
            }
            case 'trouble':
              trouble = one.when;
              break;
            case 'aborted': {
              // The journal has it, the database's transaction did not hold: it was never told as stored.
              const after = database.copy();
              const entry = after.write({ 'row-0': `aborted ${String(place)}` });
              await page.journal.prepare([entry])();
              told.delete('row-0');
              page = await begin(archive, database, memory);
              break;
            }
            case 'host-restart':
              archive = connect();
              page = await begin(archive, database, memory);
              break;
            case 'reload':
              page = await begin(archive, database, memory);
              copy = database.copy();
              break;
            case 'profile-copy':
            case 'database-deleted':
              // What the journal never got can't come back from it: the store says so as long as that is so.
              if (!isAllTold) break;
              database = one.kind === 'profile-copy' ? copy.copy() : new ModelDatabase();
              page = await begin(archive, database, memory);
              break;
          }
          if (one.kind === 'reload' || one.kind === 'host-restart') isAllTold = true;
        }
        trouble = 'none';
        page = await begin(connect(), database, memory);
        expect(page.standing.kind).toBe('in-step');
        for (const [key, text] of told) {
          const row = database.contents[key];
          if (text === null) expect(row).toBeUndefined();
          else expect(row).toContain(`"${text}"`);
        }
        const rebuilt = new ModelDatabase();
        await begin(openArchive(folder), rebuilt, new ModelMemory('browser-2'));
        expect(rebuilt.contents).toEqual(database.contents);
      }),
      { numRuns: 25 },
    );
  });
});
