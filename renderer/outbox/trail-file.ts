import type { TrailEntry } from '../domain/trail';
import type { ChainCheck } from '../store/event-log';

/** What the file says about itself in its first line. */
export interface TrailFileHead {
  readonly practice: string;
  readonly exportedAt: string;
  readonly exportedBy: string;
  /** How the chain stood when the file was written: a break goes out with it. */
  readonly chain: ChainCheck;
}

/** Signs bytes with the installation's key; `null`: it can't be had. */
export type Sign = (
  bytes: Uint8Array,
) => Promise<{ readonly signature: Uint8Array; readonly publicKey: Uint8Array } | null>;

/**
 * The audit trail as a file: JSON lines. First what it is, then every link of the chain (its hashes can be checked without any key), last an
 * Ed25519 signature over all bytes before that line. Names, diagnoses and insurers' words stay inside: of a certificate's events only their
 * type goes out. `null`: nothing could be signed.
 */
export async function trailFile(
  head: TrailFileHead,
  entries: AsyncIterable<readonly TrailEntry[]>,
  means: { readonly sign: Sign; readonly toBase64: (bytes: Uint8Array) => string },
): Promise<Uint8Array | null> {
  const lines = [JSON.stringify({ file: 'ersatzschein-audit-trail', version: 1, ...head })];
  for await (const some of entries)
    for (const { link, content } of some) lines.push(JSON.stringify({ ...link, ...saidOf(content) }));
  const body = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const signed = await means.sign(body);
  if (signed === null) return null;
  const { signature, publicKey } = signed;
  const last = { algorithm: 'Ed25519', publicKey: means.toBase64(publicKey), signature: means.toBase64(signature) };
  const end = new TextEncoder().encode(`${JSON.stringify(last)}\n`);
  const file = new Uint8Array(body.length + end.length);
  file.set(body);
  file.set(end, body.length);
  return file;
}

function saidOf(content: TrailEntry['content']): object {
  switch (content.kind) {
    case 'record':
      return { event: content.detail.type };
    case 'practice':
      return { event: content.detail.type, detail: content.detail };
    case 'closed':
    case 'damaged':
      return { event: null, state: content.kind };
  }
}
