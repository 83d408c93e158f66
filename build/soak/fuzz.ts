import { randomUUID } from 'node:crypto';
import { createAuthority } from '../../electron/rehearsal/authority';
import { Mailbox } from '../../electron/rehearsal/mailbox';
import { startPop3 } from '../../electron/rehearsal/pop3';
import { contract } from '../../electron/contract/contract';
import { createHost } from '../../electron/contract/host';
import { createServices } from '../../electron/services/services';
import { systemClock } from '../../renderer/domain/clock';
import { sha256Hex } from '../../renderer/domain/event-chain';
import type { StageName } from '../../renderer/domain/state';
import { collectAnswers } from '../../renderer/outbox/collecting';
import { emptyContent } from '../../renderer/outbox/issuing';
import { messageIdOf } from '../../renderer/outbox/outgoing-mail';
import { Store, type Setup } from '../../renderer/store/store';
import { MemoryJournal, testKeys } from '../../test/support/memory-journal';
import { modelDescription, modelSetup } from '../chaos/model-practice';
import { SeededRandom } from '../chaos/random';
import { recipes, type Recipe } from './fuzz-recipes';

/** A certificate that was handed over, and the mail that comes about it. */
interface Case {
  readonly recordId: string;
  readonly name: string;
  /** The stages that may follow. */
  readonly expected: readonly StageName[];
}

/** So many mails lie in the mailbox, unread, before it is looked into. */
const atOnce = 500;

/**
 * Puts so many inbound mails, honest, forged and broken, into one mailbox, has the program collect them over POP3 as it always does, and compares what
 * becomes of the certificate each is about. Whatever is no answer to it may not touch it; no mail may end the collecting or be lost, and
 * each is read once. Nothing is ever deleted: at the end the mailbox holds them all. `isOver`: whether to be content with fewer. Needs an IndexedDB.
 */
export async function fuzzMails(
  count: number,
  seed: number,
  isOver: () => boolean = () => false,
): Promise<{ fuzzed: number; wrong: string[] }> {
  const random = new SeededRandom(seed);
  // Of the same seed there may have been a run in this process before: its database has other keys.
  const opened = await Store.open(`fuzz-${randomUUID()}`, {
    clock: systemClock,
    newId: () => random.uuid(),
    keys: testKeys(),
    journal: new MemoryJournal(),
    user: () => 'AB',
  });
  if (opened.kind !== 'open') throw new Error(opened.text);
  const { store } = opened;
  const mailbox = new Mailbox('fuzz');
  const { setup, host, stop } = await overPop3(mailbox);
  await store.saveSetup(setup);
  const wrong: string[] = [];
  let fuzzed = 0;
  try {
    while (fuzzed < count && !(fuzzed > 0 && isOver())) {
      const cases: Case[] = [];
      for (let left = Math.min(atOnce, count - fuzzed); left > 0; left -= 1) {
        const recipe = recipes[(fuzzed + cases.length) % recipes.length];
        if (recipe === undefined) throw new Error('There are recipes.');
        cases.push(await handedOver(store, setup, recipe, random, (raw) => mailbox.add(Buffer.from(raw))));
      }
      const collected = await collectAnswers({ store, host }, setup);
      if (collected.kind !== 'done') wrong.push(`Collecting failed: ${collected.failure.text}`);
      for (const { recordId, name, expected } of cases) {
        const stage = (await store.records.get(recordId))?.state.stage;
        if (stage === undefined || !expected.includes(stage))
          wrong.push(`${name}: ${String(stage)}, not ${expected.join(' or ')}.`);
      }
      fuzzed += cases.length;
      const known = (await store.knownUids(setup.connections.mail.address)).length;
      if (known !== fuzzed) wrong.push(`Of ${fuzzed} mails ${known} are kept.`);
    }
    if (mailbox.list().length !== fuzzed) wrong.push('Mails were deleted.');
    const again = await collectAnswers({ store, host }, setup);
    if (again.kind !== 'done' || again.answers + again.unmatched > 0) wrong.push('A mail was read twice.');
  } finally {
    await stop();
    store.close();
  }
  return { fuzzed, wrong };
}

/** The program's own mail service before a mailbox, over TLS on loopback. */
async function overPop3(mailbox: Mailbox): Promise<{
  setup: Setup;
  host: ReturnType<typeof createHost>;
  stop: () => Promise<void>;
}> {
  const authority = createAuthority('Fuzz', new Date());
  const identity = authority.issue({ commonName: 'localhost' }, 'server');
  const base = modelSetup(modelDescription());
  const trust = { authorities: [authority.pem] };
  const server = await startPop3({ identity, account: () => base.connections.mail, mailbox });
  const services = createServices({ printFolder: null });
  const mail = { ...base.connections.mail, trust, pop3: { ...base.connections.mail.pop3, port: server.port } };
  const host = createHost((group, name, argument) =>
    `${group}.${name}` === 'mail.collect'
      ? services.mail.collect(contract.mail.collect.argument.parse(argument))
      : Promise.reject(new Error(`${group}.${name} is not served.`)),
  );
  return {
    setup: { ...base, connections: { ...base.connections, mail } },
    host,
    stop: async () => {
      await services.close();
      await server.stop();
    },
  };
}

async function handedOver(
  store: Store,
  setup: Setup,
  recipe: Recipe,
  random: SeededRandom,
  deliver: (raw: Uint8Array) => void,
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
  deliver(recipe.write({ documentId, address, messageId, random }));
  return { recordId, name: recipe.name, expected: recipe.expected };
}
