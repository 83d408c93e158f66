import type { Result } from '../../electron/contract/call';
import type { ConnectorConnection } from '../../electron/contract/connections';
import { documentsAtOnce, type CardChoice, type SignatureOutcome } from '../../electron/contract/contract';
import type { Host } from '../../electron/contract/host';
import { mapInPieces } from '../store/in-pieces';
import { toBase64 } from './bytes';

/** What a card is to sign after one PIN entry. */
export interface SigningBatch {
  readonly connection: ConnectorConnection;
  readonly card: CardChoice;
  /** At least one. */
  readonly documents: readonly { readonly name: string; readonly xml: Uint8Array }[];
}

/** What the connector made of the document of that name. */
export interface SigningOutcome {
  readonly name: string;
  readonly outcome: SignatureOutcome;
}

/**
 * Has the connector sign a batch as one job, so with one PIN entry. The documents go to the host a part at a time, and what became of them comes back a
 * part at a time: one message with 250 of them would keep the screen from answering while it is written or read. What the connector left out has no outcome.
 */
export async function signBatch(
  means: { host: Host; newId: () => string },
  { connection, card, documents }: SigningBatch,
): Promise<Result<AsyncIterable<readonly SigningOutcome[]>>> {
  const { connector } = means.host;
  const messages = [];
  for (let start = 0; start < documents.length; start += documentsAtOnce)
    messages.push(documents.slice(start, start + documentsAtOnce));
  const last = messages.pop() ?? [];
  const batch = messages.length > 0 ? means.newId() : null;
  if (batch !== null)
    for (const some of messages) await connector.handOver({ batch, documents: await mapInPieces(some, travelling) });
  const signed = await connector.sign({ connection, card, batch, documents: await mapInPieces(last, travelling) });
  return signed.kind === 'failed' ? signed : { kind: 'ok', value: outcomesOf(connector, batch, signed.value) };
}

async function* outcomesOf(
  connector: Host['connector'],
  batch: string | null,
  first: readonly SigningOutcome[],
): AsyncGenerator<readonly SigningOutcome[]> {
  yield first;
  if (batch === null) return;
  for (let next = await connector.outcomes({ batch }); next.length > 0; next = await connector.outcomes({ batch }))
    yield next;
}

const travelling = ({ name, xml }: SigningBatch['documents'][number]) => ({ name, content: toBase64(xml) });
