import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { createAuthority } from '../../../electron/rehearsal/authority';

/** Small servers for the services' tests: on loopback, on a port of their own, closed by `stop`. */
export interface TestServer {
  readonly port: number;
  stop(): Promise<void>;
}

const authority = createAuthority('Services test', new Date());
/** PEM of the authority that issued `serverIdentity`. */
export const testAuthority = authority.pem;
const identity = authority.issue({ commonName: 'localhost' }, 'server');
/** Key and certificate for `localhost` and 127.0.0.1, PEM. */
export const serverIdentity = {
  cert: identity.certificate.toString(),
  key: identity.key.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
/** Another authority, whom nobody trusts. */
export const otherAuthority = createAuthority('Somebody else', new Date()).pem;

/** A TLS server that hands each connection to `accept`. */
export async function tlsServer(accept: (socket: Socket) => void): Promise<TestServer> {
  return listening(createTlsServer(serverIdentity), 'secureConnection', accept);
}

/** A TCP server that hands each connection to `accept`. */
export async function tcpServer(accept: (socket: Socket) => void): Promise<TestServer> {
  return listening(createServer(), 'connection', accept);
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await tcpServer(() => undefined);
  await server.stop();
  return server.port;
}

/**
 * A proxy that hands both directions on to `port` and cuts the connection hard after so many bytes from the client (`up`) or the server (`down`).
 */
export async function cuttingProxy(port: number, cut: { up: number } | { down: number }): Promise<TestServer> {
  return tcpServer((client) => {
    const upstream = connect({ host: '127.0.0.1', port });
    const sever = () => {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    relay(client, upstream, 'up' in cut ? cut.up : null, sever);
    relay(upstream, client, 'down' in cut ? cut.down : null, sever);
  });
}

function relay(from: Socket, to: Socket, limit: number | null, sever: () => void): void {
  let passed = 0;
  from.on('data', (chunk: Buffer) => {
    const left = limit === null ? chunk.length : Math.max(0, limit - passed);
    passed += chunk.length;
    const part = chunk.subarray(0, left);
    // What was let through has to arrive before the connection breaks.
    to.write(part, () => {
      if (limit !== null && passed >= limit) setImmediate(sever);
    });
  });
  from.on('end', () => to.end());
  from.on('error', () => to.destroy());
  to.on('error', () => from.destroy());
}

function listening(
  server: Server,
  event: 'connection' | 'secureConnection',
  accept: (socket: Socket) => void,
): Promise<TestServer> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  server.on(event, (socket: Socket) => {
    socket.on('error', () => undefined);
    accept(socket);
  });
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: portOf(server.address()),
        stop: () =>
          new Promise((done) => {
            for (const socket of open) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
