import type { BerReader } from 'ldapts';

/** Says whether an entry passes; attribute names are in small letters. */
export type EntryFilter = (attributes: ReadonlyMap<string, string>) => boolean;

/** RFC 4511 section 4.5.1.7: the choices of a filter. */
const choice = { and: 0xa0, or: 0xa1, not: 0xa2, equality: 0xa3, substrings: 0xa4, present: 0x87 } as const;
const part = { initial: 0x80, any: 0x81, final: 0x82 } as const;
/** Nobody looks for an insurer with more brackets than this. */
const depthLimit = 32;

/**
 * Reads a search filter, the choices that the directory's users need; any other passes nothing, as RFC 4511 wants it for what a server
 * doesn't know. (The LDAP library reads filters too, but takes the wrong bytes for «present».) Throws on a broken filter.
 */
export function readFilter(reader: BerReader, depth = 0): EntryFilter {
  if (depth > depthLimit) throw new Error('The filter is nested too deeply.');
  switch (reader.peek()) {
    case choice.and: {
      const members = readSet(reader, depth);
      return (entry) => members.every((member) => member(entry));
    }
    case choice.or: {
      const members = readSet(reader, depth);
      return (entry) => members.some((member) => member(entry));
    }
    case choice.not: {
      reader.readSequence();
      const member = readFilter(reader, depth + 1);
      return (entry) => !member(entry);
    }
    case choice.equality: {
      reader.readSequence();
      const attribute = readText(reader).toLowerCase();
      const value = readText(reader).toLowerCase();
      return (entry) => entry.get(attribute)?.toLowerCase() === value;
    }
    case choice.substrings:
      return readSubstrings(reader);
    case choice.present: {
      const attribute = (reader.readString(choice.present) ?? '').toLowerCase();
      return (entry) => entry.has(attribute);
    }
    default:
      reader.readSequence();
      reader.offset += reader.length;
      return () => false;
  }
}

function readSet(reader: BerReader, depth: number): EntryFilter[] {
  reader.readSequence();
  const end = reader.offset + reader.length;
  const members: EntryFilter[] = [];
  while (reader.offset < end) members.push(readFilter(reader, depth + 1));
  return members;
}

function readSubstrings(reader: BerReader): EntryFilter {
  reader.readSequence();
  const attribute = readText(reader).toLowerCase();
  reader.readSequence();
  const end = reader.offset + reader.length;
  const pieces: { readonly kind: number; readonly text: string }[] = [];
  while (reader.offset < end) {
    const kind = reader.peek() ?? part.any;
    pieces.push({ kind, text: (reader.readString(kind) ?? '').toLowerCase() });
  }
  return (entry) => {
    const value = entry.get(attribute)?.toLowerCase();
    if (value === undefined) return false;
    let from = 0;
    return pieces.every(({ kind, text }) => {
      if (kind === part.final) return value.length - text.length >= from && value.endsWith(text);
      const at = kind === part.initial ? (value.startsWith(text) ? 0 : -1) : value.indexOf(text, from);
      from = at + text.length;
      return at >= 0;
    });
  };
}

function readText(reader: BerReader): string {
  return reader.readString() ?? '';
}
