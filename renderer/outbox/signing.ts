import type { Failure } from '../../electron/contract/call';
import type { SignatureOutcome } from '../../electron/contract/contract';
import type { Host } from '../../electron/contract/host';
import type { Clock } from '../domain/clock';
import { sha256Hex } from '../domain/event-chain';
import { groupBy } from '../domain/grouping';
import { toIssuable } from '../domain/issuable';
import type { StoredRecord } from '../domain/record';
import { documentOf } from '../domain/state';
import { buildCancellation } from '../fhir/cancellation';
import { buildDocument } from '../fhir/document';
import { documentIdOf, fileNameOf } from '../fhir/document-identity';
import { breathe } from '../store/breathe';
import type { DocumentRow } from '../store/database';
import type { Change } from '../store/records';
import type { Setup, Store } from '../store/store';
import { fromBase64 } from './bytes';
import { cardOf, isIssuersCard, isPracticesCard, type SigningCard } from './signer';
import { signBatch } from './signing-batch';

/** What is to be signed for a record: a new document (number n+1), or the same XML again (insurer errors 201–204). */
export interface SigningTask {
  readonly record: StoredRecord;
  readonly what: 'new-document' | 'same-document';
}

/** What became of one task. `failed` with a failure of the connector or of our own check; nothing is stored then but the event. */
export type Signing =
  | { readonly kind: 'signed'; readonly record: StoredRecord }
  | { readonly kind: 'failed'; readonly recordId: string; readonly failure: Failure }
  | { readonly kind: 'not-written'; readonly recordId: string; readonly change: Exclude<Change, { kind: 'written' }> };

/** A document that is ready to be signed. */
interface Unsigned {
  readonly task: SigningTask;
  readonly documentId: string;
  readonly number: number;
  readonly timestamp: string;
  readonly name: string;
  readonly xml: Uint8Array;
}

/** What a card signs after one PIN entry, at most: a doctor enters the PIN once for so many. */
const batchSize = 250;
/** So many documents are made without letting the screen have its turn. */
const madeAtOnce = 10;

/** With which card, and whether the user has had enough. */
export interface SigningOptions {
  readonly card: SigningCard;
  readonly isStopped: () => boolean;
}

/**
 * Has the connector sign each task's document with its issuer's card, one doctor after another (P4-01, P4-02), or all of them with the practice's;
 * stores XML and signed bytes with the event before anything is sent. Yields each result as it comes; returns the failure that kept documents from
 * being signed: at once where it concerns the connector, after the other doctors' documents where it concerns one card.
 */
export async function* signAll(
  means: { store: Store; host: Host; clock: Clock; newId: () => string; maySign: () => boolean },
  setup: Setup,
  tasks: readonly SigningTask[],
  options: SigningOptions,
): AsyncGenerator<Signing, Failure | null> {
  let stoppedBy: Failure | null = null;
  for (const group of options.card.kind === 'practice' ? [tasks] : byIssuer(tasks)) {
    for (let start = 0; start < group.length; start += batchSize) {
      if (options.isStopped()) return stoppedBy ?? stoppedHere;
      // The doctor has left the desk in the middle of it: the rest waits.
      if (!means.maySign()) return stoppedBy;
      const unsigned: Unsigned[] = [];
      for (const task of group.slice(start, start + batchSize)) {
        const made = await makeDocument(means, setup, task);
        if (made.kind === 'failed') yield made;
        else unsigned.push(made.unsigned);
        // A document takes milliseconds, a batch of them half a second in which no key would be answered.
        if (unsigned.length % madeAtOnce === 0) await breathe();
      }
      const [first] = unsigned;
      if (first === undefined) continue;
      const signed = await signBatch(means, {
        connection: setup.connections.connector,
        card: options.card.kind === 'practice' ? { kind: 'SMC-B' } : cardOf(first.task.record.content.issuer),
        documents: unsigned,
      });
      if (signed.kind === 'failed') {
        for (const { task } of unsigned) yield await noteFailure(means.store, task.record.id, signed.failure);
        if (!concernsCard(signed.failure)) return signed.failure;
        // This doctor's card or PIN: the next batch would fail alike, the other doctors' cards are no worse for it.
        stoppedBy = signed.failure;
        break;
      }
      const waiting = new Map(unsigned.map((document) => [document.name, document]));
      for await (const outcomes of signed.value) {
        const gone = outcomes.flatMap(({ outcome }) => (outcome.kind === 'failed' ? outcome.failure : []));
        stoppedBy = gone.findLast(isCardGone) ?? stoppedBy;
        // What comes from the host at once is stored at once: one write of the disk.
        const some = outcomes.flatMap(({ name, outcome }) => {
          const document = waiting.get(name);
          waiting.delete(name);
          return document === undefined ? [] : { document, outcome };
        });
        yield* await Promise.all(
          some.map(({ document, outcome }) => keepOutcome(means, setup, document, outcome, options.card)),
        );
      }
      for (const { task } of waiting.values()) yield await noteFailure(means.store, task.record.id, leftOut);
      // The card was pulled in the middle: the next batch would fail alike.
      if (stoppedBy !== null && isCardGone(stoppedBy)) break;
    }
  }
  return stoppedBy;
}

/** Stores what the connector made of one document, or why it made nothing of it. */
async function keepOutcome(
  means: { store: Store; clock: Clock },
  setup: Setup,
  document: Unsigned,
  outcome: SignatureOutcome,
  card: SigningCard,
): Promise<Signing> {
  const recordId = document.task.record.id;
  if (outcome.kind === 'failed') return noteFailure(means.store, recordId, outcome.failure);
  const { commonName } = outcome.signer;
  if (isRightCard(setup, document, card, outcome.signer))
    return store(means, document, fromBase64(outcome.signature), commonName, card);
  return noteFailure(means.store, recordId, {
    reason: 'not-verified',
    code: null,
    text: `Signed by ${commonName}, who is not ${card.kind === 'own' ? 'the issuer' : 'the practice'}.`,
  });
}

const leftOut = protocolFailure('The connector left this document out.');
const stoppedHere: Failure = { reason: 'cancelled', code: null, text: 'Signing was stopped.' };

/** Whether a failure is one doctor's card or PIN, not the connector's and so everybody's. */
function concernsCard(failure: Failure): boolean {
  return isCardGone(failure) || failure.reason === 'refused';
}

/** Whether nothing more can be signed with this card for now. */
function isCardGone({ reason }: Failure): boolean {
  return reason === 'card-missing' || reason === 'pin' || reason === 'cancelled';
}

/** What comes back counts only with the right signer: the issuing doctor, or the practice where its card was chosen. */
function isRightCard(
  setup: Setup,
  { task }: Unsigned,
  card: SigningCard,
  signer: Parameters<typeof isIssuersCard>[1],
): boolean {
  return card.kind === 'practice'
    ? isPracticesCard(setup.settings.practice, signer)
    : isIssuersCard(task.record.content.issuer, signer);
}

async function makeDocument(
  means: { store: Store; clock: Clock },
  setup: Setup,
  task: SigningTask,
): Promise<{ kind: 'made'; unsigned: Unsigned } | Extract<Signing, { kind: 'failed' }>> {
  const { record } = task;
  const test = setup.settings.mode === 'rehearsal';
  const previous = documentOf(record.state);
  if (task.what === 'same-document' && previous !== null) {
    const stored = await means.store.records.document(previous.signedSha256);
    if (stored === null)
      return { kind: 'failed', recordId: record.id, failure: protocolFailure('The stored document is missing.') };
    const { documentId, number, timestamp, xml } = stored;
    return {
      kind: 'made',
      unsigned: { task, documentId, number, timestamp, xml, name: fileNameOf(documentId, { kind: record.kind, test }) },
    };
  }
  const { imported } = record.state;
  if (imported !== null) {
    // Only who made a document can make another one for the same certificate.
    const stored = previous === null ? await means.store.records.document(imported.xmlSha256) : null;
    if (stored === null)
      return { kind: 'failed', recordId: record.id, failure: protocolFailure('The imported document is missing.') };
    const { documentId, timestamp, xml } = stored;
    return {
      kind: 'made',
      unsigned: {
        task,
        documentId,
        number: 1,
        timestamp,
        xml,
        name: fileNameOf(documentId, { kind: record.kind, test }),
      },
    };
  }
  const number = (previous?.number ?? 0) + 1;
  const documentId = documentIdOf(means.store.namespace, record.id, number);
  const timestamp = means.clock.now().toISOString();
  // Content was checked when it was issued and is locked since: the day that counts is the day of issuing.
  const issuable = toIssuable(record.content, { today: record.content.certificate.issuedOn ?? '', catalogue: null });
  if (issuable.kind === 'refused') {
    const rules = issuable.findings.map((finding) => finding.rule).join(', ');
    return { kind: 'failed', recordId: record.id, failure: protocolFailure(`The stored content breaks ${rules}.`) };
  }
  const { certificate } = issuable;
  const xml =
    record.kind === 'certificate'
      ? buildDocument(certificate, { documentId, timestamp })
      : buildCancellation({ certificate, cancelledDocumentId: record.cancelledDocumentId, documentId, timestamp });
  return {
    kind: 'made',
    unsigned: { task, documentId, number, timestamp, xml, name: fileNameOf(documentId, { kind: record.kind, test }) },
  };
}

async function store(
  means: { store: Store; clock: Clock },
  document: Unsigned,
  signed: Uint8Array,
  commonName: string,
  card: SigningCard,
): Promise<Signing> {
  const { record } = document.task;
  const before = documentOf(record.state)?.signedSha256;
  const row: DocumentRow = {
    signedSha256: sha256Hex(signed),
    documentId: document.documentId,
    recordId: record.id,
    number: document.number,
    timestamp: document.timestamp,
    xml: document.xml,
    signed,
    signedAt: means.clock.now().toISOString(),
  };
  const change = await means.store.records.append(
    record.id,
    [
      {
        type: 'signed',
        documentId: row.documentId,
        number: row.number,
        xmlSha256: sha256Hex(row.xml),
        signedSha256: row.signedSha256,
        signer:
          card.kind === 'practice'
            ? { card: 'SMC-B', commonName, reason: card.reason }
            : { card: 'HBA', commonName, reason: null },
      },
    ],
    // Somebody else may have signed or discarded it meanwhile: then these bytes were never sent and are dropped.
    {
      documents: [row],
      when: (state) => documentOf(state)?.signedSha256 === before && state.stage === record.state.stage,
    },
  );
  return change.kind === 'written'
    ? { kind: 'signed', record: change.record }
    : { kind: 'not-written', recordId: record.id, change };
}

async function noteFailure(store: Store, recordId: string, failure: Failure): Promise<Signing> {
  await store.records.append(recordId, [
    { type: 'signing-failed', code: failure.code ?? failure.reason, text: failure.text },
  ]);
  return { kind: 'failed', recordId, failure };
}

function byIssuer(tasks: readonly SigningTask[]): SigningTask[][] {
  const groups = groupBy(tasks, ({ record }) => {
    const { family, given, lanr, zanr } = record.content.issuer;
    return [lanr, zanr, family, given].join('\n');
  });
  return [...groups.values()];
}

function protocolFailure(text: string): Failure {
  return { reason: 'protocol', code: null, text };
}
