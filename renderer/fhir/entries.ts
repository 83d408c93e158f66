import { v5 } from 'uuid';
import { element, group, primitive, type Xml } from './xml';
import { meta } from './datatypes';

/** The resources inside one document, and how they refer to each other. */
export interface Entries {
  /** The id of the resource with this name in the document: UUID v5 of the name in the document's id. */
  readonly idOf: (name: string) => string;
  /** The reference to the resource of this type and name. */
  readonly referenceTo: (type: string, name: string) => string;
  /** The bundle's entry of a resource. */
  readonly entry: (type: string, name: string, profile: string, ...content: readonly (Xml | null)[]) => Xml;
}

/** Both are valid; KBV's instances use one or the other. */
export type ReferenceStyle = 'urn' | 'relative';

// A base that resolves nowhere (RFC 2606): the resources exist in this document only.
const base = 'http://ersatzschein.invalid/fhir';

/** Names and addresses the resources of the document with this id. */
export function entriesOf(documentId: string, style: ReferenceStyle): Entries {
  const ids = new Map<string, string>();
  const idOf = (name: string): string => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    const id = v5(name, documentId);
    ids.set(name, id);
    return id;
  };
  const urn = style === 'urn';
  return {
    idOf,
    referenceTo: (type, name) => (urn ? `urn:uuid:${idOf(name)}` : `${type}/${idOf(name)}`),
    entry: (type, name, profile, ...content) =>
      group(
        'entry',
        primitive('fullUrl', urn ? `urn:uuid:${idOf(name)}` : `${base}/${type}/${idOf(name)}`),
        group('resource', group(type, primitive('id', idOf(name)), meta(profile), ...content)),
      ),
  };
}

/** The whole document as bytes: UTF-8 without BOM. `timestamp` is an ISO instant and is written in UTC, to the second. */
export function documentBundle(
  profile: string,
  identity: { documentId: string; timestamp: string },
  entries: readonly Xml[],
  bundleId: string,
): Uint8Array {
  const timestamp = `${new Date(identity.timestamp).toISOString().slice(0, 19)}Z`;
  const bundle = element(
    'Bundle',
    { xmlns: 'http://hl7.org/fhir' },
    primitive('id', bundleId),
    meta(profile, timestamp),
    group(
      'identifier',
      primitive('system', 'urn:ietf:rfc:3986'),
      primitive('value', `urn:uuid:${identity.documentId}`),
    ),
    primitive('type', 'document'),
    primitive('timestamp', timestamp),
    ...entries,
  );
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${bundle}\n`);
}
