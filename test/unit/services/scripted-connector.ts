import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { ConnectorConnection } from '../../../electron/contract/connections';
import { createServices, type Services } from '../../../electron/services/services';
import { callContext } from './examples';
import { serverIdentity, testAuthority } from './sockets';

/** A connector that says what a test wants it to say, and remembers what it was asked. */

export const signature75 = 'http://ws.gematik.de/conn/SignatureService/v7.5';

export type Given = { status?: number; body: string } | null | 'silence';
export interface SeenRequest {
  readonly action: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export const named =
  '<n:Iccsn xmlns:n="http://ws.gematik.de/conn/CardServiceCommon/v2.0">80276000000000000001</n:Iccsn>' +
  '<n:CardHolderName xmlns:n="http://ws.gematik.de/conn/CardService/v8.1">Anna Müller</n:CardHolderName>';

/** One document's answer in a stack that was not signed. */
export function warned(id: string, code: string): string {
  const error = /<g:Error[\s\S]*<\/g:Error>/.exec(fault(code))?.[0] ?? '';
  return (
    `<s:SignResponse RequestID="${id}"><c:Status xmlns:c="http://ws.gematik.de/conn/ConnectorCommon/v5.0">` +
    `<c:Result>Warning</c:Result>${error}</c:Status></s:SignResponse>`
  );
}

/** The answers of a connector with one HBA on which a comfort session is open. */
export function comfortAnswer(action: string): string {
  switch (action) {
    case 'GetCards':
      return cards(action).replace('SMC-B', 'HBA').replace('</c:CardHandle>', `</c:CardHandle>${named}`);
    case 'ActivateComfortSignature':
      return `<s:${action}Response xmlns:s="${signature75}">${status}<s:SignatureMode>COMFORT</s:SignatureMode></s:${action}Response>`;
    case 'GetSignatureMode':
      return (
        `<s:${action}Response xmlns:s="${signature75}">${status}<s:ComfortSignatureStatus>ENABLED</s:ComfortSignatureStatus>` +
        '<s:SessionInfo><s:SignatureMode>COMFORT</s:SignatureMode><s:CountRemaining>99</s:CountRemaining>' +
        `<s:TimeRemaining>PT5H</s:TimeRemaining></s:SessionInfo></s:${action}Response>`
      );
    default:
      return cards(action);
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
export function soap(body: string): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
}
const status = '<c:Status xmlns:c="http://ws.gematik.de/conn/ConnectorCommon/v5.0"><c:Result>OK</c:Result></c:Status>';
/** The answers a practice's card needs, by operation. */
export function cards(action: string): string {
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
export function pinAnswer(result: string): string {
  return (
    `<k:VerifyPinResponse xmlns:k="http://ws.gematik.de/conn/CardService/v8.1">${status}` +
    `<m:PinResult xmlns:m="http://ws.gematik.de/conn/CardServiceCommon/v2.0">${result}</m:PinResult></k:VerifyPinResponse>`
  );
}
export function fault(code: string): string {
  return (
    '<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:Server</faultcode><faultstring>x</faultstring><detail>' +
    '<g:Error xmlns:g="http://ws.gematik.de/tel/error/v2.0"><g:MessageID>1</g:MessageID><g:Timestamp>2026-01-01T00:00:00Z</g:Timestamp><g:Trace>' +
    `<g:EventID>1</g:EventID><g:Instance>1</g:Instance><g:LogReference/><g:CompType>K</g:CompType><g:Code>${code}</g:Code><g:Severity>Error</g:Severity>` +
    '<g:ErrorType>Technical</g:ErrorType><g:ErrorText>Fehler</g:ErrorText></g:Trace></g:Error></detail></s:Fault>'
  );
}
export function directory(signatureVersion = '7.5'): string {
  const service = (name: string, version: string) =>
    `<i:Service Name="${name}"><i:Abstract/><i:Versions><i:Version TargetNamespace="http://ws.gematik.de/conn/${name}/WSDL/v${version}" Version="${version}.0">` +
    `<i:Abstract/><i:EndpointTLS Location="https://127.0.0.1:@port@/${name}"/></i:Version></i:Versions></i:Service>`;
  return (
    '<ConnectorServices xmlns="http://ws.gematik.de/conn/ServiceDirectory/v3.1" xmlns:i="http://ws.gematik.de/conn/ServiceInformation/v2.0">' +
    `<i:ServiceInformation>${service('EventService', '7.2')}${service('CardService', '8.1')}${service('CertificateService', '6.0')}${service('SignatureService', signatureVersion)}` +
    '</i:ServiceInformation></ConnectorServices>'
  );
}

const stopping: (() => Promise<void>)[] = [];

/** Closes every connector and every service that a test has opened. */
export async function stopAll(): Promise<void> {
  await Promise.all(stopping.splice(0).map((stop) => stop()));
}

/** The services, closed by `stopAll`. */
export function services(): Services {
  const made = createServices({ printFolder: null });
  stopping.push(() => made.close());
  return made;
}

/** An HTTPS server that answers each request by path; `null` cuts the connection, `'silence'` never answers. */
export async function connectorWith(
  answer: (path: string, action: string) => Given | Promise<Given>,
): Promise<{ endpoint: string; requests: SeenRequest[] }> {
  const requests: SeenRequest[] = [];
  const server: Server = createServer(serverIdentity, (request, response) => {
    const action =
      String(request.headers['soapaction'] ?? '')
        .replaceAll('"', '')
        .split('#')
        .at(-1) ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push({ action, authorization: request.headers.authorization, body });
      void respond(request.url ?? '', action, request, response);
    });
  });
  const respond = async (path: string, action: string, request: IncomingMessage, response: ServerResponse) => {
    const given = await answer(path, action);
    if (given === 'silence') return;
    if (given === null) request.socket.destroy();
    else
      response
        .writeHead(given.status ?? 200, { 'Content-Type': 'text/xml' })
        .end(given.body.replaceAll('@port@', String(portOf(server))));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stopping.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { endpoint: `https://127.0.0.1:${portOf(server)}`, requests };
}

/** How to reach it. */
export const connectionTo = (endpoint: string, changes: Partial<ConnectorConnection> = {}): ConnectorConnection => ({
  endpoint,
  trust: { authorities: [testAuthority] },
  authentication: { kind: 'none' },
  context: callContext,
  cardAuthorities: [],
  ...changes,
});
