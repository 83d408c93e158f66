import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorConnection } from '../../../electron/contract/connections';
import { noFaults, type Faults, type RehearsalWorld } from '../../../electron/contract/rehearsal';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { createServices, type Services } from '../../../electron/services/services';
import {
  connectionTo,
  connectorWith,
  directory,
  fault,
  soap,
  stopAll,
  services as freshServices,
} from './scripted-connector';

let rehearsal: Rehearsal;
let world: RehearsalWorld;
let services: Services;
let connection: ConnectorConnection;
beforeAll(async () => {
  rehearsal = createRehearsal();
  world = await rehearsal.handlers.start({});
  services = createServices({ printFolder: null });
  ({ connector: connection } = world.connections);
});
afterEach(async () => {
  await rehearsal.handlers.setFaults(noFaults);
  await stopAll();
});
afterAll(async () => {
  await services.close();
  await rehearsal.stop();
});

const inFault = (connector: Faults['connector']) => rehearsal.handlers.setFaults({ ...noFaults, connector });
const certificates = async (of = connection) => {
  const found = await services.connector.certificates({ connection: of });
  if (found.kind === 'failed') throw new Error(found.failure.text);
  return found.value;
};
const sign = async (names = ['a', 'b']) => {
  const { practitioner } = world;
  const signed = await services.connector.sign({
    connection,
    card: { kind: 'HBA', holder: { ...practitioner, number: practitioner.lanr } },
    documents: names.map((name) => ({ name, content: Buffer.from(`<Test>${name}</Test>`).toString('base64') })),
  });
  if (signed.kind === 'failed') throw new Error(signed.failure.text);
  return signed.value.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.failure.code : outcome.kind));
};

describe('how long certificates last, and whether they count (CertificateService)', () => {
  it('tells of the connector and of every card that signs', async () => {
    const found = await certificates();
    expect(found.map(({ of, standing }) => `${of} ${standing}`)).toEqual([
      'connector unknown',
      'practice valid',
      'doctor valid',
    ]);
    for (const { notAfter } of found) expect(Date.parse(notAfter ?? '')).toBeGreaterThan(Date.now());
  });

  it('takes the end that comes first: what the connector lists, or what stands in the certificate', async () => {
    await inFault('certificate-ends');
    const ends = (await certificates()).map(({ notAfter }) =>
      Math.round((Date.parse(notAfter ?? '') - Date.now()) / 86_400_000),
    );
    expect(ends[0]).toBeGreaterThan(1000);
    expect(ends.slice(1).every((days) => days >= 29 && days <= 31)).toBe(true);
  });

  it('a revoked one is said to be revoked; where it can’t be checked, that is no error', async () => {
    await inFault('certificate-revoked');
    expect((await certificates()).map(({ standing }) => standing)).toEqual(['unknown', 'revoked', 'revoked']);
    await inFault('no-revocation-check');
    expect((await certificates()).map(({ standing }) => standing)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('the cards on the connections’ screen say the same', async () => {
    await inFault('certificate-revoked');
    const cards = await services.connector.cards({ connection });
    expect(cards.kind === 'ok' && cards.value.map(({ standing }) => standing)).toEqual(['revoked', 'revoked']);
  });

  it('a connector that refuses both operations hides nothing else', async () => {
    const { endpoint } = await connectorWith((path, action) => {
      if (path.endsWith('.sds')) return { body: directory() };
      if (action !== 'GetCards') return { status: 500, body: soap(fault('4000')) };
      const status =
        '<c:Status xmlns:c="http://ws.gematik.de/conn/ConnectorCommon/v5.0"><c:Result>OK</c:Result></c:Status>';
      const card = (type: string) =>
        '<k:Card><c:CardHandle xmlns:c="http://ws.gematik.de/conn/ConnectorCommon/v5.0">h1</c:CardHandle>' +
        `<m:CardType xmlns:m="http://ws.gematik.de/conn/CardServiceCommon/v2.0">${type}</m:CardType>` +
        '<k:CertificateExpirationDate>2027-01-05</k:CertificateExpirationDate></k:Card>';
      return {
        body: soap(
          `<e:GetCardsResponse xmlns:e="http://ws.gematik.de/conn/EventService/v7.2">${status}` +
            `<k:Cards xmlns:k="http://ws.gematik.de/conn/CardService/v8.1">${card('SMC-KT')}${card('HBA')}${card('EGK')}</k:Cards></e:GetCardsResponse>`,
        ),
      };
    });
    const found = await freshServices().connector.certificates({ connection: connectionTo(endpoint) });
    expect(found.kind === 'ok' && found.value.map(({ of, notAfter, standing }) => [of, notAfter, standing])).toEqual([
      ['connector', expect.any(String), 'unknown'],
      // The last day counts in full.
      ['terminal', '2027-01-05T21:59:59.000Z', 'unknown'],
      ['doctor', '2027-01-05T21:59:59.000Z', 'unknown'],
    ]);
  });
});

describe('a signature whose certificate doesn’t count any more', () => {
  it('is dropped before it is stored: insurers would reject it (201)', async () => {
    await inFault('certificate-revoked');
    expect(await sign()).toEqual(['CERT_REVOKED', 'CERT_REVOKED']);
  });

  it('is kept where revocation can’t be checked: in an outage that is so for everybody', async () => {
    await inFault('no-revocation-check');
    expect(await sign()).toEqual(['signed', 'signed']);
  });
});
