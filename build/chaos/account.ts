import { sha256Hex } from '../../renderer/domain/event-chain';
import type { StoredRecord } from '../../renderer/domain/record';
import type { Store } from '../../renderer/store/store';
import type { ModelWorld } from './model-world';

/** What the program says it has done, held against what the world knows; `wrong` says in words what must not be. */
export interface Account {
  readonly delivered: number;
  readonly posted: number;
  readonly owed: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrong: readonly string[];
}

/** Holds the program's account of what was recorded against the world's. */
export async function accountOf(store: Store, world: ModelWorld, recordedIds: readonly string[]): Promise<Account> {
  const wrong: string[] = [];
  const records = new Map((await store.records.list()).map((record) => [record.id, record]));
  const events = await store.records.chain();
  if ((await store.checkChain('start')).kind !== 'held') wrong.push('The chain of events is broken.');
  let lost = 0;
  let doubled = 0;
  const xmlOf = new Map<string, string>();
  for (const id of recordedIds) {
    const record = records.get(id);
    const documents = await store.records.documents(id);
    if (record === undefined || ('document' in record.state && documents.length === 0)) {
      lost += 1;
      wrong.push(`${id} is lost.`);
      continue;
    }
    for (const { signedSha256, xml } of documents) xmlOf.set(signedSha256, sha256Hex(xml));
    const ids = new Set(documents.map(({ documentId }) => documentId));
    const asked = events.filter(
      ({ recordId, detail }) => recordId === id && detail.type === 'rejected' && /^10[1-5]$/.test(detail.error.code),
    );
    const askedFor = new Set(asked.map(({ detail }) => ('documentId' in detail ? detail.documentId : ''))).size;
    if (ids.size > 1 + askedFor) {
      doubled += 1;
      wrong.push(`${id}: ${ids.size} documents, ${askedFor} errors that ask for one.`);
    }
    if (record.state.stage === 'delivered' || record.state.stage === 'closed') {
      const { documentId, signedSha256 } = record.state.document;
      const there = world.arrived.some(
        (one) => one.documentId === documentId && one.signedSha256 === signedSha256 && one.verdict === 'accepted',
      );
      if (!there) wrong.push(`${id} is said to be delivered, and isn't.`);
    }
  }
  const xmlSent = new Map<string, string | undefined>();
  for (const { documentId, signedSha256 } of world.sent) {
    const xml = xmlOf.get(signedSha256);
    if (xml === undefined) wrong.push(`${documentId}: what was sent isn't stored.`);
    if (xmlSent.has(documentId) && xmlSent.get(documentId) !== xml) {
      doubled += 1;
      wrong.push(`${documentId} was sent with differing XML.`);
    }
    xmlSent.set(documentId, xml);
  }
  const counted = recordedIds.flatMap((id) => records.get(id) ?? []);
  const delivered = counted.filter(isDelivered).length;
  const posted = counted.filter((record) => !isDelivered(record) && record.state.paper === 'posted').length;
  // What the patient has on paper isn't posted; a person is asked about it.
  const owed = counted.length - delivered - posted;
  for (const record of counted) {
    if (!isDelivered(record) && record.state.paper === 'none')
      wrong.push(`${record.id} is neither delivered nor posted, but ${record.state.stage}.`);
  }
  return { delivered, posted, owed, lost, doubled, wrong };
}

function isDelivered({ state }: StoredRecord): boolean {
  return state.stage === 'delivered' || state.stage === 'closed';
}
