import { z } from 'zod';
import type { DeriveKey } from './derive-key';

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key'), key: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('failed'), text: z.string() }),
]);

/** argon2id in a worker of its own, which ends with the answer and takes its 64 MiB along. Throws where it can't run. */
export const deriveKeyBeside: DeriveKey = async (passphrase, derivation) => {
  const worker = new Worker(new URL('./derive-key.worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => resolve(event.data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      worker.postMessage({ passphrase, derivation });
    });
    const parsed = answerSchema.parse(answer);
    if (parsed.kind === 'failed') throw new Error(parsed.text);
    return parsed.key;
  } finally {
    worker.terminate();
  }
};
