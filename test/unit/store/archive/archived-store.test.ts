import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Dexie from 'dexie';
import { describe, expect, it } from 'vitest';
import type { Host } from '../../../../electron/contract/host';
import { openArchivedStore } from '../../../../renderer/store/archive/open-archived';
import { Database, vaultName } from '../../../../renderer/store/database';
import { exampleContent } from '../../../support/content';
import { happened } from '../../../support/events';
import { testKeys } from '../../../support/memory-journal';
import { newFolder, openArchive, value } from '../../services/archive/support';
import { ModelMemory } from './support';

const clock = { now: () => new Date('2026-11-26T10:00:00Z'), sleep: () => Promise.resolve() };
const newId = () => crypto.randomUUID();
const keys = testKeys();

async function open(name: string, archive: Host['archive'], memory = new ModelMemory()) {
  const opened = await openArchivedStore(name, { clock, newId, keys, user: () => 'AB', archive, memory });
  if (opened.kind !== 'open') throw new Error(`${opened.reason}: ${opened.text}`);
  const { store, journal, close } = opened;
  if (journal === null) throw new Error('It is compared.');
  const notes =
    journal.standing.kind === 'in-step' ? journal.standing.notes.map(({ what }) => what) : [journal.standing.kind];
  const record = async (family: string): Promise<string> => {
    const id = newId();
    const content = exampleContent({ patient: { family } });
    const created = await store.records.create(
      { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [happened.recorded, happened.issued],
    );
    expect(created.kind).toBe('written');
    return id;
  };
  return { store, journal, notes, record, close };
}

describe('the store with its archive', () => {
  it('writes each change to both; a database that was deleted is made again, whole and searchable, its patients known', async () => {
    const [name, folder] = [`archived-${newId()}`, newFolder()];
    const first = await open(name, openArchive(folder));
    const id = await first.record('Ölçer');
    await first.record('Zweite');
    const namespace = first.store.namespace;
    const chain = await first.store.records.chain();
    first.close();
    await Dexie.delete(vaultName(name));

    const again = await open(name, openArchive(folder), new ModelMemory('another-profile'));
    expect(again.notes).toEqual(['rebuilt']);
    expect(again.store.namespace).toBe(namespace);
    expect(await again.store.records.chain()).toEqual(chain);
    const record = await again.store.records.get(id);
    expect(record?.content.patient.family).toBe('Ölçer');
    expect(record?.state.stage).toBe('issued');
    const database = new Database(name);
    expect(await database.patientKeys.where('index').startsWith('nobody:').count()).toBe(0);
    const before = await database.patientKeys.count();
    await again.record('Ölçer');
    expect(await database.patientKeys.count(), 'a patient who comes again has the key of before').toBe(before);
    database.close();
    again.close();
  });

  it('where another browser has taken over nothing more is written, in the database neither, as soon as that is known', async () => {
    const [name, folder, memory] = [`archived-${newId()}`, newFolder(), new ModelMemory()];
    const archive = openArchive(folder);
    const first = await open(name, archive, memory);
    const id = await first.record('Eins');
    const other = openArchive(folder);
    value(await other.open({}));
    value(await other.takeOver({ writerId: 'another-profile' }));

    // Told by asking how it stands, before anything is written.
    const { writerId } = value(await archive.state({}));
    first.journal.noteWriter(writerId);
    expect(first.journal.standing.kind).toBe('superseded');
    const before = await first.store.records.chain();
    expect(await first.store.records.append(id, [happened.signed()])).toMatchObject({ reason: 'not-journaled' });
    expect(await first.store.records.chain()).toEqual(before);
    expect((await first.store.records.get(id))?.state.stage, 'reading goes on').toBe('issued');
    first.close();

    // Opened again, it takes over in its turn, and nothing has gone two ways.
    const again = await open(name, archive, memory);
    expect(again.notes).toEqual([]);
    expect(await again.store.records.append(id, [happened.signed()])).toMatchObject({ kind: 'written' });
    again.close();
  });

  it('goes on where the host was away, and the archive catches up at the next start', async () => {
    const [name, folder, memory] = [`archived-${newId()}`, newFolder(), new ModelMemory()];
    const first = await open(name, openArchive(folder), memory);
    await first.record('Eins');
    first.close();
    const database = new Database(name);
    const inDatabase = (await database.counters.get('write'))?.value;
    database.close();
    const archive = openArchive(folder);
    expect(value(await archive.state({})).lastNumber).toBe(inDatabase);
    const again = await open(name, archive, memory);
    expect(again.notes).toEqual([]);
    again.close();
  });

  it('a patient erased while the host was away: at a later start its copy of the key goes too, and nothing brings it back', async () => {
    const [name, folder, memory] = [`archived-${newId()}`, newFolder(), new ModelMemory()];
    const archive = openArchive(folder);
    const away: Host['archive'] = { ...archive, forgetKey: () => Promise.reject(new TypeError('Failed to fetch')) };
    const first = await open(name, away, memory);
    const id = await first.record('Vergessen');
    await first.store.records.append(id, [{ type: 'discarded', reason: 'x' }]);
    const keyId = (await first.store.records.keyOf(id)) ?? '';
    expect(await first.store.erasure.erase(keyId)).toMatchObject({ kind: 'erased', copies: 'pending' });
    first.close();
    const copies = async () => value(await archive.keys({})).keys.map((key) => key.id);
    const held = async () => {
      const database = new Database(name);
      const row = await database.patientKeys.get(keyId);
      database.close();
      return row !== undefined;
    };
    expect(await copies()).toContain(keyId);
    // Still away: it stays to be done.
    (await open(name, away, memory)).close();
    expect(await copies()).toContain(keyId);
    (await open(name, archive, memory)).close();
    expect(await copies()).not.toContain(keyId);
    expect(await held()).toBe(false);
    const again = await open(name, archive, memory);
    expect(await again.store.erasure.forgetCopies()).toBe(true);
    expect(await held()).toBe(false);
    again.close();
  });

  it('nothing in the archive’s folder tells a name, an insured id or a diagnosis', async () => {
    const [name, folder] = [`archived-${newId()}`, newFolder()];
    const archive = openArchive(folder);
    const first = await open(name, archive);
    await first.record('Geheimhaltung');
    value(await archive.backup({ why: 'asked' }));
    const content = exampleContent();
    const secrets = ['Geheimhaltung', content.patient.given, content.coverage.insuredId ?? '', 'J06.9'].filter(
      (one) => one !== '',
    );
    let files = 0;
    for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, entry);
      if (!statSync(path).isFile()) continue;
      files += 1;
      const bytes = readFileSync(path);
      const texts = [
        bytes.toString('utf8'),
        ...bytes
          .toString('latin1')
          .split(/[\s"]/)
          .map((part) => Buffer.from(part, 'base64').toString('utf8')),
      ];
      for (const secret of secrets)
        expect(
          texts.some((text) => text.includes(secret)),
          `${secret} in ${entry}`,
        ).toBe(false);
    }
    expect(files).toBeGreaterThan(5);
    first.close();
  });
});
