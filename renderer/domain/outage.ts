import { z } from 'zod';
import type { InsurerFileFacts } from './payer';
import { isReceivedBy } from './provider';

/** Whom an outage concerns: all of the TI, this practice, one insurer, or an intake provider and so all insurers it receives for. */
export const outageScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('practice') }),
  z.object({ kind: z.literal('payer'), payerIk: z.string() }),
  z.object({ kind: z.literal('provider'), provider: z.string() }),
]);

/** An outage as the user declared it (P6-03). `endedAt` null: it lasts. */
export const outageSchema = z.object({
  id: z.string(),
  scope: outageScopeSchema,
  reason: z.string(),
  startedAt: z.string(),
  declaredBy: z.string(),
  /** When the user last said that it still lasts (P6-03: asked every seven days). */
  confirmedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});

export type OutageScope = z.output<typeof outageScopeSchema>;
export type Outage = z.output<typeof outageSchema>;

/** The outages among `outages` that concern mail to this insurer now; `provider` is the insurer's intake provider, if known. */
export function outagesConcerning(
  outages: readonly Outage[],
  payer: { iks: readonly string[]; provider: string | null; file?: Pick<InsurerFileFacts, 'providers'> | undefined },
): Outage[] {
  return outages.filter((outage) => {
    if (outage.endedAt !== null) return false;
    switch (outage.scope.kind) {
      case 'all':
      case 'practice':
        return true;
      case 'payer':
        return payer.iks.includes(outage.scope.payerIk);
      case 'provider':
        return isReceivedBy(payer, outage.scope.provider);
    }
  });
}
