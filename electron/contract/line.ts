import { z } from 'zod';

/**
 * How calls travel to the loopback host: over one WebSocket, the line, as JSON texts. Answers may come in any order; the number, which the page
 * chooses, says to which call each belongs.
 */

/** Where the line is, on the page's own origin. */
export const linePath = '/line';

/** The largest text, in bytes: a print job of some hundred slips, in base64. */
export const lineLimit = 40 * 1024 * 1024;

/** A call on its way to the host. */
export const lineCallSchema = z.strictObject({
  number: z.int().nonnegative(),
  group: z.string().regex(/^[a-zA-Z]{1,40}$/),
  name: z.string().regex(/^[a-zA-Z]{1,40}$/),
  argument: z.unknown(),
});
export type LineCall = z.output<typeof lineCallSchema>;

/** What became of it. `refused`: the contract does not allow it; `failed`: the host's own fault, no details. */
export const lineAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), number: z.int(), result: z.unknown() }),
  z.strictObject({ kind: z.enum(['refused', 'failed']), number: z.int() }),
]);
export type LineAnswer = z.output<typeof lineAnswerSchema>;
