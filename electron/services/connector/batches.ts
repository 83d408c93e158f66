import { documentsAtOnce, type SignatureOutcome } from '../../contract/contract';

/** A name and the bytes to sign. */
export interface Document {
  readonly name: string;
  readonly content: Buffer;
}

/** A document as it came in a message. */
export function documentOf({ name, content }: { readonly name: string; readonly content: string }): Document {
  return { name, content: Buffer.from(content, 'base64') };
}

/** What became of the document of that name. */
export interface Outcome {
  readonly name: string;
  readonly outcome: SignatureOutcome;
}

/** So many are kept. The page has one at a time; one that it left behind, closed in the middle, goes with the next ones. */
const mostBatches = 4;

/** Batches of documents on their way to the connector, and what became of them on its way back: each message holds a part only. */
export class Batches {
  readonly #documents = new Map<string, readonly Document[]>();
  readonly #outcomes = new Map<string, readonly Outcome[]>();

  /** More documents of a batch, behind those already there. */
  handOver(batch: string, documents: readonly Document[]): void {
    this.#documents.set(batch, [...(this.#documents.get(batch) ?? []), ...documents]);
    dropOldest(this.#documents);
  }

  /** All documents handed over, in their order; `null`: there are none, or no longer. */
  takeDocuments(batch: string): readonly Document[] | null {
    const documents = this.#documents.get(batch) ?? null;
    this.#documents.delete(batch);
    return documents;
  }

  keepOutcomes(batch: string, outcomes: readonly Outcome[]): void {
    this.#outcomes.set(batch, outcomes);
    dropOldest(this.#outcomes);
  }

  /** The next outcomes, as many as one message holds, each once; none when all were given. */
  nextOutcomes(batch: string): Outcome[] {
    const outcomes = this.#outcomes.get(batch) ?? [];
    const rest = outcomes.slice(documentsAtOnce);
    if (rest.length > 0) this.#outcomes.set(batch, rest);
    else this.#outcomes.delete(batch);
    return outcomes.slice(0, documentsAtOnce);
  }
}

/** A map gives its keys in the order in which they were first set. */
function dropOldest(batches: Map<string, unknown>): void {
  for (const batch of batches.keys()) if (batches.size > mostBatches) batches.delete(batch);
}
