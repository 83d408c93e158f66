import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import type { Host } from '../../../../electron/contract/host';
import { openArchivedStore } from '../../../../renderer/store/archive/open-archived';
import { Database, vaultName } from '../../../../renderer/store/database';
import type { OpenKeys } from '../../../../renderer/store/open-keys';
import { unwrapPatientKey } from '../../../../renderer/store/patient-keys';
import { newKey } from '../../../../renderer/store/sealing';
import { exampleContent } from '../../../support/content';
import { happened } from '../../../support/events';
import { newFolder, openArchive, value } from '../../services/archive/support';
import { ModelMemory, troubled } from './support';

const clock = { now: () => new Date('2026-11-26T10:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const families = ['Ölçer', 'Müller', 'Yılmaz', 'Weiß'];

const before: OpenKeys = { practice: newKey(), clinical: newKey() };
const former = before.clinical ?? newKey();
const after = { practice: before.practice, clinical: newKey(), former: [former] } as const satisfies OpenKeys;

function open(name: string, archive: Host['archive'], keys: OpenKeys) {
  return openArchivedStore(name, { clock, newId, keys, user: () => 'AB', archive, memory: new ModelMemory() });
}

async function opened(name: string, archive: Host['archive'], keys: OpenKeys) {
  const store = await open(name, archive, keys);
  if (store.kind !== 'open') throw new Error(`${store.reason}: ${store.text}`);
  return store;
}

/** A vault of before with a certificate for each of the families, and a message that belongs to nobody. */
async function vaultOfBefore() {
  const [name, folder] = [`renewal-${newId()}`, newFolder()];
  const { store, close } = await opened(name, openArchive(folder), before);
  for (const family of families) {
    const content = exampleContent({ patient: { family }, coverage: { insuredId: null } });
    const draft = { kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null } as const;
    const created = await store.records.create({ id: newId(), ...draft }, [happened.recorded, happened.issued]);
    expect(created.kind).toBe('written');
  }
  await store.saveMail({
    ...{ account: 'praxis', uid: '1', status: 'unmatched', what: 'DSN', recordId: null },
    ...{ header: new TextEncoder().encode('Subject: Rest'), raw: null },
  });
  close();
  return { name, folder };
}

/** Everything can be read: certificates, the message, the search; and a patient who comes again is known. */
async function expectAllReadable(name: string, archive: Host['archive'], keys: OpenKeys): Promise<void> {
  const { store, close } = await opened(name, archive, keys);
  const records = await store.records.list(['issued']);
  expect(records.map(({ content }) => content.patient.family).sort()).toEqual([...families].sort());
  expect((await store.mails()).map(({ uid }) => uid)).toEqual(['1']);
  expect(await store.searchCertificates('yılmaz')).toHaveLength(1);
  expect(store.damages()).toEqual([]);
  close();
}

async function keysIn(name: string) {
  const database = new Database(name);
  const rows = await database.patientKeys.toArray();
  database.close();
  return rows;
}

const writes = ['put', 'clear'] as const;
type Write = (this: IDBObjectStore, ...all: unknown[]) => unknown;
const restore: (() => void)[] = [];
afterEach(() => restore.splice(0).forEach((back) => back()));

/** Puts another function in the place of one of the database's own. */
function replaceWrite(name: (typeof writes)[number], make: (own: Write) => Write): void {
  const own: unknown = Reflect.get(IDBObjectStore.prototype, name);
  if (typeof own !== 'function') throw new Error(`There is no ${name}.`);
  const define = (value: unknown) =>
    Object.defineProperty(IDBObjectStore.prototype, name, { value, configurable: true, writable: true });
  define(make(function write(...all) {
    const result: unknown = Reflect.apply(own, this, all);
    return result;
  }));
  restore.push(() => define(own));
}

/** The database's writes fail from the one with this number on, as if the program were killed there. Returns whether it came so far. */
function killAt(number: number): () => boolean {
  let count = 0;
  for (const name of writes)
    replaceWrite(
      name,
      (own) =>
        function dying(...all) {
          count += 1;
          if (count >= number) throw new DOMException('killed', 'AbortError');
          return own.apply(this, all);
        },
    );
  return () => count >= number;
}

describe('patients’ keys after the clinical key was renewed', () => {
  it('are wrapped anew, here and on the disk; the old clinical key opens none of them', async () => {
    const { name, folder } = await vaultOfBefore();
    const old = await keysIn(name);
    await expectAllReadable(name, openArchive(folder), after);
    const rows = await keysIn(name);
    expect(rows).toHaveLength(old.length);
    expect(rows.every((row) => unwrapPatientKey(row, [after.clinical]) !== null)).toBe(true);
    expect(rows.some((row) => unwrapPatientKey(row, [former]) !== null)).toBe(false);
    const indexes = new Set(old.map(({ index }) => index));
    expect(
      rows.some(({ index }) => indexes.has(index)),
      'the blind indexes are others',
    ).toBe(false);
    expect(rows.some(({ index }) => index.startsWith('nobody:'))).toBe(false);
    const kept = value(await openArchive(folder).keys({}));
    expect(kept.keys.map(({ wrapped }) => wrapped).sort()).toEqual(
      rows.map(({ wrapped }) => Buffer.from(wrapped).toString('base64')).sort(),
    );
    const bytes = readFileSync(join(folder, 'journal', 'keys'), 'latin1');
    for (const { wrapped } of old) expect(bytes).not.toContain(Buffer.from(wrapped).toString('base64'));
    expect(await open(name, openArchive(folder), before), 'who holds only the old key').toMatchObject({
      kind: 'storage-failed',
      reason: 'wrong-keys',
    });
  });

  it('are readable wherever it was killed, and the next start finishes it', async () => {
    for (let number = 1; ; number += 1) {
      const { name, folder } = await vaultOfBefore();
      const wasKilled = killAt(number);
      const tried = await open(name, openArchive(folder), after);
      if (tried.kind === 'open') tried.close();
      restore.splice(0).forEach((back) => back());
      await expectAllReadable(name, openArchive(folder), after);
      expect((await keysIn(name)).every((row) => unwrapPatientKey(row, [after.clinical]) !== null)).toBe(true);
      if (!wasKilled()) {
        expect(number, 'it was killed somewhere').toBeGreaterThan(4);
        return;
      }
    }
  }, 60_000);

  it.each(['before', 'after'] as const)('are readable where the host was gone %s it kept them', async (when) => {
    const { name, folder } = await vaultOfBefore();
    const archive = troubled(openArchive(folder), (call) => (call === 'keepKeys' ? when : 'none'));
    await expectAllReadable(name, archive, after);
    await expectAllReadable(name, openArchive(folder), after);
    const kept = value(await openArchive(folder).keys({}));
    const rows = await keysIn(name);
    expect(kept.keys.map(({ wrapped }) => wrapped).sort()).toEqual(
      rows.map(({ wrapped }) => Buffer.from(wrapped).toString('base64')).sort(),
    );
  });

  it('are readable where the database was deleted in the middle, and where a backup of before was put back', async () => {
    const { name, folder } = await vaultOfBefore();
    const calls = openArchive(folder);
    const made = value(await calls.backup({ why: 'asked' }))[0]?.made;
    if (made?.kind !== 'ok') throw new Error('no backup');
    // The archive has the new keys; the proof that says so is not written yet.
    await expectAllReadable(
      name,
      troubled(openArchive(folder), (call) => (call === 'append' ? 'before' : 'none')),
      after,
    );
    await Dexie.delete(vaultName(name));
    await expectAllReadable(name, openArchive(folder), after);

    value(await openArchive(folder).restore({ place: 'own', id: made.value.id }));
    await Dexie.delete(vaultName(name));
    await expectAllReadable(name, openArchive(folder), after);
    expect((await keysIn(name)).every((row) => unwrapPatientKey(row, [after.clinical]) !== null)).toBe(true);
  });
});
