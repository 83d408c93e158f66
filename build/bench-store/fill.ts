import type { CertificateContent } from '../../renderer/domain/certificate';
import { linkEvent, sha256Hex, type ChainLink } from '../../renderer/domain/event-chain';
import type { EventDetail } from '../../renderer/domain/event';
import { applyEvents, initialState } from '../../renderer/domain/state';
import type { Database, SealedCheckpoint, SealedEvent, SealedRecord } from '../../renderer/store/database';
import type { Journal } from '../../renderer/store/journal';
import { PatientKeys } from '../../renderer/store/patient-keys';
import { sealDetail, sealRecord, sealValue, type PatientKey } from '../../renderer/store/rows';
import { SearchIndex } from '../../renderer/store/search-index';
import { newKey, seal } from '../../renderer/store/sealing';

const families = [
  'Müller',
  'Schmidt',
  'Schneider',
  'Fischer',
  'Weber',
  'Königsstein',
  'Wagner',
  'Becker',
  'Çelik',
  'Yılmaz',
];
/** Rows that go over in one transaction; a multiple of the search index's blocks. */
const atOnce = 2_048;
const blockSize = 512;
const checkpointEvery = 1_000;
/** Nothing of it is in the journal: write 0 stands before all that is compared with it. */
const write = 0;

/** The made-up patient with this number, in a content given. */
export function contentOf(number: number, sample: CertificateContent): CertificateContent {
  const family = `${families[number % families.length] ?? ''}-${String(number)}`;
  const insuredId = `A${String(100_000_000 + number)}`;
  return {
    ...sample,
    patient: { ...sample.patient, family },
    coverage: { ...sample.coverage, insuredId },
  };
}

/**
 * Fills a vault with so many certificates of a tenth as many patients, done long ago, each with two events behind those that are there: what
 * the store itself would have written in years, without its journal and in large transactions.
 */
export async function fillVault(
  database: Database,
  keys: { readonly practice: Uint8Array; readonly clinical: Uint8Array },
  sample: CertificateContent,
  count: number,
): Promise<void> {
  const newId = () => crypto.randomUUID();
  const { clinical, practice } = keys;
  const journal: Journal = {
    refusal: null,
    prepare: (entries) => async () => entries.map(() => ({ kind: 'written' })),
    keepPatientKey: written,
    forgetPatientKey: written,
  };
  const known = new PatientKeys(database, { clinical, newId, journal });
  const patients = Array.from({ length: Math.max(1, Math.floor(count / 10)) }, (_, number) => {
    const content = contentOf(number, sample);
    const id = newId();
    const key = newKey();
    const index = known.indexOf(content.coverage.insuredId ?? '');
    return { content, key: { id, key }, row: { id, index, wrapped: seal(clinical, ['patientKeys', id], key) } };
  });
  await database.patientKeys.bulkAdd(patients.map(({ row }) => row));

  const index = new SearchIndex(database, { clinical, newId });
  let last: Pick<ChainLink, 'sequence' | 'hash'> | null = (await database.events.orderBy('sequence').last()) ?? null;
  for (let from = 0; from < count; from += atOnce) {
    const records: SealedRecord[] = [];
    const events: SealedEvent[] = [];
    const checkpoints: SealedCheckpoint[] = [];
    const entries: Parameters<SearchIndex['add']>[0][number][] = [];
    for (let number = from; number < Math.min(count, from + atOnce); number += 1) {
      const patient = patients[number % patients.length];
      if (patient === undefined) throw new Error('There are patients.');
      const id = newId();
      const at = new Date(Date.UTC(2024, 0, 1) + number * 600_000).toISOString();
      const details: EventDetail[] = [{ type: 'recorded' }, { type: 'paper-only', rule: 'pays-alone', reason: '' }];
      const happened = details.map((detail) => {
        const event = linked(last, { id: newId(), recordId: id, at, detail }, patient.key);
        last = event;
        events.push(event);
        if (event.sequence % checkpointEvery === 0) {
          const { sequence, hash } = event;
          const sealed = sealValue('checkpoints', String(sequence), write, { sequence, hash, at }, practice);
          checkpoints.push({ sequence, write, sealed });
        }
        const { sequence, user, hash } = event;
        return { sequence, id: event.id, recordId: id, at, user, hash, detail };
      });
      const state = applyEvents(initialState, happened);
      const { stage } = state;
      const row = {
        ...{ id, kind: 'certificate' as const, createdAt: at, stage, state, content: patient.content },
        ...{ corrects: null, coverageSource: 'card' as const, cancels: null },
      };
      records.push(await sealRecord({ row, lastSequence: last?.sequence ?? 0 }, patient.key, write));
      entries.push({ row, keyId: patient.key.id, write });
    }
    await Promise.all([
      database.records.bulkAdd(records),
      database.events.bulkAdd(events),
      database.checkpoints.bulkAdd(checkpoints),
    ]);
    for (let at = 0; at < entries.length; at += blockSize) await index.add(entries.slice(at, at + blockSize));
  }
}

function linked(
  last: Pick<ChainLink, 'sequence' | 'hash'> | null,
  { id, recordId, at, detail }: { id: string; recordId: string; at: string; detail: EventDetail },
  { id: keyId, key }: PatientKey,
): SealedEvent {
  const sealed = sealDetail(detail, (last?.sequence ?? 0) + 1, key);
  const about = { id, recordId, at, user: 'AB', keyId };
  const { sequence, previousHash, hash } = linkEvent(last, { ...about, sealedSha256: sha256Hex(sealed) });
  return { sequence, ...about, previousHash, hash, write, sealed };
}

function written(): Promise<{ kind: 'written' }> {
  return Promise.resolve({ kind: 'written' });
}
