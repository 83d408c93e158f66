import { isIP, connect as connectTcp, type Socket } from 'node:net';
import { checkServerIdentity, connect, type ConnectionOptions, type PeerCertificate, type TLSSocket } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import type { Trust } from '../contract/connections';
import { offersOnlyBrainpool } from './brainpool';
import { Failed, failure, networkFailure } from './failure';

/** Where to connect, and whom to trust there. */
export interface Server {
  readonly host: string;
  readonly port: number;
  readonly trust: Trust;
}

/**
 * The TLS options for every connection the services make: certificates are always checked, TLS 1.2 at least.
 *
 * `trust.authorities` replaces the machine's own list. One of them may be the server's own certificate (pinned): connectors and client modules
 * are reached by an address in the practice's network that their certificate doesn't name, so a pinned one needs no matching name.
 * Throws `Failed` (`tls`) where an authority can't be read.
 */
export function tlsOptions(trust: Trust): ConnectionOptions {
  const pinned = trust.authorities.map((pem) => {
    try {
      return new X509Certificate(pem).fingerprint256;
    } catch {
      throw new Failed(failure('tls', 'A certificate in the list of trusted authorities is not readable PEM.'));
    }
  });
  return {
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(trust.authorities.length > 0 ? { ca: trust.authorities, allowPartialTrustChain: true } : {}),
    checkServerIdentity: (host: string, certificate: PeerCertificate) =>
      pinned.includes(certificate.fingerprint256) ? undefined : checkServerIdentity(host, certificate),
  };
}

/** Opens a TCP connection. Rejects with `Failed`: `unreachable` or `timeout`. */
export async function openTcp(server: Server, timeoutMilliseconds: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: server.host, port: server.port });
    // The deadline is for the whole of connecting; a socket time-out would only notice a silent peer.
    const timer = setTimeout(
      () => socket.destroy(timedOut(`No connection to ${server.host}:${server.port} in time.`)),
      timeoutMilliseconds,
    );
    const onError = (error: Error) => {
      clearTimeout(timer);
      reject(asFailed(error));
    };
    socket.once('error', onError);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', onError);
      resolve(socket);
    });
  });
}

/**
 * Opens a TLS connection, or turns `plain` into one (STLS, STARTTLS).
 * Rejects with `Failed`: `unreachable`, `timeout`, `tls`, or `tls-brainpool-only` where the server accepts nothing but brainpool curves.
 */
export async function openTls(server: Server, timeoutMilliseconds: number, plain?: Socket): Promise<TLSSocket> {
  const options = tlsOptions(server.trust);
  const transport = plain ?? (await openTcp(server, timeoutMilliseconds));
  try {
    return await handshake(transport, server, options, timeoutMilliseconds);
  } catch (error) {
    transport.destroy();
    const found = asFailed(error);
    if (plain === undefined) throw await explainRefusedHandshake(found, server, timeoutMilliseconds);
    throw found;
  }
}

/** `found`, or the clearer `tls-brainpool-only` where a refused handshake turns out to come from a server that only knows brainpool. */
export async function explainRefusedHandshake(
  found: Failed,
  server: Server,
  timeoutMilliseconds: number,
): Promise<Failed> {
  if (found.failure.reason !== 'tls' || !isRefusedHandshake(found.failure.code)) return found;
  if (!(await offersOnlyBrainpool(server.host, server.port, timeoutMilliseconds))) return found;
  return new Failed(
    failure(
      'tls-brainpool-only',
      `${server.host}:${server.port} accepts TLS with brainpool curves only, which this program's TLS library lacks.`,
      found.failure.code,
    ),
  );
}

/** The end of validity of the certificate the server showed, as an ISO instant. */
export function certificateNotAfter(socket: TLSSocket): string | null {
  const { valid_to: validTo } = socket.getPeerCertificate();
  const time = typeof validTo === 'string' ? Date.parse(validTo) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** What a connection negotiated, in words for a technical description. */
export function describeTls(socket: TLSSocket): string {
  return `${socket.getProtocol() ?? 'TLS'}, ${socket.getCipher().standardName}`;
}

function handshake(
  transport: Socket,
  server: Server,
  options: ConnectionOptions,
  timeoutMilliseconds: number,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      ...options,
      socket: transport,
      host: server.host,
      ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
    });
    const timer = setTimeout(
      () => socket.destroy(timedOut(`The TLS handshake with ${server.host}:${server.port} did not end in time.`)),
      timeoutMilliseconds,
    );
    const settle = (act: () => void) => {
      clearTimeout(timer);
      socket.off('error', onError).off('close', onClose).off('secureConnect', onSecure);
      act();
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(connectionLost(`${server.host}:${server.port} closed the connection.`)));
    const onSecure = () => settle(() => resolve(socket));
    socket.on('error', onError).on('close', onClose).on('secureConnect', onSecure);
  });
}

/** The failure of a connection that ended although something was still to come. */
export function connectionLost(text: string): Failed {
  return new Failed(failure('unreachable', text, 'ECONNRESET'));
}

/** The failure of a peer that took too long. */
export function timedOut(text: string): Failed {
  return new Failed(failure('timeout', text, 'ETIMEDOUT'));
}

function asFailed(error: unknown): Failed {
  if (error instanceof Failed) return error;
  const found = networkFailure(error);
  if (found === null) throw error;
  return new Failed(found);
}

/** Whether the peer refused the handshake with an alert, as one without a common curve or signature algorithm does. */
function isRefusedHandshake(code: string | null): boolean {
  return (
    code !== null &&
    /ALERT_HANDSHAKE_FAILURE|ALERT_INSUFFICIENT_SECURITY|ALERT_ILLEGAL_PARAMETER|WRONG_CURVE|EPROTO/.test(code)
  );
}
