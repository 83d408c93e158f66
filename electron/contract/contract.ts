import { z } from 'zod';
import { archiveCalls } from './archive';
import { base64, call, failureSchema, resultOf } from './call';
import { connectionsSchema, connectorSchema, directorySchema, mailAccountSchema } from './connections';
import { lagebildConnectionSchema, lagebildSchema } from './lagebild';
import { faultsSchema, receivedMessageSchema, rehearsalWorldSchema } from './rehearsal';

/**
 * All that the page and the outside say to each other: group → call → argument, result. Both sides' typed functions are derived from it
 * (`host.ts` for the page, `serve.ts` for the hosts); nobody types a channel name.
 */

const nothing = z.object({});

/** A mail as the page wants it sent; the host composes and submits it, it doesn't look inside. */
export const outgoingMailSchema = z.object({
  to: z.string(),
  subject: z.string(),
  /** Complete, with angle brackets. */
  messageId: z.string(),
  /** ISO instant. */
  date: z.iso.datetime(),
  /** Further header fields, in order. */
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string(),
  attachment: z.object({ name: z.string(), description: z.string(), content: base64 }),
  /** ENVID of the delivery receipt (RFC 3461): the document's id, ASCII. */
  envelopeId: z.string(),
});

/** What became of a submission. `unknown`: the bytes may or may not have arrived, so exactly the same ones go again. */
export const submissionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), response: z.string() }),
  /** The server said no to this message: 4xx is temporary, 5xx is not. */
  z.object({ kind: z.literal('refused'), temporary: z.boolean(), code: z.string(), text: z.string() }),
  /** Nothing left: no connection, no login, no DSN. */
  z.object({ kind: z.literal('not-sent'), failure: failureSchema }),
  z.object({ kind: z.literal('unknown'), text: z.string() }),
]);

export const collectedMailSchema = z.object({
  /** The server's unique id (UIDL). */
  uid: z.string(),
  /** The header block as it came. */
  header: base64,
  /** The whole message, byte for byte; `null` for mail of other services, which is left alone. */
  raw: base64.nullable(),
});

/** Which card signs: the doctor's own, or the practice's on the user's explicit choice. */
export const cardChoiceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('HBA'),
    /** Names as on the certificate; `number` is LANR or ZANR, if there is one. */
    holder: z.object({
      family: z.string(),
      given: z.string(),
      title: z.string().nullable(),
      number: z.string().nullable(),
    }),
  }),
  z.object({ kind: z.literal('SMC-B') }),
]);

/** Who signed, by the certificate in the signature. */
const signerSchema = z.object({
  commonName: z.string(),
  serialNumber: z.string().nullable(),
  /** From the certificate's admission (HBA: the doctor's; SMC-B: the practice's), where it has one. */
  telematikId: z.string().nullable(),
  notAfter: z.iso.datetime(),
});

/**
 * So many documents are in one message at most, either way: writing or reading more in one go would keep the screen from answering. A document is some
 * twenty kilobytes, signed or not; what a card signs after one PIN entry is 250 of them.
 */
export const documentsAtOnce = 20;

/** A batch of documents that is larger than one message, by an id that the page makes. */
const batchId = z.string().regex(/^[0-9a-zA-Z-]{1,64}$/);
const someDocuments = z
  .array(z.object({ name: z.string(), content: base64 }))
  .min(1)
  .max(documentsAtOnce);

export const signatureOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('signed'),
    /** CAdES enveloping, DER; already verified: content equal to what was handed over, signature and chain valid. */
    signature: base64,
    signer: signerSchema,
  }),
  z.object({ kind: z.literal('failed'), failure: failureSchema }),
]);

const someOutcomes = z.array(z.object({ name: z.string(), outcome: signatureOutcomeSchema })).max(documentsAtOnce);

/** What the connector says of a certificate: `unknown` where it can't tell now (no line to the issuer), `invalid` for any reason but revocation. */
export const standingSchema = z.enum(['valid', 'revoked', 'invalid', 'unknown']);

/** How the certificate of the connector, a terminal or a card stands. */
export const certificateStateSchema = z.object({
  of: z.enum(['connector', 'terminal', 'doctor', 'practice']),
  /** As the connector names it; empty where it doesn't. */
  holder: z.string(),
  notAfter: z.iso.datetime().nullable(),
  /** Of the certificates that sign only; `unknown` for the others. */
  standing: standingSchema,
});

/** A card in one of the practice's terminals, and whether it can sign. */
export const cardSchema = z.object({
  type: z.string(),
  holder: z.string(),
  iccsn: z.string(),
  certificateNotAfter: z.iso.datetime().nullable(),
  /** What the connector says of the certificate that signs; `null`: no card that signs, or the certificate can't be read. */
  standing: standingSchema.nullable(),
  /** The PIN that guards signing: entered, to be entered, blocked after wrong entries, not set yet; `null`: no card that signs, or not told. */
  pin: z.enum(['verified', 'verifiable', 'blocked', 'unset']).nullable(),
  /** Comfort signature (Komfortsignatur) of a doctor's card: one PIN for many batches; `null`: not for this card or this connector. */
  comfort: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('off') }),
      /** `remaining`: signatures left; `seconds`: how long it lasts still. */
      z.object({ kind: z.literal('on'), remaining: z.number().int(), seconds: z.number() }),
      /** The connector's administrator has not allowed it. */
      z.object({ kind: z.literal('disabled') }),
    ])
    .nullable(),
});

export const componentCheckSchema = resultOf(
  z.object({ description: z.string(), certificateNotAfter: z.iso.datetime().nullable() }),
);

export const contract = {
  host: {
    /** Which host this is. */
    describe: call(
      nothing,
      z.object({
        kind: z.enum(['electron', 'loopback']),
        version: z.string(),
        platform: z.string(),
      }),
    ),
    /** Tells the host how many certificates are in flight, so that closing the window asks first. */
    setInFlight: call(z.object({ count: z.number().int().nonnegative() }), nothing),
    /** Answers when the machine falls asleep or its screen is locked (`paused`); at once with `none` where the host can't know. */
    awaitPause: call(nothing, z.object({ kind: z.enum(['paused', 'none']) })),
  },
  /** The operating system's keyring: what it protects opens only on this machine, for this user of it. `unsupported` where there is none. */
  keyring: {
    protect: call(z.object({ secret: base64 }), resultOf(z.object({ kept: base64 }))),
    open: call(z.object({ kept: base64 }), resultOf(z.object({ secret: base64 }))),
  },
  mail: {
    submit: call(z.object({ account: mailAccountSchema, mail: outgoingMailSchema }), submissionSchema),
    /** Fetches what is new and ours: headers first (TOP), the message only if it answers one of ours. Deletes nothing. */
    collect: call(
      z.object({
        account: mailAccountSchema,
        knownUids: z.array(z.string()),
        limit: z.number().int().positive(),
        /** Known messages; the header of the first that is still there comes back, so that a mailbox made anew with the same ids is noticed. */
        witnessUids: z.array(z.string()).default([]),
      }),
      resultOf(
        z.object({
          messages: z.array(collectedMailSchema),
          more: z.boolean(),
          witness: z.object({ uid: z.string(), header: base64 }).nullable().default(null),
        }),
      ),
    ),
    checkSubmission: call(z.object({ account: mailAccountSchema }), componentCheckSchema),
    checkMailbox: call(z.object({ account: mailAccountSchema }), componentCheckSchema),
  },
  connector: {
    /** Hands over documents of a batch that is larger than one message. They wait until the call to sign that names the batch. */
    handOver: call(z.object({ batch: batchId, documents: someDocuments }), nothing),
    /**
     * Signs each document by itself with one card; a PIN is asked for at the card terminal once. With a `batch`, what was handed over under that id goes
     * first. Answers with the first outcomes in the order given; `outcomes` has the others.
     */
    sign: call(
      z.object({
        connection: connectorSchema,
        card: cardChoiceSchema,
        batch: batchId.nullable().default(null),
        documents: someDocuments,
      }),
      resultOf(someOutcomes),
    ),
    /** The next outcomes of a batch that was signed, each given once; empty: that was all. */
    outcomes: call(z.object({ batch: batchId }), someOutcomes),
    /** Stops what is being signed: the connector is told, what it has signed until then is still returned, the rest is `cancelled`. */
    stopSigning: call(nothing, nothing),
    /**
     * Takes a signed document of another program apart: CAdES enveloping, DER, verified like our own (`not-verified` else) against the connection's authorities
     * for cards. Nothing is asked of the connector.
     */
    openSigned: call(
      z.object({ connection: connectorSchema, signed: base64 }),
      resultOf(z.object({ content: base64, signer: signerSchema })),
    ),
    cards: call(z.object({ connection: connectorSchema }), resultOf(z.array(cardSchema))),
    /** Until when the certificates of the connector, its terminals and the cards that sign are valid, and whether those that sign were revoked. */
    certificates: call(z.object({ connection: connectorSchema }), resultOf(z.array(certificateStateSchema))),
    /** Asks for the practice card's PIN at the card terminal, by the card's ICCSN. */
    unlock: call(z.object({ connection: connectorSchema, iccsn: z.string() }), resultOf(nothing)),
    /** Comfort signature: the doctor enters the PIN once, then what is signed needs none until it ends or is ended. */
    startComfort: call(z.object({ connection: connectorSchema, iccsn: z.string() }), resultOf(nothing)),
    endComfort: call(z.object({ connection: connectorSchema, iccsn: z.string() }), resultOf(nothing)),
    check: call(z.object({ connection: connectorSchema }), componentCheckSchema),
  },
  directory: {
    /** KIM addresses of an insurer's intake: `domainID` = IK, `entryType` = 5, in the order of the IKs given. */
    find: call(
      z.object({ connection: directorySchema, payerIks: z.array(z.string()).min(1) }),
      resultOf(z.array(z.object({ payerIk: z.string(), address: z.string() }))),
    ),
    check: call(z.object({ connection: directorySchema }), componentCheckSchema),
  },
  lagebild: {
    /** One look at gematik's TI-Lagebild. Whether it is fresh enough to count is the page's to judge. */
    read: call(z.object({ connection: lagebildConnectionSchema }), resultOf(lagebildSchema)),
  },
  printing: {
    /** The system's printers with their trays (none where it tells of none), and the folder printer. */
    printers: call(
      nothing,
      z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          isDefault: z.boolean(),
          trays: z.array(z.object({ id: z.string(), name: z.string() })),
        }),
      ),
    ),
    /**
     * Resolves with the job's id when the printing system says that it is `done` (or the file is in the folder). Not done: the system took the bytes and
     * tells no more (Windows' spooler, a CUPS without `ipptool`); only a person can say whether the sheets came out. Failures have a code of `printerTroubles`.
     */
    print: call(
      z.object({
        printerId: z.string(),
        tray: z.string().nullable().default(null),
        /** The sheets' size: a printer whose usual paper is another would else put the slip in its middle, or scale it. */
        paper: z.enum(['A5', 'A4']),
        jobName: z.string(),
        pdf: base64,
      }),
      resultOf(z.object({ jobId: z.string(), done: z.boolean() })),
    ),
  },
  /** The journal, the patients' keys, the vault's header and the backups on the host's disk: those of the rehearsal. */
  archive: archiveCalls,
  /** The same of the practice's own vault, in folders of its own: nothing of one gets into the other. */
  liveArchive: archiveCalls,
  rehearsal: {
    /** Starts the built-in world, or tells of the one that runs. */
    start: call(nothing, rehearsalWorldSchema),
    /** Puts a card for each of these people into the world's card terminal. */
    insertCards: call(
      z.object({
        holders: z.array(
          z.object({
            family: z.string(),
            given: z.string(),
            title: z.string().nullable(),
            number: z.string().nullable(),
          }),
        ),
      }),
      nothing,
    ),
    /** Answers for these IKs as well: gives each an insurer of the world, behind the provider named. */
    addPayers: call(
      z.object({ payers: z.array(z.object({ ik: z.string(), name: z.string(), provider: z.string() })) }),
      nothing,
    ),
    setFaults: call(faultsSchema, nothing),
    /** What the world's insurers have got so far, from this position on. */
    received: call(z.object({ from: z.number().int().nonnegative() }), z.array(receivedMessageSchema)),
  },
} as const;

export type Contract = typeof contract;
export { connectionsSchema };
export type OutgoingMail = z.output<typeof outgoingMailSchema>;
export type Submission = z.output<typeof submissionSchema>;
export type CollectedMail = z.output<typeof collectedMailSchema>;
export type Card = z.output<typeof cardSchema>;
export type Standing = z.output<typeof standingSchema>;
export type CertificateState = z.output<typeof certificateStateSchema>;
export type CardChoice = z.output<typeof cardChoiceSchema>;
export type SignatureOutcome = z.output<typeof signatureOutcomeSchema>;
export type ComponentCheck = z.output<typeof componentCheckSchema>;
