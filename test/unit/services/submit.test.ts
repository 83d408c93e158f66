import { connect, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailServer } from '../../../electron/contract/connections';
import type { Submission } from '../../../electron/contract/contract';
import { composeMail } from '../../../electron/services/mail/compose';
import { Submitter } from '../../../electron/services/mail/submit';
import { exampleAccount, exampleMail, exampleServer } from './examples';
import {
  closedPort,
  cuttingProxy,
  otherAuthority,
  serverIdentity,
  tcpServer,
  testAuthority,
  type TestServer,
  tlsServer,
} from './sockets';

const timeouts = { connect: 1_000, inactivity: 1_000 };
const stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((stop) => stop()));
});
const keep = (server: TestServer) => {
  stopping.push(() => server.stop());
  return server.port;
};
const submitterFor = () => {
  const submitter = new Submitter(timeouts);
  stopping.push(() => submitter.close());
  return submitter;
};
const submit = (port: number, changes: Partial<MailServer> = {}, authorities = [testAuthority]) =>
  submitterFor().submit(exampleAccount(authorities, exampleServer(port, changes)), exampleMail());

/** A real SMTP server that keeps what it got. */
async function smtpServer(options: SMTPServerOptions = {}) {
  const received: { raw: Buffer; dsn: unknown; to: unknown }[] = [];
  const logins: (string | undefined)[] = [];
  let connections = 0;
  const server = new SMTPServer({
    ...serverIdentity,
    secure: true,
    hideDSN: false,
    authMethods: ['PLAIN', 'LOGIN'],
    logger: false,
    closeTimeout: 100,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onAuth: (auth, _session, done) => {
      logins.push(auth.username);
      done(null, auth.password === 'geheim-123' ? { user: auth.username } : {});
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push({ raw: Buffer.concat(chunks), dsn: session.envelope.dsn, to: session.envelope.rcptTo });
        done(null, 'queued as 7');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stopping.push(() => new Promise((resolve) => server.close(() => resolve())));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, received, logins, connections: () => connections };
}

/** A scripted SMTP server over TLS: answers each line by the first matching rule; `null` cuts the connection. */
async function scripted(rules: readonly (readonly [RegExp, string | null])[], greeting: string | null = '220 test') {
  return keep(
    await tlsServer((socket: Socket) => {
      if (greeting === null) return;
      socket.write(`${greeting}\r\n`);
      let rest = '';
      let inData = false;
      socket.on('data', (chunk: Buffer) => {
        rest += chunk.toString('latin1');
        for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
          const line = rest.slice(0, end);
          rest = rest.slice(end + 2);
          if (inData && line !== '.') continue;
          inData = false;
          const answer = [...rules, ...usual].find(([pattern]) => pattern.test(line))?.[1];
          if (answer === null || answer === undefined) {
            socket.destroy();
            return;
          }
          if (answer.startsWith('354')) inData = true;
          socket.write(`${answer}\r\n`);
        }
      });
    }),
  );
}
const usual: readonly (readonly [RegExp, string | null])[] = [
  [/^EHLO/, '250-test\r\n250-AUTH PLAIN LOGIN\r\n250 DSN'],
  [/^AUTH PLAIN/, '235 welcome'],
  [/^(MAIL|RCPT)/, '250 ok'],
  [/^DATA/, '354 go on'],
  [/^\.$/, '250 queued'],
  [/^QUIT/, '221 bye'],
];

describe('submission', () => {
  it('hands over exactly the composed bytes and asks for the receipt', async () => {
    const server = await smtpServer();
    expect(await submit(server.port)).toEqual({ kind: 'accepted', response: '250 queued as 7' });
    const [got] = server.received;
    expect(got?.raw).toEqual(await composeMail('praxis@praxis.kim.test', exampleMail()));
    expect(got?.dsn).toMatchObject({ ret: 'HDRS', envid: exampleMail().envelopeId });
    expect(got?.to).toMatchObject([{ address: exampleMail().to, dsn: { notify: ['SUCCESS', 'FAILURE'] } }]);
  });

  it('logs in by LOGIN where there is no PLAIN, with the user name as configured', async () => {
    const server = await smtpServer({ authMethods: ['LOGIN'] });
    const service = { host: 'mail.kim.test', port: 465 };
    expect(await submit(server.port, { service, withContext: true })).toMatchObject({ kind: 'accepted' });
    expect(server.logins).toEqual(['praxis@praxis.kim.test#mail.kim.test:465#M1#C1#W1']);
  });

  it('keeps a few connections for many messages, each of which goes once', async () => {
    const server = await smtpServer();
    const submitter = submitterFor();
    const account = exampleAccount([testAuthority], exampleServer(server.port));
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => submitter.submit(account, exampleMail({ envelopeId: `e${index}` }))),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(20).fill('accepted'));
    const got = server.received.map(({ raw }) => raw.toString('latin1'));
    expect(new Set(got).size).toBe(1);
    const ids = server.received.map(({ dsn }) => JSON.stringify(dsn));
    expect(new Set(ids).size).toBe(20);
    expect(server.connections()).toBeLessThanOrEqual(4);
    // One after another they share one connection.
    for (let number = 0; number < 5; number += 1) await submitter.submit(account, exampleMail());
    expect(server.connections()).toBeLessThanOrEqual(4);
  });

  it('opens a second connection only while a first is logged in: a wrong password is never tried twice at once', async () => {
    let [atOnce, most] = [0, 0];
    const server = await smtpServer({
      onAuth: (_auth, _session, done) => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        setTimeout(() => {
          atOnce -= 1;
          done(new Error('no'));
        }, 20);
      },
    });
    const submitter = submitterFor();
    const account = exampleAccount([testAuthority], exampleServer(server.port));
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => submitter.submit(account, exampleMail())));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(4).fill('not-sent'));
    expect(most).toBe(1);
  });

  it('takes a new connection where the kept one was closed meanwhile', async () => {
    const server = await smtpServer();
    const sockets: Socket[] = [];
    const port = keep(
      await tcpServer((client) => {
        const upstream = connect({ host: '127.0.0.1', port: server.port });
        client.pipe(upstream).pipe(client);
        upstream.on('error', () => undefined);
        sockets.push(client);
      }),
    );
    const submitter = submitterFor();
    const account = exampleAccount([testAuthority], exampleServer(port));
    expect(await submitter.submit(account, exampleMail())).toMatchObject({ kind: 'accepted' });
    sockets.forEach((socket) => socket.destroy());
    expect(await submitter.submit(account, exampleMail())).toMatchObject({ kind: 'accepted' });
    expect(server.received).toHaveLength(2);
  });

  it('never sends where DSN is not announced, not even the login', async () => {
    const server = await smtpServer({ hideDSN: true });
    expect(await submit(server.port)).toMatchObject({ kind: 'not-sent', failure: { reason: 'no-dsn' } });
    expect(server.received).toEqual([]);
    expect(server.logins).toEqual([]);
  });

  it('sends nothing in the clear where the server has no STARTTLS', async () => {
    const server = await smtpServer({ secure: false, hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    expect(await submit(server.port, { security: 'starttls' })).toMatchObject({
      kind: 'not-sent',
      failure: { reason: 'tls' },
    });
    expect(server.logins).toEqual([]);
  });

  it('tells a closed port, an untrusted server, a silent one and a wrong password apart', async () => {
    const server = await smtpServer();
    const reasonOf = (outcome: Submission) => (outcome.kind === 'not-sent' ? outcome.failure.reason : outcome.kind);
    expect(reasonOf(await submit(await closedPort()))).toBe('unreachable');
    expect(reasonOf(await submit(server.port, { host: 'does-not-exist.invalid' }))).toBe('unreachable');
    expect(reasonOf(await submit(server.port, {}, [otherAuthority]))).toBe('tls');
    expect(reasonOf(await submit(server.port, {}, ['no certificate']))).toBe('tls');
    expect(reasonOf(await submit(server.port, { password: 'falsch' }))).toBe('login');
    expect(reasonOf(await submit(await scripted([], null)))).toBe('timeout');
    expect(reasonOf(await submit(keep(await tcpServer(() => undefined))))).toBe('timeout');
    expect(reasonOf(await submit(await scripted([], 'SSH-2.0-OpenSSH')))).toBe('protocol');
    expect(reasonOf(await submit(await scripted([], '554 go away')))).toBe('refused');
    expect(reasonOf(await submit(await scripted([[/^AUTH/, '454 card not ready']])))).toBe('refused');
    expect(reasonOf(await submit(await scripted([[/^EHLO/, '250-test\r\n250-AUTH GSSAPI\r\n250 DSN']])))).toBe('login');
    expect(reasonOf(await submit(await scripted([[/^MAIL/, null]])))).toBe('unreachable');
  });

  it.each([
    ['MAIL FROM for good', [[/^MAIL/, '550 5.7.1 not you']], false, '550'],
    ['MAIL FROM for now', [[/^MAIL/, '421 4.3.2 closing']], true, '421'],
    ['RCPT TO for good', [[/^RCPT/, '550 5.1.1 unknown']], false, '550'],
    ['no encryption certificate', [[/^RCPT/, '451 no certificate']], true, '451'],
    ['DATA', [[/^DATA/, '452 4.3.1 disk full']], true, '452'],
    ['the message for now', [[/^\.$/, '451 no certificate']], true, '451'],
    ['the message for good', [[/^\.$/, '554 5.6.0 virus']], false, '554'],
    ['its size, announced', [[/^EHLO/, '250-test\r\n250-AUTH PLAIN\r\n250-SIZE 100\r\n250 DSN']], false, '552'],
  ] as const)('is refused: %s', async (_what, rules, temporary, code) => {
    expect(await submit(await scripted(rules))).toMatchObject({ kind: 'refused', temporary, code });
  });

  it('is unknown where the server falls silent, breaks off or talks nonsense after the message', async () => {
    expect(await submit(await scripted([[/^\.$/, null]]))).toMatchObject({ kind: 'unknown' });
    expect(await submit(await scripted([[/^\.$/, '250-only half']]))).toMatchObject({ kind: 'unknown' });
    expect(await submit(await scripted([[/^\.$/, 'what?']]))).toMatchObject({ kind: 'unknown' });
  });

  it.each(['a\r\nRCPT TO:<x@y>', 'no-at-sign', 'a@b c', 'a@@b', '<a@b>', 'ä@b.de', ''])(
    'refuses the recipient %j without connecting',
    async (to) => {
      const account = exampleAccount([], exampleServer(1));
      expect(await submitterFor().submit(account, exampleMail({ to }))).toMatchObject({
        kind: 'refused',
        temporary: false,
        code: '553',
      });
    },
  );

  it('never takes a lost connection for an answer, whichever byte of the dialogue it is cut at', async () => {
    const account = (port: number) => exampleAccount([testAuthority], exampleServer(port));
    const whole = await cutServer({});
    expect(await submitterFor().submit(account(whole.port), exampleMail())).toMatchObject({ kind: 'accepted' });
    const { up, down, dataFrom } = whole.seen;
    const near = (middle: number, reach: number) =>
      Array.from({ length: 2 * reach }, (_, index) => middle - reach + index);
    const upward = [...stepped(dataFrom - 20, 11), ...near(dataFrom, 8), ...stepped(up, 97), ...near(up, 8)];
    const cuts = [
      ...upward.filter((at) => at <= up).map((at) => ({ up: at })),
      ...stepped(down, 4).map((at) => ({ down: at })),
    ];
    const kinds = new Map<string, number>();
    for (const cut of cuts) {
      const server = await cutServer(cut);
      const submitter = new Submitter(timeouts);
      const outcome = await submitter.submit(account(server.port), exampleMail());
      await submitter.close();
      kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
      const where = `${JSON.stringify(cut)}: ${JSON.stringify(outcome)}`;
      // The whole message is there: it may be «unknown», never «nothing left». «Accepted» only with the whole answer.
      if (server.seen.taken) expect(['accepted', 'unknown'], where).toContain(outcome.kind);
      if (outcome.kind === 'accepted') expect(server.seen.taken, where).toBe(true);
      // Once message bytes have come in, nobody may say that none had left; before 354 none has.
      if (server.seen.up > dataFrom) expect(outcome.kind, where).not.toBe('not-sent');
      if (server.seen.up < dataFrom) expect(outcome.kind, where).toBe('not-sent');
      await server.stop();
    }
    expect([...kinds.keys()].sort()).toEqual(['accepted', 'not-sent', 'unknown']);
  });

  it('never takes a lost TLS connection for an answer, wherever its records are cut', async () => {
    const server = await smtpServer();
    const counted = await dialogueLength(server.port);
    const cuts = [
      ...stepped(counted.up, 149).map((up) => ({ up })),
      ...stepped(counted.down, 149).map((down) => ({ down })),
    ];
    const cutAt = async (cut: { up: number } | { down: number }) => {
      const envelopeId = JSON.stringify(cut).replace(/\W/g, '');
      const proxy = await cuttingProxy(server.port, cut);
      const submitter = new Submitter(timeouts);
      const outcome = await submitter.submit(
        exampleAccount([testAuthority], exampleServer(proxy.port)),
        exampleMail({ envelopeId }),
      );
      await submitter.close();
      await proxy.stop();
      return { envelopeId, kind: outcome.kind };
    };
    const outcomes = await Promise.all(cuts.map(cutAt));
    const arrived = (envelopeId: string) =>
      server.received.some(({ dsn }) => JSON.stringify(dsn).includes(`"${envelopeId}"`));
    for (const { envelopeId, kind } of outcomes) {
      if (kind === 'accepted') expect(arrived(envelopeId), envelopeId).toBe(true);
      if (arrived(envelopeId)) expect(['accepted', 'unknown'], envelopeId).toContain(kind);
      expect(kind, envelopeId).not.toBe('refused');
    }
  });
});

/** 0, step, 2·step … up to and including `end`. */
function stepped(end: number, step: number): number[] {
  return [...Array.from({ length: Math.ceil(end / step) }, (_, index) => index * step), end];
}

/** An SMTP server over TLS that cuts the connection after so many bytes of the dialogue in one direction, and knows what it has seen. */
async function cutServer(cut: { up?: number; down?: number }) {
  const seen = { up: 0, down: 0, dataFrom: 0, taken: false };
  const server = await tlsServer((socket: Socket) => {
    let rest = '';
    let inData = false;
    const say = (text: string) => {
      const left = Math.max(0, (cut.down ?? Number.MAX_SAFE_INTEGER) - seen.down);
      seen.down += text.length;
      const cutHere = left < text.length;
      if (left > 0) socket.write(text.slice(0, left));
      if (cutHere || seen.down === cut.down) socket.end();
    };
    say('220 test\r\n');
    socket.on('data', (chunk: Buffer) => {
      for (const byte of chunk) {
        if (cut.up !== undefined && seen.up >= cut.up) {
          socket.destroy();
          return;
        }
        seen.up += 1;
        rest += String.fromCharCode(byte);
        if (!rest.endsWith('\r\n')) continue;
        const line = rest.slice(0, -2);
        rest = '';
        if (inData && line !== '.') continue;
        if (inData) seen.taken = true;
        inData = line === 'DATA';
        if (inData) seen.dataFrom = seen.up;
        say(`${usual.find(([pattern]) => pattern.test(line))?.[1] ?? '500 what?'}\r\n`);
      }
      if (cut.up !== undefined && seen.up >= cut.up) socket.destroy();
    });
    if (cut.up === 0) socket.destroy();
  });
  return { ...server, seen };
}

/** Bytes in each direction of one undisturbed submission. */
async function dialogueLength(port: number): Promise<{ up: number; down: number }> {
  const counted = { up: 0, down: 0 };
  const proxy = await tcpServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port });
    client.on('data', (chunk: Buffer) => ((counted.up += chunk.length), upstream.write(chunk)));
    upstream.on('data', (chunk: Buffer) => ((counted.down += chunk.length), client.write(chunk)));
    client.on('close', () => upstream.destroy());
    upstream.on('error', () => undefined);
  });
  const submitter = new Submitter(timeouts);
  await submitter.submit(exampleAccount([testAuthority], exampleServer(proxy.port)), exampleMail());
  await submitter.close();
  const atEnd = { ...counted };
  await proxy.stop();
  return atEnd;
}
