import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hours, openPractice, type TestPractice } from '../../support/practice';

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());

describe('when a component last answered', () => {
  it('is known from the work itself, stands still while it is gone, and outlives a restart', async () => {
    const { office, clock } = practice;
    expect(await office.store.contacts()).toEqual({});
    const record = await practice.issue();
    await office.submit();
    await practice.answered(record.id, 'handed-over');
    const first = clock.now().toISOString();
    await expect
      .poll(() => office.store.contacts())
      .toEqual({ connector: first, directory: first, sending: first, mailbox: first });
    await practice.break({ connector: 'down', pop3: 'down' });
    clock.move(2 * hours);
    await office.collect();
    await practice.issue(practice.content(1));
    await office.submit();
    const setup = await office.store.setup();
    if (setup === null) throw new Error('no set-up');
    await office.host.mail.checkSubmission({ account: setup.connections.mail });
    await expect
      .poll(() => office.store.contacts())
      .toMatchObject({ connector: first, mailbox: first, sending: clock.now().toISOString() });
    const again = await practice.restart();
    expect(await again.store.contacts()).toMatchObject({ connector: first });
  });
});
