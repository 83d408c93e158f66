import type { Socket } from 'node:net';
import { tlsServer, type TestServer } from '../unit/services/sockets';

/** A mailbox as a POP3 server has it. */
export interface Box {
  /** uid → message, in order. */
  readonly messages: readonly (readonly [string, Buffer])[];
  /** Answers that differ from a good server's; `null` closes the connection, `'silence'` says nothing more. */
  readonly odd?: readonly (readonly [RegExp, Buffer | string | null])[];
  readonly greeting?: string;
  /** Bytes per packet. */
  readonly packet?: number;
}

/** A POP3 server over TLS that keeps all commands it got. */
export async function startPop3Server(box: Box): Promise<TestServer & { readonly commands: readonly string[] }> {
  const commands: string[] = [];
  const server = await tlsServer((socket: Socket) => {
    socket.setNoDelay(true);
    const say = async (answer: Buffer) => {
      const size = box.packet ?? answer.length;
      for (let from = 0; from < answer.length; from += size) {
        socket.write(answer.subarray(from, from + size));
        if (box.packet !== undefined) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    void say(Buffer.from(box.greeting ?? '+OK ready\r\n'));
    let rest = '';
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString('latin1');
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        commands.push(line);
        const odd = box.odd?.find(([pattern]) => pattern.test(line));
        if (odd?.[1] === 'silence') return;
        if (odd?.[1] === null) {
          socket.destroy();
          return;
        }
        void say(odd === undefined ? answerTo(line, box.messages) : Buffer.from(odd[1] ?? ''));
      }
    });
  });
  return { ...server, commands };
}

function answerTo(line: string, messages: Box['messages']): Buffer {
  const [verb = '', number = ''] = line.split(' ');
  const message = messages[Number(number) - 1]?.[1];
  switch (verb) {
    case 'USER':
    case 'PASS':
    case 'QUIT':
      return Buffer.from('+OK\r\n');
    case 'UIDL':
      return Buffer.from(`+OK\r\n${messages.map(([uid], index) => `${index + 1} ${uid}\r\n`).join('')}.\r\n`);
    case 'TOP':
    case 'RETR': {
      if (message === undefined) return Buffer.from('-ERR no such message\r\n');
      const head = message.subarray(0, message.indexOf('\r\n\r\n') + 4);
      return Buffer.concat([Buffer.from('+OK\r\n'), stuffed(verb === 'TOP' ? head : message), Buffer.from('.\r\n')]);
    }
    default:
      return Buffer.from('-ERR what?\r\n');
  }
}

/** Dot-stuffing, the plain way (RFC 1939). */
function stuffed(message: Buffer): Buffer {
  const lines = message.toString('latin1').split('\r\n');
  return Buffer.from(lines.map((line) => (line.startsWith('.') ? `.${line}` : line)).join('\r\n'), 'latin1');
}
