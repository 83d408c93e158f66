/**
 * Writes XML as strings. Small and strict: every value is escaped here and nowhere else, empty elements are left out, and a character that
 * XML 1.0 cannot carry is a bug (the rules refuse it before), so it throws.
 */

/** A piece of XML that this file made; `null` stands for «nothing here». */
export type Xml = string;

// Nearly every text: nothing to escape, nothing that XML lacks.
const plain = /^[ !#-%'-;=?-\ud7ff]*$/;
const special = /[&<>"\t\n\r]/g;
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as it may stand in an attribute. Throws on what XML 1.0 can't carry. */
export function escapeXml(text: string): string {
  if (plain.test(text)) return text;
  if (forbidden.test(text)) throw new Error('A text has a character that XML cannot carry.');
  return text.replace(special, (character) => escapes[character] ?? character);
}

/** `<name attribute="…">children</name>`. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Xml | null)[]
): Xml {
  let start = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) start += ` ${key}="${escapeXml(value)}"`;
  return `${start}>${joined(children)}</${name}>`;
}

function joined(pieces: readonly (Xml | null)[]): Xml {
  let text = '';
  for (const piece of pieces) if (piece !== null) text += piece;
  return text;
}

/** An element without attributes. */
export function group(name: string, ...children: readonly (Xml | null)[]): Xml {
  return `<${name}>${joined(children)}</${name}>`;
}

/** FHIR's primitive: `<name value="…"/>`, with extensions inside where there are any. */
export function primitive(name: string, value: string, ...extensions: readonly (Xml | null)[]): Xml {
  const inside = joined(extensions);
  const start = `<${name} value="${escapeXml(value)}"`;
  return inside === '' ? `${start}/>` : `${start}>${inside}</${name}>`;
}

/** `primitive`, or nothing where there is no value. */
export function optional(name: string, value: string | null): Xml | null {
  return value === null ? null : primitive(name, value);
}
