import type { Failure, Result } from '../contract/call';

/** A failure with its reason, technical text and the component's own code, if it gave one. */
export function failure(reason: Failure['reason'], text: string, code: string | null = null): Failure {
  return { reason, code, text };
}

/** The `failed` result around `failure`. */
export function failed(
  reason: Failure['reason'],
  text: string,
  code: string | null = null,
): { kind: 'failed'; failure: Failure } {
  return { kind: 'failed', failure: failure(reason, text, code) };
}

/** The `ok` result. */
export function ok<T>(value: T): Result<T> {
  return { kind: 'ok', value };
}

/**
 * Carries a failure out of deep code to the one place of a service that turns it back into a result (`caught`). It never leaves a service.
 */
export class Failed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.text);
  }
}

/** Runs `work`; a thrown `Failed`, a socket or a TLS error becomes a failed result. Anything else is a bug and goes on as an exception. */
export async function caught<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error) };
  }
}

/** The failure that an error from Node's network code stands for. Throws the error again if it is none of those: then it is a bug. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof Failed) return error.failure;
  const found = networkFailure(error);
  if (found === null) throw error;
  return found;
}

/** As `failureFrom`, but `null` for an error that Node's network code did not raise. */
export function networkFailure(error: unknown): Failure | null {
  if (!(error instanceof Error)) return null;
  const first = error instanceof AggregateError ? error.errors.find((inner) => inner instanceof Error) : undefined;
  const code = codeOf(error) ?? (first === undefined ? undefined : codeOf(first));
  if (code === undefined) return null;
  const text = error.message === '' && first instanceof Error ? first.message : error.message;
  if (code === 'ETIMEDOUT' || code === 'ERR_SOCKET_CONNECTION_TIMEOUT') return failure('timeout', text, code);
  if (unreachableCodes.has(code)) return failure('unreachable', text, code);
  if (tlsCode.test(code)) return failure('tls', text, code);
  return null;
}

/** The error code Node puts on system, TLS and nodemailer errors. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const unreachableCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]);

/** OpenSSL's and BoringSSL's verification and protocol errors as Node names them. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|ERR_CRYPTO_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_CERT_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|EPROTO|OUT_OF_MEM)/;
