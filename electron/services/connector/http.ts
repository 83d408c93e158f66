import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { ConnectorConnection } from '../../contract/connections';
import { codeOf, Failed, failure, failureFrom } from '../failure';
import { certificateNotAfter, explainRefusedHandshake, timedOut, tlsOptions } from '../tls';

/** An HTTP answer of the connector, whatever its status. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** End of validity of the connector's certificate, an ISO instant. */
  readonly certificateNotAfter: string | null;
}

/** 250 signed documents with their revocation information stay far below. */
const largestAnswer = 64 * 1024 * 1024;
const connectTimeout = 20_000;

/** HTTPS to one connector, with its trust, our certificate or password, and connections kept between calls. */
export class ConnectorHttp {
  private readonly agent: Agent;
  private readonly authorization: string | null;

  /** Throws `Failed` (`tls`, `login`) where the settings can't be used. */
  constructor(private readonly connection: ConnectorConnection) {
    const { authentication } = connection;
    this.authorization =
      authentication.kind === 'password'
        ? `Basic ${Buffer.from(`${authentication.user}:${authentication.password}`, 'utf8').toString('base64')}`
        : null;
    const identity = clientIdentity(authentication);
    try {
      createSecureContext(identity);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new Failed(
        failure('login', `Our certificate for the connector is not usable: ${text}`, codeOf(error) ?? null),
      );
    }
    this.agent = new Agent({ ...tlsOptions(connection.trust), ...identity, keepAlive: true, maxSockets: 4 });
  }

  /** Sends a request. Rejects with `Failed`: `unreachable`, `timeout`, `tls`, `tls-brainpool-only`, `protocol`, `cancelled`. */
  async send(
    url: string,
    options: { method: 'GET' | 'POST'; headers: Record<string, string>; body: Buffer | null; timeout: number },
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const address = parseAddress(url);
    try {
      return await this.exchange(address, options, signal);
    } catch (error) {
      if (signal?.aborted === true) throw new Failed(failure('cancelled', 'The call was cancelled.'));
      const found = new Failed(failureFrom(error));
      const port = address.port === '' ? 443 : Number(address.port);
      throw await explainRefusedHandshake(
        found,
        { host: hostOf(address), port, trust: this.connection.trust },
        connectTimeout,
      );
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private exchange(
    address: URL,
    options: { method: string; headers: Record<string, string>; body: Buffer | null; timeout: number },
    signal: AbortSignal | undefined,
  ): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const requestOptions: RequestOptions = {
        agent: this.agent,
        method: options.method,
        headers: {
          ...options.headers,
          ...(this.authorization === null ? {} : { Authorization: this.authorization }),
          ...(options.body === null ? {} : { 'Content-Length': options.body.length }),
        },
        ...(signal === undefined ? {} : { signal }),
      };
      const request = httpsRequest(address, requestOptions);
      const timer = setTimeout(
        () => request.destroy(timedOut(`The connector did not answer within ${Math.round(options.timeout / 1000)} s.`)),
        options.timeout,
      );
      const giveUp = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      request.on('error', giveUp);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        let length = 0;
        const { socket } = response;
        const notAfter = socket instanceof TLSSocket ? certificateNotAfter(socket) : null;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          chunks.push(chunk);
          if (length > largestAnswer)
            request.destroy(new Failed(failure('protocol', 'The answer of the connector does not end.')));
        });
        response.on('error', giveUp);
        response.on('end', () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks), certificateNotAfter: notAfter });
        });
      });
      request.end(options.body ?? undefined);
    });
  }
}

function clientIdentity(authentication: ConnectorConnection['authentication']) {
  switch (authentication.kind) {
    case 'none':
    case 'password':
      return {};
    case 'certificate':
      return { cert: authentication.certificate, key: authentication.key };
    case 'pkcs12':
      return { pfx: Buffer.from(authentication.container, 'base64'), passphrase: authentication.password };
  }
}

/** Only https: what is signed is patient data, and the PIN dialogue hangs on it. */
function parseAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address?.protocol !== 'https:')
    throw new Failed(
      failure('tls', `The connector is reached over https only, not at ${JSON.stringify(url.slice(0, 200))}.`),
    );
  return address;
}
function hostOf(address: URL): string {
  return address.hostname.replace(/^\[|\]$/g, '');
}
