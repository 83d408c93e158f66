import type { Failure, Result } from '../../electron/contract/call';
import { fromBase64, toBase64 } from './bytes';
import type { CollectionRun, Obstacle } from './office';
import type { OutboxMeans } from './outbox';
import { readAnswer } from './answers';
import { failureObstacle, obstacle } from './obstacles';
import { thisSoftware } from './outgoing-mail';
import { cardOf, isIssuersCard } from './signer';
import type { MailRow } from '../store/database';
import type { Setup } from '../store/store';

/**
 * The trial run: from the connector's directory of services to a signed test message that has arrived in the practice's own mailbox, with its receipt.
 * It goes the way of a certificate, step by step, and carries none: the message is signed with the doctor's card, goes to the practice's own KIM
 * address, and no insurer ever sees it.
 */

/** The steps, in the order in which a certificate meets what they try. */
export const trialSteps = ['connector', 'signing', 'directory', 'sending', 'receipt', 'arrival'] as const;
export type TrialStep = (typeof trialSteps)[number];

/** What a step came to. After an obstacle the run is over, but for the directory's: a test message needs no insurer's address. */
export interface TrialResult {
  readonly step: TrialStep;
  /** `words`: technical, such as the connector's product and version. */
  readonly outcome: { readonly kind: 'done'; readonly words: string } | Obstacle;
}

/** ENVID and Message-ID of a test message begin so: by them its receipt and itself are known in the mailbox. */
const mark = 'test-';
const domain = 'ersatzschein-test';

/** Whether a delivery report's envelope id is a test message's. */
export function isTrialEnvelope(envelopeId: string | null): boolean {
  return envelopeId !== null && /^test-[0-9a-f-]{36}$/.test(envelopeId.trim().toLowerCase());
}

/** Whether a header block is a test message's own. */
export function isTrialMessage(header: Uint8Array): boolean {
  return /^message-id:\s*<test-[0-9a-f-]{36}@ersatzschein-test>\s*$/im.test(new TextDecoder().decode(header));
}

/** So often, after so many seconds each, the mailbox is looked into before the run gives up: about four minutes. */
const looks = [1, 1, 2, 2, 4, 4, 8, 8, 15, 15, 30, 30, 60, 60];

/** What the run works with. `collect`: how the office looks into the mailbox, so that what else has come is taken in as always. */
interface TrialMeans extends OutboxMeans {
  readonly collect: () => Promise<CollectionRun>;
}

/** Runs the trial with the card of the practitioner with this id. Ends early when `signal` aborts. */
export async function* runTrial(
  means: TrialMeans,
  setup: Setup,
  practitionerId: string,
  signal: AbortSignal,
): AsyncGenerator<TrialResult> {
  const { host, clock } = means;
  const { connections, settings } = setup;
  const { connector, mail, directory } = connections;
  const isOver = () => signal.aborted;
  const practitioner = settings.practitioners.find(({ id }) => id === practitionerId);
  if (practitioner === undefined) return;

  const checked = await host.connector.check({ connection: connector });
  yield result(
    'connector',
    ended('connector', checked, ({ description }) => description),
  );
  if (checked.kind === 'failed' || isOver()) return;

  if (!means.maySign()) {
    yield result('signing', obstacle('role-sign'));
    return;
  }
  const id = `${mark}${means.newId()}`;
  const text = `Testnachricht von Ersatzschein, ${clock.now().toISOString()}, ${id}. Keine Bescheinigung.`;
  const name = `Testnachricht_${id}`;
  const signed = await host.connector.sign({
    connection: connector,
    card: cardOf(practitioner),
    documents: [{ name, content: toBase64(new TextEncoder().encode(text)) }],
  });
  const outcome = signed.kind === 'ok' ? signed.value[0]?.outcome : signed;
  if (outcome?.kind !== 'signed') {
    yield result('signing', failureObstacle('connector', outcome?.failure ?? leftOut));
    return;
  }
  if (!isIssuersCard(practitioner, outcome.signer)) {
    yield result('signing', failureObstacle('connector', { ...leftOut, reason: 'not-verified' }));
    return;
  }
  yield result('signing', { kind: 'done', words: outcome.signer.commonName });
  if (isOver()) return;

  const asked = await host.directory.check({ connection: directory });
  yield result(
    'directory',
    ended('directory', asked, ({ description }) => description),
  );
  if (isOver()) return;

  const messageId = `<${id}@${domain}>`;
  const submission = await host.mail.submit({
    account: mail,
    mail: {
      to: mail.address,
      subject: name,
      messageId,
      date: clock.now().toISOString(),
      headers: [
        { name: 'X-KIM-Sendersystem', value: `${thisSoftware.name};${thisSoftware.version}` },
        { name: 'X-KIM-Support', value: thisSoftware.support },
      ],
      text: 'Testnachricht von Ersatzschein an die eigene KIM-Adresse. Es ist nichts zu tun.',
      attachment: {
        name: `${name}.p7s`,
        description: 'Testnachricht',
        content: toBase64(fromBase64(outcome.signature)),
      },
      envelopeId: id,
    },
  });
  switch (submission.kind) {
    case 'accepted':
      yield result('sending', { kind: 'done', words: submission.response });
      break;
    case 'refused':
      yield result(
        'sending',
        failureObstacle('sending', { reason: 'refused', code: submission.code, text: submission.text }),
      );
      return;
    case 'not-sent':
      yield result('sending', failureObstacle('sending', submission.failure));
      return;
    case 'unknown':
      yield result('sending', failureObstacle('sending', { reason: 'timeout', code: null, text: submission.text }));
      return;
  }
  yield* waitForBoth(means, { id, messageId }, signal);
}

/** Looks into the mailbox until receipt and message are there. */
async function* waitForBoth(
  { collect, store, clock }: TrialMeans,
  { id, messageId }: { id: string; messageId: string },
  signal: AbortSignal,
): AsyncGenerator<TrialResult> {
  const missing = new Set<TrialStep>(['receipt', 'arrival']);
  let last: CollectionRun | null = null;
  const isOver = () => signal.aborted;
  for (const seconds of looks) {
    if (isOver()) return;
    last = await collect();
    const own = (await store.mails()).filter(({ what }) => what === 'trial');
    for (const { step, outcome } of await found(own, id, messageId)) {
      if (missing.delete(step)) yield result(step, outcome);
      if (outcome.kind === 'obstacle') return;
    }
    if (missing.size === 0) return;
    await clock.sleep(seconds * 1000, signal);
  }
  if (isOver()) return;
  const why = last?.kind === 'stopped' ? last.obstacle : null;
  for (const step of missing)
    yield result(step, why ?? obstacle(step === 'receipt' ? 'trial-no-receipt' : 'trial-no-message'));
}

async function found(mails: readonly MailRow[], id: string, messageId: string): Promise<TrialResult[]> {
  const results: TrialResult[] = [];
  for (const { header, raw } of mails) {
    if (raw === null) {
      if (new TextDecoder().decode(header).includes(messageId))
        results.push(result('arrival', { kind: 'done', words: messageId }));
      continue;
    }
    const answer = await readAnswer(raw);
    if (answer.kind !== 'receipt' || answer.envelopeId?.trim() !== id || answer.action === 'delayed') continue;
    const { action, status, text } = answer;
    results.push(
      result(
        'receipt',
        action === 'delivered'
          ? { kind: 'done', words: `${action} ${status}` }
          : obstacle('trial-undelivered', { code: status, text }),
      ),
    );
  }
  return results;
}

const leftOut: Failure = { reason: 'protocol', code: null, text: 'The connector left the test message out.' };

function result(step: TrialStep, outcome: TrialResult['outcome']): TrialResult {
  return { step, outcome };
}

function ended<T>(
  component: 'connector' | 'directory',
  checked: Result<T>,
  words: (value: T) => string,
): TrialResult['outcome'] {
  return checked.kind === 'ok'
    ? { kind: 'done', words: words(checked.value) }
    : failureObstacle(component, checked.failure);
}
