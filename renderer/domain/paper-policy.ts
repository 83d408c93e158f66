import { z } from 'zod';
import type { CertificateRecord } from './record';

/**
 * What a practice does after an outage with what went out on paper in it. `sent-too` (the default): everything is sent afterwards, whatever
 * was given or posted. `done`: where a certificate could not go out and its KK copy was given or posted, that was all.
 */
export const paperPolicySchema = z.object({
  paper: z.enum(['sent-too', 'done']),
  /** When it was last changed: it holds for what is issued from then on. `null`: as it was from the beginning. */
  since: z.iso.datetime().nullable(),
});
export type PaperPolicy = z.output<typeof paperPolicySchema>;
export const usualPaperPolicy: PaperPolicy = { paper: 'sent-too', since: null };

/** The policy to keep when `entered` is saved over `stored`: a change holds from now on, and what isn't one moves no date. */
export function changedPolicy(stored: PaperPolicy, entered: PaperPolicy, now: Date): PaperPolicy {
  return entered.paper === stored.paper ? stored : { paper: entered.paper, since: now.toISOString() };
}

/**
 * Whether paper given or posted now is all that a certificate needs. Only where nothing was ever handed to a mail server: what was tried may
 * have arrived, and goes on as it is. Only where it was issued under this policy: changing it decides nothing that is owed already.
 */
export function isDoneOnPaper(policy: PaperPolicy, { state }: CertificateRecord): boolean {
  if (policy.paper !== 'done' || state.issuedAt === null) return false;
  if (state.stage !== 'issued' && state.stage !== 'signed') return false;
  if (state.attempts.length > 0 || state.correctedBy !== null) return false;
  return policy.since === null || new Date(state.issuedAt) >= new Date(policy.since);
}
