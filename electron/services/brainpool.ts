import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/**
 * Whether a TLS server, having refused us, answers a handshake that offers brainpool curves.
 *
 * A server without a curve in common only sends `handshake_failure`, which says nothing. Electron's BoringSSL can't offer brainpool at all, so a
 * ClientHello is written by hand (RFC 5246, RFC 7027) and only the kind of the answer is read; nothing is ever sent over the connection.
 */
export async function offersOnlyBrainpool(host: string, port: number, timeoutMilliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let answer = Buffer.alloc(0);
    const done = (found: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    const timer = setTimeout(() => done(false), timeoutMilliseconds);
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
    socket.once('connect', () => socket.write(brainpoolClientHello()));
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= 6) done(answer[0] === recordHandshake && answer[5] === serverHello);
    });
  });
}

const recordHandshake = 22;
const serverHello = 2;

/** A TLS 1.2 ClientHello whose only curves are brainpoolP256r1, P384r1 and P512r1. */
export function brainpoolClientHello(): Buffer {
  const cipherSuites = [0xc02b, 0xc02c, 0xc02f, 0xc030, 0xc023, 0xc024, 0xc027, 0xc028];
  const curves = [0x001a, 0x001b, 0x001c];
  const signatures = [0x0403, 0x0503, 0x0603, 0x0401, 0x0501, 0x0601, 0x0804, 0x0805, 0x0806];
  const extensions = Buffer.concat([
    extension(0x000a, prefixed(words(curves), 2)),
    extension(0x000b, Buffer.from([1, 0])),
    extension(0x000d, prefixed(words(signatures), 2)),
  ]);
  const body = Buffer.concat([
    Buffer.from([3, 3]),
    randomBytes(32),
    Buffer.from([0]),
    prefixed(words(cipherSuites), 2),
    Buffer.from([1, 0]),
    prefixed(extensions, 2),
  ]);
  const message = Buffer.concat([Buffer.from([1]), prefixed(body, 3)]);
  return Buffer.concat([Buffer.from([recordHandshake, 3, 1]), prefixed(message, 2)]);
}

function extension(type: number, content: Buffer): Buffer {
  return Buffer.concat([words([type]), prefixed(content, 2)]);
}
function words(values: readonly number[]): Buffer {
  return Buffer.from(values.flatMap((value) => [value >> 8, value & 0xff]));
}
function prefixed(content: Buffer, lengthBytes: number): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(content.length, 0, lengthBytes);
  return Buffer.concat([length, content]);
}
