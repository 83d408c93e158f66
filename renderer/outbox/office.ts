import type { Host } from '../../electron/contract/host';
import type { Cancelling } from '../domain/cancellation-rules';
import type { CertificateContent, SlipCopy } from '../domain/certificate';
import type { Clock } from '../domain/clock';
import type { DiagnosisCatalogue } from '../domain/diagnosis-catalogue';
import type { Finding } from '../domain/finding';
import type { Outage, OutageScope } from '../domain/outage';
import type { CertificateRecord, StoredRecord } from '../domain/record';
import type { Actor } from '../domain/roles';
import type { Settings } from '../domain/settings';
import type { BarcodeDecoder } from '../form/barcode-check';
import type { FormFonts } from '../form/fonts';
import type { Paper } from '../form/pdf-file';
import type { SlipOrder } from '../form/slip-order';
import type { LagebildRow } from '../store/database';
import type { ErasureCertificate, ErasureRequest } from '../store/erasure';
import type { StorageFailure } from '../store/failures';
import type { Change } from '../store/records';
import type { Setup, Store } from '../store/store';
import type { CardDesk } from './card-desk';
import type { Exclusively } from './exclusively';
import type { ExportDesk } from './export-desk';
import type { FreshFactor } from './fresh-factor';
import type { EndOffer, Proposal } from './proposals';
import type { RestorationView } from './restoration';
import type { Importing, UnsentFile } from './importing';
import type { TrialResult } from './trial-run';
import type { Noticing } from './watching';

/** Why slips could not be drawn or printed: what happened, for the user, as a text key with values. Nothing counts as printed. */
export interface Obstacle {
  readonly kind: 'obstacle';
  /** Key in `renderer/texts`, section `obstacles`. */
  readonly what: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What became of a change: what the store says, or why it wasn't tried. */
export type OfficeChange = Change | Obstacle;

export type SlipDrawing = { readonly kind: 'drawn'; readonly pdf: Uint8Array; readonly pages: number } | Obstacle;
/**
 * What became of slips sent to a printer. `unseen`: the printing system took them and tells no more, so these copies are not noted; only a person
 * can say whether they came out, and then `notePrinted` notes them. Other copies of the same call may have been noted.
 */
export type Printing = { readonly kind: 'printed' | 'unseen'; readonly copies: readonly SlipCopy[] } | Obstacle;
/** The same for any other PDF. */
export type PdfPrinting = { readonly kind: 'printed' | 'unseen' } | Obstacle;

/** How things stand after a backup was put back. */
export interface RestoredHoldView {
  /** ISO instant. */
  readonly since: string;
  /** Signed then and now: they would go with the very same bytes, which insurers must accept twice. */
  readonly signed: number;
  /** Not signed in this state: if they were in the lost one, what goes now is another document under the same number. */
  readonly unsigned: number;
  /** Messages that belong to none of the certificates here. */
  readonly unmatched: number;
}

/** What came of erasing a patient. */
export type Erasing = ErasureCertificate | { readonly kind: 'owed' } | StorageFailure;

export type Issuing =
  | { readonly kind: 'issued'; readonly record: CertificateRecord }
  /** Rules refuse, or warnings still need the user's confirmation. The draft is as it was. */
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  /** A slip can't be drawn (a letter that no font has …). The draft is as it was. */
  | Obstacle
  | Exclude<Change, { kind: 'written' }>;

/** Which copies print now for this payer, and why. */
export interface CopyAdvice {
  readonly copies: readonly SlipCopy[];
  /** Outages that keep the certificate from going out now. */
  readonly outages: readonly Outage[];
  /** The rule that makes it paper only, if one does (texts `paperOnly.<rule>`). */
  readonly paperOnly: string | null;
}

/** What the outbox is doing, for the progress bar. */
export type OutboxProgress =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running';
      readonly step: 'signing' | 'sending' | 'collecting';
      readonly total: number;
      readonly done: number;
      readonly startedAt: string;
    };

/** Result of one record in the last submission, newest first. */
export interface RecordResult {
  readonly recordId: string;
  /** As it was then: whose it is can be shown before the store is asked. */
  readonly record: StoredRecord;
  readonly at: string;
  readonly outcome: 'signed' | 'handed-over' | 'failed' | 'unknown' | 'no-recipient' | 'held-back';
  readonly text: string;
}

export type SubmissionRun =
  | { readonly kind: 'done'; readonly handedOver: number; readonly failed: number; readonly heldBack: number }
  /** A failure that concerns every record (login refused, connector down): the rest was not tried. */
  | { readonly kind: 'stopped'; readonly obstacle: Obstacle; readonly handedOver: number }
  | { readonly kind: 'already-running' };

export type CollectionRun =
  | { readonly kind: 'done'; readonly answers: number; readonly unmatched: number }
  | { readonly kind: 'stopped'; readonly obstacle: Obstacle }
  | { readonly kind: 'already-running' };

/** What is owed and what a person must do today, computed from records, outages and the clock. */
export interface Agenda {
  /** Not yet delivered and not done: everything the practice still owes. */
  readonly owed: readonly StoredRecord[];
  /** Held back because an outage concerns the payer. */
  readonly heldBack: readonly StoredRecord[];
  /** Handed over, the receipt is awaited. */
  readonly awaitingReceipt: readonly StoredRecord[];
  /** Handed over more than 24 h ago, neither receipt nor error (P5-04). */
  readonly receiptOverdue: readonly StoredRecord[];
  /** Rejected by the insurer, or information 100: a person has to act. */
  readonly needsAction: readonly StoredRecord[];
  /** No KIM address found, signing or sending failed: the KK copy may have to be handed out or posted. */
  readonly setBack: readonly StoredRecord[];
  /** The KK copy must be posted by the end of today (end of the next working day after it was noticed). */
  readonly postToday: readonly StoredRecord[];
  /** Issued more than a working day ago and still unsent: the doctor is to be told (eau.md section 9). */
  readonly remindDoctor: readonly CertificateRecord[];
  /** Drafts left lying. */
  readonly drafts: readonly CertificateRecord[];
  /** Outages that have lasted another seven days since anyone was asked (P6-03). */
  readonly stillDown: readonly Outage[];
}

/**
 * The office: all that staff can do, in one place. Screens and the drill call these functions and nothing behind them. What the user at work
 * may not do by their role (`domain/roles.ts`) is refused with an obstacle.
 */
export interface Office extends CardDesk, ExportDesk {
  readonly store: Store;
  readonly host: Host;
  readonly clock: Clock;
  /** Who is at work. */
  readonly actor: () => Actor;

  /** Starts the built-in world and takes over its practice, insurers, patients and codes as the set-up's proposal. */
  proposeRehearsal(): Promise<Setup | Obstacle>;
  /** Saves the set-up and everything that depends on it (world's insurers and cards in rehearsal mode). */
  saveSetup(setup: Setup): Promise<{ readonly kind: 'saved' } | Obstacle>;
  /** Brings a stored set-up back to life at program start (in rehearsal mode: starts the world, takes its new ports) and marks attempts
   * that a crash left open as unknown. */
  wakeUp(): Promise<{ readonly kind: 'ready' } | { readonly kind: 'first-start' } | Obstacle>;

  /** A content with everything filled that can be known: practice, first practitioner, today's dates. */
  emptyContent(settings: Settings): CertificateContent;
  /** A new draft is stored at once. `corrects` names the certificate that it corrects and starts from its content. */
  startDraft(content: CertificateContent, options?: { corrects?: string }): Promise<OfficeChange>;
  saveDraft(id: string, content: CertificateContent, source: 'typed' | 'card'): Promise<OfficeChange>;
  discard(id: string, reason: string): Promise<OfficeChange>;
  /** All rules over the content, errors and warnings. */
  check(content: CertificateContent): readonly Finding[];
  catalogue(): DiagnosisCatalogue | null;
  /** After an import: takes the newest stored catalogue. */
  reloadCatalogue(): Promise<void>;
  adviseCopies(content: CertificateContent): Promise<CopyAdvice>;

  /** Takes over a document that the practice software left unsent (XML or .p7s); it is sent as it is, bytes unchanged. */
  importFile(file: UnsentFile): Promise<Importing>;

  /** Locks the content. `byHand`: filled in by hand during the outage, entered later, isn't printed again (eau.md section 9). */
  issue(id: string, options: { confirmed: readonly Finding[]; byHand: boolean }): Promise<Issuing>;
  /** Slips of drafts (preview) and of issued certificates, the same bytes for the same content. */
  drawSlips(record: CertificateRecord, copies: readonly SlipCopy[]): Promise<SlipDrawing>;
  /** Copies of several certificates in one PDF, ordered by practitioner, time or insurer. */
  drawBatch(ids: readonly string[], copies: readonly SlipCopy[], order: SlipOrder): Promise<SlipDrawing>;
  /** Forms to fill in by hand: empty, or with patient, practice and practitioner of the content. */
  drawForms(
    content: CertificateContent,
    fill: 'blank' | 'patient-and-practice',
    copies: readonly SlipCopy[],
  ): Promise<SlipDrawing>;
  /** The day's post (P6-05): a letter an insurer with its KK copies, and the list. Noting them as posted is `notePaper`. */
  drawPosting(ids: readonly string[]): Promise<SlipDrawing>;
  /** The letter to the insurer that names a withdrawn certificate and the one that takes its place, if one does. */
  drawCorrectionLetter(withdrawnId: string): Promise<SlipDrawing>;
  /** The log of an outage for the practice's files: a line for each certificate with its way and its proof; `withSteps`: every step as an annex. */
  drawOutageReport(outageId: string, options?: { readonly withSteps: boolean }): Promise<SlipDrawing>;
  /** Hands the slips to the printer (`null`: the one in the settings) and notes it in the events only if the printing system says that they are printed. */
  printSlips(id: string, copies: readonly SlipCopy[], printerId: string | null): Promise<Printing>;
  /** Hands the same copies of several certificates to the printer in one job; noted for all of them, or for none. */
  printBatch(
    ids: readonly string[],
    copies: readonly SlipCopy[],
    order: SlipOrder,
    printerId: string | null,
  ): Promise<Printing>;
  /** Hands any other PDF of the office's to the printer: forms, letters, reports. */
  printPdf(
    pdf: Uint8Array,
    job: { readonly paper: Paper; readonly jobName: string },
    printerId: string | null,
  ): Promise<PdfPrinting>;
  /** After printing in the browser's or system's own dialog, which tells nobody: the user says that it printed. */
  notePrinted(id: string, copies: readonly SlipCopy[], printer?: string): Promise<OfficeChange>;
  notePaper(id: string, paper: 'given' | 'posted'): Promise<OfficeChange>;

  declareOutage(scope: OutageScope, reason: string): Promise<Outage>;
  /**
   * Ends the outage and submits what was held back by it: first one certificate to each insurer, and more as the receipts come. What has to
   * wait goes on by itself (`keepGoing`).
   */
  endOutage(id: string): Promise<SubmissionRun>;
  /** The services weren't there after all: what is in flight ends, the outage goes on, and everything owed waits for its next end. */
  cancelRestoration(outageId: string): Promise<void>;
  /** How every insurer stands that isn't well or to whom something is owed. */
  restoration(): Promise<RestorationView>;
  /** Nothing goes to this insurer (`null`: to any) by itself until it is resumed; holds after a restart. */
  pauseRestoration(payerKey: string | null): Promise<void>;
  /** Takes a pause back and goes on. */
  resumeRestoration(payerKey: string | null): Promise<SubmissionRun>;
  /** «Still down?» was asked and answered yes (P6-03). */
  noteStillDown(id: string): Promise<void>;

  /** What the program has noticed by itself: outages that seem likely, and ends. Nothing is declared before the user says so. */
  noticing(): Promise<Noticing>;
  /** What gematik's TI-Lagebild said in the last 14 days, oldest first. */
  lagebildHistory(): Promise<LagebildRow[]>;
  /** Looks at the certificates of connector and cards now and not only once a day: after a card was changed, its warning is gone at once. */
  inspectCertificates(): Promise<void>;
  /** «Not now»: it comes again only when more speaks for it. */
  dismiss(what: Proposal | EndOffer): Promise<void>;
  /**
   * Looks at the TI-Lagebild and, in an outage, whether the components answer again, as far as the settings allow, until stopped. Silent on
   * failure. What it returns stops it.
   */
  keepWatch(onError?: (error: unknown) => void): () => Promise<void>;

  /** Whether sending rests since a backup was put back, and what may have been sent in the state that was lost; `null`: it doesn't. */
  restoredHold(): Promise<RestoredHoldView | null>;
  /** The doctor has decided: sending goes on, and what is owed goes out. */
  endRestoredHold(): Promise<SubmissionRun | Obstacle>;

  agenda(): Promise<Agenda>;
  /**
   * Signs and sends all that is owed and not held back; signing only while a doctor is at work, the rest waits for one. With ids: only these, also again (deliberate re-sending of the same bytes).
   * `practiceCardFor`: what has to be signed is signed with the practice's card (SMC-B) instead of the doctors' own, for this reason (P4-02).
   */
  submit(ids?: readonly string[], options?: { readonly practiceCardFor?: string }): Promise<SubmissionRun>;
  /** Stops what is being signed and sent. What is signed until then stays signed and goes out with the next submission. */
  stopSigning(): Promise<void>;
  /** Fetches answers and turns them into events. */
  collect(): Promise<CollectionRun>;
  /**
   * Looks into the mailbox and sends what is owed, every so many minutes, until stopped. A turn that fails is told of, and the next one
   * comes. What it returns stops it and resolves when the turn under way has ended.
   */
  keepGoing(onError?: (error: unknown) => void): () => Promise<void>;
  progress(): OutboxProgress;
  results(): readonly RecordResult[];
  /** Called whenever progress or results change. Returns how to stop. */
  onProgress(listener: () => void): () => void;
  /**
   * Tries all connections in the order in which a certificate meets them, up to a signed test message in the practice's own mailbox, with the card of the
   * practitioner with this id. Yields each step's result.
   */
  runTrial(practitionerId: string, signal: AbortSignal): AsyncGenerator<TrialResult>;
  /**
   * Asks a rejected or informed record's next step: sign again, re-create, or re-send, whatever the code says (P5-04). `practiceCardFor` as with `submit`:
   * where the step is to sign, it is done with the practice's card, for this reason (P4-02).
   */
  takeNextStep(id: string, options?: { readonly practiceCardFor?: string }): Promise<SubmissionRun | Obstacle>;
  /** Whether and until when a certificate may be cancelled, or which rule forbids it (texts `cancellationRules.<rule>`). */
  cancellation(id: string): Promise<Cancelling>;
  /** Records the cancellation of a certificate that was sent (P310-10 … 12): a record of its own, owed like any other. */
  cancel(id: string): Promise<OfficeChange | Extract<Cancelling, { kind: 'refused' }>>;
  /** Erases what is kept about a patient (by the id of their key), for good, once the retention is over. Refused while anything is owed. */
  erasePatient(keyId: string): Promise<Erasing | Obstacle>;
  /**
   * The same before the retention is over (GDPR article 17, or wrongly recorded): with a reason, and a second factor confirmed just now. Nothing owed can be
   * erased this way either.
   */
  eraseOnRequest(keyId: string, request: ErasureRequest): Promise<Erasing | Obstacle>;
}

/** What slips are drawn with: fonts and the barcode's decoder, loaded when first needed. */
export interface DrawingTools {
  readonly fonts: FormFonts;
  readonly decoder: BarcodeDecoder;
}

/** What the office works with; everything is handed in, so that the drill can hand in its own clock. */
export interface OfficeMeans {
  readonly store: Store;
  readonly host: Host;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Who is logged in, asked anew each time. */
  readonly actor: () => Actor;
  /** The second factor, for what leaves the program as a file; left out: nothing does. */
  readonly factor?: FreshFactor;
  readonly drawingTools: () => Promise<DrawingTools>;
  /** A share in [0, 1) for delays that should differ from practice to practice; random unless said otherwise. */
  readonly jitter?: () => number;
  /** Runs work that no second window may do at the same time; `null`: another one is at it. */
  readonly exclusively: Exclusively;
}
