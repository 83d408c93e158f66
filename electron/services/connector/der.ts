/** A value in DER: identifier octet, content, and, where constructed, the values inside. */
export interface DerValue {
  readonly tag: number;
  readonly children: readonly DerValue[];
  /** Content octets. */
  readonly content: Buffer;
  /** Identifier, length and content. */
  readonly raw: Buffer;
}

/** What is not DER: BER's indefinite or padded lengths, constructed strings, bytes left over. */
export class NotDer extends Error {}

const deepest = 64;
const constructed = 0x20;

/** Tags by name: what the structures here are made of. */
export const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** The tag of a constructed, context-specific value: `[number]`. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** Reads exactly one value that fills `bytes`. Throws `NotDer`. */
export function readDer(bytes: Buffer): DerValue {
  const value = readValue(bytes, 0, 0);
  if (value.raw.length !== bytes.length) throw new NotDer('bytes after the end');
  return value;
}

function readValue(bytes: Buffer, from: number, depth: number): DerValue {
  if (depth > deepest) throw new NotDer('nested too deep');
  const tag = bytes[from];
  const first = bytes[from + 1];
  if (tag === undefined || first === undefined) throw new NotDer('ends too early');
  if ((tag & 0x1f) === 0x1f) throw new NotDer('a tag of several bytes');
  let length = first;
  let start = from + 2;
  if (first >= 0x80) {
    const size = first & 0x7f;
    if (size === 0) throw new NotDer('indefinite length');
    if (size > 4 || start + size > bytes.length) throw new NotDer('ends too early');
    length = bytes.readUIntBE(start, size);
    start += size;
    if (length < 0x80 || length < 2 ** (8 * (size - 1))) throw new NotDer('a length longer than it need be');
  }
  const end = start + length;
  if (end > bytes.length) throw new NotDer('ends too early');
  const isConstructed = (tag & constructed) !== 0;
  checkForm(tag, isConstructed, bytes.subarray(start, end));
  const children: DerValue[] = [];
  if (isConstructed) {
    for (let at = start; at < end;) {
      const child = readValue(bytes.subarray(0, end), at, depth + 1);
      children.push(child);
      at += child.raw.length;
    }
  }
  return { tag, children, content: bytes.subarray(start, end), raw: bytes.subarray(from, end) };
}

function checkForm(tag: number, isConstructed: boolean, content: Buffer): void {
  if ((tag & 0xc0) !== 0) return;
  const number = tag & 0x1f;
  const isStructure = number === 0x10 || number === 0x11;
  if (isStructure !== isConstructed)
    throw new NotDer(isConstructed ? 'a string in pieces' : 'a structure that is none');
  if (number === 1 && !(content.length === 1 && (content[0] === 0 || content[0] === 0xff)))
    throw new NotDer('a boolean that is neither true nor false');
  if (number === 2) {
    const [high, next] = content;
    if (high === undefined) throw new NotDer('an integer without content');
    if (next !== undefined && ((high === 0 && next < 0x80) || (high === 0xff && next >= 0x80)))
      throw new NotDer('an integer longer than it need be');
  }
}

/** Whether the members of a SET OF stand in DER's order. */
export function isSorted(members: readonly DerValue[]): boolean {
  return members.every((member, index) => {
    const before = members[index - 1];
    return before === undefined || Buffer.compare(before.raw, member.raw) <= 0;
  });
}

/** An OBJECT IDENTIFIER's content in dotted form. */
export function oidOf(value: DerValue | undefined): string | null {
  if (value?.tag !== tags.oid) return null;
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of value.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const first = arcs[0];
  if (first === undefined) return null;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...arcs.slice(1)].join('.');
}
