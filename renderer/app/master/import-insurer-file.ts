import { z } from 'zod';
import {
  insurerFileFaults,
  insurerFileSchema,
  largestInsurerFile,
  type InsurerFile,
  type InsurerFileFault,
} from '../../master/insurer-file';

/** What a chosen file came to. Whatever but `insurers` leaves the list as it is. */
export type InsurerFileImport =
  | { readonly kind: 'insurers'; readonly file: InsurerFile }
  | {
      readonly kind: 'unreadable';
      readonly reason: InsurerFileFault;
      readonly line: number | null;
      readonly what: string;
    }
  | { readonly kind: 'failed'; readonly text: string };

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('insurers'), file: insurerFileSchema }),
  z.object({
    kind: z.literal('unreadable'),
    reason: z.enum(insurerFileFaults),
    line: z.number().nullable(),
    what: z.string(),
  }),
  z.object({ kind: z.literal('failed'), text: z.string() }),
]);

/** Reads an insurer file in a worker. `onProgress`: the share that is read, 0 to 1. */
export async function readChosenInsurerFile(
  file: File,
  onProgress: (share: number) => void,
): Promise<InsurerFileImport> {
  if (file.size > largestInsurerFile) return { kind: 'unreadable', reason: 'too-large', line: null, what: '' };
  const worker = new Worker(new URL('./read-insurer-file.worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise<InsurerFileImport>((resolve) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => {
        const answer = answerSchema.safeParse(event.data);
        if (!answer.success) resolve({ kind: 'failed', text: answer.error.message });
        else if (answer.data.kind === 'progress') onProgress(answer.data.done / Math.max(1, answer.data.total));
        else resolve(answer.data);
      });
      worker.addEventListener('error', (event) => resolve({ kind: 'failed', text: event.message }));
      worker.postMessage({ file });
    });
  } finally {
    worker.terminate();
  }
}
