import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import type { Identity } from '../../electron/rehearsal/authority';

/** Which way bytes go: `up` from the client to the server, `down` back. */
export type Direction = 'up' | 'down';

/**
 * What goes wrong on the wire. Cuts, delays and small packets hit the dialogue itself, at a byte of it (inside TLS); duplicated and foreign bytes come from
 * below, where TLS has to notice them. Everything happens once, then the wire is well again.
 */
export type Trouble =
  | { readonly kind: 'none' }
  /** The connection breaks hard after so many bytes of the dialogue. */
  | { readonly kind: 'cut'; readonly direction: Direction; readonly after: number }
  /** Every packet is late. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** Packets of so many bytes. */
  | { readonly kind: 'split'; readonly size: number }
  /** The packet with this byte of the encrypted stream comes twice. */
  | { readonly kind: 'duplicate'; readonly direction: Direction; readonly at: number }
  /** Foreign bytes stand before this byte of the encrypted stream. */
  | { readonly kind: 'garbage'; readonly direction: Direction; readonly at: number }
  /** What answers is no TLS. */
  | { readonly kind: 'no-tls' };

export interface ChaosProxy {
  readonly port: number;
  /** Bytes of the dialogue since the trouble was set. */
  readonly seen: Readonly<Record<Direction, number>>;
  set(trouble: Trouble): void;
  stop(): Promise<void>;
}

const garbage = Buffer.from('\u0000HTTP/1.1 400 Bad Request\r\n\r\n\uFFFD', 'utf8');

/**
 * A proxy before a TLS server on loopback. It speaks TLS to both sides: `identity` is what the client sees, `authority` (PEM) whom it trusts behind.
 * `rewrite` replaces one text of the server's by another of the same length, for servers that name their own port.
 */
export async function startChaosProxy(options: {
  readonly target: number;
  readonly identity: Identity;
  readonly authority: string;
  readonly rewrite?: (port: number) => readonly [string, string];
}): Promise<ChaosProxy> {
  const wire = new Wire();
  const tls = createTlsServer({
    key: options.identity.key.export({ type: 'pkcs8', format: 'pem' }),
    cert: options.identity.certificate.toString(),
  });
  tls.on('tlsClientError', () => undefined);
  const inner = createTcpServer((socket) => {
    wire.keep(socket);
    tls.emit('connection', socket);
  });
  const innerPort = await listen(inner);
  const outer = createTcpServer((client) => {
    wire.keep(client);
    if (wire.trouble.kind === 'no-tls') {
      wire.done();
      client.end(garbage);
      return;
    }
    const behind = wire.keep(connect({ host: '127.0.0.1', port: innerPort }));
    wire.pumpBelow(client, behind, 'up');
    wire.pumpBelow(behind, client, 'down');
  });
  const port = await listen(outer);
  const rewritten = options.rewrite?.(port) ?? null;
  tls.on('secureConnection', (client) => {
    wire.keep(client);
    const server = wire.keep(
      connectTls({ host: '127.0.0.1', port: options.target, ca: options.authority, servername: 'localhost' }),
    );
    wire.pump(client, server, 'up', null);
    wire.pump(server, client, 'down', rewritten);
  });
  return {
    port,
    seen: wire.seen,
    set: (trouble) => wire.set(trouble),
    stop: async () => {
      wire.destroyAll();
      await Promise.all([outer, inner].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** The trouble in force and how far it is. */
class Wire {
  trouble: Trouble = { kind: 'none' };
  readonly seen: Record<Direction, number> = { up: 0, down: 0 };
  readonly #below: Record<Direction, number> = { up: 0, down: 0 };
  readonly #sockets = new Set<Socket>();

  set(trouble: Trouble): void {
    this.trouble = trouble;
    this.seen.up = this.seen.down = this.#below.up = this.#below.down = 0;
  }

  done(): void {
    this.trouble = { kind: 'none' };
  }

  keep<S extends Socket>(socket: S): S {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    return socket;
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Inside TLS. */
  pump(from: Socket, to: Socket, direction: Direction, rewritten: readonly [string, string] | null): void {
    let last = Promise.resolve();
    const late = (work: () => void, milliseconds: number) => {
      last = last.then(() => new Promise((resolve) => setTimeout(resolve, milliseconds))).then(work);
    };
    from.on('data', (received: Buffer) => {
      const chunk =
        rewritten === null
          ? received
          : Buffer.from(received.toString('latin1').replaceAll(rewritten[0], rewritten[1]), 'latin1');
      const before = this.seen[direction];
      this.seen[direction] += chunk.length;
      const { trouble } = this;
      switch (trouble.kind) {
        case 'cut': {
          if (trouble.direction !== direction || before + chunk.length < trouble.after) break;
          this.done();
          const sever = () => setImmediate(() => (from.destroy(), to.destroy()));
          const part = chunk.subarray(0, Math.max(0, trouble.after - before));
          // What was let through has to arrive before the connection breaks, and in its order.
          late(() => {
            if (part.length === 0) sever();
            else to.write(part, sever);
          }, 0);
          return;
        }
        case 'delay':
          late(() => to.write(chunk), trouble.milliseconds);
          return;
        case 'split':
          for (let start = 0; start < chunk.length; start += trouble.size)
            late(() => to.write(chunk.subarray(start, start + trouble.size)), 0);
          return;
        default:
          break;
      }
      late(() => to.write(chunk), 0);
    });
    from.on('end', () => late(() => to.end(), 0));
    from.on('close', () => to.destroySoon());
  }

  /** Below TLS. */
  pumpBelow(from: Socket, to: Socket, direction: Direction): void {
    from.on('data', (chunk: Buffer) => {
      const before = this.#below[direction];
      this.#below[direction] += chunk.length;
      const { trouble } = this;
      const isHere =
        (trouble.kind === 'duplicate' || trouble.kind === 'garbage') &&
        trouble.direction === direction &&
        before + chunk.length > trouble.at;
      if (isHere) this.done();
      if (isHere && trouble.kind === 'garbage') {
        const at = Math.max(0, trouble.at - before);
        to.write(Buffer.concat([chunk.subarray(0, at), garbage, chunk.subarray(at)]));
        return;
      }
      to.write(chunk);
      if (isHere) to.write(chunk);
    });
    from.on('end', () => to.end());
    from.on('close', () => to.destroySoon());
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return portOf(server.address());
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
