import type { Failure } from '../../contract/call';
import { Failed, failure } from '../failure';
import type { ConnectorHttp } from './http';
import { namespaces } from './namespaces';
import { childOf, childrenOf, childText, type Element, parseXml, requiredChild } from './xml';

/** One operation: where it is served, its SOAP action (`<service namespace>#<operation>`), and the content of the request's body. */
export interface SoapCall {
  readonly endpoint: string;
  readonly namespace: string;
  readonly operation: string;
  readonly body: string;
  /** Milliseconds until the answer has to be here; people type PINs meanwhile. */
  readonly timeout: number;
}

/**
 * Calls an operation (SOAP 1.1) and returns the element of its answer. Rejects with `Failed`: the network's reasons, `protocol` for anything but a proper
 * answer, or the fault the connector gave, with gematik's error code.
 */
export async function callSoap(http: ConnectorHttp, call: SoapCall, signal?: AbortSignal): Promise<Element> {
  const envelope =
    `<?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="${namespaces.soap}">` +
    `<SOAP-ENV:Body>${call.body}</SOAP-ENV:Body></SOAP-ENV:Envelope>`;
  const answer = await http.send(
    call.endpoint,
    {
      method: 'POST',
      headers: {
        'Content-Type': 'text/xml; charset=utf-8',
        SOAPAction: `"${call.namespace}#${call.operation}"`,
      },
      body: Buffer.from(envelope, 'utf8'),
      timeout: call.timeout,
    },
    signal,
  );
  if (answer.status === 401 || answer.status === 403)
    throw new Failed(
      failure('login', `The connector refused our login (HTTP ${answer.status}).`, String(answer.status)),
    );
  if (answer.status !== 200 && answer.status !== 500)
    throw new Failed(failure('protocol', `The connector answered with HTTP ${answer.status}.`, String(answer.status)));
  const root = parseXml(answer.body);
  if (root.name !== 'Envelope' || root.namespace !== namespaces.soap)
    throw new Failed(failure('protocol', 'The connector did not answer in SOAP 1.1.'));
  const body = requiredChild(root, namespaces.soap, 'Body');
  const fault = childOf(body, namespaces.soap, 'Fault');
  if (fault !== null) throw new Failed(faultOf(fault));
  return requiredChild(body, call.namespace, `${call.operation}Response`);
}

/** Throws the error that an answer's `Status` reports, if it reports one. `Warning` is a success with a remark. */
export function requireStatus(answer: Element): void {
  const status = requiredChild(answer, namespaces.common, 'Status');
  const result = childText(status, namespaces.common, 'Result');
  if (result !== null && /^(ok|warning)$/i.test(result)) return;
  const error = childOf(status, namespaces.error, 'Error');
  throw new Failed(
    error === null ? failure('refused', `The connector answered with the status ${result ?? 'none'}.`) : errorOf(error),
  );
}

/**
 * The error in an answer's `Status`, whatever its `Result`; `null` where there is none. The schema knows only `OK` and `Warning`, so a document of a
 * stack that was not signed comes with a warning, the error, and no signature.
 */
export function errorIn(answer: Element): Failure | null {
  const status = childOf(answer, namespaces.common, 'Status');
  const error = status === null ? null : childOf(status, namespaces.error, 'Error');
  return error === null ? null : errorOf(error);
}

function faultOf(fault: Element): Failure {
  // SOAP 1.1: the fault's own children have no namespace.
  const detail = fault.children.find((child) => child.name === 'detail');
  const error = detail === undefined ? null : childOf(detail, namespaces.error, 'Error');
  if (error !== null) return errorOf(error);
  const text = fault.children.find((child) => child.name === 'faultstring')?.text.trim() ?? '';
  return failure('refused', text === '' ? 'The connector answered with a fault.' : text.slice(0, 500));
}

/** gematik's error structure (TelematikError.xsd): the first trace's code and text; later traces are the layers below. */
export function errorOf(error: Element): Failure {
  const traces = childrenOf(error, namespaces.error, 'Trace').map((trace) => ({
    code: childText(trace, namespaces.error, 'Code'),
    text: [childText(trace, namespaces.error, 'ErrorText'), childText(trace, namespaces.error, 'Detail')]
      .filter((part) => part !== null)
      .join(': '),
  }));
  const first = traces[0];
  if (first?.code === null || first === undefined)
    return failure('refused', 'The connector reported an error without a code.');
  const text = traces.map((trace) => `${trace.code ?? '?'} ${trace.text}`).join('; ');
  const telling = traces.find((trace) => trace.code !== null && reasonOf(trace.code) !== 'refused') ?? first;
  return failure(reasonOf(telling.code ?? ''), text.slice(0, 1000), telling.code);
}

/** What a connector's error code (gemSpec_Kon) means for the user; all others are `refused`, with their own text. */
function reasonOf(code: string): Failure['reason'] {
  switch (code) {
    case '4008': // the card is not plugged in
    case '4047': // the card's handle is not valid (any more)
    case '4098': // no card in the slot
    case '4099': // no card with this number
    case '4101': // as 4047
    case '4146': // as 4047
      return 'card-missing';
    case '4043': // no PIN typed in time
    case '4053': // the PIN can't be typed at another terminal
    case '4061': // wrong PIN
    case '4063': // PIN blocked
    case '4064': // PIN was blocked already
    case '4065': // transport PIN not changed yet
    case '4092': // no terminal to type the PIN at is set up for this workplace
    case '4085': // access conditions not met: PIN not verified
      return 'pin';
    case '4049': // the user pressed «cancel» at the terminal
      return 'cancelled';
    case '4094': // the card did not answer in time
      return 'timeout';
    default:
      return 'refused';
  }
}
