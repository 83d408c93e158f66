import type { IncomingMessage } from 'node:http';

/** A request's body: complete, larger than allowed (the rest was not read), or cut off. */
export type Body =
  { readonly kind: 'complete'; readonly bytes: Buffer } | { readonly kind: 'too-large' } | { readonly kind: 'aborted' };

/** Reads a body of at most `limit` bytes; stops reading at the first byte beyond, or at once where its length is announced. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ kind: 'too-large' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      request.off('data', onData);
      request.pause();
      resolve({ kind: 'too-large' });
    };
    request.on('data', onData);
    request.once('end', () => resolve({ kind: 'complete', bytes: Buffer.concat(chunks) }));
    request.once('error', () => resolve({ kind: 'aborted' }));
    request.once('close', () => resolve({ kind: 'aborted' }));
  });
}
