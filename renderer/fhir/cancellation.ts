import { todayInBerlin } from '../domain/calendar';
import type { IssuableCertificate } from '../domain/issuable';
import { concept, reference } from './datatypes';
import { documentBundle, entriesOf } from './entries';
import { practiceEntry, practitionerEntry } from './people';
import { group, primitive } from './xml';

/**
 * The document that cancels a sent one (`KBV_PR_EAU_Storno_Bundle`, form `e013`, P310-10 to P310-12): UTF-8 without BOM. Its date is the German
 * day of `timestamp` (an ISO instant, stored, not taken anew); the same input gives the same bytes.
 */
export function buildCancellation(input: {
  /** The cancelled certificate: its issuer and practice cancel. */
  readonly certificate: IssuableCertificate;
  readonly cancelledDocumentId: string;
  readonly documentId: string;
  readonly timestamp: string;
}): Uint8Array {
  const { certificate, cancelledDocumentId } = input;
  const entries = entriesOf(input.documentId, 'relative');
  const composition = entries.entry(
    'Composition',
    'Composition',
    'KBV_PR_EAU_Storno_Composition',
    primitive('status', 'final'),
    concept('type', 'https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_KBV_FORMULAR_ART', 'e013'),
    primitive('date', todayInBerlin(new Date(input.timestamp))),
    group(
      'author',
      primitive('reference', entries.referenceTo('Practitioner', 'Issuer')),
      primitive('type', 'Practitioner'),
    ),
    primitive('title', 'Storno eAU'),
    reference('custodian', entries.referenceTo('Organization', 'Practice')),
    group('section', reference('entry', entries.referenceTo('List', 'Cancelled'))),
  );
  const cancelled = entries.entry(
    'List',
    'Cancelled',
    'KBV_PR_EAU_Storno',
    primitive('status', 'current'),
    primitive('mode', 'changes'),
    group(
      'entry',
      primitive('deleted', 'true'),
      group(
        'item',
        group(
          'identifier',
          primitive('system', 'urn:ietf:rfc:3986'),
          primitive('value', `urn:uuid:${cancelledDocumentId}`),
        ),
      ),
    ),
  );
  return documentBundle(
    'KBV_PR_EAU_Storno_Bundle',
    input,
    [
      composition,
      practitionerEntry('Issuer', certificate.issuer, entries),
      practiceEntry(certificate, entries),
      cancelled,
    ],
    entries.idOf('Bundle'),
  );
}
