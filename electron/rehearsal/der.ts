/** The DER tags that a signed file is made of. */
export const tag = {
  integer: 0x02,
  octetString: 0x04,
  sequence: 0x30,
  set: 0x31,
  /** Context-specific, constructed, number 0. */
  context0: 0xa0,
} as const;

/**
 * Encodes one DER value from its already encoded parts. Signed files are made with this and read with the ASN.1 library: made with the
 * library they took some ten times as long, and a rehearsal signs thousands.
 */
export function der(type: number, ...parts: readonly Uint8Array[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  return Buffer.concat([Buffer.from([type, ...lengthBytes(length)]), ...parts]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) digits.unshift(rest % 0x100);
  return [0x80 | digits.length, ...digits];
}
