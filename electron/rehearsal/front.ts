import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Identity } from './authority';

/** A component's door: TLS on a free loopback port. It can be shut without losing the port. */
export interface Front {
  readonly port: number;
  /** Shut: connections are reset at once, those that exist too. */
  setDown(down: boolean): void;
  /** Resets the connection whose client speaks from this port, if there is one. */
  reset(clientPort: number | undefined): void;
  /** Resets every connection. */
  resetAll(): void;
  stop(): Promise<void>;
}

/**
 * Opens a door on 127.0.0.1 and hands every connection whose TLS handshake succeeded to `accept`.
 * While it is shut the port stays ours: a component that comes back must be where it was, and another program could have taken the port.
 */
export async function openFront(identity: Identity, accept: (socket: TLSSocket) => void): Promise<Front> {
  const sockets = new Map<number, Socket>();
  let isDown = false;

  const secure = createTlsServer(
    { key: identity.key.export({ type: 'pkcs8', format: 'pem' }), cert: identity.certificate.toString() },
    accept,
  );
  // A handshake that fails (an authority that isn't trusted, a port scan) is the client's affair.
  secure.on('tlsClientError', () => undefined);

  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    if (isDown) {
      socket.resetAndDestroy();
      return;
    }
    const port = socket.remotePort;
    if (port !== undefined) {
      sockets.set(port, socket);
      socket.on('close', () => {
        if (sockets.get(port) === socket) sockets.delete(port);
      });
    }
    secure.emit('connection', socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });

  const resetAll = (): void => {
    for (const socket of sockets.values()) socket.resetAndDestroy();
  };
  return {
    port: portOf(server.address()),
    setDown: (down) => {
      isDown = down;
      if (down) resetAll();
    },
    reset: (clientPort) => {
      if (clientPort !== undefined) sockets.get(clientPort)?.resetAndDestroy();
    },
    resetAll,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets.values()) socket.destroy();
      await closed;
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
