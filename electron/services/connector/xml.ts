import { SaxesParser } from 'saxes';
import { Failed, failure } from '../failure';

/** An element of a parsed answer. */
export interface Element {
  readonly namespace: string;
  readonly name: string;
  /** By local name; the connector's schemas have no two attributes with the same one. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** The element's own text, without its children's. */
  readonly text: string;
}

interface OpenElement {
  namespace: string;
  name: string;
  attributes: Map<string, string>;
  children: Element[];
  text: string;
}

const deepest = 64;

/**
 * Parses an answer strictly: well-formed, with namespaces, no document type (so no entities of its own). Throws `Failed` (`protocol`) otherwise.
 */
export function parseXml(bytes: Buffer): Element {
  const text = decodeUtf8(bytes);
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [];
  const roots: Element[] = [];
  const refuse = (why: string): never => {
    throw new Failed(failure('protocol', `The connector's answer is not acceptable XML: ${why}`));
  };
  parser.on('error', (error) => refuse(error.message));
  parser.on('doctype', () => refuse('it has a document type'));
  parser.on('opentag', (tag) => {
    if (open.length >= deepest) refuse('it is nested too deep');
    const attributes = new Map(Object.values(tag.attributes).map((attribute) => [attribute.local, attribute.value]));
    open.push({ namespace: tag.uri, name: tag.local, attributes, children: [], text: '' });
  });
  const addText = (piece: string) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) roots.push(closed);
    else parent.children.push(closed);
  });
  parser.write(text).close();
  return roots[0] ?? refuse('it is empty');
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failed(failure('protocol', "The connector's answer is not UTF-8."));
  }
}

/** The children with this name, in this namespace. */
export function childrenOf(element: Element, namespace: string, name: string): Element[] {
  return element.children.filter((child) => child.name === name && child.namespace === namespace);
}

/** The only child with this name, `null` where there is none. */
export function childOf(element: Element, namespace: string, name: string): Element | null {
  return childrenOf(element, namespace, name)[0] ?? null;
}

/** The child with this name; throws `Failed` (`protocol`) where it is missing. */
export function requiredChild(element: Element, namespace: string, name: string): Element {
  const found = childOf(element, namespace, name);
  if (found === null) throw new Failed(failure('protocol', `The connector's answer lacks ${name} in ${element.name}.`));
  return found;
}

/** A child's trimmed text, `null` where there is none. */
export function childText(element: Element, namespace: string, name: string): string | null {
  const text = childOf(element, namespace, name)?.text.trim();
  return text === undefined || text === '' ? null : text;
}

/** Text for element content or a quoted attribute; characters XML doesn't know are refused by a `TypeError`. */
export function escapeXml(text: string): string {
  if (/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text))
    throw new TypeError('The text has characters that XML does not allow.');
  return text.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
