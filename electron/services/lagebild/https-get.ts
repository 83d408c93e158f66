import { request } from 'node:https';
import type { LagebildConnection } from '../../contract/lagebild';
import { Failed, failure, failureFrom } from '../failure';
import { timedOut, tlsOptions } from '../tls';

const timeout = 20_000;
/** All rows of production are some hundred kilobytes. */
const largestAnswer = 8 * 1024 * 1024;

/**
 * GETs JSON from below the base address, over https only, without following redirects.
 * Rejects with `Failed`: `unreachable`, `timeout`, `tls`, `refused` (with the HTTP status), `protocol`, `cancelled`.
 */
export async function getJson(connection: LagebildConnection, path: string, signal: AbortSignal): Promise<unknown> {
  const address = new URL(`${connection.base.replace(/\/+$/, '')}/${path}`);
  if (address.protocol !== 'https:')
    throw new Failed(failure('tls', `The TI-Lagebild is read over https only, not at ${address.protocol}//.`));
  const body = await getBody(address, connection, signal);
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'));
    return answer;
  } catch {
    throw new Failed(failure('protocol', `${path} is not JSON.`));
  }
}

async function getBody(address: URL, { trust }: LagebildConnection, signal: AbortSignal): Promise<Buffer> {
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const asking = request(address, {
        ...tlsOptions(trust),
        method: 'GET',
        headers: { Accept: 'application/json' },
        agent: false,
        signal,
      });
      // The whole answer must be there in time: a socket time-out would let a server drip for ever.
      const timer = setTimeout(() => asking.destroy(timedOut(`${address.host} did not answer in time.`)), timeout);
      const giveUp = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      asking.on('error', giveUp);
      asking.on('response', (response) => {
        const { statusCode = 0 } = response;
        if (statusCode !== 200) {
          asking.destroy(new Failed(failure('refused', `${address.host} answered ${statusCode}.`, String(statusCode))));
          return;
        }
        const chunks: Buffer[] = [];
        let length = 0;
        response.on('data', (chunk: Buffer) => {
          length += chunk.length;
          if (length > largestAnswer)
            asking.destroy(new Failed(failure('protocol', `The answer of ${address.host} does not end.`)));
          else chunks.push(chunk);
        });
        response.on('error', giveUp);
        response.on('end', () => {
          clearTimeout(timer);
          resolve(Buffer.concat(chunks));
        });
      });
      asking.end();
    });
  } catch (error) {
    if (signal.aborted) throw new Failed(failure('cancelled', 'The call was cancelled.'));
    throw new Failed(failureFrom(error));
  }
}
