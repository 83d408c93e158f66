import { z } from 'zod';
import { trustSchema } from './connections';

/** gematik's own picture of the telematics infrastructure (TI-Lagebild): public, read only, nothing personal. */

/** How to reach it: a base address and whom to trust there (nothing named: the machine's own list). */
export const lagebildConnectionSchema = z.object({ base: z.url(), trust: trustSchema });

export const lagebildOutageSchema = z.enum(['none', 'partial', 'full']);

/** What was understood of one look. What wasn't is left out and counted, never guessed. */
export const lagebildSchema = z.object({
  /** gematik's judgement on each of the TI's services (`kim`, `epa`, `vsdm`, `erezept`, `wanda`, `odg`). */
  services: z.array(
    z.object({
      service: z.string(),
      outage: lagebildOutageSchema,
      hasMaintenance: z.boolean(),
      /** Functions that don't work as they should, in gematik's words. */
      functions: z.array(
        z.object({
          name: z.string(),
          outage: lagebildOutageSchema,
          isCritical: z.boolean(),
          hasMaintenance: z.boolean(),
          text: z.string(),
        }),
      ),
    }),
  ),
  /** One row for each component that gematik probes. Never empty: the rows carry the time. */
  components: z
    .array(
      z.object({
        at: z.iso.datetime(),
        ci: z.string(),
        organization: z.string(),
        product: z.string(),
        isAvailable: z.boolean(),
      }),
    )
    .min(1),
  /** Incidents and outages that were announced in the last 14 days, as text. */
  announcements: z.array(
    z.object({ kind: z.enum(['incident', 'outage']), at: z.iso.datetime().nullable(), text: z.string() }),
  ),
  /** What could not be understood, in technical words. */
  notUnderstood: z.array(z.string()),
});

export type LagebildConnection = z.output<typeof lagebildConnectionSchema>;
export type LagebildOutage = z.output<typeof lagebildOutageSchema>;
export type Lagebild = z.output<typeof lagebildSchema>;
