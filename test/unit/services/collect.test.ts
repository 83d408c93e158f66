import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailServer } from '../../../electron/contract/connections';
import { checkMailbox, collect } from '../../../electron/services/mail/collect';
import { isOurs } from '../../../electron/services/mail/ours';
import { InputBuffer } from '../../../electron/services/mail/pop3';
import { startPop3Server, type Box } from '../../support/pop3-server';
import { exampleAccount, exampleServer } from './examples';
import { closedPort, otherAuthority, testAuthority, tcpServer, type TestServer } from './sockets';

const timeouts = { connect: 800, silence: 800, answer: 1_500 };
const stopping: TestServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((server) => server.stop()));
});

/** A POP3 server that ends with the test. */
async function pop3Server(box: Box) {
  const server = await startPop3Server(box);
  stopping.push(server);
  return server;
}

const ours = (body: Buffer | string) =>
  Buffer.concat([
    Buffer.from('From: kasse@kim.test\r\nX-KIM-Dienstkennung: eAU;Fehler-Kasse;V1.2\r\n\r\n'),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
const foreign = Buffer.from('From: labor@kim.test\r\nX-KIM-Dienstkennung: LDT;Befund;V1\r\n\r\nx\r\n');

const account = (port: number, changes: Partial<MailServer> = {}, authorities = [testAuthority]) =>
  exampleAccount(authorities, exampleServer(port, changes));
const messagesOf = async (port: number, known: string[] = [], limit = 100, stumbled = new Set<string>()) => {
  const result = await collect(account(port), known, limit, timeouts, () => undefined, stumbled);
  if (result.kind === 'failed') throw new Error(result.failure.text);
  return result.value;
};
const rawOf = (message: { raw: string | null } | undefined) => Buffer.from(message?.raw ?? '', 'base64');

describe('collecting (P5-04)', () => {
  it('fetches headers first, whole messages only of ours, deletes nothing, says goodbye', async () => {
    const { port, commands } = await pop3Server({
      messages: [
        ['u1', foreign],
        ['u2', ours('Fehler')],
        ['u3', ours('alt')],
      ],
    });
    const { messages, more } = await messagesOf(port, ['u3']);
    expect(more).toBe(false);
    expect(messages.map(({ uid, raw }) => [uid, raw !== null])).toEqual([
      ['u1', false],
      ['u2', true],
    ]);
    expect(rawOf(messages[1])).toEqual(ours('Fehler'));
    expect(Buffer.from(messages[0]?.header ?? '', 'base64').toString()).toContain('labor@kim.test');
    await expect.poll(() => commands.at(-1)).toBe('QUIT');
    expect(commands).toEqual([
      'CAPA',
      'USER praxis@praxis.kim.test',
      'PASS geheim-123',
      'UIDL',
      'TOP 1 0',
      'TOP 2 0',
      'RETR 2',
      'QUIT',
    ]);
  });

  it('asks what the server can: without TOP it takes whole messages and keeps of others only the header', async () => {
    const { port, commands } = await pop3Server({
      messages: [
        ['u1', foreign],
        ['u2', ours('Fehler')],
      ],
      odd: [[/^CAPA$/, '+OK\r\nUSER\r\nuidl\r\n.\r\n']],
    });
    const { messages } = await messagesOf(port);
    expect(messages.map(({ raw }) => raw !== null)).toEqual([false, true]);
    expect(Buffer.from(messages[0]?.header ?? '', 'base64').toString()).toBe(
      foreign.toString().slice(0, foreign.indexOf('\r\n\r\n') + 4),
    );
    expect(commands.filter((line) => line.startsWith('TOP'))).toEqual([]);
  });

  it('without UIDL nothing is fetched: what is known could not be told from what is new', async () => {
    const { port, commands } = await pop3Server({
      messages: [['u', ours('x')]],
      odd: [[/^CAPA$/, '+OK\r\nTOP\r\nUSER\r\n.\r\n']],
    });
    const result = await collect(account(port), [], 5, timeouts, () => undefined);
    expect(result).toMatchObject({ kind: 'failed', failure: { reason: 'protocol' } });
    expect(commands.filter((line) => /^(USER|PASS|RETR)/.test(line))).toEqual([]);
  });

  it('gives at most so many, and says that there are more', async () => {
    const { port } = await pop3Server({ messages: ['a', 'b', 'c'].map((uid) => [uid, ours(uid)] as const) });
    const first = await messagesOf(port, [], 2);
    expect([first.messages.map(({ uid }) => uid), first.more]).toEqual([['a', 'b'], true]);
    const second = await messagesOf(port, ['a', 'b'], 2);
    expect([second.messages.map(({ uid }) => uid), second.more]).toEqual([['c'], false]);
  });

  it('gives no more at a time than the screen has room for, and one that is larger by itself', async () => {
    const large = (kilobytes: number) =>
      Buffer.concat([ours('x'), Buffer.from(`${'x'.repeat(62)}\r\n`.repeat(16 * kilobytes))]);
    const { port } = await pop3Server({
      messages: [
        ['a', large(700)],
        ['b', large(700)],
        ['c', large(3000)],
        ['d', ours('d')],
      ],
    });
    const answers: string[][] = [];
    for (let more = true; more;) {
      const answer = await messagesOf(port, answers.flat());
      answers.push(answer.messages.map(({ uid }) => uid));
      more = answer.more;
    }
    expect(answers).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('is byte for byte, however the packets are cut: 8-bit bytes, dots, half end marks', async () => {
    const bodies = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    const lines = fc.array(fc.oneof(fc.constantFrom('.', '..', '...', '', '.\r', '\r', '.\n', 'ä'), bodies), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 7 }), async (texts, packet) => {
        // A bare line feed or a CRLF inside a piece only makes other lines of it.
        const body = Buffer.from(texts.join('\r\n'), 'latin1');
        const { port } = await pop3Server({ messages: [['u', ours(body)]], packet });
        expect(rawOf((await messagesOf(port)).messages[0]).equals(ours(body))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('takes a message of 25 MB in many packets', async () => {
    const body = Buffer.alloc(25 * 1024 * 1024, 'Zeile mit Inhalt.\r\n.Punkt\r\n');
    const { port } = await pop3Server({ messages: [['u', ours(body)]] });
    // The server of this test is busy in the same process meanwhile.
    const patient = { connect: 10_000, silence: 10_000, answer: 15_000 };
    const result = await collect(account(port), [], 5, patient, () => undefined);
    if (result.kind === 'failed') throw new Error(result.failure.text);
    expect(rawOf(result.value.messages[0]).equals(ours(body))).toBe(true);
  });

  it.each([
    ['refuses its header', [[/^TOP 2 /, '-ERR damaged\r\n']]],
    ['refuses it', [[/^RETR 2$/, '-ERR can’t decrypt\r\n']]],
    ['breaks off at it', [[/^RETR 2$/, null]]],
    ['falls silent at it', [[/^RETR 2$/, 'silence']]],
    ['never ends its header', [[/^TOP 2 /, `+OK\r\n${'x'.repeat(1_200_000)}`]]],
    ['answers nonsense for it', [[/^RETR 2$/, 'HTTP/1.1 200 OK\r\n']]],
  ] as const)('goes on after a message where the server %s', async (_what, odd) => {
    const { port } = await pop3Server({ messages: ['u1', 'u2', 'u3'].map((uid) => [uid, ours(uid)] as const), odd });
    const { messages } = await messagesOf(port);
    expect(messages.map(({ uid }) => uid)).toEqual(['u1', 'u3']);
  });

  it('gives what it has where the connection breaks for good, and says that there is more', async () => {
    const { port } = await pop3Server({
      messages: Array.from({ length: 8 }, (_, index) => [`u${index + 1}`, ours('x')] as const),
      odd: [[/^TOP [2-9] /, null]],
    });
    const { messages, more } = await messagesOf(port);
    expect([messages.map(({ uid }) => uid), more]).toEqual([['u1'], true]);
  });

  it('however many messages it stumbles over, none keeps another from being read', async () => {
    const { port } = await pop3Server({
      messages: Array.from({ length: 12 }, (_, index) => [`u${index + 1}`, ours('x')] as const),
      // The first nine break the connection off, each time.
      odd: [[/^TOP [1-9] /, null]],
    });
    const stumbled = new Set<string>();
    const read: string[] = [];
    let rounds = 0;
    for (let isThrough = false; !isThrough; rounds += 1) {
      const result = await collect(account(port), read, 100, timeouts, () => undefined, stumbled);
      if (result.kind === 'ok') read.push(...result.value.messages.map(({ uid }) => uid));
      isThrough = result.kind === 'ok' && !result.value.more;
      expect(rounds).toBeLessThan(6);
    }
    expect(read.sort()).toEqual(['u10', 'u11', 'u12']);
    // New mail is read at once, though the nine are still there; and they are tried again.
    const later = await pop3Server({
      messages: Array.from({ length: 13 }, (_, index) => [`u${index + 1}`, ours('x')] as const),
      odd: [[/^TOP [1-8] /, null]],
    });
    expect((await messagesOf(later.port, read, 100, stumbled)).messages.map(({ uid }) => uid)).toContain('u13');
  });

  it('reads a header of megabytes, and keeps of other services’ mail a part of it', async () => {
    const long = Buffer.concat([Buffer.from(`X-Long: ${'x'.repeat(2_500_000)}\r\n`), ours('Fehler')]);
    const longForeign = Buffer.concat([Buffer.from(`X-Long: ${'x'.repeat(2_500_000)}\r\n`), foreign]);
    const { port } = await pop3Server({
      messages: [
        ['u1', longForeign],
        ['u2', long],
      ],
    });
    const { messages } = await messagesOf(port);
    expect(messages[0]?.raw).toBeNull();
    expect(Buffer.from(messages[0]?.header ?? '', 'base64')).toHaveLength(64 * 1024);
    expect(rawOf(messages[1]).equals(long)).toBe(true);
  });

  it('tells what is wrong', async () => {
    const good = await pop3Server({ messages: [] });
    const reasonOf = async (port: number, changes: Partial<MailServer> = {}, authorities?: string[]) => {
      const result = await collect(account(port, changes, authorities), [], 5, timeouts, () => undefined);
      return result.kind === 'failed' ? result.failure.reason : 'ok';
    };
    const odd = async (answers: NonNullable<Box['odd']>, greeting?: string) =>
      (await pop3Server({ messages: [], odd: answers, ...(greeting === undefined ? {} : { greeting }) })).port;
    const silent = await tcpServer(() => undefined);
    stopping.push(silent);
    expect(await reasonOf(good.port)).toBe('ok');
    expect(await reasonOf(await closedPort())).toBe('unreachable');
    expect(await reasonOf(good.port, {}, [otherAuthority])).toBe('tls');
    expect(await reasonOf(silent.port)).toBe('timeout');
    expect(await reasonOf(good.port, { security: 'starttls' })).toBe('timeout');
    expect(await reasonOf(await odd([[/^PASS/, '-ERR wrong\r\n']]))).toBe('login');
    expect(await reasonOf(await odd([[/^PASS/, '-ERR [IN-USE] locked\r\n']]))).toBe('refused');
    expect(await reasonOf(await odd([[/^PASS/, null]]))).toBe('unreachable');
    expect(await reasonOf(await odd([], 'HTTP/1.1 400 Bad Request\r\n'))).toBe('protocol');
    expect(await reasonOf(await odd([], '-ERR closed today\r\n'))).toBe('refused');
    expect(await reasonOf(await odd([[/^UIDL/, '+OK\r\nnonsense\r\n.\r\n']]))).toBe('protocol');
    expect(await reasonOf(await odd([[/^UIDL/, '+OK\r\n.\r\n+OK more than asked\r\n']]))).toBe('ok');
    expect(await reasonOf(await odd([[/^UIDL/, '-ERR unknown\r\n']]))).toBe('refused');
    expect(await reasonOf(await odd([[/^UIDL/, 'silence']]))).toBe('timeout');
    expect(await reasonOf(good.port, { password: 'a\r\nDELE 1' })).toBe('login');
  });

  it('does not go on in the clear where the server refuses STLS, nor takes plain bytes for encrypted ones', async () => {
    const sent: string[] = [];
    const plain = async (answer: string) => {
      const server = await tcpServer((socket) => {
        socket.write('+OK\r\n');
        socket.on('data', (chunk: Buffer) => {
          sent.push(chunk.toString('latin1'));
          socket.write(answer);
        });
      });
      stopping.push(server);
      const result = await collect(
        account(server.port, { security: 'starttls' }),
        [],
        5,
        timeouts,
        () => undefined,
        new Set(),
      );
      return result.kind === 'failed' ? result.failure.reason : 'ok';
    };
    expect(await plain('-ERR no\r\n')).toBe('tls');
    expect(await plain('+OK\r\n+OK injected\r\n')).toBe('protocol');
    expect(sent.join('')).not.toContain('PASS');
  });

  it('never hangs and never throws, whatever a server answers', async () => {
    const nonsense = fc.oneof(
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('+OK\r\n', '+OK\r\n.\r\n', '-ERR\r\n', '+OK\r\n1 a\r\n.\r\n', '\r\n', '.\r\n', '+OK')
        .map((text) => Buffer.from(text)),
    );
    const verbs = fc.constantFrom(/^USER/, /^PASS/, /^UIDL/, /^TOP/, /^RETR/);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(verbs, nonsense), { minLength: 1, maxLength: 4 }), async (odd) => {
        const { port } = await pop3Server({ messages: [['u1', ours('x')]], odd });
        const short = { connect: 500, silence: 60, answer: 120 };
        const result = await collect(account(port), [], 5, short, () => undefined);
        expect(['ok', 'failed']).toContain(result.kind);
      }),
      { numRuns: 30 },
    );
  });

  it('checks the mailbox without fetching', async () => {
    const { port, commands } = await pop3Server({ messages: [['u1', ours('x')]] });
    const check = await checkMailbox(account(port), timeouts);
    if (check.kind === 'failed') throw new Error(check.failure.text);
    expect(check.value.description).toContain('1 messages');
    expect(commands).not.toContain('TOP 1 0');
  });
});

describe('what is ours (P5-04)', () => {
  const header = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'));
  it.each([
    ['an insurer error', 'X-KIM-Dienstkennung: eAU;Fehler-Kasse;V1.2\n\n'],
    ['in other letters and folded', 'x-kim-dienstkennung:\n  EAU ; Fehler\n\n'],
    ['a delivery receipt', 'Content-Type: multipart/report; boundary="x";\n\treport-type=delivery-status\n\n'],
    ['a receipt with quotes', 'content-type: Multipart/Report; report-type="delivery-status"; boundary=y\n\n'],
    ['an error of the KIM service', 'X-KIM-Fehlermeldung: 4008\n\n'],
  ])('%s', (_what, text) => expect(isOurs(header(text))).toBe(true));
  it.each([
    ['another service', 'X-KIM-Dienstkennung: Arztbrief;VHitG-Versand;V1.2\n\n'],
    ['a name that only begins so', 'X-KIM-Dienstkennung: eAUx;Fehler\n\n'],
    ['a read receipt', 'Content-Type: multipart/report; report-type=disposition-notification\n\n'],
    ['the words in the body', 'Subject: x\n\nX-KIM-Dienstkennung: eAU;Lieferung\n'],
    ['the words in a subject', 'Subject: X-KIM-Dienstkennung: eAU;\n\n'],
    ['nothing', ''],
  ])('not %s', (_what, text) => expect(isOurs(header(text))).toBe(false));
});

describe('input buffer', () => {
  it('finds the end mark wherever the packets are cut', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 50 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (text, sizes) => {
          const body = Buffer.from(`${text.replaceAll('.', '')}\r\n`);
          const stream = Buffer.concat([body, Buffer.from('.\r\nrest\r\n')]);
          const input = new InputBuffer();
          let found: Buffer | string = 'incomplete';
          for (let at = 0, turn = 0; at < stream.length && found === 'incomplete'; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            input.push(stream.subarray(at, at + size));
            at += size;
            found = input.takeBody(1_000);
          }
          expect(Buffer.isBuffer(found) && found.equals(body)).toBe(true);
        },
      ),
    );
  });
});
