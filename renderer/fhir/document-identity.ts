import { v5 } from 'uuid';

/**
 * The id of a record's n-th document: UUID v5 (RFC 4122, P310-14) of `<record id>/<n>` in the installation's namespace, so that making a
 * document twice gives the same id. Throws when the namespace is no UUID.
 */
export function documentIdOf(namespace: string, recordId: string, number: number): string {
  return v5(`${recordId}/${number}`, namespace);
}

/**
 * A document's file name without extension, which is also its mail's subject (P310-03, P310-10): `EEAU0_<id>`, `EEAU0_Storno_<id>`; a `T`
 * instead of the leading `E` in test mode, and only there.
 */
export function fileNameOf(
  documentId: string,
  document: { kind: 'certificate' | 'cancellation'; test: boolean },
): string {
  const start = document.test ? 'TEAU0_' : 'EEAU0_';
  return `${start}${document.kind === 'cancellation' ? 'Storno_' : ''}${documentId}`;
}
