import { fromByteArray } from 'base64-js';

/**
 * Bytes as standard base64, by the browser itself where it can: the library makes a string of four characters for every three bytes, which was half of all that
 * the garbage collector had to take away while certificates were signed.
 */
export function toBase64(bytes: Uint8Array): string {
  // Chromium has it from version 140 on; TypeScript's own types leave it out for the language's version that is set.
  const able: Uint8Array & { readonly toBase64?: () => string } = bytes;
  return able.toBase64?.() ?? fromByteArray(bytes);
}
