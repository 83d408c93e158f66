import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { CallContext, ConnectorConnection } from '../contract/connections';
import type { Faults } from '../contract/rehearsal';
import type { Identity } from './authority';
import type { Card, CardTerminal } from './cards';
import { CertificateService } from './certificate-operations';
import {
  answer,
  cardsAnswer,
  envelope,
  fault as faultOutcome,
  faultBody,
  statusOk,
  statusWarning,
  type Outcome,
} from './connector-answers';
import { namespaces, requestsByPath } from './connector-requests';
import { openFront } from './front';
import { serviceDirectory } from './service-directory';
import { SignatureService } from './signature-operations';
import { findMistake } from './soap-shape';
import { child, children, parseXml, type XmlElement } from './xml';

/** The world's connector: HTTPS, service directory and SOAP services. */
export interface Connector {
  readonly port: number;
  setFault(fault: Faults['connector']): void;
  stop(): Promise<void>;
}

export interface ConnectorOptions {
  readonly identity: Identity;
  readonly terminal: CardTerminal;
  readonly context: CallContext;
  readonly authentication: ConnectorConnection['authentication'];
  readonly now: () => Date;
}

/** Room for a stack of 250 documents. */
const bodyLimit = 64 * 1024 * 1024;

/** Starts the connector. */
export async function startConnector(options: ConnectorOptions): Promise<Connector> {
  let fault: Faults['connector'] = 'none';
  const operations = new Operations(options, () => fault);
  const server = createServer((request, response) => {
    request.on('error', () => undefined);
    handle(request, response, options, operations, `https://127.0.0.1:${front.port}`);
  });
  const front = await openFront(options.identity, (socket) => {
    server.emit('connection', socket);
  });
  return {
    port: front.port,
    setFault: (next) => {
      fault = next;
      front.setDown(next === 'down');
    },
    stop: () => front.stop(),
  };
}

function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: ConnectorOptions,
  operations: Operations,
  base: string,
): void {
  const path = (request.url ?? '').replace(/\?.*$/, '');
  if (request.method === 'GET' && path === '/connector.sds') {
    send(response, 200, serviceDirectory(base, options.now(), operations.isOld));
    return;
  }
  if (!isAuthenticated(request, options.authentication)) {
    response.setHeader('WWW-Authenticate', 'Basic realm="Konnektor"');
    send(response, 401, '');
    return;
  }
  if (!requestsByPath.has(path)) {
    send(response, 404, '');
    return;
  }
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'POST');
    send(response, 405, '');
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > bodyLimit) request.destroy();
    else chunks.push(chunk);
  });
  request.on('end', () => {
    void perform(Buffer.concat(chunks).toString('utf8'));
  });

  const perform = async (source: string) => {
    const outcome = await operations.perform(path, request.headers['soapaction'], source);
    switch (outcome.kind) {
      case 'answer':
        send(response, 200, envelope(outcome.body));
        return;
      case 'fault':
        send(response, 500, envelope(faultBody(outcome.code, outcome.detail, options.now())));
        return;
      case 'cut':
        request.socket.destroy();
    }
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  const bytes = Buffer.from(body, 'utf8');
  response.writeHead(status, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': bytes.length });
  response.end(bytes);
}

function isAuthenticated(request: IncomingMessage, authentication: ConnectorConnection['authentication']): boolean {
  if (authentication.kind !== 'password') return true;
  const expected = Buffer.from(`${authentication.user}:${authentication.password}`, 'utf8').toString('base64');
  return request.headers.authorization === `Basic ${expected}`;
}

/** What the SOAP services do: from a request's bytes to an outcome. */
class Operations {
  readonly #signatures: SignatureService;
  readonly #certificates: CertificateService;

  constructor(
    private readonly options: ConnectorOptions,
    private readonly fault: () => Faults['connector'],
  ) {
    const { identity, terminal, now } = options;
    this.#signatures = new SignatureService({ terminal, now, fault });
    this.#certificates = new CertificateService({ identity, cards: () => this.#inserted(), now, fault });
  }

  /** Whether the rehearsal wants an older connector: SignatureService 7.4 only. */
  get isOld(): boolean {
    return this.fault() === 'signature-7.4';
  }

  async perform(path: string, action: string | string[] | undefined, source: string): Promise<Outcome> {
    const root = parseXml(source);
    if (root === null) return faultOutcome(4000, 'the request is not well-formed XML');
    if (root.uri !== namespaces.soap || root.local !== 'Envelope') return faultOutcome(4000, 'no SOAP 1.1 envelope');
    const body = root.children.find((element) => element.uri === namespaces.soap && element.local === 'Body');
    const request = body?.children[0];
    if (request === undefined || body?.children.length !== 1) return faultOutcome(4000, 'the body wants one request');
    const shape = requestsByPath.get(path)?.find((known) => known.uri === request.uri && known.local === request.local);
    if (shape === undefined) {
      return faultOutcome(4000, `this service does not know {${request.uri}}${request.local}`);
    }
    const mistake = findMistake(request, shape);
    if (mistake !== null) return faultOutcome(4000, mistake);
    const expectedAction = `${request.uri}#${request.local}`;
    if (typeof action !== 'string' || action.replaceAll('"', '') !== expectedAction) {
      return faultOutcome(4000, `SOAPAction is not ${expectedAction}`);
    }
    const context = child(request, 'Context');
    return (context === undefined ? null : this.#checkContext(context)) ?? this.#dispatch(request);
  }

  #checkContext(context: XmlElement): Outcome | null {
    const { mandantId, clientSystemId, workplaceId } = this.options.context;
    const given = (name: string): string => child(context, name)?.text ?? '';
    if (given('MandantId') !== mandantId) return faultOutcome(4004, given('MandantId'));
    if (given('ClientSystemId') !== clientSystemId) return faultOutcome(4005, given('ClientSystemId'));
    if (given('WorkplaceId') !== workplaceId) return faultOutcome(4006, given('WorkplaceId'));
    return null;
  }

  #dispatch(request: XmlElement): Outcome | Promise<Outcome> {
    const uri = request.uri;
    switch (request.local) {
      case 'GetCards':
        return this.#getCards(child(request, 'CardType')?.text);
      case 'CheckCertificateExpiration':
        return this.#certificates.expirations(request);
      case 'VerifyCertificate':
        return this.#certificates.verify(request);
      case 'GetJobNumber':
        return this.#signatures.getJobNumber(uri);
      case 'StopSignature':
        return this.#signatures.stopSignature(uri, request);
      case 'DeactivateComfortSignature': {
        const handles = children(request, 'CardHandle').map((element) => element.text);
        const cards = this.#inserted().filter((card) => handles.includes(card.handle));
        return cards.length === new Set(handles).size
          ? this.#signatures.deactivateComfort(uri, cards)
          : faultOutcome(4047, handles.join(' '));
      }
      default:
        return this.#withCard(request);
    }
  }

  /** The operations on one card. */
  #withCard(request: XmlElement): Outcome | Promise<Outcome> {
    const handle = child(request, 'CardHandle')?.text ?? '';
    const card = this.#inserted().find((candidate) => candidate.handle === handle);
    if (card === undefined) return faultOutcome(4047, handle);
    const userId = child(child(request, 'Context'), 'UserId');
    if (card.type === 'HBA' && (userId === undefined || userId.text === '')) return faultOutcome(4003, handle);
    switch (request.local) {
      case 'GetPinStatus':
        return this.#getPinStatus(card, child(request, 'PinTyp')?.text ?? '');
      case 'VerifyPin':
        return this.#verifyPin(card, child(request, 'PinTyp')?.text ?? '');
      case 'ReadCardCertificate':
        return this.#certificates.read(card, request);
      case 'SignDocument':
        return this.#signatures.signDocument(request.uri, request, card);
      case 'ActivateComfortSignature':
        return card.type === 'HBA'
          ? this.#signatures.activateComfort(request.uri, card, userId?.text ?? '')
          : faultOutcome(4047, `${card.handle} is not an HBA`);
      case 'GetSignatureMode':
        return this.#signatures.getSignatureMode(request.uri, card, userId?.text ?? '');
      default:
        // Every request that has a shape has its operation.
        throw new Error(`${request.local} has a shape but no operation.`);
    }
  }

  #inserted(): readonly Card[] {
    return this.fault() === 'card-missing' ? [] : this.options.terminal.cards;
  }

  #getCards(type: string | undefined): Outcome {
    // HBAx stands for every kind of HBA, SM-B for every kind of practice card.
    const wanted = type === 'HBAx' ? 'HBA' : type === 'SM-B' ? 'SMC-B' : type;
    return cardsAnswer(
      this.#inserted().filter((card) => wanted === undefined || card.type === wanted),
      (card) => this.#certificates.endOf(card),
    );
  }

  #getPinStatus(card: Card, pin: string): Outcome {
    if (pin !== card.signing.pin) return faultOutcome(4072, pin);
    const isBlocked = this.fault() === 'pin-blocked';
    const status = isBlocked ? 'BLOCKED' : card.isVerified ? 'VERIFIED' : 'VERIFIABLE';
    const tries = isBlocked ? 0 : 3;
    return answer(
      `<CARD:GetPinStatusResponse xmlns:CARD="${namespaces.card}">${statusOk}<CARD:PinStatus>${status}</CARD:PinStatus>` +
        (status === 'VERIFIED' ? '' : `<CARD:LeftTries>${tries}</CARD:LeftTries>`) +
        '</CARD:GetPinStatusResponse>',
    );
  }

  /** The terminal asks for the PIN, and the one who rehearses always knows it. */
  #verifyPin(card: Card, pin: string): Outcome {
    if (pin !== card.signing.pin) return faultOutcome(4072, pin);
    const isBlocked = this.fault() === 'pin-blocked';
    if (!isBlocked) card.isVerified = true;
    return answer(
      `<CARD:VerifyPinResponse xmlns:CARD="${namespaces.card}" xmlns:CARDCMN="${namespaces.cardCommon}">` +
        (isBlocked ? statusWarning(4063, pin, this.options.now()) : statusOk) +
        `<CARDCMN:PinResult>${isBlocked ? 'WASBLOCKED' : 'OK'}</CARDCMN:PinResult>` +
        (isBlocked ? '<CARDCMN:LeftTries>0</CARDCMN:LeftTries>' : '') +
        '</CARD:VerifyPinResponse>',
    );
  }
}
