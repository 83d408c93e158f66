import { z } from 'zod';

/** An insurer as the insurer file names it: all its IKs, and the intake provider (DAV) that receives data for it. */
export const payerSchema = z.object({
  /** The insurer's own IK (the first of `iks`), 9 digits. */
  id: z.string(),
  name: z.string(),
  iks: z.array(z.string()).min(1),
  /** Intake provider such as «BITMARCK SERVICE GMBH»; `null` where the file names none. */
  provider: z.string().nullable(),
  vknr: z.string().nullable(),
  /** Where the KK copy is posted to. */
  address: z.object({ line: z.string(), postalCode: z.string(), city: z.string() }).nullable(),
});

export type Payer = z.output<typeof payerSchema>;
