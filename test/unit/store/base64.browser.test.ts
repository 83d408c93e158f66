import { fromByteArray } from 'base64-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64 } from '../../../renderer/store/base64';

describe('bytes as base64', () => {
  it('are the same by the browser itself as by the library, of any length and out of the middle of others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(20), (bytes, from) => {
        const part = bytes.subarray(from);
        expect(toBase64(part)).toBe(fromByteArray(part));
      }),
    );
  });

  it('are made by the browser itself where it can', () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const native = Object.assign(bytes, { toBase64: () => 'by the browser' });
    expect(toBase64(native)).toBe('by the browser');
  });
});
