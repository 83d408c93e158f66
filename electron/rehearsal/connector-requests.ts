import type { Shape } from './soap-shape';

/** The namespaces of the connector's services (gematik, api-telematik). */
export const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  common: 'http://ws.gematik.de/conn/ConnectorCommon/v5.0',
  context: 'http://ws.gematik.de/conn/ConnectorContext/v2.0',
  event: 'http://ws.gematik.de/conn/EventService/v7.2',
  card: 'http://ws.gematik.de/conn/CardService/v8.1',
  cardCommon: 'http://ws.gematik.de/conn/CardServiceCommon/v2.0',
  certificate: 'http://ws.gematik.de/conn/CertificateService/v6.0',
  certificateCommon: 'http://ws.gematik.de/conn/CertificateServiceCommon/v2.0',
  signature74: 'http://ws.gematik.de/conn/SignatureService/v7.4',
  signature75: 'http://ws.gematik.de/conn/SignatureService/v7.5',
  dss: 'urn:oasis:names:tc:dss:1.0:core:schema',
  error: 'http://ws.gematik.de/tel/error/v2.0',
} as const;

const anyText = /^[\s\S]*$/;
const boolean = /^\s*(true|false|0|1)\s*$/;
const base64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;

const text = (uri: string, local: string, pattern: RegExp, optional = false): Shape => ({
  uri,
  local,
  optional,
  content: { kind: 'text', pattern },
});
const sequence = (uri: string, local: string, members: readonly Shape[]): Shape => ({
  uri,
  local,
  content: { kind: 'sequence', members },
});

const upTo64 = /^[\s\S]{0,64}$/;
const context = sequence(namespaces.context, 'Context', [
  text(namespaces.common, 'MandantId', upTo64),
  text(namespaces.common, 'ClientSystemId', upTo64),
  text(namespaces.common, 'WorkplaceId', upTo64),
  text(namespaces.common, 'UserId', upTo64, true),
]);
const cardHandle = text(namespaces.common, 'CardHandle', /^[\s\S]{0,128}$/);
const pinRequest = (local: string): Shape =>
  sequence(namespaces.card, local, [context, cardHandle, text(namespaces.cardCommon, 'PinTyp', upTo64)]);

const cardTypes = /^(EGK|HBA-qSig|HBA|SMC-B|HSM-B|SMC-KT|KVK|ZOD_2\.0|UNKNOWN|HBAx|SM-B)$/;

function signatureRequests(uri: string): readonly Shape[] {
  const jobNumber = text(uri, 'JobNumber', /^[A-Z]{3}-[0-9]{3}$/);
  const document: Shape = {
    uri,
    local: 'Document',
    content: {
      kind: 'all',
      members: [text(namespaces.common, 'Base64XML', base64), text(namespaces.dss, 'Base64Data', base64)],
    },
  };
  const optionalInputs: Shape = {
    uri,
    local: 'OptionalInputs',
    optional: true,
    content: {
      kind: 'all',
      members: [
        text(namespaces.dss, 'SignatureType', anyText),
        { uri: namespaces.dss, local: 'Properties', content: { kind: 'any' } },
        text(uri, 'IncludeEContent', boolean),
        { uri, local: 'IncludeObjects', content: { kind: 'any' } },
        { uri: namespaces.dss, local: 'SignaturePlacement', content: { kind: 'any' } },
        { uri: namespaces.dss, local: 'ReturnUpdatedSignature', content: { kind: 'any' } },
        { uri: namespaces.dss, local: 'Schemas', content: { kind: 'any' } },
        {
          uri: 'urn:oasis:names:tc:dss-x:1.0:profiles:SignaturePolicy:schema#',
          local: 'GenerateUnderSignaturePolicy',
          content: { kind: 'any' },
        },
        { uri, local: 'ViewerInfo', content: { kind: 'any' } },
      ],
    },
  };
  const signRequest: Shape = {
    uri,
    local: 'SignRequest',
    repeated: true,
    required: ['RequestID'],
    content: { kind: 'sequence', members: [optionalInputs, document, text(uri, 'IncludeRevocationInfo', boolean)] },
  };
  return [
    sequence(uri, 'GetJobNumber', [context]),
    sequence(uri, 'SignDocument', [
      cardHandle,
      text(uri, 'Crypt', /^(RSA|ECC|RSA_ECC)$/, true),
      context,
      text(uri, 'TvMode', /^(NONE|UNCONFIRMED|CONFIRMED)?$/),
      { ...jobNumber, optional: true },
      signRequest,
    ]),
    sequence(uri, 'StopSignature', [context, jobNumber]),
  ];
}

/** Komfortsignatur came with SignatureService 7.5. */
const comfortRequests: readonly Shape[] = [
  sequence(namespaces.signature75, 'ActivateComfortSignature', [cardHandle, context]),
  sequence(namespaces.signature75, 'DeactivateComfortSignature', [{ ...cardHandle, repeated: true }]),
  sequence(namespaces.signature75, 'GetSignatureMode', [cardHandle, context]),
];

/** The requests that the world's connector knows, by the path of their service. */
export const requestsByPath: ReadonlyMap<string, readonly Shape[]> = new Map([
  [
    '/eventservice',
    [
      sequence(namespaces.event, 'GetCards', [
        context,
        text(namespaces.cardCommon, 'CtId', /^[\s\S]{1,64}$/, true),
        text(namespaces.cardCommon, 'SlotId', /^\s*\+?[0-9]*[1-9][0-9]*\s*$/, true),
        text(namespaces.cardCommon, 'CardType', cardTypes, true),
      ]),
    ],
  ],
  ['/cardservice', [pinRequest('GetPinStatus'), pinRequest('VerifyPin')]],
  [
    '/certificateservice',
    [
      sequence(namespaces.certificate, 'CheckCertificateExpiration', [
        { ...cardHandle, optional: true },
        context,
        text(namespaces.certificate, 'Crypt', /^\s*(RSA|ECC)\s*$/, true),
      ]),
      sequence(namespaces.certificate, 'VerifyCertificate', [
        context,
        text(namespaces.certificateCommon, 'X509Certificate', base64),
        text(namespaces.certificate, 'VerificationTime', /^\s*\d{4}-\d{2}-\d{2}T\S+\s*$/, true),
      ]),
      sequence(namespaces.certificate, 'ReadCardCertificate', [
        cardHandle,
        context,
        sequence(namespaces.certificate, 'CertRefList', [
          {
            ...text(namespaces.certificate, 'CertRef', /^\s*C\.(AUT|ENC|SIG|QES)\s*$/),
            repeated: true,
          },
        ]),
        text(namespaces.certificate, 'Crypt', /^\s*(RSA|ECC)\s*$/, true),
      ]),
    ],
  ],
  ['/signatureservice/v7.4', signatureRequests(namespaces.signature74)],
  ['/signatureservice/v7.5', [...signatureRequests(namespaces.signature75), ...comfortRequests]],
]);
