import { z } from 'zod';
import type { CertificateState } from '../../electron/contract/contract';
import { daysBetween, todayInBerlin } from '../domain/calendar';

/** So many days before a certificate ends, the user is told: a new card takes weeks. */
export const warnedDaysBefore = 60;

export type Validity = 'valid' | 'ends-soon' | 'ended';

/** How a certificate stands that is valid until this instant. */
export function validityOf(notAfter: string, now: Date): Validity {
  const left = daysBetween(todayInBerlin(now), todayInBerlin(new Date(notAfter)));
  if (new Date(notAfter).getTime() <= now.getTime()) return 'ended';
  return left <= warnedDaysBefore ? 'ends-soon' : 'valid';
}

/** What the connector said last of the certificates. Without names: this is kept unsealed, and whose card it is stands on «Verbindungen». */
export const certificateLookSchema = z.object({
  /** ISO instant. */
  at: z.string(),
  /** Which connector said it. */
  endpoint: z.string(),
  certificates: z.array(
    z.object({
      of: z.enum(['connector', 'terminal', 'doctor', 'practice']),
      notAfter: z.string().nullable(),
      standing: z.enum(['valid', 'revoked', 'invalid', 'unknown']),
    }),
  ),
});
export type CertificateLook = z.output<typeof certificateLookSchema>;

/** What is kept of a connector's answer. */
export function lookOf(states: readonly CertificateState[], endpoint: string, at: Date): CertificateLook {
  return {
    at: at.toISOString(),
    endpoint,
    certificates: states.map(({ of, notAfter, standing }) => ({ of, notAfter, standing })),
  };
}

/** Whether the day's look is still to be taken: there was none of this connector on this day. */
export function isLookDue(look: CertificateLook | null, endpoint: string, now: Date): boolean {
  return look?.endpoint !== endpoint || todayInBerlin(new Date(look.at)) !== todayInBerlin(now);
}

/** A certificate that somebody has to do something about. */
export interface CertificateWarning {
  readonly of: CertificateState['of'];
  readonly what: 'revoked' | 'invalid' | 'ended' | 'ends-soon';
  /** Days left where it ends soon, else 0. */
  readonly days: number;
}

const urgency = ['revoked', 'invalid', 'ended', 'ends-soon'] as const;

/** What is to be done about certificates, most urgent first: what nobody accepts any more, then what ends within 60 days. */
export function certificateWarningsOf(look: CertificateLook | null, now: Date): CertificateWarning[] {
  return (look?.certificates ?? [])
    .flatMap(({ of, notAfter, standing }): CertificateWarning[] => {
      if (standing === 'revoked') return [{ of, what: standing, days: 0 }];
      const validity = notAfter === null ? 'valid' : validityOf(notAfter, now);
      if (notAfter !== null && validity === 'ended') return [{ of, what: validity, days: 0 }];
      if (standing === 'invalid') return [{ of, what: standing, days: 0 }];
      if (notAfter === null || validity === 'valid') return [];
      return [{ of, what: 'ends-soon', days: daysBetween(todayInBerlin(now), todayInBerlin(new Date(notAfter))) }];
    })
    .toSorted((a, b) => urgency.indexOf(a.what) - urgency.indexOf(b.what) || a.days - b.days);
}
