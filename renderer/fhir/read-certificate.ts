import { z } from 'zod';
import { certificateContentSchema, type CertificateContent } from '../domain/certificate';
import { readContent } from './read-content';
import { readDocument } from './read-document';
import { readXml } from './read-xml';

/** Larger than any eAU: KBV's instances have some 20 kB. Bytes. */
export const largestDocument = 5_000_000;

/** The one version of the profile that insurers accept; instances name it without its patch number. */
const currentProfile = 'https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_Bundle|1.2';

/** Why an eAU document of another program can't be taken over. */
export type UnusableReason =
  | 'too-large'
  | 'not-well-formed'
  | 'not-eau'
  | 'cancellation'
  | 'other-version'
  /** Something is not there without which it can't be sent or listed. */
  | 'incomplete';

/** A certificate as another program's document tells it. */
export type CertificateReading =
  | {
      readonly kind: 'certificate';
      readonly documentId: string;
      /** As it stands in the document; ISO instant, any time zone. */
      readonly timestamp: string;
      readonly content: CertificateContent;
    }
  | {
      readonly kind: 'unusable';
      readonly reason: UnusableReason;
      /** What is meant, technically: an element, a profile. */
      readonly detail: string;
    };

/**
 * What has to be there so that a document can be sent, listed and followed; whether it is right besides is the business of who made it, for its
 * bytes can't be changed any more.
 */
const neededSchema = certificateContentSchema.extend({
  certificate: certificateContentSchema.shape.certificate.extend({
    issuedOn: z.iso.date(),
    unfitUntil: z.iso.date(),
    assessedOn: z.iso.date(),
    unfitSince: z.iso.date().nullable(),
  }),
  coverage: certificateContentSchema.shape.coverage.extend({ payerIk: z.string().regex(/^\d{9}$/) }),
  patient: certificateContentSchema.shape.patient.extend({
    family: z.string().min(1),
    given: z.string().min(1),
    birthDate: z.string().min(4),
  }),
  issuer: certificateContentSchema.shape.issuer.extend({ family: z.string().min(1), given: z.string().min(1) }),
});

/** Reads an eAU document (`KBV_PR_EAU_Bundle` 1.2) of any program back into a certificate's content. Never throws. */
export function readCertificate(bytes: Uint8Array): CertificateReading {
  const xml = readXml(bytes, largestDocument);
  if (xml.kind === 'unreadable') {
    const reason = xml.reason === 'too-large' ? 'too-large' : 'not-well-formed';
    return { kind: 'unusable', reason, detail: xml.reason };
  }
  const document = readDocument(bytes);
  if (document.kind === 'unreadable') return { kind: 'unusable', reason: 'not-eau', detail: xml.root.name };
  const { documentId, timestamp, profile } = document;
  if (document.about === 'cancellation') return { kind: 'unusable', reason: 'cancellation', detail: profile };
  if (profile !== currentProfile) return { kind: 'unusable', reason: 'other-version', detail: profile };
  if (Number.isNaN(Date.parse(timestamp))) return { kind: 'unusable', reason: 'incomplete', detail: 'timestamp' };
  const content = neededSchema.safeParse(readContent(xml.root));
  if (!content.success) {
    const fields = content.error.issues.map(({ path }) => path.join('.'));
    return { kind: 'unusable', reason: 'incomplete', detail: [...new Set(fields)].join(', ') };
  }
  return { kind: 'certificate', documentId, timestamp, content: content.data };
}
