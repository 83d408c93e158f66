import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Result } from '../../../electron/contract/call';
import { addressChanges } from '../../../renderer/outbox/address-changes';
import { days, hours, openPractice, type TestPractice } from '../../support/practice';

// Where certificates go, while the directory's answers change (P5-02).

type Found = Result<{ payerIk: string; address: string }[]>;
let practice: TestPractice;
/** What the directory says, instead of the world's own. */
let says: (payerIks: readonly string[]) => Found | null = () => null;
const asked: string[][] = [];
const mailsTo: string[] = [];

beforeAll(async () => {
  practice = await openPractice((host) => ({
    ...host,
    directory: {
      ...host.directory,
      find: (query) => {
        asked.push(query.payerIks);
        const said = says(query.payerIks);
        return said === null ? host.directory.find(query) : Promise.resolve(said);
      },
    },
    mail: {
      ...host.mail,
      submit: ({ mail }) => {
        mailsTo.push(mail.to);
        return Promise.resolve({ kind: 'accepted', response: '250 ok' });
      },
    },
  }));
});
beforeEach(() => {
  asked.length = 0;
  mailsTo.length = 0;
});
afterAll(() => practice.stop());

const at = (address: string) => (payerIks: readonly string[]) => ({
  kind: 'ok' as const,
  value: [{ payerIk: payerIks[0] ?? '', address }],
});
const nothing = () => ({ kind: 'ok' as const, value: [] });
const down = () => ({
  kind: 'failed' as const,
  failure: { reason: 'unreachable' as const, code: null, text: 'ECONNREFUSED' },
});
/** One certificate to the same insurer each time. */
const send = async () => {
  const record = await practice.issue(practice.content(0, { unfitUntil: '2026-12-10' }));
  await practice.office.submit([record.id]);
  return (await practice.office.store.records.get(record.id))?.state;
};
const changes = () => addressChanges(practice.office.store, practice.clock.now());

describe('an insurer’s KIM address (P5-02)', () => {
  it('is looked up once a day', async () => {
    says = at('alt@kasse.kim.test');
    await send();
    await send();
    expect(mailsTo).toEqual(['alt@kasse.kim.test', 'alt@kasse.kim.test']);
    expect(asked).toHaveLength(1);
    expect(await changes()).toEqual([]);
  });

  it('several hits: the first is taken', async () => {
    practice.clock.move(days);
    says = (payerIks) => ({
      kind: 'ok',
      value: [...at('alt@kasse.kim.test')(payerIks).value, { payerIk: 'x', address: 'zweite@kasse.kim.test' }],
    });
    await send();
    expect(mailsTo).toEqual(['alt@kasse.kim.test']);
  });

  it('while the directory is down, yesterday’s address still serves', async () => {
    practice.clock.move(days);
    says = down;
    await send();
    expect(mailsTo).toEqual(['alt@kasse.kim.test']);
  });

  it('that changed is told of, and nothing goes to the old one', async () => {
    practice.clock.move(days);
    says = at('neu@kasse.kim.test');
    await send();
    expect(await changes()).toMatchObject([{ before: 'alt@kasse.kim.test', now: 'neu@kasse.kim.test' }]);
    says = down;
    practice.clock.move(days);
    await send();
    expect(mailsTo).toEqual(['neu@kasse.kim.test', 'neu@kasse.kim.test']);
  });

  it('that vanished is told of, the certificate is set back, and nothing goes to it even while the directory is down', async () => {
    practice.clock.move(days);
    says = nothing;
    expect(await send()).toMatchObject({ stage: 'signed', setback: { kind: 'no-recipient' } });
    expect(await changes()).toMatchObject([{ before: 'neu@kasse.kim.test', now: null }]);
    says = down;
    practice.clock.move(hours);
    expect((await send())?.stage).toBe('signed');
    expect(mailsTo).toEqual([]);
  });

  it('is looked up anew where the clock was set back', async () => {
    says = at('neu@kasse.kim.test');
    await send();
    asked.length = 0;
    practice.clock.move(-3 * days);
    await send();
    expect(asked).toHaveLength(1);
  });

  it('a change is told for 30 days', async () => {
    practice.clock.move(40 * days);
    expect(await changes()).toEqual([]);
  });
});
