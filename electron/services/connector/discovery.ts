import type { ConnectorConnection } from '../../contract/connections';
import { Failed, failure } from '../failure';
import type { ConnectorHttp } from './http';
import { namespaces, type SignatureNamespace } from './namespaces';
import { childOf, childrenOf, childText, type Element, parseXml, requiredChild } from './xml';

/** Where a connector serves what is used, and what it says about itself. */
export interface Services {
  readonly event: string;
  readonly card: string;
  readonly certificate: string;
  readonly signature: { readonly endpoint: string; readonly namespace: SignatureNamespace };
  /** Product and version, such as «Konnektor 5.1.0 (Vendor)». */
  readonly product: string;
  readonly certificateNotAfter: string | null;
}

/** Milliseconds for reading the directory of services. */
const timeout = 20_000;

/**
 * Reads the connector's directory of services, `/connector.sds` (ServiceDirectory.xsd): the TLS endpoints of the versions that are used.
 * Rejects with `Failed`; `unsupported` where the connector lacks a service.
 */
export async function discover(http: ConnectorHttp, connection: ConnectorConnection): Promise<Services> {
  const url = `${connection.endpoint.replace(/\/+$/, '')}/connector.sds`;
  const answer = await http.send(url, { method: 'GET', headers: { Accept: 'text/xml' }, body: null, timeout });
  if (answer.status === 401 || answer.status === 403)
    throw new Failed(
      failure('login', `The connector refused our login (HTTP ${answer.status}).`, String(answer.status)),
    );
  if (answer.status !== 200)
    throw new Failed(failure('protocol', `${url} answered with HTTP ${answer.status}.`, String(answer.status)));
  const root = parseXml(answer.body);
  if (root.name !== 'ConnectorServices' || root.namespace !== namespaces.serviceDirectory)
    throw new Failed(failure('protocol', `${url} is no directory of services.`));
  const offered = versionsIn(requiredChild(root, namespaces.serviceInformation, 'ServiceInformation'));
  const endpointOf = (service: string, version: string) => {
    const found = offered.find((offer) => offer.service === service && offer.version === version)?.endpoint;
    if (found === undefined)
      throw new Failed(failure('unsupported', `The connector offers no ${service} ${version} over TLS.`));
    return found;
  };
  const signature = offered.some((offer) => offer.service === 'SignatureService' && offer.version === '7.5')
    ? {
        endpoint: endpointOf('SignatureService', '7.5'),
        namespace: 'http://ws.gematik.de/conn/SignatureService/v7.5' as const,
      }
    : {
        endpoint: endpointOf('SignatureService', '7.4'),
        namespace: 'http://ws.gematik.de/conn/SignatureService/v7.4' as const,
      };
  return {
    event: endpointOf('EventService', '7.2'),
    card: endpointOf('CardService', '8.1'),
    certificate: endpointOf('CertificateService', '6.0'),
    signature,
    product: productIn(root),
    certificateNotAfter: answer.certificateNotAfter,
  };
}

function versionsIn(information: Element): { service: string; version: string; endpoint: string }[] {
  return childrenOf(information, namespaces.serviceInformation, 'Service').flatMap((service) => {
    const versions = childOf(service, namespaces.serviceInformation, 'Versions');
    return childrenOf(versions ?? service, namespaces.serviceInformation, 'Version').flatMap((version) => {
      const location = childOf(version, namespaces.serviceInformation, 'EndpointTLS')?.attributes.get('Location');
      // `…/SignatureService/WSDL/v7.5` in the namespace; some connectors leave it out and only give the version `7.5.5`.
      const number =
        /\/v(\d+\.\d+)$/.exec(version.attributes.get('TargetNamespace') ?? '')?.[1] ??
        /^(\d+\.\d+)/.exec(version.attributes.get('Version') ?? '')?.[1];
      if (location === undefined || number === undefined) return [];
      return [{ service: service.attributes.get('Name') ?? '', version: number, endpoint: location }];
    });
  });
}

function productIn(root: Element): string {
  const information = childOf(root, namespaces.product, 'ProductInformation');
  if (information === null) return 'connector';
  const part = (outer: string, inner: string) => {
    const found = childOf(information, namespaces.product, outer);
    return found === null ? null : childText(found, namespaces.product, inner);
  };
  const name = part('ProductMiscellaneous', 'ProductName') ?? part('ProductTypeInformation', 'ProductType');
  const vendor = part('ProductMiscellaneous', 'ProductVendorName');
  const version = part('ProductTypeInformation', 'ProductTypeVersion');
  const words = [name ?? 'connector', version, vendor === null ? null : `(${vendor})`];
  return words
    .filter((word) => word !== null)
    .join(' ')
    .slice(0, 200);
}
