import { createServer, type Server } from 'node:https';
import { existsSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import type { ConnectorConnection } from '../../../electron/contract/connections';
import { nameFit } from '../../../electron/services/connector/holder';
import {
  getCards,
  getJobNumber,
  getPinStatus,
  readCardCertificate,
  signDocument,
  stopSignature,
  verifyPin,
} from '../../../electron/services/connector/requests';
import { parseXml } from '../../../electron/services/connector/xml';
import { createServices, type Services } from '../../../electron/services/services';
import { callContext } from './examples';
import { closedPort, otherAuthority, serverIdentity, testAuthority } from './sockets';

const signature75 = 'http://ws.gematik.de/conn/SignatureService/v7.5';
const signature74 = 'http://ws.gematik.de/conn/SignatureService/v7.4';
const withUser = { ...callContext, userId: 'Ärztin & <Söhne> "1"' };
const documents = [
  { id: 'd1', name: 'TEAU0_6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e.xml', content: Buffer.from('<a/>') },
  { id: 'd2', name: 'Größe/„schräg“.xml', content: Buffer.from([0, 255]) },
];

const schemas = new URL('../../../../shared/spec/telematik/', import.meta.url);

describe.skipIf(!existsSync(schemas))('requests are valid by gematik’s schemas', () => {
  /** All schema files with the paths under which they import each other. */
  const preload = (folder: string, names: readonly string[]) =>
    names.map((name) => ({
      fileName: `${folder}${name}`,
      contents: readFileSync(new URL(`${folder}${name}`, schemas), 'utf8'),
    }));
  const shared = [
    ...preload('conn/', [
      'ConnectorContext.xsd',
      'ConnectorCommon.xsd',
      'CardServiceCommon.xsd',
      'CertificateServiceCommon.xsd',
      'CardTerminalInfo.xsd',
      'CardService.xsd',
    ]),
    ...preload('tel/error/', ['TelematikError.xsd']),
    ...preload('tel/version/', ['ProductInformation.xsd']),
    ...preload('ext/', [
      'oasis-dss-core-schema-v1.0-os.xsd',
      'oasis-dssx-1.0-profiles-sigpolicy-schema-cd01.xsd',
      'oasis-dssx-1.0-profiles-vr-cd1.xsd',
      'oasis-sstc-saml-schema-assertion-1.1.xsd',
      'saml-schema-assertion-2.0.xsd',
      'xmldsig-core-schema.xsd',
      'xenc-schema.xsd',
      'xml.xsd',
      'XAdES.xsd',
      'tsl.xsd',
    ]),
  ];
  // The validator keeps all files in one folder, so the paths in `schemaLocation` are cut to the names.
  const flat = (file: { fileName: string; contents: string }) => ({
    fileName: file.fileName.split('/').at(-1) ?? '',
    contents: file.contents
      .replace(/schemaLocation="[^"]*\/([^"/]+)"/g, 'schemaLocation="$1"')
      .replace(/<!DOCTYPE[^>[]*(\[[^\]]*\])?\s*>/, ''),
  });
  const errorsOf = async (xml: string, schema: string) => {
    const result = await validateXML({
      xml: [{ fileName: 'request.xml', contents: xml }],
      schema: [flat({ fileName: schema, contents: readFileSync(new URL(`conn/${schema}`, schemas), 'utf8') })],
      preload: shared.map(flat),
      initialMemoryPages: memoryPages.MiB * 64,
      maxMemoryPages: memoryPages.MiB * 256,
    });
    return result.errors.map(({ message }) => message);
  };

  it.each([
    ['GetCards', getCards(withUser), 'EventService.xsd'],
    ['GetPinStatus', getPinStatus(callContext, 'h-1', 'PIN.QES'), 'CardService_v8_1_3.xsd'],
    ['VerifyPin', verifyPin(withUser, 'h-1', 'PIN.SMC'), 'CardService_v8_1_3.xsd'],
    ['ReadCardCertificate', readCardCertificate(callContext, 'h-1', 'C.QES', null), 'CertificateService_v6_0_2.xsd'],
    [
      'ReadCardCertificate ECC',
      readCardCertificate(callContext, 'h-1', 'C.SIG', 'ECC'),
      'CertificateService_v6_0_2.xsd',
    ],
    ['GetJobNumber', getJobNumber(signature75, callContext), 'SignatureService_V7_5_6.xsd'],
    ['StopSignature', stopSignature(signature75, withUser, 'ABC-123'), 'SignatureService_V7_5_6.xsd'],
    ['SignDocument', signDocument(signature75, withUser, 'h-1', 'ABC-123', documents), 'SignatureService_V7_5_6.xsd'],
    [
      'SignDocument 7.4',
      signDocument(signature74, withUser, 'h-1', 'ABC-123', documents),
      'SignatureService_V7_4_4.xsd',
    ],
  ])('%s', async (_operation, request, schema) => {
    expect(await errorsOf(request, schema)).toEqual([]);
  });

  it('would notice a request that is not', async () => {
    const wrong = getCards(callContext).replace(/<CONN:WorkplaceId>.*?<\/CONN:WorkplaceId>/, '');
    expect(await errorsOf(wrong, 'EventService.xsd')).not.toEqual([]);
  });
});

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
  const stopping: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(stopping.splice(0).map((stop) => stop()));
  });
  const services = (): Services => {
    const made = createServices({ printFolder: null });
    stopping.push(() => made.close());
    return made;
  };

  /** An HTTPS server that answers each request by path; `null` cuts the connection, `'silence'` never answers. */
  const connectorWith = async (
    answer: (path: string, action: string) => { status?: number; body: string } | null | 'silence',
  ): Promise<{ endpoint: string; requests: { action: string; authorization: string | undefined }[] }> => {
    const requests: { action: string; authorization: string | undefined }[] = [];
    const server: Server = createServer(serverIdentity, (request, response) => {
      const action =
        String(request.headers['soapaction'] ?? '')
          .replaceAll('"', '')
          .split('#')
          .at(-1) ?? '';
      requests.push({ action, authorization: request.headers.authorization });
      request.resume();
      request.on('end', () => {
        const given = answer(request.url ?? '', action);
        if (given === 'silence') return;
        if (given === null) request.socket.destroy();
        else
          response
            .writeHead(given.status ?? 200, { 'Content-Type': 'text/xml' })
            .end(given.body.replaceAll('@port@', String(portOf(server))));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    stopping.push(
      () =>
        new Promise((resolve) => {
          server.closeAllConnections();
          server.close(() => resolve());
        }),
    );
    return { endpoint: `https://127.0.0.1:${portOf(server)}`, requests };
  };
  const connectionTo = (endpoint: string, changes: Partial<ConnectorConnection> = {}): ConnectorConnection => ({
    endpoint,
    trust: { authorities: [testAuthority] },
    authentication: { kind: 'none' },
    context: callContext,
    cardAuthorities: [],
    ...changes,
  });
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

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
function soap(body: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
}
const status = '<c:Status xmlns:c="http://ws.gematik.de/conn/ConnectorCommon/v5.0"><c:Result>OK</c:Result></c:Status>';
/** The answers a practice's card needs, by operation. */
function cards(action: string): string {
  switch (action) {
    case 'GetCards':
      return (
        `<e:GetCardsResponse xmlns:e="http://ws.gematik.de/conn/EventService/v7.2">${status}<k:Cards xmlns:k="http://ws.gematik.de/conn/CardService/v8.1"><k:Card>` +
        '<c:CardHandle xmlns:c="http://ws.gematik.de/conn/ConnectorCommon/v5.0">h1</c:CardHandle>' +
        '<m:CardType xmlns:m="http://ws.gematik.de/conn/CardServiceCommon/v2.0">SMC-B</m:CardType></k:Card></k:Cards></e:GetCardsResponse>'
      );
    case 'GetPinStatus':
      return `<k:GetPinStatusResponse xmlns:k="http://ws.gematik.de/conn/CardService/v8.1">${status}<k:PinStatus>VERIFIED</k:PinStatus></k:GetPinStatusResponse>`;
    case 'GetJobNumber':
      return `<s:GetJobNumberResponse xmlns:s="${signature75}"><s:JobNumber>ABC-123</s:JobNumber></s:GetJobNumberResponse>`;
    default:
      return `<s:${action}Response xmlns:s="${signature75}">${status}</s:${action}Response>`;
  }
}
function pinAnswer(result: string): string {
  return (
    `<k:VerifyPinResponse xmlns:k="http://ws.gematik.de/conn/CardService/v8.1">${status}` +
    `<m:PinResult xmlns:m="http://ws.gematik.de/conn/CardServiceCommon/v2.0">${result}</m:PinResult></k:VerifyPinResponse>`
  );
}
function fault(code: string): string {
  return (
    '<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:Server</faultcode><faultstring>x</faultstring><detail>' +
    '<g:Error xmlns:g="http://ws.gematik.de/tel/error/v2.0"><g:MessageID>1</g:MessageID><g:Timestamp>2026-01-01T00:00:00Z</g:Timestamp><g:Trace>' +
    `<g:EventID>1</g:EventID><g:Instance>1</g:Instance><g:LogReference/><g:CompType>K</g:CompType><g:Code>${code}</g:Code><g:Severity>Error</g:Severity>` +
    '<g:ErrorType>Technical</g:ErrorType><g:ErrorText>Fehler</g:ErrorText></g:Trace></g:Error></detail></s:Fault>'
  );
}
function directory(signatureVersion = '7.5'): string {
  const service = (name: string, version: string) =>
    `<i:Service Name="${name}"><i:Abstract/><i:Versions><i:Version TargetNamespace="http://ws.gematik.de/conn/${name}/WSDL/v${version}" Version="${version}.0">` +
    `<i:Abstract/><i:EndpointTLS Location="https://127.0.0.1:@port@/${name}"/></i:Version></i:Versions></i:Service>`;
  return (
    '<ConnectorServices xmlns="http://ws.gematik.de/conn/ServiceDirectory/v3.1" xmlns:i="http://ws.gematik.de/conn/ServiceInformation/v2.0">' +
    `<i:ServiceInformation>${service('EventService', '7.2')}${service('CardService', '8.1')}${service('CertificateService', '6.0')}${service('SignatureService', signatureVersion)}` +
    '</i:ServiceInformation></ConnectorServices>'
  );
}
