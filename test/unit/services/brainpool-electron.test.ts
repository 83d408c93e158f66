import { afterEach, describe, expect, it } from 'vitest';
import { obstacleWords } from '../../../renderer/app/parts/obstacle-words';
import { createWording } from '../../../renderer/app/parts/texts-context';
import { failureObstacle } from '../../../renderer/outbox/obstacles';
import { createTexts } from '../../../renderer/texts';
import { Failed, failureFrom } from '../../../electron/services/failure';
import { explainRefusedHandshake } from '../../../electron/services/tls';
import { tcpServer, type TestServer } from './sockets';

// Electron's TLS library (BoringSSL) knows no brainpool curves. It can't be run here, so its errors are made by hand, as Node hands them on; what
// comes after is the program's own: a look whether the server knows brainpool only, and words for the user.

const stopping: TestServer[] = [];
afterEach(async () => {
  await Promise.all(stopping.splice(0).map((server) => server.stop()));
});

/** A server that answers a brainpool ClientHello with this kind of record and message. */
async function answering(record: number, message: number) {
  const server = await tcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => socket.write(Buffer.from([record, 3, 3, 0, 2, message, 0])));
  });
  stopping.push(server);
  return { host: '127.0.0.1', port: server.port, trust: { authorities: [] } };
}
const handshakeError = (code: string) => Object.assign(new Error(`write EPROTO: ${code}`), { code });
const explained = async (code: string, server: Awaited<ReturnType<typeof answering>>) =>
  (await explainRefusedHandshake(new Failed(failureFrom(handshakeError(code))), server, 1_000)).failure;

describe('a connector that offers brainpool TLS only, in Electron', () => {
  it.each([
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
    'ERR_SSL_WRONG_CURVE',
    'EPROTO',
  ])('%s: told by its own name, with words of its own in both languages', async (code) => {
    const failure = await explained(code, await answering(22, 2));
    expect(failure).toMatchObject({ reason: 'tls-brainpool-only', code });
    const told = failureObstacle('connector', failure);
    expect(told.what).toBe('connector-tls-brainpool-only');
    for (const language of ['de', 'en'] as const)
      expect(obstacleWords(createWording(language, createTexts(language)), told)).toMatch(/Brainpool.*NIST/);
  });

  it('a refusal for another reason stays what it is: the server refuses brainpool too', async () => {
    expect(await explained('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', await answering(21, 2))).toMatchObject({
      reason: 'tls',
    });
  });

  it('a certificate that isn’t trusted is none of this, whatever the server knows', async () => {
    expect(await explained('DEPTH_ZERO_SELF_SIGNED_CERT', await answering(22, 2))).toMatchObject({ reason: 'tls' });
  });
});
