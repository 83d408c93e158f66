/** Compresses for a PDF's `FlateDecode`, with the platform's own zlib (in the page and in Node alike). */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/** The bytes of text that has ASCII letters only. */
export function asciiBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
