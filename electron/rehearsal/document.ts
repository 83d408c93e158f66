import { child, children, parseXml, type XmlElement } from './xml';

/** What an insurer reads from a document's XML: just what its intake needs. */
export type ReadDocument =
  | { readonly kind: 'wrong-charset' }
  | { readonly kind: 'unreadable' }
  | {
      readonly kind: 'certificate';
      readonly uuid: string;
      readonly payerIk: string;
      /** Given and family name. */
      readonly patient: string;
    }
  | { readonly kind: 'cancellation'; readonly uuid: string; readonly cancelledUuid: string };

const fhir = 'http://hl7.org/fhir';
/** `urn:uuid:` and a UUID of version 5 (eau.md section 2). */
const identifier = /^urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;
const anyIdentifier = /^urn:uuid:([0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

/** Reads a document: UTF-8 without BOM, a Bundle of type `document` with its identifier, and what belongs to its kind. */
export function readDocument(xml: Uint8Array): ReadDocument {
  const source = decode(xml);
  if (source === null) return { kind: 'wrong-charset' };
  const bundle = parseXml(source);
  if (bundle?.uri !== fhir || bundle.local !== 'Bundle') return { kind: 'unreadable' };
  const identifiers = child(bundle, 'identifier');
  const uuid = identifier.exec(value(identifiers, 'value') ?? '')?.[1];
  if (uuid === undefined || value(identifiers, 'system') !== 'urn:ietf:rfc:3986') return { kind: 'unreadable' };
  if (value(bundle, 'type') !== 'document') return { kind: 'unreadable' };

  const profile = value(child(bundle, 'meta'), 'profile') ?? '';
  if (profile.endsWith('/KBV_PR_EAU_Bundle|1.2')) return readCertificate(bundle, uuid);
  if (profile.endsWith('/KBV_PR_EAU_Storno_Bundle|1.2')) return readCancellation(bundle, uuid);
  return { kind: 'unreadable' };
}

/** The text, `null` if it isn't UTF-8 without BOM or declares to be something else. */
function decode(xml: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(xml);
    const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
    return text.startsWith('\uFEFF') || (declared !== undefined && declared.toLowerCase() !== 'utf-8') ? null : text;
  } catch {
    // `fatal` makes the decoder throw on bytes that are no UTF-8.
    return null;
  }
}

function readCertificate(bundle: XmlElement, uuid: string): ReadDocument {
  const payor = child(child(resource(bundle, 'Coverage'), 'payor'), 'identifier');
  const payerIk = value(payor, 'value') ?? '';
  const name = child(resource(bundle, 'Patient'), 'name');
  if (!/^[0-9]{9}$/.test(payerIk) || name === undefined) return { kind: 'unreadable' };
  return {
    kind: 'certificate',
    uuid,
    payerIk,
    patient: `${value(name, 'given') ?? ''} ${value(name, 'family') ?? ''}`,
  };
}

function readCancellation(bundle: XmlElement, uuid: string): ReadDocument {
  const item = child(child(resource(bundle, 'List'), 'entry'), 'item');
  const cancelledUuid = anyIdentifier.exec(value(child(item, 'identifier'), 'value') ?? '')?.[1];
  return cancelledUuid === undefined ? { kind: 'unreadable' } : { kind: 'cancellation', uuid, cancelledUuid };
}

function resource(bundle: XmlElement, type: string): XmlElement | undefined {
  return children(bundle, 'entry')
    .map((entry) => child(child(entry, 'resource'), type))
    .find((found) => found !== undefined);
}

/** FHIR puts a primitive's value into the attribute `value` of its element. */
function value(parent: XmlElement | undefined, local: string): string | undefined {
  return child(parent, local)?.attributes.get('value');
}
