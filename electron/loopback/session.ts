import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may use the loopback host: the browser that was given a link. A link's token works once and is exchanged for a cookie that scripts
 * can't read; so a link left in a history, a log or a process list is worth nothing. All of it lives as long as the process.
 */
export interface Session {
  /** Makes a new one-time token. The ones before it die with it. */
  issueToken(): string;
  /** Exchanges the one-time token for a `Set-Cookie` value; `null` where it is wrong or used up. */
  exchange(token: string): string | null;
  /** Whether a `Cookie` header carries this session. */
  isOpen(cookieHeader: string | undefined): boolean;
}

/** Opens a session. The port is part of the cookie's name, because cookies are shared by all ports of 127.0.0.1. */
export function createSession(port: number): Session {
  const name = `ersatzschein-${String(port)}`;
  const secret = randomBytes(32).toString('base64url');
  let oneTimeToken: string | null = null;
  return {
    issueToken: () => {
      oneTimeToken = randomBytes(32).toString('base64url');
      return oneTimeToken;
    },
    exchange: (token) => {
      if (oneTimeToken === null || !sameText(token, oneTimeToken)) return null;
      oneTimeToken = null;
      return `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
    },
    isOpen: (cookieHeader) =>
      (cookieHeader ?? '').split(';').some((cookie) => sameText(cookie.trim(), `${name}=${secret}`)),
  };
}

/** Compares without telling by the time taken how much was right. */
function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
