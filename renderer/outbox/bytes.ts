import { fromByteArray, toByteArray } from 'base64-js';

/** Bytes as standard base64: how they travel through the contract. */
export const toBase64 = (bytes: Uint8Array): string => fromByteArray(bytes);
/** Base64 (as the contract parsed it) as bytes. */
export const fromBase64 = (text: string): Uint8Array => toByteArray(text);
