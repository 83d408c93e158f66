import Dexie from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import type { CertificateContent } from '../../../renderer/domain/certificate';
import { followHere } from '../../../renderer/store/chain-following';
import { Database, nativeVersion, vaultName } from '../../../renderer/store/database';
import { followBeside } from '../../../renderer/store/follow-beside';
import { PlainDatabase } from '../../../renderer/store/from-version-1';
import type { OpenKeys } from '../../../renderer/store/open-keys';
import { rowOfJournal } from '../../../renderer/store/journal-rows';
import { newKey } from '../../../renderer/store/sealing';
import { Store } from '../../../renderer/store/store';
import { applyEntry } from '../../../renderer/store/writer';
import { exampleContent } from '../../support/content';
import { documentId, happened } from '../../support/events';
import { MemoryJournal, testKeys } from '../../support/memory-journal';

// The sealed database on a real IndexedDB in Chromium.

let now = new Date('2026-11-23T09:00:00Z');
const clock = { now: () => now, sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const names: string[] = [];

function vault(keys: OpenKeys = testKeys(), journal = new MemoryJournal()) {
  const name = `vault-${newId()}`;
  names.push(name);
  const means = { clock, newId, keys, journal, user: () => 'AB' };
  const open = async () => {
    const opened = await Store.open(name, means);
    if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
    return opened.store;
  };
  return { name, means, journal, keys, open };
}

async function record(store: Store, content: CertificateContent, ...further: Parameters<typeof happened.attempting>[]) {
  const id = newId();
  const created = await store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [happened.recorded],
  );
  if (created.kind !== 'written') throw new Error(created.kind);
  const issued = await store.records.append(id, [happened.issued, ...further.map((of) => happened.attempting(...of))], {
    content,
  });
  if (issued.kind !== 'written') throw new Error(issued.kind);
  return id;
}

const person = (family: string, insuredId: string) => exampleContent({ patient: { family }, coverage: { insuredId } });

afterEach(async () => {
  now = new Date('2026-11-23T09:00:00Z');
  for (const name of names.splice(0)) {
    await Dexie.delete(name);
    await Dexie.delete(vaultName(name));
  }
});

describe('keys', () => {
  it('other keys than the practice’s open nothing, and change nothing', async () => {
    const { name, means, open } = vault();
    const store = await open();
    const id = await record(store, person('Geheim', 'A123456789'));
    store.close();
    for (const keys of [
      { practice: newKey(), clinical: means.keys.clinical },
      { practice: means.keys.practice, clinical: newKey() },
    ]) {
      const opened = await Store.open(name, { ...means, keys });
      expect(opened).toMatchObject({ kind: 'storage-failed', reason: 'wrong-keys' });
    }
    const again = await open();
    expect((await again.records.get(id))?.content.patient.family).toBe('Geheim');
    again.close();
  });

  it('without the clinical key settings open and certificates don’t', async () => {
    const { name, means, open } = vault();
    const store = await open();
    const id = await record(store, person('Geheim', 'A123456789'));
    store.close();
    const opened = await Store.open(name, { ...means, keys: { ...means.keys, clinical: null } });
    if (opened.kind !== 'open') throw new Error(opened.text);
    expect(opened.store.hasClinicalKey).toBe(false);
    expect(await opened.store.setup()).toBeNull();
    await expect(opened.store.records.get(id)).rejects.toThrow('closed');
    expect(await opened.store.checkChain('start')).toMatchObject({ kind: 'held' });
    opened.store.close();
  });

  it('a patient has one key, whichever window recorded first; another patient has another', async () => {
    const { open } = vault();
    const [one, two] = [await open(), await open()];
    const [a, b] = await Promise.all([
      record(one, person('Gleich', 'A111111111')),
      record(two, person('Gleich', 'A111111111')),
    ]);
    const other = await record(one, person('Anders', 'A222222222'));
    expect(await one.records.keyOf(a)).toBe(await one.records.keyOf(b));
    expect(await one.records.keyOf(other)).not.toBe(await one.records.keyOf(a));
    expect((await two.records.ofPatient((await one.records.keyOf(a)) ?? '')).map(({ id }) => id).sort()).toEqual(
      [a, b].sort(),
    );
    one.close();
    two.close();
  });
});

describe('rows changed from outside', () => {
  it('a byte changed anywhere in a record: it is said, not shown, and the other records are', async () => {
    const { name, open } = vault();
    const store = await open();
    const [bad, good] = [
      await record(store, person('Eins', 'A111111111')),
      await record(store, person('Zwei', 'A222222222')),
    ];
    const raw = new Database(name);
    const row = await raw.records.get(bad);
    if (row === undefined) throw new Error('It is there.');
    // Nonce, ciphertext and tag: every part, and a step that meets all residues of the block size.
    for (let at = 0; at < row.sealed.length; at += 37) {
      const sealed = row.sealed.slice();
      sealed[at] = (sealed[at] ?? 0) ^ 1;
      await raw.records.put({ ...row, sealed });
      expect(await store.records.get(bad)).toBeNull();
    }
    for (const change of [{ stage: 'closed' as const }, { createdAt: '2020-01-01T00:00:00.000Z' }, { write: 1 }]) {
      await raw.records.put({ ...row, ...change });
      expect(await store.records.get(bad)).toBeNull();
    }
    expect((await store.records.list()).map(({ id }) => id)).toEqual([good]);
    expect(store.damages()).toEqual([{ table: 'records', key: bad, what: 'closed' }]);
    expect(await store.records.append(bad, [happened.issued])).toMatchObject({ reason: 'damaged' });
    await raw.records.put(row);
    expect((await store.records.get(bad))?.content.patient.family).toBe('Eins');
    raw.close();
    store.close();
  });

  it('two records swapped, even of one patient, are not believed', async () => {
    const { name, open } = vault();
    const store = await open();
    const ids = [await record(store, person('Eins', 'A111111111')), await record(store, person('Eins', 'A111111111'))];
    const raw = new Database(name);
    const [one, two] = await raw.records.bulkGet(ids);
    if (one === undefined || two === undefined) throw new Error('They are there.');
    await raw.records.bulkPut([
      { ...one, sealed: two.sealed, write: two.write },
      { ...two, sealed: one.sealed, write: one.write },
    ]);
    expect(await store.records.list()).toEqual([]);
    expect(store.damages()).toHaveLength(2);
    raw.close();
    store.close();
  });

  it('an older row put back is told by the events, and the state is theirs', async () => {
    const { name, open } = vault();
    const store = await open();
    const id = await record(store, person('Alt', 'A111111111'));
    const raw = new Database(name);
    const old = await raw.records.get(id);
    await store.records.append(id, [happened.signed(), happened.attempting('a')]);
    if (old === undefined) throw new Error('It is there.');
    await raw.records.put(old);
    expect((await store.records.get(id))?.state).toMatchObject({ stage: 'attempting' });
    expect(store.damages()).toEqual([{ table: 'records', key: id, what: 'old' }]);
    // What is written next sets it right again.
    await store.records.append(id, [happened.handedOver('a')]);
    expect((await raw.records.get(id))?.stage).toBe('handed-over');
    raw.close();
    store.close();
  });

  it.each([
    ['in the page', followHere],
    ['in a worker', followBeside],
  ])(
    'a changed, a missing and a cut event show in the chain, from the checkpoint and whole (%s)',
    async (_, follow) => {
      const { name, means } = vault();
      const opened = await Store.open(name, { ...means, follow });
      if (opened.kind !== 'open') throw new Error(opened.reason);
      const { store } = opened;
      for (let each = 0; each < 4; each += 1) await record(store, person('Kette', 'A111111111'));
      await store.sealChain();
      const raw = new Database(name);
      const events = await raw.events.toArray();
      const last = events.at(-1);
      const third = events[2];
      if (last === undefined || third === undefined) throw new Error('They are there.');
      expect(await store.checkChain('checkpoint')).toEqual({ kind: 'held', from: 8, until: 8 });
      expect(await store.checkChain('start', true)).toEqual({ kind: 'held', from: 1, until: 8 });
      await raw.events.put({ ...third, sealed: last.sealed });
      expect(await store.checkChain('start')).toEqual({ kind: 'broken', sequence: 3, what: 'changed' });
      await raw.events.delete(3);
      expect(await store.checkChain('start')).toEqual({ kind: 'broken', sequence: 3, what: 'missing' });
      await raw.events.put(third);
      await raw.events.delete(last.sequence);
      expect(await store.checkChain('start')).toEqual({ kind: 'cut', until: 7, sealedUntil: 8 });
      expect(await store.checkChain('checkpoint')).toEqual({ kind: 'cut', until: 7, sealedUntil: 8 });
      // Another event in the last one's place, rightly linked by somebody without the key of checkpoints.
      await record(store, person('Neu', 'A333333333'));
      expect(await store.checkChain('checkpoint')).toEqual({ kind: 'broken', sequence: 8, what: 'changed' });
      raw.close();
      store.close();
    },
  );

  it('a check in a worker ends with the store, and leaves no connection that would keep the database from being deleted', async () => {
    const { name, means } = vault();
    const opened = await Store.open(name, { ...means, follow: followBeside });
    if (opened.kind !== 'open') throw new Error(opened.reason);
    const { store } = opened;
    await record(store, person('Kette', 'A111111111'));
    // It rests after its piece: there is time to close.
    const checked = store.checkChain('start', true);
    store.close();
    await expect(checked).rejects.toThrow();
    await expect(store.checkChain('start')).rejects.toThrow();
    await Dexie.delete(vaultName(name));
    expect(await Dexie.exists(vaultName(name))).toBe(false);
  });
});

describe('the journal', () => {
  it('has every write with its number; a database rebuilt from it is the same', async () => {
    const { name, journal, keys, open } = vault();
    const store = await open();
    const id = await record(store, person('Zweitschrift', 'A111111111'));
    await store.declareOutage({ kind: 'all' }, 'Übung');
    expect([...journal.entries.keys()]).toEqual([...journal.entries.keys()].map((_, index) => index + 1));
    const raw = new Database(name);
    const keyRows = await raw.patientKeys.toArray();
    expect(keyRows.map((row) => [row.id, row.wrapped])).toEqual([...journal.keys]);
    const rebuilt = vault(keys, journal);
    const target = new Database(rebuilt.name);
    await target.patientKeys.bulkPut(keyRows);
    for (const entry of journal.entries.values()) await applyEntry(target, entry);
    expect(await target.records.toArray()).toEqual(await raw.records.toArray());
    expect(await target.events.toArray()).toEqual(await raw.events.toArray());
    target.close();
    raw.close();
    store.close();
    const again = await rebuilt.open();
    expect((await again.records.get(id))?.content.patient.family).toBe('Zweitschrift');
    expect(await again.checkChain('start')).toMatchObject({ kind: 'held' });
    expect(again.namespace).toBe(store.namespace);
    expect(await again.completeIndex()).toBe(true);
    expect(await again.searchCertificates('zweitschrift')).toEqual([id]);
    again.close();
  });

  it('as long as it can’t be written, nothing new is recorded or issued; reading and noting goes on; it catches up', async () => {
    const { journal, open } = vault();
    const store = await open();
    const id = await record(store, person('Voll', 'A111111111'));
    journal.failure = { kind: 'failed', reason: 'full', text: 'no room' };
    expect(await store.records.append(id, [{ type: 'paper-given' }])).toMatchObject({ kind: 'written' });
    expect(store.journal()).toMatchObject({ kind: 'behind', writes: 1, reason: 'full' });
    expect(await store.records.append(id, [happened.signed()])).toMatchObject({ reason: 'not-journaled' });
    expect((await store.records.get(id))?.state).toMatchObject({ stage: 'issued', paper: 'given' });
    journal.failure = null;
    expect(await store.records.append(id, [happened.signed()])).toMatchObject({ kind: 'written' });
    expect(store.journal()).toEqual({ kind: 'current' });
    expect([...journal.entries.keys()].sort((a, b) => a - b)).toEqual([...journal.entries.keys()]);
    store.close();
  });

  it('holds no name, insured id, diagnosis or reason in the open', async () => {
    const { journal, open } = vault();
    const store = await open();
    await record(store, person('Unverwechselbar', 'X987654321'));
    await store.declareOutage({ kind: 'all' }, 'Wasserschaden');
    const text = [...journal.entries.values()]
      .flatMap(({ rows }) => rows)
      .map(({ row }) => {
        const sealed = row === null ? {} : rowOfJournal(row);
        return JSON.stringify(sealed, (_, value: unknown) =>
          value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
        );
      })
      .join('\n');
    // The search itself works: what may stand in the open is found.
    expect(text.includes('"stage":"issued"')).toBe(true);
    for (const word of ['Unverwechselbar', 'X987654321', 'Wasserschaden', 'J06'])
      expect(text.includes(word)).toBe(false);
    store.close();
  });
});

describe('search', () => {
  it('finds by name, day, insured id and document, in this window and the other, before and after packing', async () => {
    const { name, open } = vault();
    const [one, two] = [await open(), await open()];
    const id = await record(one, person('Königsstein', 'K111111111'));
    await record(one, person('Andersen', 'A222222222'));
    for (const words of ['koenig', 'K1111', 'königsstein k111'])
      expect(await two.searchCertificates(words)).toEqual([id]);
    expect(await two.searchCertificates('nirgends')).toEqual([]);
    const document = { signedSha256: '1'.padStart(64, '0'), documentId, recordId: id, number: 1 };
    const bytes = { xml: new Uint8Array([1]), signed: new Uint8Array([2]) };
    await one.records.append(id, [happened.signed()], {
      documents: [{ ...document, ...bytes, timestamp: now.toISOString(), signedAt: now.toISOString() }],
    });
    expect(await two.searchCertificates(documentId.slice(0, 8))).toEqual([id]);
    const raw = new Database(name);
    await raw.searchTail.clear();
    expect(await one.completeIndex()).toBe(true);
    expect(await raw.searchBlocks.count()).toBe(1);
    expect(await two.searchCertificates('koenig')).toEqual([id]);
    expect((await two.summaries([id]))[0]).toMatchObject({ id, insuredId: 'K111111111' });
    raw.close();
    one.close();
    two.close();
  });
});

describe('erasing', () => {
  it('nothing owed is erased; what is done goes with its key, its summary and its mails; the chain holds', async () => {
    const { name, journal, open } = vault();
    const store = await open();
    const id = await record(store, person('Weg', 'W111111111'));
    const kept = await record(store, person('Bleibt', 'B222222222'));
    const keyId = (await store.records.keyOf(id)) ?? '';
    expect(await store.erasure.erase(keyId)).toEqual({ kind: 'owed' });
    expect(await store.erasure.proposals(10)).toEqual([]);
    await store.records.append(id, [{ type: 'discarded', reason: 'x' }]);
    await store.saveMail({
      ...{ account: 'a', uid: '1', header: new Uint8Array([1]), raw: null },
      ...{ status: 'matched', what: 'receipt', recordId: id },
    });
    expect(await store.patientExport(keyId)).toMatchObject({ patient: { family: 'Weg' }, mails: [{ uid: '1' }] });
    now = new Date('2037-01-01T00:00:00Z');
    expect(await store.erasure.proposals(10)).toMatchObject([{ keyId, certificates: 1 }]);
    const certificate = await store.erasure.erase(keyId);
    expect(certificate).toMatchObject({ kind: 'erased', recordIds: [id], mails: 1, copies: 'gone' });
    expect(journal.forgotten.has(keyId)).toBe(true);
    expect(journal.keys.has(keyId)).toBe(false);
    expect(await store.records.get(id)).toBeNull();
    expect(await store.records.events(id)).toEqual([]);
    expect(await store.searchCertificates('weg')).toEqual([]);
    expect(await store.searchCertificates('bleibt')).toEqual([kept]);
    expect(await store.checkChain('start')).toMatchObject({ kind: 'held' });
    expect((await store.auditTrail({ after: 0, limit: 10 })).at(-1)?.detail).toMatchObject({ type: 'erased', keyId });
    const raw = new Database(name);
    expect(await raw.patientKeys.get(keyId)).toBeUndefined();
    raw.close();
    store.close();
  });
});

describe('a plain database of version 1', () => {
  it('is sealed, row by row the same, then gone; an older program finds a newer version', async () => {
    const { name, open } = vault();
    const old = new PlainDatabase(name);
    const [id, namespace] = [newId(), newId()];
    const at = now.toISOString();
    await old.meta.put({ key: 'installation', value: { namespace, createdAt: at } });
    await old.records.put({
      ...{ id, kind: 'certificate', createdAt: at, stage: 'recorded', content: person('Früher', 'F111111111') },
      ...{ corrects: null, coverageSource: 'card', cancels: null },
      state: {
        ...{ stage: 'recorded', since: at, paper: 'none', byHand: false, printed: [] },
        ...{
          issuedAt: null,
          imported: null,
          attempts: [],
          setback: null,
          correctedBy: null,
          refusedCancellation: null,
        },
      },
    });
    await old.events.put({
      ...{ sequence: 1, id: newId(), recordId: id, at, user: 'CD', detail: happened.recorded },
      ...{ previousHash: '0'.repeat(64), hash: 'f'.repeat(64) },
    });
    old.close();
    const store = await open();
    expect(store.namespace).toBe(namespace);
    expect(await store.records.get(id)).toMatchObject({
      coverageSource: 'card',
      content: { patient: { family: 'Früher' } },
    });
    expect(await store.records.events(id)).toMatchObject([{ user: 'CD', at, detail: { type: 'recorded' } }]);
    expect(await store.searchCertificates('fruher')).toEqual([id]);
    // Its hash was not right: that is said, and sealed with the rest.
    expect((await store.auditTrail({ after: 0, limit: 5 }))[0]?.detail).toMatchObject({
      type: 'sealed',
      chain: 'broken',
    });
    expect(await store.checkChain('start')).toMatchObject({ kind: 'held', until: 2 });
    store.close();
    const left = (await indexedDB.databases()).find((one) => one.name === name);
    expect(left?.version).toBe(nativeVersion);
    const again = await open();
    expect((await again.records.list()).map((one) => one.id)).toEqual([id]);
    again.close();
  });
});
