import { z } from 'zod';
import type { FollowWhole } from './chain-following';

const followedSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('broken'),
    sequence: z.number(),
    what: z.enum(['missing', 'changed', 'out-of-order']),
  }),
  z.object({ kind: z.literal('followed'), until: z.number() }),
]);
const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ended'), followed: followedSchema }),
  z.object({ kind: z.literal('failed'), text: z.string() }),
]);

/**
 * Follows the chain in a worker of its own, over a connection of its own: of a hundred thousand certificates the links take seconds of computing, in
 * which the page goes on. Throws where it can't run.
 */
export const followBeside: FollowWhole = async (database, course, signal) => {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./chain-following.worker.ts', import.meta.url), { type: 'module' });
  const stop = new AbortController();
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => resolve(event.data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      signal.addEventListener('abort', () => reject(new Error('The store was closed.')), { signal: stop.signal });
      worker.postMessage({ name: database.vault, course });
    });
    const parsed = answerSchema.parse(answer);
    if (parsed.kind === 'failed') throw new Error(parsed.text);
    return parsed.followed;
  } finally {
    stop.abort();
    worker.terminate();
  }
};
