import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:tls';
import nodemailer from 'nodemailer';
import type { SentMessageInfo } from 'nodemailer/lib/smtp-transport';
import type { ReceivedMessage, RehearsalWorld } from '../../../electron/contract/rehearsal';
import { child, children, parseXml, type XmlElement } from '../../../electron/rehearsal/xml';

/** The one element that a test says is there. */
export function the<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('Nothing is here.');
  return value;
}

export const uuids = {
  first: '11111111-1111-5111-8111-111111111111',
  second: '22222222-2222-5222-8222-222222222222',
  third: '33333333-3333-5333-8333-333333333333',
  cancellation: '99999999-9999-5999-8999-999999999999',
} as const;

/** As much of a certificate as an intake reads. */
export function certificateXml(uuid: string, payerIk: string, given = 'Petra'): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><Bundle xmlns="http://hl7.org/fhir"><meta>' +
    '<profile value="https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_Bundle|1.2"/></meta>' +
    `<identifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:${uuid}"/></identifier>` +
    '<type value="document"/><entry><resource><Patient><name><family value="Müller-Übung"/>' +
    `<given value="${given}"/></name></Patient></resource></entry><entry><resource><Coverage><payor><identifier>` +
    `<value value="${payerIk}"/></identifier></payor></Coverage></resource></entry></Bundle>`
  );
}

/** As much of a cancellation as an intake reads. */
export function cancellationXml(uuid: string, cancelled: string): string {
  return (
    '<Bundle xmlns="http://hl7.org/fhir"><meta>' +
    '<profile value="https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_Storno_Bundle|1.2"/></meta>' +
    `<identifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:${uuid}"/></identifier>` +
    '<type value="document"/><entry><resource><List><entry><item><identifier><system value="urn:ietf:rfc:3986"/>' +
    `<value value="urn:uuid:${cancelled}"/></identifier></item></entry></List></resource></entry></Bundle>`
  );
}

export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** One request to the world's connector. */
export async function callConnector(
  world: RehearsalWorld,
  path: string,
  options: { method?: string; body?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { connector } = world.connections;
  return new Promise((resolve, reject) => {
    const sent = request(
      connector.endpoint + path,
      {
        method: options.method ?? 'POST',
        ca: connector.trust.authorities,
        agent: false,
        auth:
          connector.authentication.kind === 'password'
            ? `${connector.authentication.user}:${connector.authentication.password}`
            : undefined,
        headers: { 'Content-Type': 'text/xml; charset=utf-8', ...options.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') });
        });
      },
    );
    sent.on('error', reject);
    sent.end(options.body);
  });
}

/** The call context as a request carries it. */
export function contextXml(world: RehearsalWorld): string {
  const { context } = world.connections.connector;
  return (
    '<c:Context xmlns:c="http://ws.gematik.de/conn/ConnectorContext/v2.0" xmlns:n="http://ws.gematik.de/conn/ConnectorCommon/v5.0">' +
    `<n:MandantId>${context.mandantId}</n:MandantId><n:ClientSystemId>${context.clientSystemId}</n:ClientSystemId>` +
    `<n:WorkplaceId>${context.workplaceId}</n:WorkplaceId><n:UserId>${context.userId ?? ''}</n:UserId></c:Context>`
  );
}

/** A SOAP call; gives back the one element of the body. */
export async function soap(
  world: RehearsalWorld,
  path: string,
  uri: string,
  operation: string,
  content: string,
  attributes = '',
): Promise<{ readonly status: number; readonly element: XmlElement; readonly source: string }> {
  const body =
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
    `<o:${operation} xmlns:o="${uri}" ${attributes}>${content}</o:${operation}></s:Body></s:Envelope>`;
  const reply = await callConnector(world, path, { body, headers: { SOAPAction: `"${uri}#${operation}"` } });
  const element = the(child(the(parseXml(reply.body)), 'Body')?.children[0]);
  return { status: reply.status, element, source: reply.body };
}

export const signatureUri = (version: 'v7.4' | 'v7.5'): string =>
  `http://ws.gematik.de/conn/SignatureService/${version}`;
export const eventUri = 'http://ws.gematik.de/conn/EventService/v7.2';
export const cardUri = 'http://ws.gematik.de/conn/CardService/v8.1';
const common = 'http://ws.gematik.de/conn/ConnectorCommon/v5.0';

export const cardHandleXml = (handle: string): string => `<n:CardHandle xmlns:n="${common}">${handle}</n:CardHandle>`;

/** The handle of the first card of that type. */
export async function findCard(world: RehearsalWorld, type: 'HBA' | 'SMC-B'): Promise<string> {
  const reply = await soap(world, '/eventservice', eventUri, 'GetCards', contextXml(world));
  const cards = children(the(child(reply.element, 'Cards')), 'Card');
  return the(
    child(
      cards.find((card) => child(card, 'CardType')?.text === type),
      'CardHandle',
    ),
  ).text;
}

export const signRequestXml = (id: string, document: Buffer): string =>
  `<o:SignRequest RequestID="${id}"><o:OptionalInputs>` +
  '<d:SignatureType xmlns:d="urn:oasis:names:tc:dss:1.0:core:schema">urn:ietf:rfc:5652</d:SignatureType>' +
  '<o:IncludeEContent>true</o:IncludeEContent></o:OptionalInputs><o:Document ShortText="eAU">' +
  `<n:Base64XML xmlns:n="${common}">${document.toString('base64')}</n:Base64XML></o:Document>` +
  '<o:IncludeRevocationInfo>true</o:IncludeRevocationInfo></o:SignRequest>';

/** Calls SignDocument for documents with a fresh job number. */
export async function signDocuments(
  world: RehearsalWorld,
  handle: string,
  documents: readonly string[],
  uri = signatureUri('v7.5'),
) {
  const path = `/signatureservice/${uri.slice(uri.lastIndexOf('/') + 1)}`;
  const job = await soap(world, path, uri, 'GetJobNumber', contextXml(world));
  const jobNumber = the(child(job.element, 'JobNumber')).text;
  return soap(
    world,
    path,
    uri,
    'SignDocument',
    cardHandleXml(handle) +
      contextXml(world) +
      `<o:TvMode>NONE</o:TvMode><o:JobNumber>${jobNumber}</o:JobNumber>` +
      documents.map((document, index) => signRequestXml(String(index), Buffer.from(document))).join(''),
  );
}

/** Signs one document with the first HBA. */
export async function signOne(world: RehearsalWorld, document: string): Promise<Buffer> {
  const reply = await signDocuments(world, await findCard(world, 'HBA'), [document]);
  const [signature] = signaturesIn(reply.element);
  return the(signature);
}

export function signaturesIn(response: XmlElement): Buffer[] {
  return children(response, 'SignResponse').map((one) =>
    Buffer.from(the(child(child(one, 'SignatureObject'), 'Base64Signature')).text, 'base64'),
  );
}

export interface TestMail {
  readonly uuid: string;
  readonly payerIk: string;
  readonly file: Buffer;
  readonly isCancellation?: boolean;
  /** Instead of what is right. */
  readonly subject?: string;
  readonly service?: string;
  readonly user?: string;
  readonly notify?: ('success' | 'failure' | 'delay')[];
  readonly from?: string;
  readonly twoFiles?: boolean;
}

/** Sends as a practice system must (eau.md section 7). */
export async function sendMail(world: RehearsalWorld, mail: TestMail): Promise<SentMessageInfo> {
  const { mail: account } = world.connections;
  const name = mail.isCancellation === true ? `TEAU0_Storno_${mail.uuid}` : `TEAU0_${mail.uuid}`;
  const transport = nodemailer.createTransport({
    host: account.smtp.host,
    port: account.smtp.port,
    secure: true,
    tls: { ca: account.trust.authorities },
    auth: { user: mail.user ?? account.address, pass: account.smtp.password },
  });
  const attachment = {
    filename: `${name}.p7s`,
    content: mail.file,
    contentType: 'application/octet-stream',
    contentTransferEncoding: 'base64' as const,
    headers: { 'Content-Description': mail.isCancellation === true ? 'eAUStorno' : 'eAU' },
  };
  try {
    return await transport.sendMail({
      from: mail.from ?? account.address,
      replyTo: account.address,
      to: payerAddress(mail.payerIk),
      subject: mail.subject ?? name,
      messageId: `<${mail.uuid}@uebung.invalid>`,
      headers: {
        'X-KIM-Dienstkennung':
          mail.service ?? (mail.isCancellation === true ? 'eAU;Storno-Arzt;V1.2' : 'eAU;Lieferung;V1.2'),
      },
      text: 'eAU\r\n.\r\n..zwei Punkte',
      attachments: mail.twoFiles === true ? [attachment, attachment] : [attachment],
      dsn: {
        id: mail.uuid,
        return: 'headers',
        notify: mail.notify ?? ['success', 'failure'],
        recipient: payerAddress(mail.payerIk),
      },
    });
  } finally {
    transport.close();
  }
}

/** Sends bytes as they are. */
export async function sendRaw(world: RehearsalWorld, payerIk: string, raw: Buffer): Promise<void> {
  const { mail: account } = world.connections;
  const transport = nodemailer.createTransport({
    host: account.smtp.host,
    port: account.smtp.port,
    secure: true,
    tls: { ca: account.trust.authorities },
    auth: { user: account.address, pass: account.smtp.password },
  });
  try {
    await transport.sendMail({ envelope: { from: account.address, to: payerAddress(payerIk) }, raw });
  } finally {
    transport.close();
  }
}

export const payerAddress = (ik: string): string => `eau-${ik}@uebung.kim.telematik`;

/** Speaks POP3 line by line: sends everything at once, gives back all that came until the server hung up. */
export async function pop3(world: RehearsalWorld, commands: readonly string[]): Promise<string> {
  const { mail } = world.connections;
  const socket = connect({ host: mail.pop3.host, port: mail.pop3.port, ca: mail.trust.authorities });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.write(commands.map((command) => `${command}\r\n`).join(''));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

/** Every message in the mailbox, dots of the transport taken away. */
export async function fetchAll(world: RehearsalWorld): Promise<Buffer[]> {
  const { mail } = world.connections;
  const login = [`USER ${mail.address}`, `PASS ${mail.pop3.password}`];
  const count = Number(/\+OK (\d+) \d+/.exec(await pop3(world, [...login, 'STAT', 'QUIT']))?.[1]);
  const messages: Buffer[] = [];
  for (let number = 1; number <= count; number += 1) {
    const answer = await pop3(world, [...login, `RETR ${number}`, 'QUIT']);
    const body = the(/messages\r\n\+OK\r\n([\s\S]*?\r\n)\.\r\n\+OK bye\r\n$/.exec(answer)?.[1]);
    messages.push(Buffer.from(body.replace(/^\.\./gm, '.'), 'latin1'));
  }
  return messages;
}

/** The verdicts so far. */
export const verdicts = (received: readonly ReceivedMessage[]): string[] => received.map((entry) => entry.verdict);
