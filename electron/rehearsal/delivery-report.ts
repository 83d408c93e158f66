import type { Recipient, Submission } from './smtp';

/** What became of a message at one recipient. */
export type Delivery = 'delivered' | 'failed' | 'delayed';

/** Who reports, to whom, when. */
export interface ReportParties {
  /** Host name of the mail service. */
  readonly service: string;
  /** Who sent the message: who gets the report. */
  readonly sender: string;
  readonly messageId: string;
  readonly at: Date;
}

const outcomes = {
  delivered: { notify: 'SUCCESS', status: '2.0.0', diagnostic: null, subject: 'Successful Mail Delivery Report' },
  failed: {
    notify: 'FAILURE',
    status: '5.4.4',
    diagnostic: 'smtp; 550 5.4.4 The mail service of the recipient can not be reached',
    subject: 'Undelivered Mail Returned to Sender',
  },
  delayed: {
    notify: 'DELAY',
    status: '4.4.1',
    diagnostic: 'smtp; 450 4.4.1 The mail service of the recipient does not answer',
    subject: 'Delayed Mail (still being retried)',
  },
} as const;

/** Says whether the sender asked to be told. Without NOTIFY, failures are reported (RFC 3461 section 4.1). */
export function isReportWanted(recipient: Recipient, delivery: Delivery): boolean {
  if (recipient.notify.length === 0) return delivery === 'failed';
  return recipient.notify.includes(outcomes[delivery].notify);
}

/** Writes a delivery status notification (RFC 3464) for one recipient of a message. */
export function writeDeliveryReport(
  submission: Submission,
  recipient: Recipient,
  delivery: Delivery,
  parties: ReportParties,
): Buffer {
  const outcome = outcomes[delivery];
  const boundary = `report-${parties.messageId.replace(/[^A-Za-z0-9]/g, '')}`;
  const arrival = mailDate(parties.at);
  const lines = [
    `Return-Path: <>`,
    `Date: ${arrival}`,
    `From: MAILER-DAEMON@${parties.service} (Mail Delivery System)`,
    `To: <${parties.sender}>`,
    `Subject: ${outcome.subject}`,
    `Message-ID: <${parties.messageId}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    `\tboundary="${boundary}"`,
    '',
    'This is a MIME-encapsulated message.',
    '',
    `--${boundary}`,
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    `This is the mail system at host ${parties.service} (rehearsal world).`,
    '',
    `<${recipient.address}>: ${delivery}`,
    '',
    `--${boundary}`,
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    `Reporting-MTA: dns; ${parties.service}`,
    ...(submission.envelopeId === null ? [] : [`Original-Envelope-Id: ${submission.envelopeId}`]),
    `Arrival-Date: ${arrival}`,
    '',
    `Final-Recipient: rfc822; ${recipient.address}`,
    ...(recipient.original === null ? [] : [`Original-Recipient: ${recipient.original}`]),
    `Action: ${delivery}`,
    `Status: ${outcome.status}`,
    ...(outcome.diagnostic === null ? [] : [`Diagnostic-Code: ${outcome.diagnostic}`]),
    '',
    `--${boundary}`,
  ];
  const isFull = submission.returned === 'full';
  const returned = isFull ? submission.raw : headerBlock(submission.raw);
  return Buffer.concat([
    Buffer.from(
      [
        ...lines,
        `Content-Description: ${isFull ? 'Undelivered Message' : 'Message Headers'}`,
        `Content-Type: ${isFull ? 'message/rfc822' : 'text/rfc822-headers'}`,
        '',
        '',
      ].join('\r\n'),
      'utf8',
    ),
    returned,
    Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8'),
  ]);
}

/** The header block with its last line's end. */
function headerBlock(raw: Buffer): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  return end < 0 ? raw : raw.subarray(0, end + 2);
}

/** A date as RFC 5322 wants it, in UTC. */
export function mailDate(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}
