import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import nodemailer from 'nodemailer';
import { z } from 'zod';
import { createHost, type Host } from '../electron/contract/host';
import { serve } from '../electron/contract/serve';
import type { MailAccount } from '../electron/contract/connections';
import type { OutgoingMail } from '../electron/contract/contract';
import { createHandlers } from '../electron/handlers';
import { createAuthority } from '../electron/rehearsal/authority';
import { createRehearsal } from '../electron/rehearsal/rehearsal';
import { messageOf } from '../electron/services/mail/compose';
import { smtpUserName } from '../electron/services/mail/user-name';
import { createServices } from '../electron/services/services';
import { messageIdOf, outgoingMail } from '../renderer/outbox/outgoing-mail';

/** So many certificates each way, in rounds that take turns, so that whatever else the machine does hits both alike. */
const certificates = 2000;
const rounds = 5;
/** The outbox has so many on their way at a time. */
const inFlight = 4;
/** A signed certificate with its revocation information. */
const signedBytes = 12_000;

/**
 * 2,000 certificates through our own submit path (the contract's parsing on both sides, composing, submitting) against bare nodemailer, pooled,
 * which composes the same messages and knows nothing of contracts, DSN checks and outcomes. One SMTP server on loopback, in a thread of its own,
 * TLS and login as KIM has them; it makes sure that both sent the very same bytes. Returns how many times as fast as nodemailer we are.
 */
export async function measureSending(): Promise<{ sendVsNodemailer: number; sendPerSecond: number }> {
  const authority = createAuthority('Messung', new Date());
  const identity = authority.issue({ country: 'DE', commonName: 'localhost' }, 'server');
  const keys = {
    key: identity.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: identity.certificate.toString(),
  };
  const server = new Worker(new URL('bench-mail-server.mjs', import.meta.url), { workerData: keys });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (value: unknown) => resolve(z.number().parse(value)));
    server.once('error', reject);
  });
  const account = accountAt(port, authority.pem);
  const services = createServices({ printFolder: null });
  const rehearsal = createRehearsal();
  const host = createHost(
    serve(createHandlers({ kind: 'loopback', services, rehearsal: rehearsal.handlers, onInFlight: () => undefined })),
  );
  const pool = nodemailer.createTransport({
    pool: true,
    maxMessages: Infinity,
    host: '127.0.0.1',
    port,
    secure: true,
    tls: { ca: [authority.pem] },
    auth: { user: smtpUserName(account), pass: account.smtp.password },
  });
  try {
    const mails = Array.from({ length: certificates }, mailNumber);
    const share = certificates / rounds;
    // Connections are open and code is compiled before the first round counts.
    await sendOurs(host, account, mails.slice(0, 200));
    await sendBare(pool, account, mails.slice(0, 200));
    let [ours, bare] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const part = mails.slice(round * share, (round + 1) * share);
      ours += await timed(() => sendOurs(host, account, part));
      bare += await timed(() => sendBare(pool, account, part));
    }
    const different = await new Promise<number>((resolve) => {
      server.once('message', (value: unknown) => resolve(z.number().parse(value)));
      server.postMessage('how many different messages?');
    });
    if (different !== certificates) throw new Error(`${different} different messages, not ${certificates}.`);
    return { sendVsNodemailer: bare / ours, sendPerSecond: (certificates * 1000) / ours };
  } finally {
    pool.close();
    await services.close();
    await rehearsal.stop();
    await server.terminate();
  }
}

async function sendOurs(host: Host, account: MailAccount, mails: readonly OutgoingMail[]): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let mail = mails[next]; mail !== undefined; mail = mails[next]) {
      next += 1;
      const sent = await host.mail.submit({ account, mail });
      if (sent.kind !== 'accepted') throw new Error(`Not accepted: ${JSON.stringify(sent)}`);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function sendBare(
  pool: ReturnType<typeof nodemailer.createTransport>,
  account: MailAccount,
  mails: readonly OutgoingMail[],
): Promise<void> {
  await Promise.all(
    mails.map((mail) =>
      pool.sendMail({
        ...messageOf(account.address, mail),
        envelope: {
          from: account.address,
          to: mail.to,
          dsn: { id: mail.envelopeId, return: 'full', notify: ['success', 'failure'], recipient: mail.to },
        },
      }),
    ),
  );
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function mailNumber(): OutgoingMail {
  const [documentId, attemptId] = [crypto.randomUUID(), crypto.randomUUID()];
  const mail = outgoingMail({
    kind: 'certificate',
    documentId,
    attemptId,
    signed: randomBytes(signedBytes),
    to: 'eau@kasse.kim.test',
    sentAt: new Date(),
    test: true,
  });
  return { ...mail, messageId: messageIdOf(documentId, attemptId) };
}

function accountAt(port: number, authority: string): MailAccount {
  const server = {
    host: '127.0.0.1',
    port,
    security: 'tls',
    service: { host: 'mail.kim.test', port: 465 },
    withContext: true,
    password: 'messung',
  } as const;
  return {
    address: 'praxis@kim.test',
    smtp: server,
    pop3: server,
    context: { mandantId: 'M', clientSystemId: 'C', workplaceId: 'W', userId: null, connectorId: null },
    trust: { authorities: [authority] },
  };
}
