/** Compresses for a PDF's `FlateDecode`, with the platform's own zlib (in the page and in Node alike). */
export async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream('deflate');
  const compressed = new Response(stream.readable).arrayBuffer();
  const writer = stream.writable.getWriter();
  await Promise.all([writer.write(bytes), writer.close()]);
  return new Uint8Array(await compressed);
}

/** Compresses many, a few at a time: each costs a quarter of a megabyte while it runs. */
export async function deflateAll(texts: readonly string[]): Promise<Uint8Array<ArrayBuffer>[]> {
  const atOnce = 8;
  const compressed: Uint8Array<ArrayBuffer>[] = [];
  for (let start = 0; start < texts.length; start += atOnce) {
    const batch = texts.slice(start, start + atOnce);
    compressed.push(...(await Promise.all(batch.map((text) => deflate(asciiBytes(text))))));
  }
  return compressed;
}

/** The bytes of text that has ASCII letters only. */
export function asciiBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
