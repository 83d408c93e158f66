import { Secret, TOTP } from 'otpauth';

/** The second factor: a code of six digits that changes every 30 seconds (TOTP, RFC 6238, SHA-1: what every authenticator app knows). */

const period = 30;
/** A code of the step before or after counts too: telephones' clocks differ. */
const window = 1;
/** From a code's first moment to its last, with the window on both sides. Milliseconds. */
export const codeLifetime = (1 + 2 * window) * period * 1000;
/** Bytes of a secret: as long as SHA-1's result (RFC 4226 section 4). */
const secretBytes = 20;

export type CodeCheck =
  | { readonly kind: 'right'; readonly step: number }
  | { readonly kind: 'wrong' }
  /** The right code, but of a step that was used, or earlier: somebody read it over a shoulder, or the clock went back. */
  | { readonly kind: 'used' };

/** A fresh secret. */
export function newSecret(): Uint8Array {
  return Uint8Array.from(new Secret({ size: secretBytes }).bytes);
}

/** Holds a typed code against the secret. `lastStep`: the last step whose code was accepted; no step counts twice. */
export function checkCode(secret: Uint8Array, typed: string, now: Date, lastStep: number): CodeCheck {
  const token = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return { kind: 'wrong' };
  const delta = totpOf(secret, '').validate({ token, timestamp: now.getTime(), window });
  if (delta === null) return { kind: 'wrong' };
  const step = stepAt(now) + delta;
  return step <= lastStep ? { kind: 'used' } : { kind: 'right', step };
}

/** The code at an instant: shown only for the made-up accounts of the rehearsal, whose secret is published. */
export function codeAt(secret: Uint8Array, now: Date): { readonly code: string; readonly secondsLeft: number } {
  const code = totpOf(secret, '').generate({ timestamp: now.getTime() });
  return { code, secondsLeft: period - (Math.floor(now.getTime() / 1000) % period) };
}

/** What an authenticator app takes: the address in the QR code, and the secret to type where there is no camera. */
export function enrolment(secret: Uint8Array, name: string): { readonly address: string; readonly typed: string } {
  const totp = totpOf(secret, name);
  return { address: totp.toString(), typed: totp.secret.base32.match(/.{1,4}/g)?.join(' ') ?? '' };
}

function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1000 / period);
}

function totpOf(secret: Uint8Array, label: string): TOTP {
  return new TOTP({
    issuer: 'Ersatzschein',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  });
}
