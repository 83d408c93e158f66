import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';

const headSchema = z.object({ value: z.unknown(), blobs: z.array(z.number().int().nonnegative()) });
/** Bytes before the head: its length, big-endian. */
const lengthBytes = 4;

/** A value (as JSON) and bytes that belong to it, in one piece: length of the head (4), head, the bytes one after the other. */
export function pack(value: unknown, blobs: readonly Uint8Array[] = []): Uint8Array<ArrayBuffer> {
  const head = utf8ToBytes(JSON.stringify({ value, blobs: blobs.map(({ length }) => length) }));
  const length = new Uint8Array(lengthBytes);
  new DataView(length.buffer).setUint32(0, head.length);
  return concatBytes(length, head, ...blobs);
}

/** Takes apart what `pack` made. Throws on anything else: what is sealed was made here. */
export function unpack(bytes: Uint8Array): { value: unknown; blobs: Uint8Array[] } {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0);
  const end = lengthBytes + length;
  const head = headSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(lengthBytes, end))));
  let offset = end;
  const blobs = head.blobs.map((size) => {
    const blob = bytes.slice(offset, offset + size);
    offset += size;
    return blob;
  });
  return { value: head.value, blobs };
}
