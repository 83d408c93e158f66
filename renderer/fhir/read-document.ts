import {
  childAt,
  childrenOf,
  fhirNamespace,
  readXml,
  uuidOf,
  valueAt,
  type UnreadableReason,
  type XmlElement,
} from './read-xml';

/** The facts that the program needs back out of a document. */
export interface DocumentFacts {
  readonly kind: 'document';
  readonly about: 'certificate' | 'cancellation';
  /** As the instance names it: `https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_Bundle|1.2`. */
  readonly profile: string;
  readonly documentId: string;
  /** ISO instant. */
  readonly timestamp: string;
  readonly issuedOn: string | null;
  /** `null` in a cancellation, which names neither insurer nor patient. */
  readonly payerIk: string | null;
  readonly payerName: string | null;
  readonly patient: { readonly family: string; readonly given: string; readonly birthDate: string | null } | null;
  readonly insuredId: string | null;
  /** Of a cancellation: the document it cancels. */
  readonly cancelledDocumentId: string | null;
}

export type DocumentReading = DocumentFacts | { readonly kind: 'unreadable'; readonly reason: UnreadableReason };

const maximumBytes = 20_000_000;

/** Reads an eAU or Storno document. Anything else (broken, hostile, of another kind, over 20 MB) is `unreadable`; never throws. */
export function readDocument(bytes: Uint8Array): DocumentReading {
  const reading = readXml(bytes, maximumBytes);
  if (reading.kind === 'unreadable') return reading;
  const { root } = reading;
  const profile = valueAt(root, 'meta', 'profile') ?? '';
  const about = kindOf(profile);
  const documentId = uuidOf(valueAt(root, 'identifier', 'value'));
  const timestamp = valueAt(root, 'timestamp');
  const isBundle = root.name === 'Bundle' && root.namespace === fhirNamespace;
  if (!isBundle || about === null || documentId === null || timestamp === null)
    return { kind: 'unreadable', reason: 'unexpected-content' };
  const resource = (type: string): XmlElement | null => resourceIn(root, type);
  return {
    kind: 'document',
    about,
    profile,
    documentId,
    timestamp,
    issuedOn: valueAt(resource('Composition'), 'date'),
    payerIk: valueAt(resource('Coverage'), 'payor', 'identifier', 'value'),
    payerName: valueAt(resource('Coverage'), 'payor', 'display'),
    patient: patientIn(resource('Patient')),
    insuredId: insuredIdIn(resource('Patient')),
    cancelledDocumentId: uuidOf(valueAt(resource('List'), 'entry', 'item', 'identifier', 'value')),
  };
}

function kindOf(profile: string): DocumentFacts['about'] | null {
  const match = /^https:\/\/fhir\.kbv\.de\/StructureDefinition\/KBV_PR_EAU_(Storno_)?Bundle\|/.exec(profile);
  if (match === null) return null;
  return match[1] === undefined ? 'certificate' : 'cancellation';
}

function resourceIn(bundle: XmlElement, type: string): XmlElement | null {
  const found = childrenOf(bundle, 'entry').map((entry) => childAt(entry, 'resource', type));
  return found.find((resource) => resource !== null) ?? null;
}

function patientIn(patient: XmlElement | null): DocumentFacts['patient'] {
  const [family, given] = [valueAt(patient, 'name', 'family'), valueAt(patient, 'name', 'given')];
  if (family === null || given === null) return null;
  return { family, given, birthDate: valueAt(patient, 'birthDate') };
}

function insuredIdIn(patient: XmlElement | null): string | null {
  const identifiers = childrenOf(patient, 'identifier');
  const own = identifiers.find((identifier) => valueAt(identifier, 'system') === 'http://fhir.de/sid/gkv/kvid-10');
  return valueAt(own ?? null, 'value');
}
