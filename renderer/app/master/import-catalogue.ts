import { z } from 'zod';
import type { Office } from '../../outbox/office';
import type { CatalogueFault } from '../../master/diagnosis-catalogue';
import { catalogueOf } from '../../master/stored-catalogue';

/** How an import came out. Whatever but `imported` leaves the catalogues as they were. */
export type CatalogueImport =
  | { readonly kind: 'imported'; readonly year: string; readonly codes: number }
  | { readonly kind: 'unreadable'; readonly reason: CatalogueFault; readonly line: number | null }
  | { readonly kind: 'failed'; readonly text: string };

export type ImportStep = 'reading' | 'checking' | 'saving';

/** The SDICD has some 30 MB; what is many times that is no catalogue. */
const largestFile = 200_000_000;

const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('catalogue'), year: z.string(), entries: z.array(z.unknown()) }),
  z.object({
    kind: z.literal('unreadable'),
    reason: z.enum(['not-a-catalogue', 'wrong-encoding', 'malformed', 'no-year', 'empty']),
    line: z.number().nullable(),
  }),
]);

/** Reads a file that the user chose, stores its catalogue (in place of one of the same year) and puts the newest into use. */
export async function importCatalogue(
  office: Office,
  file: File,
  onStep: (step: ImportStep) => void,
): Promise<CatalogueImport> {
  if (file.size > largestFile) return { kind: 'unreadable', reason: 'not-a-catalogue', line: null };
  try {
    onStep('reading');
    const bytes = new Uint8Array(await file.arrayBuffer());
    onStep('checking');
    const answer = await readBeside(bytes, file.name);
    if (answer.kind === 'unreadable') return answer;
    onStep('saving');
    // Read back as it will be from now on, before the old one goes.
    const { entries } = catalogueOf(answer);
    await office.store.saveCatalogue({
      year: answer.year,
      source: file.name,
      importedAt: office.clock.now().toISOString(),
      entries,
    });
    await office.reloadCatalogue();
    return { kind: 'imported', year: answer.year, codes: entries.length };
  } catch (error) {
    return { kind: 'failed', text: error instanceof Error ? error.message : String(error) };
  }
}

async function readBeside(bytes: Uint8Array<ArrayBuffer>, fileName: string): Promise<z.output<typeof answerSchema>> {
  const worker = new Worker(new URL('./read-catalogue.worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.addEventListener('message', (event: MessageEvent<unknown>) => resolve(event.data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      worker.postMessage({ bytes, fileName }, [bytes.buffer]);
    });
    return answerSchema.parse(answer);
  } finally {
    worker.terminate();
  }
}
