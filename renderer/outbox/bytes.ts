import { toByteArray } from 'base64-js';

/** Bytes as standard base64: how they travel through the contract. */
export { toBase64 } from '../store/base64';
/** Base64 (as the contract parsed it) as bytes. */
export const fromBase64 = (text: string): Uint8Array => toByteArray(text);
