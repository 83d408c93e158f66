import { SaxesParser } from 'saxes';

/**
 * Reads XML that came from outside. No document type and so no entities, UTF-8 only, bounded in size, depth and number of elements: hostile
 * input costs a moment and gets an answer, it never throws.
 */

export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

/** Why bytes could not be read, for the log and the «details». */
export type UnreadableReason =
  'too-large' | 'not-utf8' | 'not-well-formed' | 'document-type' | 'too-deep' | 'unexpected-content';

export type XmlReading =
  | { readonly kind: 'element'; readonly root: XmlElement }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason };

const maximumDepth = 60;
const maximumElements = 200_000;

class Refusal extends Error {
  constructor(readonly reason: UnreadableReason) {
    super(reason);
  }
}

interface OpenElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: OpenElement[];
}

/** Takes XML apart; text between elements is left out, FHIR has none. */
export function readXml(bytes: Uint8Array, maximumBytes: number): XmlReading {
  if (bytes.byteLength > maximumBytes) return { kind: 'unreadable', reason: 'too-large' };
  try {
    return { kind: 'element', root: parse(decode(bytes)) };
  } catch (thrown) {
    if (thrown instanceof Refusal) return { kind: 'unreadable', reason: thrown.reason };
    throw thrown;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('not-utf8');
  }
}

function parse(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: OpenElement[] = [];
  const found: { root: OpenElement | null; count: number } = { root: null, count: 0 };
  parser.on('doctype', () => {
    throw new Refusal('document-type');
  });
  parser.on('error', () => {
    throw new Refusal('not-well-formed');
  });
  parser.on('opentag', (tag) => {
    found.count += 1;
    if (open.length >= maximumDepth || found.count > maximumElements) throw new Refusal('too-deep');
    const attributes = new Map(Object.entries(tag.attributes).map(([name, attribute]) => [name, attribute.value]));
    const element: OpenElement = { name: tag.local, namespace: tag.uri, attributes, children: [] };
    open.at(-1)?.children.push(element);
    found.root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  if (found.root === null) throw new Refusal('not-well-formed');
  return found.root;
}

/** The first element at the end of a path of child names, or `null`. */
export function childAt(element: XmlElement | null, ...path: readonly string[]): XmlElement | null {
  let current = element;
  for (const name of path) current = current?.children.find((child) => child.name === name) ?? null;
  return current;
}

/** All children of this name. */
export function childrenOf(element: XmlElement | null, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

/** The `value` attribute at the end of a path of child names; `null` where there is none or it is empty. */
export function valueAt(element: XmlElement | null, ...path: readonly string[]): string | null {
  const value = childAt(element, ...path)?.attributes.get('value');
  return value === undefined || value === '' ? null : value;
}

/** A UUID out of `urn:uuid:…`, in small letters; `null` for anything else. */
export function uuidOf(urn: string | null): string | null {
  const match = /^urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(urn ?? '');
  return match?.[1]?.toLowerCase() ?? null;
}

export const fhirNamespace = 'http://hl7.org/fhir';
