import { z } from 'zod';

/** One call of the contract: what goes in, what comes out. Both sides parse both. */
export interface Call<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly argument: A;
  readonly result: R;
}

/** Declares a call. */
export function call<A extends z.ZodType, R extends z.ZodType>(argument: A, result: R): Call<A, R> {
  return { argument, result };
}

/** Standard base64: how bytes travel, the same in IPC and in JSON over loopback. */
export const base64 = z.base64();

/**
 * Why a component could not be used. Expected failures are results; only a broken transport between page and host rejects.
 * `text` is technical and for the log and the «details»; the page puts `reason` into plain words.
 */
export const failureSchema = z.object({
  reason: z.enum([
    'unreachable', // no connection: refused, no route, name not found
    'timeout',
    'tls', // certificate not trusted, no common cipher
    'tls-brainpool-only', // the component offers only brainpool curves, which Electron's BoringSSL lacks
    'login', // user name or password refused
    'no-dsn', // the mail server does not announce DSN: nothing may be sent through it
    'card-missing',
    'pin', // PIN not verified, wrong or blocked
    'cancelled',
    'refused', // the component answered with a fault
    'protocol', // an answer that the protocol doesn't allow
    'not-verified', // what came back failed our own check
    'printer', // printer gone, out of paper, stuck
    'unsupported', // not on this host
    'full', // no room on the disk
    'superseded', // another browser or program has taken over writing
    'damaged', // what is on the disk is not what was written
    'conflict', // something else stands there already
  ]),
  /** The component's own code (SMTP 451, connector fault 4085 …), if it gave one. */
  code: z.string().nullable(),
  text: z.string(),
});
export type Failure = z.output<typeof failureSchema>;

/** A result that is either `ok` with a value or `failed` with a failure. */
export function resultOf<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ok'), value }),
    z.object({ kind: z.literal('failed'), failure: failureSchema }),
  ]);
}
export type Result<T> = { kind: 'ok'; value: T } | { kind: 'failed'; failure: Failure };
