import { largestFile, type Importing } from '../../outbox/importing';
import type { Office } from '../../outbox/office';

/** What became of one chosen file. `broken`: it could not even be read; `text` is technical. */
export interface FileResult {
  readonly name: string;
  readonly outcome: Importing | { readonly kind: 'broken'; readonly text: string };
}

/** Takes over files one after another; `onResult` is told of each. One that fails keeps none of the others back. */
export async function importFiles(
  office: Pick<Office, 'importFile'>,
  files: readonly File[],
  onResult: (result: FileResult) => void,
): Promise<void> {
  for (const file of files) onResult({ name: file.name, outcome: await importOne(office, file) });
}

async function importOne(office: Pick<Office, 'importFile'>, file: File): Promise<FileResult['outcome']> {
  try {
    // One byte more than allowed is enough to refuse it.
    const bytes = new Uint8Array(await file.slice(0, largestFile + 1).arrayBuffer());
    return await office.importFile({ name: file.name, bytes });
  } catch (error) {
    return { kind: 'broken', text: String(error) };
  }
}
