import { afterEach, describe, expect, it } from 'vitest';
import { contract, documentsAtOnce } from '../../../electron/contract/contract';
import { Batches, documentOf } from '../../../electron/services/connector/batches';
import { cards, connectionTo, connectorWith, directory, services, soap, stopAll } from './scripted-connector';

const documents = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ name: `n${from + index}`, content: btoa(`<T>${from + index}</T>`) }));
const failed = { kind: 'failed' as const, failure: { reason: 'pin' as const, code: null, text: '' } };

describe('a batch of documents larger than one message', () => {
  afterEach(stopAll);

  it('is one job for the connector, in the order in which it was handed over, and comes back in parts, each once', async () => {
    const { endpoint, requests } = await connectorWith((path, action) =>
      path.endsWith('.sds') ? { body: directory() } : { body: soap(cards(action)) },
    );
    const { connector } = services();
    const all = documents(2 * documentsAtOnce + 5);
    await connector.handOver({ batch: 'one', documents: all.slice(0, documentsAtOnce) });
    await connector.handOver({ batch: 'one', documents: all.slice(documentsAtOnce, 2 * documentsAtOnce) });
    const signed = await connector.sign({
      connection: connectionTo(endpoint),
      card: { kind: 'SMC-B' },
      batch: 'one',
      documents: all.slice(2 * documentsAtOnce),
    });
    if (signed.kind === 'failed') throw new Error(signed.failure.text);
    const parts = [signed.value];
    for (let part = signed.value; part.length > 0;) parts.push((part = await connector.outcomes({ batch: 'one' })));
    expect(parts.map((part) => part.length)).toEqual([documentsAtOnce, documentsAtOnce, 5, 0]);
    expect(parts.flat().map(({ name }) => name)).toEqual(all.map(({ name }) => name));
    const jobs = requests.filter(({ action }) => action === 'SignDocument');
    expect(jobs).toHaveLength(1);
    const contents = [...(jobs[0]?.body ?? '').matchAll(/<dss:Base64Data[^>]*>([^<]*)</g)].map(
      ([, content]) => content,
    );
    expect(contents).toEqual(all.map(({ content }) => content));
  });

  it('that the host no longer has is told as failed, and the connector is not asked', async () => {
    const { endpoint, requests } = await connectorWith(() => ({ body: '' }));
    const job = { connection: connectionTo(endpoint), card: { kind: 'SMC-B' as const }, documents: documents(1) };
    expect(await services().connector.sign({ ...job, batch: 'other' })).toMatchObject({
      kind: 'failed',
      failure: { reason: 'protocol' },
    });
    expect(requests).toEqual([]);
  });

  it('is forgotten when the page left it behind and others came', () => {
    const batches = new Batches();
    for (const batch of ['left', 'a', 'b', 'c', 'd']) batches.handOver(batch, documents(1).map(documentOf));
    expect(batches.takeDocuments('left')).toBeNull();
    expect(batches.takeDocuments('d')).toHaveLength(1);
    expect(batches.takeDocuments('d')).toBeNull();
    for (const batch of ['left', 'a', 'b', 'c', 'd']) batches.keepOutcomes(batch, [{ name: batch, outcome: failed }]);
    expect(batches.nextOutcomes('left')).toEqual([]);
    expect(batches.nextOutcomes('a')).toEqual([{ name: 'a', outcome: failed }]);
    expect(batches.nextOutcomes('a')).toEqual([]);
  });

  it('is refused by the contract where a message holds more than its share, either way', () => {
    const { handOver, sign, outcomes } = contract.connector;
    const some = (count: number) => documents(count).map(({ name }) => ({ name, outcome: failed }));
    expect(handOver.argument.safeParse({ batch: 'b', documents: documents(documentsAtOnce) }).success).toBe(true);
    expect(handOver.argument.safeParse({ batch: 'b', documents: documents(documentsAtOnce + 1) }).success).toBe(false);
    const job = { connection: connectionTo('https://127.0.0.1/'), card: { kind: 'SMC-B' } };
    expect(sign.argument.safeParse({ ...job, documents: documents(documentsAtOnce) }).success).toBe(true);
    expect(sign.argument.safeParse({ ...job, documents: documents(documentsAtOnce + 1) }).success).toBe(false);
    expect(sign.result.safeParse({ kind: 'ok', value: some(documentsAtOnce + 1) }).success).toBe(false);
    expect(outcomes.result.safeParse(some(documentsAtOnce)).success).toBe(true);
    expect(outcomes.result.safeParse(some(documentsAtOnce + 1)).success).toBe(false);
  });
});
