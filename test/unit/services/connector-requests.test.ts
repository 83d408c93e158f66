import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memoryPages, validateXML } from 'xmllint-wasm';
import {
  activateComfortSignature,
  checkCertificateExpiration,
  deactivateComfortSignature,
  getCards,
  getJobNumber,
  getPinStatus,
  getSignatureMode,
  readCardCertificate,
  signDocument,
  stopSignature,
  verifyCertificate,
  verifyPin,
} from '../../../electron/services/connector/requests';
import { callContext } from './examples';

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
    ['CheckCertificateExpiration', checkCertificateExpiration(withUser, null), 'CertificateService_v6_0_2.xsd'],
    ['CheckCertificateExpiration ECC', checkCertificateExpiration(callContext, 'ECC'), 'CertificateService_v6_0_2.xsd'],
    ['VerifyCertificate', verifyCertificate(withUser, Buffer.from([48, 0])), 'CertificateService_v6_0_2.xsd'],
    ['GetJobNumber', getJobNumber(signature75, callContext), 'SignatureService_V7_5_6.xsd'],
    ['StopSignature', stopSignature(signature75, withUser, 'ABC-123'), 'SignatureService_V7_5_6.xsd'],
    ['SignDocument', signDocument(signature75, withUser, 'h-1', 'ABC-123', documents), 'SignatureService_V7_5_6.xsd'],
    [
      'SignDocument 7.4',
      signDocument(signature74, withUser, 'h-1', 'ABC-123', documents),
      'SignatureService_V7_4_4.xsd',
    ],
    ['ActivateComfortSignature', activateComfortSignature(withUser, 'h-1'), 'SignatureService_V7_5_6.xsd'],
    ['DeactivateComfortSignature', deactivateComfortSignature('h-<1>'), 'SignatureService_V7_5_6.xsd'],
    ['GetSignatureMode', getSignatureMode(withUser, 'h-1'), 'SignatureService_V7_5_6.xsd'],
  ])('%s', async (_operation, request, schema) => {
    expect(await errorsOf(request, schema)).toEqual([]);
  });

  it('would notice a request that is not', async () => {
    const wrong = getCards(callContext).replace(/<CONN:WorkplaceId>.*?<\/CONN:WorkplaceId>/, '');
    expect(await errorsOf(wrong, 'EventService.xsd')).not.toEqual([]);
  });
});
