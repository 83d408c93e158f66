import { z } from 'zod';
import {
  addressSchema,
  certificateContentSchema,
  certificateDetailsSchema,
  practiceSchema,
  practitionerSchema,
  type CertificateContent,
} from './certificate';
import { checkCertificate, type RuleContext } from './check';
import { isIsoDay } from './day';
import { withoutMarks } from './diagnosis-catalogue';
import type { Finding } from './finding';

const day = z.string().refine(isIsoDay);
const qualified = practitionerSchema.extend({ qualification: z.string() });

const issuableSchema = certificateContentSchema
  .extend({
    certificate: certificateDetailsSchema.extend({
      issuedOn: day,
      unfitSince: day.nullable(),
      unfitUntil: day,
      assessedOn: day,
      diagnoses: certificateDetailsSchema.shape.diagnoses.min(1).max(6),
    }),
    issuer: qualified,
    responsible: qualified.nullable(),
    practice: practiceSchema.extend({
      phone: z.string(),
      address: addressSchema.extend({ street: z.string(), houseNumber: z.string(), city: z.string() }),
    }),
  })
  .brand<'issuable'>();

/**
 * A certificate's content that every rule allows: what is needed is there, what is empty is `null`, and codes have no marks. Only
 * `toIssuable` makes one, so the document and the slip can rely on it.
 */
export type IssuableCertificate = z.output<typeof issuableSchema>;

export type Issuing =
  | { readonly kind: 'issuable'; readonly certificate: IssuableCertificate; readonly warnings: readonly Finding[] }
  /** `findings` has all, the warnings too, in the order of the form. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/** Checks the content against every rule and, where none refuses, turns it into what may be issued. */
export function toIssuable(content: CertificateContent, context: RuleContext): Issuing {
  const findings = checkCertificate(content, context);
  if (findings.some((finding) => finding.severity === 'error')) return { kind: 'refused', findings };
  return { kind: 'issuable', certificate: issuableSchema.parse(tidied(content)), warnings: findings };
}

/** Empty texts become `null`, codes lose the catalogue's marks; everything else stays exactly as it was entered. */
function tidied(content: CertificateContent): unknown {
  const { certificate, issuer, responsible } = content;
  return {
    ...content,
    certificate: {
      ...withoutEmptyTexts(certificate),
      diagnoses: certificate.diagnoses.map((diagnosis) => ({ ...diagnosis, code: withoutMarks(diagnosis.code) })),
    },
    patient: { ...withoutEmptyTexts(content.patient), address: withoutEmptyTexts(content.patient.address) },
    coverage: withoutEmptyTexts(content.coverage),
    issuer: withoutEmptyTexts(issuer),
    responsible: responsible === null ? null : withoutEmptyTexts(responsible),
    practice: { ...withoutEmptyTexts(content.practice), address: withoutEmptyTexts(content.practice.address) },
  };
}

function withoutEmptyTexts(fields: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' && value.trim() === '' ? null : value,
    ]),
  );
}
