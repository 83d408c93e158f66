import { SaxesParser } from 'saxes';

/** An XML element, namespaces resolved. */
export interface XmlElement {
  readonly uri: string;
  readonly local: string;
  /** Attributes without a namespace, by name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** Character data directly inside. */
  text: string;
}

/** Reads XML into a tree; `null` where it is not well-formed, or brings a document type (which SOAP and FHIR forbid). */
export function parseXml(source: string): XmlElement | null {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  const found: { root: XmlElement | null; isBroken: boolean } = { root: null, isBroken: false };
  parser.on('error', () => {
    found.isBroken = true;
  });
  parser.on('doctype', () => {
    found.isBroken = true;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes)
      .filter((attribute) => attribute.uri === '')
      .map((attribute): [string, string] => [attribute.local, attribute.value]);
    const element: XmlElement = {
      uri: tag.uri,
      local: tag.local,
      attributes: new Map(attributes),
      children: [],
      text: '',
    };
    open.at(-1)?.children.push(element);
    found.root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(source).close();
  return found.isBroken ? null : found.root;
}

/** The first child of that name. */
export function child(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.local === local);
}

/** All children of that name. */
export function children(element: XmlElement, local: string): readonly XmlElement[] {
  return element.children.filter((candidate) => candidate.local === local);
}

/** Text for element content or an attribute's value. */
export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
