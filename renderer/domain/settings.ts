import { z } from 'zod';
import { paperPolicySchema, usualPaperPolicy } from './paper-policy';
import { practiceSchema, practitionerSchema } from './certificate';

/** The sixteen federal states, for public holidays. */
export const federalStates = [
  'BW',
  'BY',
  'BE',
  'BB',
  'HB',
  'HH',
  'HE',
  'MV',
  'NI',
  'NW',
  'RP',
  'SL',
  'SN',
  'ST',
  'SH',
  'TH',
] as const;
export type FederalState = (typeof federalStates)[number];

const copyPrinterSchema = z.object({ printerId: z.string(), tray: z.string().nullable() }).nullable();

/** Where gematik serves its TI-Lagebild to everybody. */
export const gematikLagebild = 'https://ti-lage.prod.ccs.gematik.solutions/lageapi';

/** How the program notices outages and their end by itself, and how it tells. Nothing is ever declared without the user. */
const noticingSchema = z.object({
  /** In an outage, ask now and then whether connector, KIM and directory are back (P6-03). */
  probes: z.boolean(),
  /** Read gematik's TI-Lagebild: only where the practice said so. */
  lagebild: z.boolean(),
  /** Its base address. In rehearsal the world's own takes its place. */
  lagebildBase: z.url({ protocol: /^https$/ }),
  /** Show what is to be done today as a desktop notification. */
  notify: z.boolean(),
});
export type NoticingSettings = z.output<typeof noticingSchema>;
export const usualNoticing: NoticingSettings = {
  probes: true,
  lagebild: false,
  lagebildBase: gematikLagebild,
  notify: false,
};

/** The practice's settings, except how to reach the components outside (the contract's words, kept beside these). */
export const settingsSchema = z.object({
  /** `rehearsal`: the built-in world; every document is a test document (prefix T). */
  mode: z.enum(['rehearsal', 'live']),
  language: z.enum(['de', 'en']),
  practice: practiceSchema,
  practitioners: z.array(practitionerSchema.extend({ id: z.string() })).min(1),
  federalState: z.enum(federalStates),
  /** Saturday counts as a working day for posting, retries and reminders (the earlier, safer reading). */
  saturdayCounts: z.boolean(),
  /** Whether what was given on paper in an outage is sent afterwards too. */
  paperPolicy: paperPolicySchema.default(usualPaperPolicy),
  /** The Prüfnummer in the document and on the slip. */
  softwareId: z.string(),
  paper: z.enum(['A5', 'A4']),
  /** Copies that print without an outage; in one, KK prints too (P6-05). */
  copies: z.array(z.enum(['KK', 'AG', 'V'])),
  printerId: z.string().nullable(),
  /** Copies that print elsewhere, such as KK on the other tray's paper; `null`: on `printerId`. */
  copyPrinters: z
    .object({ KK: copyPrinterSchema, AG: copyPrinterSchema, V: copyPrinterSchema })
    .default({ KK: null, AG: null, V: null }),
  /** Minutes between two looks into the mailbox; at most 10 by default (P5-04). */
  pollMinutes: z.number().min(0.05).max(60),
  /** After so many minutes without a key or a mouse the screens are locked; the outbox goes on. */
  lockMinutes: z.number().int().min(1).max(60).default(10),
  /** So many years after the last that happened, a patient's certificates are proposed for erasing. */
  retentionYears: z.number().int().min(1).max(30).default(10),
  /** Matched status messages are filtered out of the inbox view (P5-04). */
  hideMatchedAnswers: z.boolean(),
  noticing: noticingSchema.default(usualNoticing),
});

export type Settings = z.output<typeof settingsSchema>;
export type PractitionerSetting = Settings['practitioners'][number];
