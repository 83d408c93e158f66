import { z } from 'zod';

/** What the drill prints (design: «Commands»). Each figure counts certificates once. */
export const figuresSchema = z.object({
  recorded: z.number(),
  /** Slip bytes accepted by the printing call. */
  printed: z.number(),
  signed: z.number(),
  /** Handed over at least once. */
  sent: z.number(),
  /** Receipt and no insurer error when the run ends. */
  delivered: z.number(),
  /** May not be sent. */
  paperOnly: z.number(),
  /** On the posting list. */
  posted: z.number(),
  /** All other, so that delivered + paperOnly + posted + owed = recorded. */
  owed: z.number(),
  /** Recorded but without a state or its bytes. */
  lost: z.number(),
  /** A document that insurers got with differing XML, or two documents for one certificate without an error that asks for it. */
  doubled: z.number(),
});

/** What the page tells when the drill is through. */
export const outcomeSchema = z.object({
  figures: figuresSchema,
  /** What was wrong, in words; empty when all is well. */
  complaints: z.array(z.string()),
});

/** The vault's keys (hex), random for each drill and handed in from outside: the page may die and come back. */
const keys = z.object({ practice: z.string().length(64), clinical: z.string().length(64) });

export const optionsSchema = z.object({
  keys,
  certificates: z.number().int().positive(),
  outage: z.string(),
  /** Certificates to repeat with other patients, as in the certification package; may be none. */
  cases: z.array(z.unknown()),
  startedAt: z.iso.datetime(),
  withFiles: z.boolean(),
});

/** One life of the program in the chaos drill. */
export const chaosOptionsSchema = z.object({
  keys,
  certificates: z.number().int().positive(),
  cases: z.array(z.unknown()),
  startedAt: z.iso.datetime(),
  /** The phase in which the last life ended; 0 at first. */
  phase: z.number().int().nonnegative(),
  withFiles: z.boolean(),
});

export type ChaosOptions = z.output<typeof chaosOptionsSchema>;
export type Figures = z.output<typeof figuresSchema>;
export type Outcome = z.output<typeof outcomeSchema>;
export type DrillOptions = z.output<typeof optionsSchema>;
