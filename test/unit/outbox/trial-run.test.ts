import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingMail } from '../../../electron/contract/contract';
import { trialSteps, type TrialResult } from '../../../renderer/outbox/trial-run';
import { openPractice, type TestPractice } from '../../support/practice';

let practice: TestPractice;
const sent: OutgoingMail[] = [];
beforeAll(async () => {
  practice = await openPractice((host) => ({
    ...host,
    mail: {
      ...host.mail,
      submit: (argument) => {
        sent.push(argument.mail);
        return host.mail.submit(argument);
      },
    },
  }));
});
beforeEach(() => {
  sent.length = 0;
  practice.as('doctor');
});
afterEach(() => practice.break({}));
afterAll(() => practice.stop());

const run = async (signal = new AbortController().signal): Promise<TrialResult[]> => {
  const results: TrialResult[] = [];
  for await (const one of practice.office.runTrial('rehearsal', signal)) results.push(one);
  return results;
};
const wordsOf = (results: readonly TrialResult[]) =>
  results.map(({ step, outcome }) => `${step} ${outcome.kind === 'done' ? 'done' : outcome.what}`);

describe('the trial run of the connections', () => {
  it('signs a test message, sends it to the own address, and sees receipt and message arrive', async () => {
    const results = await run();
    expect(wordsOf(results).sort()).toEqual(trialSteps.map((step) => `${step} done`).sort());
    const [mail] = sent;
    expect(sent).toHaveLength(1);
    expect(mail?.to).toBe(practice.world.connections.mail.address);
    // Nothing about it is a certificate's: no insurer's service, no document's name.
    expect(JSON.stringify(mail)).not.toMatch(/[ET]EAU0_|eAU;/);
    expect(await practice.office.host.rehearsal.received({ from: 0 })).toEqual([]);
    // Receipt and message are known for what they are, so the inbox stays empty.
    const mails = await practice.office.store.mails();
    expect(mails.map(({ status, what }) => [status, what])).toEqual([
      ['matched', 'trial'],
      ['matched', 'trial'],
    ]);
  });

  it.each([
    [{ connector: 'down' }, ['connector connector-unreachable']],
    [{ connector: 'card-missing' }, ['connector done', 'signing connector-card-missing']],
    [{ connector: 'pin-blocked' }, ['connector done', 'signing connector-fault-pin-blocked']],
    [{ connector: 'bad-signature' }, ['connector done', 'signing connector-not-verified']],
    [
      { smtp: 'no-encryption-certificate' },
      ['connector done', 'signing done', 'directory done', 'sending sending-no-encryption-certificate'],
    ],
    [
      { directory: 'down', smtp: 'refuse-permanent' },
      ['connector done', 'signing done', 'directory directory-unreachable', 'sending sending-refused'],
    ],
    [
      { pop3: 'down' },
      [
        'connector done',
        'signing done',
        'directory done',
        'sending done',
        'receipt mailbox-unreachable',
        'arrival mailbox-unreachable',
      ],
    ],
  ] as const)('%o: says at which step, and why', async (faults, steps) => {
    await practice.break(faults);
    expect(wordsOf(await run())).toEqual(steps);
  });

  it('never signs for somebody who may not', async () => {
    practice.as('assistant');
    expect(wordsOf(await run())).toEqual(['connector done', 'signing role-sign']);
    expect(sent).toEqual([]);
  });

  it('can be ended', async () => {
    const ending = new AbortController();
    ending.abort();
    expect(wordsOf(await run(ending.signal))).toEqual(['connector done']);
    expect(sent).toEqual([]);
  });
});
