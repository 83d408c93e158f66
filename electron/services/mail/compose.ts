import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from '../../contract/contract';

/**
 * The message as it goes over the wire, CRLF line ends: only `To`; `Reply-To` is the sender's own KIM address; one text part and exactly one
 * attachment (P5-02, P5-07, eau.md section 7).
 *
 * The same arguments always give the same bytes: `Message-ID` and `Date` are handed in, the boundary is derived from the message id, and nothing tells
 * of this machine. Throws a `TypeError` for a header that is not one line: callers hand in what the program made itself.
 */
export async function composeMail(address: string, mail: OutgoingMail): Promise<Buffer> {
  return new MailComposer(messageOf(address, mail)).compile().build();
}

/** The message as nodemailer takes it: from the same arguments it always makes the same bytes. */
export function messageOf(address: string, mail: OutgoingMail) {
  for (const value of [
    address,
    mail.to,
    mail.subject,
    mail.messageId,
    mail.attachment.name,
    mail.attachment.description,
  ])
    assertOneLine(value);
  for (const header of mail.headers) {
    assertOneLine(header.value);
    if (!/^[!-9;-~]+$/.test(header.name)) throw new TypeError(`No header field name: ${JSON.stringify(header.name)}`);
  }
  const spelled = new Map(mail.headers.map(({ name }) => [name.toLowerCase(), name]));
  return {
    from: { name: '', address },
    to: { name: '', address: mail.to },
    replyTo: { name: '', address },
    subject: mail.subject,
    messageId: mail.messageId,
    date: new Date(mail.date),
    // Header fields after the standard ones keep the order in which they were given.
    headers: mail.headers.map(({ name, value }) => ({ key: name, value })),
    text: mail.text,
    attachments: [
      {
        filename: mail.attachment.name,
        content: Buffer.from(mail.attachment.content, 'base64'),
        contentType: `application/octet-stream; name=${mail.attachment.name}`,
        contentDisposition: 'attachment' as const,
        contentTransferEncoding: 'base64' as const,
        headers: { 'Content-Description': mail.attachment.description },
      },
    ],
    // nodemailer would write X-Kim-…; names keep the spelling they were given.
    normalizeHeaderKey: (key: string) => spelled.get(key.toLowerCase()) ?? key,
    boundaryPrefix: '--_Ersatzschein',
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32),
    newline: 'win' as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function assertOneLine(value: string): void {
  // eslint's no-control-regex would have its say about a literal; these are the bytes that end or break a header line.
  if (['\r', '\n', '\0'].some((character) => value.includes(character)))
    throw new TypeError(`A header field of a mail has to be one line: ${JSON.stringify(value)}`);
}
