import { afterEach, describe, expect, it } from 'vitest';
import { secondsIn } from '../../../electron/services/connector/comfort';
import { createServices } from '../../../electron/services/services';
import {
  cards,
  comfortAnswer,
  connectionTo,
  connectorWith,
  directory,
  named,
  pinAnswer,
  services,
  signature75,
  soap,
  stopAll,
  warned,
} from './scripted-connector';

describe('signing', () => {
  afterEach(stopAll);

  it.each([
    // Accepted: it goes on, and only then meets this connector's bad job number.
    ['VERIFIABLE', 'OK', 'protocol'],
    ['VERIFIABLE', 'REJECTED', 'pin REJECTED'],
    ['VERIFIABLE', 'NOWBLOCKED', 'pin NOWBLOCKED'],
    ['BLOCKED', 'OK', 'pin BLOCKED'],
    ['TRANSPORT_PIN', 'OK', 'pin TRANSPORT_PIN'],
    ['DREAMING', 'OK', 'protocol'],
  ])('asks for the practice’s PIN where needed: %s, %s', async (state, result, expected) => {
    const { endpoint, requests } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      if (action === 'GetPinStatus') return { body: soap(cards(action).replace('VERIFIED', state)) };
      if (action === 'VerifyPin') return { body: soap(pinAnswer(result)) };
      if (action === 'GetJobNumber') return { body: soap(cards(action).replace('ABC-123', 'nonsense')) };
      return { body: soap(cards(action)) };
    });
    const signed = await services().connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'SMC-B' },
      documents: [{ name: 'a', content: 'YQ==' }],
    });
    const reason = signed.kind === 'failed' ? `${signed.failure.reason} ${signed.failure.code ?? ''}`.trim() : 'ok';
    expect(reason).toBe(expected);
    expect(requests.filter(({ action }) => action === 'VerifyPin')).toHaveLength(state === 'VERIFIABLE' ? 1 : 0);
    expect(requests.map(({ action }) => action)).not.toContain('SignDocument');
  });

  it('signs more than a card takes at once in several batches, each under a number of its own', async () => {
    const { endpoint, requests } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      return { body: soap(cards(action)) };
    });
    const names = Array.from({ length: 251 }, (_, index) => `n${index}`);
    const signed = await services().connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'SMC-B' },
      documents: names.map((name) => ({ name, content: 'YQ==' })),
    });
    if (signed.kind === 'failed') throw new Error(signed.failure.text);
    // This connector answers for none of them: each has its own failure, and all are there, in order.
    expect(signed.value.map(({ name }) => name)).toEqual(names);
    expect(
      new Set(signed.value.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.failure.reason : 'signed'))),
    ).toEqual(new Set(['protocol']));
    expect(requests.filter(({ action }) => action === 'SignDocument')).toHaveLength(2);
    expect(requests.filter(({ action }) => action === 'GetJobNumber')).toHaveLength(2);
  });

  it('takes a document’s own error from a stack: the schema has it as a warning without a signature', async () => {
    const { endpoint } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      if (action !== 'SignDocument') return { body: soap(cards(action)) };
      return {
        body: soap(
          `<s:SignDocumentResponse xmlns:s="${signature75}">${['d1', 'd2'].map((id) => warned(id, '4047')).join('')}</s:SignDocumentResponse>`,
        ),
      };
    });
    const signed = await services().connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'SMC-B' },
      documents: ['a', 'b'].map((name) => ({ name, content: 'YQ==' })),
    });
    expect(signed).toMatchObject({ kind: 'failed', failure: { reason: 'card-missing', code: '4047' } });
  });

  it('tells the connector to stop when the user has had enough, and waits for what it has signed', async () => {
    const made = services();
    let answerSigning: (() => void) | null = null;
    const { endpoint, requests } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      if (action === 'SignDocument')
        return new Promise((resolve) => {
          answerSigning = () =>
            resolve({
              body: soap(
                `<s:SignDocumentResponse xmlns:s="${signature75}">${warned('d1', '4049')}</s:SignDocumentResponse>`,
              ),
            });
        });
      if (action === 'StopSignature') answerSigning?.();
      return { body: soap(cards(action)) };
    });
    const signing = made.connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'SMC-B' },
      documents: Array.from({ length: 251 }, (_, index) => ({ name: `n${index}`, content: 'YQ==' })),
    });
    await expect.poll(() => requests.map(({ action }) => action)).toContain('SignDocument');
    await made.connector.stopSigning({});
    expect(await signing).toMatchObject({ kind: 'failed', failure: { reason: 'cancelled' } });
    const actions = requests.map(({ action }) => action);
    expect(actions).toContain('StopSignature');
    // The second stack is not begun.
    expect(actions.filter((action) => action === 'SignDocument')).toHaveLength(1);
  });

  it('signs one document at a time with a card from before the HBA', async () => {
    const { endpoint, requests } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      return {
        body: soap(cards(action).replace('SMC-B', 'HBA-qSig').replace('</c:CardHandle>', `</c:CardHandle>${named}`)),
      };
    });
    await services().connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'HBA', holder: { given: 'Anna', family: 'Müller', title: null, number: null } },
      documents: ['a', 'b', 'c'].map((name) => ({ name, content: 'YQ==' })),
    });
    expect(requests.filter(({ action }) => action === 'SignDocument')).toHaveLength(3);
  });

  it('opens a comfort session under a user id of its own, a new UUID each time, and signs under it', async () => {
    const { endpoint, requests } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      return { body: soap(comfortAnswer(action)) };
    });
    const { connector } = services();
    const connection = connectionTo(endpoint);
    const iccsn = '80276000000000000001';
    const userOf = (action: string) =>
      requests.filter((request) => request.action === action).map(({ body }) => /UserId>([^<]*)</.exec(body)?.[1]);
    expect(await connector.startComfort({ connection, iccsn })).toMatchObject({ kind: 'ok' });
    expect(await connector.startComfort({ connection, iccsn })).toMatchObject({ kind: 'ok' });
    const opened = userOf('ActivateComfortSignature');
    expect(opened).toHaveLength(2);
    expect(new Set(opened).size).toBe(2);
    for (const user of opened)
      expect(user).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const sign = () =>
      connector.sign({
        connection,
        card: { kind: 'HBA', holder: { given: 'Anna', family: 'Müller', title: null, number: null } },
        documents: [{ name: 'a', content: 'YQ==' }],
      });
    await sign();
    expect(userOf('SignDocument')).toEqual([opened[1]]);
    expect(await connector.endComfort({ connection, iccsn })).toMatchObject({ kind: 'ok' });
    await sign();
    expect(userOf('SignDocument')).toEqual([opened[1], undefined]);
  });

  it.each([
    ['PT6H', 21_600],
    ['PT5H59M3.5S', 21_543.5],
    ['P1DT1M', 86_460],
    ['PT0S', 0],
    ['six hours', 0],
  ])('reads the time left, %s: %d seconds', (duration, seconds) => {
    expect(secondsIn(duration)).toBe(seconds);
  });

  it('tells the connector to stop when the program closes in the middle of signing', async () => {
    const made = createServices({ printFolder: null });
    const { endpoint, requests } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      if (action === 'SignDocument') return 'silence';
      return { body: soap(cards(action)) };
    });
    const signing = made.connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'SMC-B' },
      documents: [{ name: 'a', content: 'YQ==' }],
    });
    await expect.poll(() => requests.map(({ action }) => action)).toContain('SignDocument');
    await made.close();
    expect(await signing).toMatchObject({ kind: 'failed', failure: { reason: 'cancelled' } });
    expect(requests.map(({ action }) => action)).toContain('StopSignature');
  });
});
