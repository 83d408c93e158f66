import { createHost } from '../../electron/contract/host';
import { systemClock } from '../../renderer/domain/clock';
import { sha256Hex } from '../../renderer/domain/event-chain';
import type { StageName } from '../../renderer/domain/state';
import { toBase64 } from '../../renderer/outbox/bytes';
import { collectAnswers } from '../../renderer/outbox/collecting';
import { emptyContent } from '../../renderer/outbox/issuing';
import { messageIdOf } from '../../renderer/outbox/outgoing-mail';
import { Store } from '../../renderer/store/store';
import { MemoryJournal, testKeys } from '../../test/support/memory-journal';
import { insurerErrorMail, receiptMail } from '../chaos/answer-mail';
import { modelDescription, modelSetup } from '../chaos/model-practice';
import { SeededRandom } from '../chaos/random';

/** A certificate that was handed over, and the mail that comes about it. */
interface Case {
  readonly recordId: string;
  readonly documentId: string;
  readonly address: string;
  readonly name: string;
  readonly raw: Uint8Array;
  /** The stages that may follow. */
  readonly expected: readonly StageName[];
}

const atOnce = 50;
const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const bytes = (of: string) => Uint8Array.from(of, (letter) => letter.charCodeAt(0) & 0xff);

/** What mails are made of: about one document, to one insurer. */
interface Ingredients {
  readonly documentId: string;
  readonly address: string;
  readonly messageId: string;
  readonly random: SeededRandom;
}

/** A way of writing a mail: honest, forged, or broken; and what may come of it. */
const recipes: readonly {
  readonly name: string;
  readonly expected: readonly StageName[];
  readonly write: (of: Ingredients) => Uint8Array;
}[] = [
  { name: 'receipt', expected: ['delivered'], write: (of) => receipt(of) },
  {
    name: 'receipt, lines end in LF',
    expected: ['delivered'],
    write: (of) => bytes(text(receipt(of)).replace(/\r\n/g, '\n')),
  },
  {
    name: 'receipt, other letter case',
    expected: ['delivered'],
    write: (of) =>
      bytes(
        text(receipt(of)).replace(/^(Action|Status|Final-Recipient|Content-Type):/gm, (name) => name.toUpperCase()),
      ),
  },
  {
    name: 'receipt, report in base64',
    expected: ['delivered'],
    write: (of) => {
      const [head = '', report = '', end = ''] = text(receipt(of)).split(
        /(?<=message\/delivery-status\r\n)\r\n|(?=--report--)/,
      );
      return bytes(
        `${head}Content-Transfer-Encoding: base64\r\n\r\n${toBase64(bytes(report)).replace(/.{76}/g, '$&\r\n')}\r\n${end}`,
      );
    },
  },
  {
    name: 'receipt without envelope id, by the returned Message-ID',
    expected: ['delivered'],
    write: (of) =>
      bytes(
        text(receipt(of))
          .replace(/Original-Envelope-Id: .*\r\n/, '')
          .replace(
            '--report--',
            `--report\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${of.messageId}\r\n--report--`,
          ),
      ),
  },
  {
    name: 'receipt without envelope id, by the returned subject',
    expected: ['delivered'],
    write: (of) =>
      bytes(
        text(receipt(of))
          .replace(/Original-Envelope-Id: .*\r\n/, '')
          .replace(
            '--report--',
            `--report\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: TEAU0_${of.documentId}\r\n--report--`,
          ),
      ),
  },
  { name: 'bounce', expected: ['signed'], write: (of) => receipt(of, 'failed') },
  { name: 'delay', expected: ['handed-over'], write: (of) => receipt(of, 'delayed') },
  { name: 'insurer error', expected: ['rejected'], write: (of) => insurerError(of, '101') },
  { name: 'information', expected: ['informed'], write: (of) => insurerError(of, '100') },
  { name: 'unknown insurer error', expected: ['rejected'], write: (of) => insurerError(of, '999') },
  {
    name: 'receipt for somebody else',
    expected: ['handed-over'],
    write: (of) => receipt({ ...of, address: 'eau-1@evil.test' }),
  },
  {
    name: 'receipt about nobody’s document',
    expected: ['handed-over'],
    write: (of) => receipt({ ...of, documentId: of.random.uuid() }),
  },
  {
    name: 'insurer error from somebody else',
    expected: ['handed-over'],
    write: (of) => insurerError({ ...of, address: 'insurer@evil.test' }, '101'),
  },
  {
    name: 'entity bomb',
    expected: ['handed-over'],
    write: (of) =>
      bytes(
        text(insurerError(of, '101')).replace(
          '<OperationOutcome',
          '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><OperationOutcome',
        ),
      ),
  },
  {
    name: 'two errors in one mail',
    expected: ['handed-over'],
    write: (of) => {
      const mail = text(insurerError(of, '101'));
      const part = mail.slice(mail.lastIndexOf('--error\r\n'), mail.indexOf('--error--'));
      return bytes(mail.replace('--error--', `${part}--error--`));
    },
  },
  {
    name: 'nested too deeply',
    expected: ['handed-over', 'delivered'],
    write: (of) =>
      bytes(
        Array.from(
          { length: 400 },
          (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
        ).join('') + text(receipt(of)),
      ),
  },
  {
    name: 'a header without end',
    expected: ['handed-over', 'delivered'],
    write: (of) => bytes(`X-Long: ${'a'.repeat(2_500_000)}\r\n${text(receipt(of))}`),
  },
  { name: 'nothing', expected: ['handed-over'], write: () => new Uint8Array(0) },
  {
    name: 'noise',
    expected: ['handed-over'],
    write: ({ random }) => Uint8Array.from({ length: 1 + random.below(5000) }, () => random.below(256)),
  },
  {
    name: 'half a receipt',
    expected: ['handed-over', 'delivered', 'signed'],
    write: (of) => half(receipt(of), of.random),
  },
  {
    name: 'half an error',
    expected: ['handed-over', 'rejected'],
    write: (of) => half(insurerError(of, '101'), of.random),
  },
  {
    name: 'damaged receipt',
    expected: ['handed-over', 'delivered', 'signed'],
    write: (of) => damaged(receipt(of), of.random),
  },
  {
    name: 'damaged error',
    expected: ['handed-over', 'rejected', 'informed'],
    write: (of) => damaged(insurerError(of, '101'), of.random),
  },
];

function receipt(of: Ingredients, action: 'delivered' | 'failed' | 'delayed' = 'delivered'): Uint8Array {
  return receiptMail({ documentId: of.documentId, recipient: of.address, action });
}

function insurerError(of: Ingredients, code: string): Uint8Array {
  return insurerErrorMail({ documentId: of.documentId, sender: of.address, code, id: of.random.uuid() });
}

function half(raw: Uint8Array, random: SeededRandom): Uint8Array {
  return raw.slice(0, random.below(raw.length));
}

/** Bytes changed, left out and doubled here and there. */
function damaged(raw: Uint8Array, random: SeededRandom): Uint8Array {
  let mail = [...raw];
  for (let left = 1 + random.below(12); left > 0; left -= 1) {
    const at = random.below(mail.length);
    const length = random.below(30);
    const piece = mail.slice(at, at + length);
    const put = random.pick([[], [random.below(256)], [...piece, ...piece], [0], [13, 10], [13, 10, 13, 10]]);
    mail = [...mail.slice(0, at), ...put, ...mail.slice(at + length)];
  }
  return Uint8Array.from(mail);
}

/**
 * Sends so many inbound mails, honest, forged and broken, through the program's own collecting, and compares what becomes of the certificate
 * each is about. Whatever is no answer to it may not touch it; no mail may end the collecting or be lost. Needs an IndexedDB.
 */
export async function fuzzMails(count: number, seed: number): Promise<{ fuzzed: number; wrong: string[] }> {
  const random = new SeededRandom(seed);
  const opened = await Store.open(`fuzz-${random.uuid()}`, {
    clock: systemClock,
    newId: () => random.uuid(),
    keys: testKeys(),
    journal: new MemoryJournal(),
    user: () => 'AB',
  });
  if (opened.kind !== 'open') throw new Error(opened.text);
  const { store } = opened;
  const setup = modelSetup(modelDescription());
  await store.saveSetup(setup);
  const wrong: string[] = [];
  let fuzzed = 0;
  let turn = 0;
  while (fuzzed < count) {
    const cases: Case[] = [];
    for (; cases.length < Math.min(atOnce, count - fuzzed); turn += 1) {
      const recipe = recipes[turn % recipes.length];
      if (recipe === undefined) throw new Error('There are recipes.');
      cases.push(await handedOver(store, setup, recipe, random));
    }
    const host = createHost((group, name) => {
      if (`${group}.${name}` !== 'mail.collect') return Promise.reject(new Error(`${group}.${name} is not served.`));
      const messages = cases.map(({ recordId, raw }) => ({
        uid: recordId,
        header: toBase64(raw.slice(0, 200)),
        raw: toBase64(raw),
      }));
      return Promise.resolve({ kind: 'ok', value: { messages, more: false } });
    });
    const collected = await collectAnswers({ store, host }, setup);
    if (collected.kind !== 'done') wrong.push(`Collecting failed: ${collected.failure.text}`);
    const kept = new Set(await store.knownUids(setup.connections.mail.address));
    for (const { recordId, name, expected } of cases) {
      const stage = (await store.records.get(recordId))?.state.stage;
      if (stage === undefined || !expected.includes(stage))
        wrong.push(`${name}: ${String(stage)}, not ${expected.join(' or ')}.`);
      if (!kept.has(recordId)) wrong.push(`${name}: the mail was not kept.`);
    }
    fuzzed += cases.length;
  }
  store.close();
  return { fuzzed, wrong };
}

async function handedOver(
  store: Store,
  setup: ReturnType<typeof modelSetup>,
  recipe: (typeof recipes)[number],
  random: SeededRandom,
): Promise<Case> {
  const [recordId, documentId, attemptId] = [random.uuid(), random.uuid(), random.uuid()];
  const address = `eau-${String(100000000 + random.below(899999999))}@kim.test`;
  const messageId = messageIdOf(documentId, attemptId);
  const signed = new TextEncoder().encode(documentId);
  const signedSha256 = sha256Hex(signed);
  const content = emptyContent(setup.settings, systemClock.now());
  await store.records.create(
    { id: recordId, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [
      { type: 'recorded' },
      { type: 'issued', byHand: false },
      {
        type: 'signed',
        documentId,
        number: 1,
        xmlSha256: signedSha256,
        signedSha256,
        signer: { card: 'HBA', commonName: 'Anna Beispiel', reason: null },
      },
      { type: 'attempting', attemptId, documentId, recipient: { payerIk: '1', address }, messageId },
      { type: 'handed-over', attemptId, response: '250 ok' },
    ],
    {
      documents: [{ signedSha256, documentId, recordId, number: 1, timestamp: '', xml: signed, signed, signedAt: '' }],
    },
  );
  const raw = recipe.write({ documentId, address, messageId, random });
  return { recordId, documentId, address, name: recipe.name, raw, expected: recipe.expected };
}
