import { z } from 'zod';
import { base64 } from './call';
import { connectionsSchema } from './connections';
import { lagebildConnectionSchema } from './lagebild';

/** What the built-in world offers to rehearse with. All of it is made up. */

const rehearsalPersonSchema = z.object({
  family: z.string(),
  given: z.string(),
  title: z.string().nullable(),
  birthDate: z.string(),
  street: z.string(),
  houseNumber: z.string(),
  postalCode: z.string(),
  city: z.string(),
  payerIk: z.string(),
  insuredId: z.string(),
  status: z.enum(['1', '3', '5']),
});

export const rehearsalWorldSchema = z.object({
  /** How to reach the world's components: in the same words as real ones. */
  connections: connectionsSchema,
  /** The world's own TI-Lagebild: it follows the world's faults. */
  lagebild: lagebildConnectionSchema,
  practice: z.object({
    name: z.string(),
    bsnr: z.string(),
    street: z.string(),
    houseNumber: z.string(),
    postalCode: z.string(),
    city: z.string(),
    phone: z.string(),
  }),
  practitioner: z.object({
    family: z.string(),
    given: z.string(),
    title: z.string().nullable(),
    lanr: z.string(),
    qualification: z.string(),
  }),
  patients: z.array(rehearsalPersonSchema),
  payers: z.array(
    z.object({
      ik: z.string(),
      name: z.string(),
      provider: z.string(),
      address: z.object({ line: z.string(), postalCode: z.string(), city: z.string() }),
    }),
  ),
  /** The same insurers as the file that KBV publishes (SDKT XML): the program reads it as it reads the real one. */
  insurerFile: base64,
  /** A small labelled set of ICD-10-GM codes with the world's own titles. */
  diagnoses: z.array(z.object({ code: z.string(), title: z.string(), catalogue: z.string() })),
});

/** What is broken in the world. Everything off: all is well. */
export const faultsSchema = z.object({
  /** Nothing answers at all: connector, mail, directory. */
  everything: z.boolean(),
  connector: z.enum([
    'none',
    'down',
    'card-missing',
    /** Somebody pulls the card out while a stack is being signed: it is back for the next one. */
    'card-pulled',
    'pin-blocked',
    'bad-signature',
    'dies-mid-batch',
    /** The certificates on all cards end in 30 days. */
    'certificate-ends',
    /** The issuer has revoked the cards' certificates. */
    'certificate-revoked',
    /** The connector has no line to the issuers: it can't tell whether a certificate was revoked. */
    'no-revocation-check',
    /** A connector of an older generation: SignatureService 7.4, no comfort signature. */
    'signature-7.4',
  ]),
  smtp: z.enum([
    'none',
    'down',
    'refuse-temporary',
    'refuse-permanent',
    'no-encryption-certificate',
    'drop-after-data',
    'no-dsn',
  ]),
  pop3: z.enum(['none', 'down', 'stall']),
  directory: z.enum(['none', 'down', 'empty']),
  /** The TI-Lagebild itself: not reachable, not brought up to date, or not to be understood. */
  lagebild: z.enum(['none', 'down', 'stale', 'malformed']),
  /** Intake providers that are down: what is sent to their insurers is lost (`vanish`) or comes back (`bounce`). */
  providers: z.array(z.object({ provider: z.string(), mode: z.enum(['vanish', 'bounce']) })),
  /** Insurer errors to answer with, by document: the next documents to this IK get this code. */
  insurerErrors: z.array(z.object({ payerIk: z.string(), code: z.string(), count: z.number().int().positive() })),
});

export const noFaults: z.output<typeof faultsSchema> = {
  everything: false,
  connector: 'none',
  smtp: 'none',
  pop3: 'none',
  directory: 'none',
  lagebild: 'none',
  providers: [],
  insurerErrors: [],
};

/** One message as an insurer's server got it. */
export const receivedMessageSchema = z.object({
  position: z.number().int(),
  at: z.iso.datetime(),
  to: z.string(),
  payerIk: z.string(),
  envelopeId: z.string(),
  /** Raw, byte for byte. */
  raw: base64,
  /** From the signed document, `null` where it could not be taken apart. */
  documentId: z.string().nullable(),
  xmlSha256: z.string().nullable(),
  /** `accepted`, or the insurer error's code that was answered, or `lost` while the intake was down. */
  verdict: z.string(),
});

export type RehearsalWorld = z.output<typeof rehearsalWorldSchema>;
export type Faults = z.output<typeof faultsSchema>;
export type ReceivedMessage = z.output<typeof receivedMessageSchema>;
