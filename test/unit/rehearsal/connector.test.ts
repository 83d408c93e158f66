import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RehearsalWorld } from '../../../electron/contract/rehearsal';
import { noFaults as healthy } from '../../../electron/contract/rehearsal';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { child, children, parseXml } from '../../../electron/rehearsal/xml';
import {
  callConnector,
  cardHandleXml,
  cardUri,
  certificateXml,
  contextXml,
  eventUri,
  findCard,
  signatureUri,
  signaturesIn,
  signDocuments,
  signOne,
  signRequestXml,
  soap,
  the,
  uuids,
} from './support';
import { bodyOf, findSchemaErrors, hasSchemas } from './xsd';

let rehearsal: Rehearsal;
let world: RehearsalWorld;
beforeAll(async () => {
  rehearsal = createRehearsal();
  world = await rehearsal.handlers.start({});
});
afterAll(() => rehearsal.stop());

const certificateUri = 'http://ws.gematik.de/conn/CertificateService/v6.0';
const pin = (name: string): string =>
  `<p:PinTyp xmlns:p="http://ws.gematik.de/conn/CardServiceCommon/v2.0">${name}</p:PinTyp>`;
const references = (...names: string[]): string =>
  `<o:CertRefList>${names.map((name) => `<o:CertRef>${name}</o:CertRef>`).join('')}</o:CertRefList>`;

/** The code in a fault's trace. */
async function faultCode(reply: ReturnType<typeof soap>): Promise<string> {
  const { status, element } = await reply;
  expect(status).toBe(500);
  expect(element.local).toBe('Fault');
  return the(child(child(child(child(element, 'detail'), 'Error'), 'Trace'), 'Code')).text;
}

describe('signing', () => {
  it('makes CAdES that openssl verifies, with the content inside (P4-01)', async () => {
    const document = certificateXml(uuids.first, '109990018', 'Żofie');
    const file = await signOne(world, document);
    const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
    try {
      writeFileSync(join(folder, 'signed.p7s'), file);
      writeFileSync(join(folder, 'cards.pem'), the(world.connections.connector.cardAuthorities[0]));
      const verified = execFileSync(
        'openssl',
        // prettier-ignore
        ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-purpose', 'any', '-in', join(folder, 'signed.p7s'), '-CAfile', join(folder, 'cards.pem')],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      );
      expect(verified.toString('utf8')).toBe(document);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('signs every document of a stack by itself, with 7.5 and with 7.4', async () => {
    const handle = await findCard(world, 'HBA');
    for (const version of ['v7.4', 'v7.5'] as const) {
      const reply = await signDocuments(world, handle, ['<a/>', '<b/>', '<c/>'], signatureUri(version));
      expect(children(reply.element, 'SignResponse').map((one) => one.attributes.get('RequestID'))).toEqual([
        '0',
        '1',
        '2',
      ]);
      const [a, b] = signaturesIn(reply.element);
      expect(the(a).includes('<a/>')).toBe(true);
      expect(the(b).includes('<b/>')).toBe(true);
    }
  });

  it('wants the PIN of an SMC-B verified first', async () => {
    const handle = await findCard(world, 'SMC-B');
    expect(await faultCode(signDocuments(world, handle, ['<a/>']))).toBe('4085');
    const content = contextXml(world) + cardHandleXml(handle) + pin('PIN.SMC');
    const before = await soap(world, '/cardservice', cardUri, 'GetPinStatus', content);
    expect(child(before.element, 'PinStatus')?.text).toBe('VERIFIABLE');
    const verified = await soap(world, '/cardservice', cardUri, 'VerifyPin', content);
    expect(child(verified.element, 'PinResult')?.text).toBe('OK');
    const after = await soap(world, '/cardservice', cardUri, 'GetPinStatus', content);
    expect(child(after.element, 'PinStatus')?.text).toBe('VERIFIED');
    expect(signaturesIn((await signDocuments(world, handle, ['<a/>'])).element)).toHaveLength(1);
  });

  it('refuses a job number that was used', async () => {
    const handle = await findCard(world, 'HBA');
    const uri = signatureUri('v7.5');
    const job = await soap(world, '/signatureservice/v7.5', uri, 'GetJobNumber', contextXml(world));
    const content =
      cardHandleXml(handle) +
      contextXml(world) +
      `<o:TvMode>NONE</o:TvMode><o:JobNumber>${the(child(job.element, 'JobNumber')).text}</o:JobNumber>` +
      signRequestXml('1', Buffer.from('<a/>'));
    expect((await soap(world, '/signatureservice/v7.5', uri, 'SignDocument', content)).status).toBe(200);
    expect(await faultCode(soap(world, '/signatureservice/v7.5', uri, 'SignDocument', content))).toBe('4252');
  });
});

describe('cards', () => {
  it('are in for each holder asked about, once, with names and number on the certificate', async () => {
    const holder = { family: 'Öztürk-Übung', given: 'Nâzım', title: 'Prof. Dr. med.', number: '123456601' };
    await rehearsal.handlers.insertCards({ holders: [holder, holder] });
    await rehearsal.handlers.insertCards({ holders: [holder] });
    const reply = await soap(world, '/eventservice', eventUri, 'GetCards', contextXml(world));
    const cards = children(the(child(reply.element, 'Cards')), 'Card');
    const mine = cards.filter((card) => child(card, 'CardHolderName')?.text === 'Prof. Dr. med. Nâzım Öztürk-Übung');
    expect(mine).toHaveLength(1);
    expect(cards.map((card) => child(card, 'CardHolderName')?.text)).toContain('Dr. med. Anna Übungsärztin');

    const handle = the(child(the(mine[0]), 'CardHandle')).text;
    const read = await soap(
      world,
      '/certificateservice',
      certificateUri,
      'ReadCardCertificate',
      cardHandleXml(handle) + contextXml(world) + references('C.QES'),
    );
    const data = child(child(child(read.element, 'X509DataInfoList'), 'X509DataInfo'), 'X509Data');
    const certificate = new X509Certificate(Buffer.from(the(child(data, 'X509Certificate')).text, 'base64'));
    expect(certificate.subject.split('\n')).toEqual(
      expect.arrayContaining([
        'SN=Öztürk-Übung',
        'GN=Nâzım',
        'serialNumber=123456601',
        'CN=Prof. Dr. med. Nâzım Öztürk-Übung',
      ]),
    );
    const authority = new X509Certificate(the(world.connections.connector.cardAuthorities[0]));
    expect(certificate.verify(authority.publicKey)).toBe(true);
  });

  it('can be asked for by type', async () => {
    const reply = await soap(
      world,
      '/eventservice',
      eventUri,
      'GetCards',
      `${contextXml(world)}<t:CardType xmlns:t="http://ws.gematik.de/conn/CardServiceCommon/v2.0">SM-B</t:CardType>`,
    );
    const cards = children(the(child(reply.element, 'Cards')), 'Card');
    expect(cards.map((card) => child(card, 'CardType')?.text)).toEqual(['SMC-B']);
  });

  it('know comfort signature', async () => {
    const content = cardHandleXml(await findCard(world, 'HBA')) + contextXml(world);
    const path = '/signatureservice/v7.5';
    const on = await soap(world, path, signatureUri('v7.5'), 'ActivateComfortSignature', content);
    expect(child(on.element, 'SignatureMode')?.text).toBe('COMFORT');
    const mode = await soap(world, path, signatureUri('v7.5'), 'GetSignatureMode', content);
    expect(child(child(mode.element, 'SessionInfo'), 'SignatureMode')?.text).toBe('COMFORT');
    const handle = cardHandleXml(await findCard(world, 'HBA'));
    await soap(world, path, signatureUri('v7.5'), 'DeactivateComfortSignature', handle);
    const off = await soap(world, path, signatureUri('v7.5'), 'GetSignatureMode', content);
    expect(child(off.element, 'SessionInfo')).toBeUndefined();
  });
});

describe('requests that are no good', () => {
  const handle = (): Promise<string> => findCard(world, 'HBA');
  const sign = async (change: (content: string) => string): Promise<string> =>
    faultCode(
      soap(
        world,
        '/signatureservice/v7.5',
        signatureUri('v7.5'),
        'SignDocument',
        change(
          `${cardHandleXml(await handle())}${contextXml(world)}<o:TvMode>NONE</o:TvMode><o:JobNumber>ZZZ-999</o:JobNumber>` +
            signRequestXml('1', Buffer.from('<a/>')),
        ),
      ),
    );

  it('meet with a syntax fault: missing, misplaced, misspelt, in a wrong namespace', async () => {
    expect(await sign((content) => content.replace(/<o:TvMode>NONE<\/o:TvMode>/, ''))).toBe('4000');
    expect(await sign((content) => content.replace(/<o:JobNumber>.*?<\/o:JobNumber>/, ''))).toBe('4000');
    expect(await sign((content) => content.replace('ZZZ-999', 'zzz-999'))).toBe('4000');
    expect(await sign((content) => content.replace(' RequestID="1"', ''))).toBe('4000');
    expect(await sign((content) => content.replaceAll('ConnectorContext/v2.0', 'ConnectorContext/v1.0'))).toBe('4000');
    expect(await sign((content) => `${content}<o:More/>`)).toBe('4000');
    expect(
      await sign((content) => content.replace(/<o:IncludeRevocationInfo>.*?<\/o:IncludeRevocationInfo>/, '')),
    ).toBe('4000');
  });

  it('meet with their own faults: context, card, signature type, document', async () => {
    expect(await sign((content) => content.replace(/MandantId>[^<]*</, 'MandantId>x<'))).toBe('4004');
    expect(await sign((content) => content.replace(/ClientSystemId>[^<]*</, 'ClientSystemId>x<'))).toBe('4005');
    expect(await sign((content) => content.replace(/WorkplaceId>[^<]*</, 'WorkplaceId>x<'))).toBe('4006');
    expect(await sign((content) => content.replace(/<n:UserId>[^<]*<\/n:UserId>/, ''))).toBe('4003');
    expect(await sign((content) => content.replace(/CardHandle( [^>]*)>[^<]*</, 'CardHandle$1>x<'))).toBe('4047');
    expect(await sign((content) => content.replace('urn:ietf:rfc:5652', 'urn:ietf:rfc:3275'))).toBe('4111');
    const broken = Buffer.from('<a>').toString('base64');
    expect(await sign((content) => content.replace(Buffer.from('<a/>').toString('base64'), broken))).toBe('4110');
  });

  it('are refused before SOAP is understood: broken XML, a document type, no envelope, an unknown operation or action', async () => {
    const uri = signatureUri('v7.5');
    const bodies = [
      '<s:Envelope',
      '',
      '<!DOCTYPE s [<!ENTITY x "y">]><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
      '<Envelope><Body/></Envelope>',
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><x xmlns="${uri}"/></s:Body></s:Envelope>`,
    ];
    for (const body of bodies) {
      const reply = await callConnector(world, '/signatureservice/v7.5', { body, headers: { SOAPAction: `${uri}#x` } });
      expect(reply.status).toBe(500);
      expect(reply.body).toContain('<GERROR:Code>4000</GERROR:Code>');
      expect(parseXml(reply.body)).not.toBeNull();
    }
    const action = await callConnector(world, '/eventservice', {
      body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><GetCards xmlns="${eventUri}">${contextXml(world)}</GetCards></s:Body></s:Envelope>`,
    });
    expect(action.body).toContain('SOAPAction');
  });

  it('are refused by HTTP: no login, unknown path, wrong method', async () => {
    expect((await callConnector(world, '/cardservice', { headers: { Authorization: 'Basic eDp5' } })).status).toBe(401);
    expect((await callConnector(world, '/nothing')).status).toBe(404);
    expect((await callConnector(world, '/cardservice', { method: 'GET' })).status).toBe(405);
  });
});

describe.skipIf(!hasSchemas)('answers fit gematik’s schemas', () => {
  const check = async (source: string, schema: string): Promise<void> => {
    expect(await findSchemaErrors(bodyOf(source), schema)).toEqual([]);
  };

  it('connector.sds', async () => {
    const reply = await callConnector(world, '/connector.sds', { method: 'GET' });
    await check(reply.body, 'ServiceDirectory.xsd');
    for (const path of ['/eventservice', '/cardservice', '/certificateservice', '/signatureservice/v7.5']) {
      expect(reply.body).toContain(`Location="${world.connections.connector.endpoint}${path}"`);
    }
  });

  it('a schema error is found when there is one', async () => {
    const reply = await callConnector(world, '/connector.sds', { method: 'GET' });
    expect(await findSchemaErrors(reply.body.replace('>true<', '>maybe<'), 'ServiceDirectory.xsd')).not.toEqual([]);
  });

  it('connector.sds of an older connector', async () => {
    await rehearsal.handlers.setFaults({ ...healthy, connector: 'signature-7.4' });
    const reply = await callConnector(world, '/connector.sds', { method: 'GET' });
    await rehearsal.handlers.setFaults(healthy);
    expect(reply.body).not.toContain('SignatureService/WSDL/v7.5');
    expect(await findSchemaErrors(reply.body, 'ServiceDirectory.xsd')).toEqual([]);
  });

  it('EventService', async () => {
    const reply = await soap(world, '/eventservice', eventUri, 'GetCards', contextXml(world), 'mandant-wide="true"');
    await check(reply.source, 'EventService.xsd');
  });

  it('CardService, well and blocked', async () => {
    const content = contextXml(world) + cardHandleXml(await findCard(world, 'HBA')) + pin('PIN.QES');
    for (const connector of ['none', 'pin-blocked'] as const) {
      await rehearsal.handlers.setFaults({ ...healthy, connector });
      const status = await soap(world, '/cardservice', cardUri, 'GetPinStatus', content);
      await check(status.source, 'CardService_v8_1_3.xsd');
      const verified = await soap(world, '/cardservice', cardUri, 'VerifyPin', content);
      await check(verified.source, 'CardService_v8_1_3.xsd');
    }
    await rehearsal.handlers.setFaults(healthy);
  });

  it('CertificateService', async () => {
    const content = cardHandleXml(await findCard(world, 'HBA')) + contextXml(world) + references('C.QES', 'C.AUT');
    const reply = await soap(world, '/certificateservice', certificateUri, 'ReadCardCertificate', content);
    await check(reply.source, 'CertificateService_v6_0_2.xsd');
  });

  it('CertificateService, ends of validity and revocation', async () => {
    const context = contextXml(world);
    const read = cardHandleXml(await findCard(world, 'HBA')) + context + references('C.QES');
    const card = await soap(world, '/certificateservice', certificateUri, 'ReadCardCertificate', read);
    const data = child(child(child(card.element, 'X509DataInfoList'), 'X509DataInfo'), 'X509Data');
    const certificate = `${context}<x:X509Certificate xmlns:x="http://ws.gematik.de/conn/CertificateServiceCommon/v2.0">${the(child(data, 'X509Certificate')).text}</x:X509Certificate>`;
    const said = [];
    for (const connector of ['none', 'certificate-ends', 'certificate-revoked', 'no-revocation-check'] as const) {
      await rehearsal.handlers.setFaults({ ...healthy, connector });
      for (const [operation, content] of [
        ['CheckCertificateExpiration', context],
        ['VerifyCertificate', certificate],
      ] as const) {
        const reply = await soap(world, '/certificateservice', certificateUri, operation, content);
        await check(reply.source, 'CertificateService_v6_0_2.xsd');
        const status = child(child(reply.element, 'VerificationStatus'), 'VerificationResult');
        if (status !== undefined) said.push(status.text);
      }
    }
    await rehearsal.handlers.setFaults(healthy);
    expect(said).toEqual(['VALID', 'VALID', 'INVALID', 'INCONCLUSIVE']);
  });

  it('SignatureService 7.4 and 7.5', async () => {
    const handle = await findCard(world, 'HBA');
    for (const [version, schema] of [
      ['v7.4', 'SignatureService_V7_4_4.xsd'],
      ['v7.5', 'SignatureService_V7_5_6.xsd'],
    ] as const) {
      const uri = signatureUri(version);
      const path = `/signatureservice/${version}`;
      const job = await soap(world, path, uri, 'GetJobNumber', contextXml(world));
      await check(job.source, schema);
      const number = `<o:JobNumber>${the(child(job.element, 'JobNumber')).text}</o:JobNumber>`;
      await check((await soap(world, path, uri, 'StopSignature', contextXml(world) + number)).source, schema);
      await check((await signDocuments(world, handle, ['<a/>', '<b/>'], uri)).source, schema);
      await rehearsal.handlers.setFaults({ ...healthy, connector: 'card-pulled' });
      const pulled = await signDocuments(world, handle, ['<a/>', '<b/>', '<c/>'], uri);
      await rehearsal.handlers.setFaults(healthy);
      expect(pulled.source).toContain('<CONN:Result>Warning</CONN:Result>');
      await check(pulled.source, schema);
    }
    const content = cardHandleXml(handle) + contextXml(world);
    const uri = signatureUri('v7.5');
    for (const operation of ['ActivateComfortSignature', 'GetSignatureMode']) {
      const reply = await soap(world, '/signatureservice/v7.5', uri, operation, content);
      await check(reply.source, 'SignatureService_V7_5_6.xsd');
    }
    const off = await soap(world, '/signatureservice/v7.5', uri, 'DeactivateComfortSignature', cardHandleXml(handle));
    await check(off.source, 'SignatureService_V7_5_6.xsd');
  });

  it('faults', async () => {
    const reply = await soap(world, '/eventservice', eventUri, 'GetCards', '');
    const error = the(/<GERROR:Error[\s\S]*<\/GERROR:Error>/.exec(reply.source)?.[0]);
    expect(await findSchemaErrors(error, 'TelematikError.xsd')).toEqual([]);
  });
});
