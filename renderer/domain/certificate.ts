import { z } from 'zod';

/**
 * The content of a certificate as staff enter it: what the slip shows and the document says.
 *
 * The same shape serves the draft, the stored record and the cases of the certification package. Fields the user may leave empty are
 * `null`; formats, lengths and combinations are the rules' business (`rules/`), not the type's, so that half-entered content
 * is kept and explained instead of refused.
 */

/** ISO day (`YYYY-MM-DD`) in German local time. */
export type IsoDay = string;

/** The four kinds of certificate (`KBV_CS_EAU_AU_Type`). */
export const certificateKinds = ['ERST', 'FOLGE', 'ERST_END', 'FOLGE_END'] as const;
/** Payer types. GKV, BG, SKT and UK are sent; PKV and SEL (pays for themself) are paper only. */
export const payerTypes = ['GKV', 'BG', 'SKT', 'UK', 'PKV', 'SEL'] as const;
/** Issuer types: 00 doctor, 01 dentist, 03 doctor in training, 04 doctor as locum. */
export const issuerTypes = ['00', '01', '03', '04'] as const;
export const certainties = ['G', 'V', 'Z', 'A'] as const;
export const sides = ['R', 'L', 'B'] as const;
export const legalBases = ['00', '01', '04', '10', '11', '14'] as const;
export const insuredStatuses = ['1', '3', '5'] as const;

const text = z.string().nullable();

export const addressSchema = z.object({
  street: text,
  houseNumber: text,
  extra: text,
  poBox: text,
  postalCode: text,
  city: text,
  country: text,
});

export const personNameSchema = z.object({
  family: z.string(),
  given: z.string(),
  title: text,
  /** Namenszusatz, such as «Graf». */
  affix: text,
  /** Vorsatzwort, such as «von». */
  prefix: text,
});

export const diagnosisSchema = z.object({
  code: z.string(),
  certainty: z.enum(certainties).nullable(),
  side: z.enum(sides).nullable(),
  /** The catalogue's year, filled by the program: the document's version. */
  catalogue: z.string(),
});

export const practitionerSchema = personNameSchema.extend({
  type: z.enum(issuerTypes),
  lanr: text,
  zanr: text,
  telematikId: text,
  asvGroup: text,
  asvTeam: text,
  qualification: text,
});

export const practiceSchema = z.object({
  bsnr: text,
  ik: text,
  kzv: text,
  site: text,
  telematikId: text,
  name: z.string(),
  phone: text,
  fax: text,
  email: text,
  address: addressSchema,
});

export const patientSchema = personNameSchema.extend({
  /** YYYY, YYYY-MM or YYYY-MM-DD. */
  birthDate: z.string(),
  /** Only to check codes that the catalogue has for one sex; neither the document nor the slip carries it. */
  sex: z.enum(['male', 'female']).nullable().optional(),
  address: addressSchema,
});

export const coverageSchema = z.object({
  payerType: z.enum(payerTypes),
  /** The insurer that gets the document, 9 digits. */
  payerIk: text,
  payerName: text,
  /** The accident insurer's own IK on BG and UK. */
  billingIk: text,
  insuredId: text,
  /** SKT only. */
  kvkNumber: text,
  status: z.enum(insuredStatuses).nullable(),
  specialGroup: text,
  dmp: text,
  wop: text,
  ends: text,
  legalBasis: z.enum(legalBases).nullable(),
  /** Insured abroad (EHIC, bilateral agreements): paper only. */
  insuredAbroad: z.boolean().default(false),
});

export const certificateDetailsSchema = z.object({
  kind: z.enum(certificateKinds),
  issuedOn: text,
  unfitSince: text,
  unfitUntil: text,
  assessedOn: text,
  workAccident: z.boolean(),
  otherAccident: z.boolean(),
  /** Soziales Entschädigungsrecht (SER). */
  compensation: z.boolean(),
  /** Assigned to the Durchgangsarzt. */
  accidentDoctor: z.boolean(),
  seventhWeek: z.boolean(),
  rehab: z.boolean(),
  reintegration: z.boolean(),
  otherMeasures: text,
  diagnoses: z.array(diagnosisSchema),
  diagnosisText: text,
});

export const certificateContentSchema = z.object({
  certificate: certificateDetailsSchema,
  patient: patientSchema,
  coverage: coverageSchema,
  issuer: practitionerSchema,
  /** `null`: the issuer is responsible. */
  responsible: practitionerSchema.nullable(),
  practice: practiceSchema,
  /** The Prüfnummer in the document and on the slip. */
  softwareId: z.string(),
});

export type Address = z.output<typeof addressSchema>;
export type PersonName = z.output<typeof personNameSchema>;
export type Diagnosis = z.output<typeof diagnosisSchema>;
export type Practitioner = z.output<typeof practitionerSchema>;
export type Practice = z.output<typeof practiceSchema>;
export type Patient = z.output<typeof patientSchema>;
export type Coverage = z.output<typeof coverageSchema>;
export type CertificateDetails = z.output<typeof certificateDetailsSchema>;
export type CertificateContent = z.output<typeof certificateContentSchema>;
export type CertificateKind = (typeof certificateKinds)[number];
export type PayerType = (typeof payerTypes)[number];
/** The three paper copies: for the insurer (KK), the employer (AG), the insured (V). */
export type SlipCopy = 'KK' | 'AG' | 'V';
