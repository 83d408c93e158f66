import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectorConnection } from '../../../electron/contract/connections';
import { nameFit } from '../../../electron/services/connector/holder';
import { parseXml } from '../../../electron/services/connector/xml';
import { cards, connectionTo, connectorWith, directory, fault, services, soap, stopAll } from './scripted-connector';
import { closedPort, otherAuthority, serverIdentity } from './sockets';

describe('answers are parsed strictly', () => {
  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an unknown entity', '<a>&b;</a>'],
    ['an open element', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['an unbound prefix', '<x:a/>'],
    ['nothing', ''],
    ['HTML', '<html><br></html>'],
    ['a thousand levels', '<a>'.repeat(1000) + '</a>'.repeat(1000)],
  ])('refuses %s', (_what, xml) => {
    expect(() => parseXml(Buffer.from(xml))).toThrow(/not acceptable XML/);
  });
  it('refuses what is not UTF-8', () => {
    expect(() => parseXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]))).toThrow(/not UTF-8/);
  });
});

describe('a card’s holder', () => {
  const holder = (given: string, family: string) => ({ given, family, title: 'Dr. med.', number: null });
  it.each([
    ['Dr. med. Anna Müller', 'Anna', 'Müller', 2],
    ['Prof. Dr. Anna MuellerTEST-ONLY', 'Anna', 'Müller', 2],
    ['Müller, Anna', 'Anna', 'Müller', 2],
    ['ANNA MÜLLER', 'Anna', 'Müller', 2],
    ['Dr. Anna Maria Müller', 'Anna', 'Müller', 1],
    ['Anna Müller', 'Anna Maria', 'Müller', 1],
    ['Anna von der Müller', 'Anna', 'Müller', 1],
    ['Zoé Strauß', 'Zoe', 'Strauss', 2],
    ['Şule Öztürk-Weiß', 'Şule', 'Öztürk-Weiss', 2],
    ['Berta Müller', 'Anna', 'Müller', 0],
    ['Anna Meier', 'Anna', 'Müller', 0],
    ['Müller', 'Anna', 'Müller', 0],
    ['', 'Anna', 'Müller', 0],
    ['Anna Müller', '', '', 0],
  ] as const)('%s for %s %s: %i', (onCard, given, family, fit) => {
    expect(nameFit(onCard, holder(given, family))).toBe(fit);
  });
});

describe('the connector’s failures', () => {
  afterEach(stopAll);
  const reasonOf = async (connection: ConnectorConnection) => {
    const result = await services().connector.check({ connection });
    return result.kind === 'ok' ? 'ok' : `${result.failure.reason} ${result.failure.code ?? ''}`.trim();
  };

  it('tells a closed port, an untrusted server, a plain address and bad answers apart', async () => {
    const odd = async (status: number, body: string) => (await connectorWith(() => ({ status, body }))).endpoint;
    expect(await reasonOf(connectionTo(`https://127.0.0.1:${await closedPort()}`))).toBe('unreachable ECONNREFUSED');
    const { endpoint } = await connectorWith(() => ({ body: directory() }));
    expect(await reasonOf(connectionTo(endpoint, { trust: { authorities: [otherAuthority] } }))).toMatch(/^tls /);
    expect(await reasonOf(connectionTo(endpoint.replace('https', 'http')))).toBe('tls');
    expect(await reasonOf(connectionTo(await odd(404, 'not found')))).toBe('protocol 404');
    expect(await reasonOf(connectionTo(await odd(401, '')))).toBe('login 401');
    expect(await reasonOf(connectionTo(await odd(200, '<html>router</html>')))).toBe('protocol');
    expect(await reasonOf(connectionTo(await odd(200, directory('7.3'))))).toBe('unsupported');
    expect(await reasonOf(connectionTo((await connectorWith(() => null)).endpoint))).toBe('unreachable ECONNRESET');
  });

  it('trusts a pinned certificate of the connector itself, whatever name it carries', async () => {
    const { endpoint } = await connectorWith((path, action) => ({
      body: path.endsWith('.sds') ? directory() : soap(cards(action)),
    }));
    const connection = connectionTo(endpoint, { trust: { authorities: [serverIdentity.cert] } });
    expect(await reasonOf(connection)).toBe('ok');
  });

  it('logs in with user and password, and refuses a certificate of our own that is none', async () => {
    const { endpoint, requests } = await connectorWith((path, action) => ({
      body: path.endsWith('.sds') ? directory() : soap(cards(action)),
    }));
    expect(
      await reasonOf(connectionTo(endpoint, { authentication: { kind: 'password', user: 'ps', password: 'ü:1' } })),
    ).toBe('ok');
    expect(requests[0]?.authorization).toBe(`Basic ${Buffer.from('ps:ü:1').toString('base64')}`);
    expect(
      await reasonOf(connectionTo(endpoint, { authentication: { kind: 'certificate', certificate: 'x', key: 'y' } })),
    ).toMatch(/^login/);
    expect(
      await reasonOf(connectionTo(endpoint, { authentication: { kind: 'pkcs12', container: 'AAAA', password: '' } })),
    ).toMatch(/^login/);
    const { cert, key } = serverIdentity;
    expect(
      await reasonOf(connectionTo(endpoint, { authentication: { kind: 'certificate', certificate: cert, key } })),
    ).toBe('ok');
  });

  it.each([
    ['4004', 'refused 4004'],
    ['4008', 'card-missing 4008'],
    ['4063', 'pin 4063'],
    ['4043', 'pin 4043'],
    ['4049', 'cancelled 4049'],
    ['4094', 'timeout 4094'],
  ])('a fault with the code %s is %s', async (code, expected) => {
    const { endpoint } = await connectorWith((path) =>
      path.endsWith('.sds') ? { body: directory() } : { status: 500, body: soap(fault(code)) },
    );
    expect(await reasonOf(connectionTo(endpoint))).toBe(expected);
  });

  it('takes no other SOAP for an answer', async () => {
    const odd = async (body: string) => {
      const { endpoint } = await connectorWith((path) => ({ body: path.endsWith('.sds') ? directory() : body }));
      return reasonOf(connectionTo(endpoint));
    };
    expect(await odd('<Envelope/>')).toBe('protocol');
    expect(await odd(soap('<other/>'))).toBe('protocol');
    expect(await odd(soap(''))).toBe('protocol');
    expect(await odd('half <')).toBe('protocol');
  });
});
