/** Namespaces of gematik's interface files (api-telematik), as their schemas name them. */
export const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  context: 'http://ws.gematik.de/conn/ConnectorContext/v2.0',
  common: 'http://ws.gematik.de/conn/ConnectorCommon/v5.0',
  card: 'http://ws.gematik.de/conn/CardService/v8.1',
  cardCommon: 'http://ws.gematik.de/conn/CardServiceCommon/v2.0',
  event: 'http://ws.gematik.de/conn/EventService/v7.2',
  certificate: 'http://ws.gematik.de/conn/CertificateService/v6.0',
  certificateCommon: 'http://ws.gematik.de/conn/CertificateServiceCommon/v2.0',
  error: 'http://ws.gematik.de/tel/error/v2.0',
  dss: 'urn:oasis:names:tc:dss:1.0:core:schema',
  serviceDirectory: 'http://ws.gematik.de/conn/ServiceDirectory/v3.1',
  serviceInformation: 'http://ws.gematik.de/conn/ServiceInformation/v2.0',
  product: 'http://ws.gematik.de/int/version/ProductInformation/v1.1',
} as const;

/** The signature service's namespace: 7.5, or 7.4 with connectors that have no 7.5 yet. The parts used are the same in both. */
export type SignatureNamespace =
  'http://ws.gematik.de/conn/SignatureService/v7.5' | 'http://ws.gematik.de/conn/SignatureService/v7.4';

/** Comfort signature came with SignatureService 7.5. */
export const comfortNamespace = 'http://ws.gematik.de/conn/SignatureService/v7.5';
