import type { EventDetail, RecordEvent } from './event';
import type { SlipCopy } from './certificate';

/** A document as it was signed: which bytes are owed or were sent. */
export interface SignedDocument {
  readonly documentId: string;
  /** 1 for the first document of the record, n+1 after insurer errors 100–105. */
  readonly number: number;
  readonly xmlSha256: string;
  readonly signedSha256: string;
  readonly signedAt: string;
}

/** One attempt to hand a document over to the mail server. */
export interface Attempt {
  readonly attemptId: string;
  readonly documentId: string;
  readonly at: string;
  readonly payerIk: string;
  readonly address: string;
  readonly messageId: string;
}

/** Why the last step did not succeed; kept with code and text, so that no failure is without a reason later. */
export interface Setback {
  readonly kind: 'signing-failed' | 'no-recipient' | 'attempt-failed' | 'delivery-failed' | 'kim-error';
  readonly at: string;
  readonly code: string;
  readonly text: string;
  /** Whether the same thing may succeed later without a person doing anything. */
  readonly temporary: boolean;
}

type InsurerError = Extract<EventDetail, { type: 'rejected' }>['error'];

/** How far a certificate's cancellation has come: it counts only once the insurer has got it, and as long as no error came. */
export type CancellationProgress = 'requested' | 'handed-over' | 'effective';

/** The insurer rejected a certificate's cancellation: the certificate is not cancelled. */
export interface RefusedCancellation {
  readonly cancellationId: string;
  readonly at: string;
  readonly code: string;
  readonly display: string;
}

/** Where a record stands on its way, with what belongs to that stage. */
export type Stage =
  | StandingStage
  | {
      readonly stage: 'cancelled';
      readonly cancellationId: string;
      readonly progress: CancellationProgress;
      /**
       * Where the certificate stands apart from its cancellation, for answers to it still come, and where it stands again if the insurer rejects the
       * cancellation. `null` in rows written before it was kept; read from the events before anything is added.
       */
      readonly before: Standing | null;
    };

/** A stage with the instant at which it was reached. */
export type Standing = StandingStage & { readonly since: string };

/** Every stage but `cancelled`. */
export type StandingStage =
  | { readonly stage: 'recorded' }
  | { readonly stage: 'issued' }
  | { readonly stage: 'signed'; readonly document: SignedDocument }
  | { readonly stage: 'attempting'; readonly document: SignedDocument; readonly attempt: Attempt }
  /** An attempt got no answer: the same bytes go again. */
  | { readonly stage: 'unknown'; readonly document: SignedDocument; readonly attempt: Attempt }
  | { readonly stage: 'handed-over'; readonly document: SignedDocument; readonly attempt: Attempt }
  | { readonly stage: 'delivered'; readonly document: SignedDocument; readonly deliveredAt: string }
  | { readonly stage: 'closed'; readonly document: SignedDocument; readonly deliveredAt: string }
  | {
      readonly stage: 'rejected';
      readonly document: SignedDocument;
      readonly error: InsurerError;
      readonly malware: boolean;
    }
  | { readonly stage: 'informed'; readonly document: SignedDocument; readonly error: InsurerError }
  | { readonly stage: 'paper-only'; readonly rule: string; readonly reason: string }
  | { readonly stage: 'discarded'; readonly reason: string };

/** A document that came from another program. */
export interface ImportedDocument {
  readonly fileName: string;
  readonly kind: 'xml' | 'signed';
  readonly documentId: string;
  /** Under this hash the stored bytes are found while nothing is signed yet. */
  readonly xmlSha256: string;
}

export type StageName = Stage['stage'];

/** Issued, and neither answered nor with a person to act: the program itself has still to do something, or waits. */
export const movingStages = [
  'issued',
  'signed',
  'attempting',
  'unknown',
  'handed-over',
] as const satisfies readonly StageName[];
/** Issued and not done: moving, or a person has to act. */
export const openStages = [...movingStages, 'rejected', 'informed'] as const satisfies readonly StageName[];

/** A record's state: its stage, and what is true beside it. */
export type RecordState = Stage & {
  /** When the stage was reached. */
  readonly since: string;
  readonly paper: 'none' | 'given' | 'posted';
  /** The slip was filled in by hand during the outage; it isn't printed again. */
  readonly byHand: boolean;
  readonly printed: readonly SlipCopy[];
  readonly issuedAt: string | null;
  /** Whose document another program made: which one, and from which file. `null`: it is this program's own. */
  readonly imported: ImportedDocument | null;
  readonly attempts: readonly Attempt[];
  readonly setback: Setback | null;
  readonly correctedBy: string | null;
  readonly refusedCancellation: RefusedCancellation | null;
};

/** The state of a record without events. */
export const initialState: RecordState = {
  stage: 'recorded',
  since: '',
  paper: 'none',
  byHand: false,
  printed: [],
  issuedAt: null,
  imported: null,
  attempts: [],
  setback: null,
  correctedBy: null,
  refusedCancellation: null,
};

/** `closed`: so many days after delivery without an insurer error (our figure). A late error reopens. */
export const closedAfterDays = 14;

/** Computes a record's state from its events, oldest first (`at`: see `stateAt`). */
export function stateOf(events: readonly RecordEvent[], now: Date): RecordState {
  return stateAt(applyEvents(initialState, events), now);
}

/**
 * Follows further events from a state. Events about a document that has since been replaced (a late receipt for number 1 when number 2
 * is on its way) change nothing.
 */
export function applyEvents(state: RecordState, events: readonly RecordEvent[]): RecordState {
  return events.reduce(follow, state);
}

/** The state as it reads at an instant: time alone turns `delivered` into `closed`, nothing else. */
export function stateAt(state: RecordState, now: Date): RecordState {
  if (state.stage !== 'delivered') return state;
  const closesAt = new Date(state.deliveredAt).getTime() + closedAfterDays * 86_400_000;
  return now.getTime() < closesAt ? state : { ...state, stage: 'closed', since: new Date(closesAt).toISOString() };
}

/** The document a record is about at this stage, if it has one. */
export function documentOf(state: Stage): SignedDocument | null {
  return 'document' in state ? state.document : null;
}

function follow(state: RecordState, event: RecordEvent): RecordState {
  const { detail, at } = event;
  if (detail.type === 'cancelled' || detail.type === 'cancellation-moved') return followCancellation(state, at, detail);
  // A receipt or an error of the certificate itself still counts, should its cancellation be rejected.
  if (state.stage === 'cancelled' && state.before !== null)
    return cancelledFrom(follow(standingOf(state), event), state);
  return followStanding(state, at, detail);
}

type Cancelling = Extract<EventDetail, { type: 'cancelled' | 'cancellation-moved' }>;

function followStanding(state: RecordState, at: string, detail: Exclude<EventDetail, Cancelling>): RecordState {
  switch (detail.type) {
    case 'recorded':
      return { ...state, since: at };
    case 'issued':
      return enter(state, at, { stage: 'issued' }, { issuedAt: at, byHand: detail.byHand });
    case 'imported': {
      const { documentId, xmlSha256, origin } = detail;
      return enter(state, at, { stage: 'issued' }, { issuedAt: at, imported: { ...origin, documentId, xmlSha256 } });
    }
    case 'paper-only':
      return enter(state, at, { stage: 'paper-only', rule: detail.rule, reason: detail.reason });
    case 'printed':
      return { ...state, printed: [...new Set([...state.printed, ...detail.copies])] };
    case 'paper-given':
      return { ...state, paper: state.paper === 'posted' ? 'posted' : 'given' };
    case 'paper-posted':
      return { ...state, paper: 'posted' };
    case 'signed':
      return enter(state, at, {
        stage: 'signed',
        document: {
          documentId: detail.documentId,
          number: detail.number,
          xmlSha256: detail.xmlSha256,
          signedSha256: detail.signedSha256,
          signedAt: at,
        },
      });
    case 'signing-failed':
      return {
        ...state,
        setback: { kind: 'signing-failed', at, code: detail.code, text: detail.text, temporary: true },
      };
    case 'no-recipient':
      return { ...state, setback: { kind: 'no-recipient', at, code: detail.payerIk, text: '', temporary: true } };
    case 'discarded':
      return enter(state, at, { stage: 'discarded', reason: detail.reason });
    case 'corrected':
      return { ...state, correctedBy: detail.byCertificateId };
    case 'warning-confirmed':
      return state;
    case 'attempting':
    case 'handed-over':
    case 'attempt-failed':
    case 'attempt-unknown':
    case 'resend-requested':
      return followSending(state, at, detail);
    case 'delivered':
    case 'delivery-failed':
    case 'delivery-delayed':
    case 'kim-error':
    case 'rejected':
    case 'informed':
      return followAnswer(state, at, detail);
  }
}

function followCancellation(state: RecordState, at: string, detail: Cancelling): RecordState {
  const { cancellationId } = detail;
  const standing = standingOf(state);
  if (detail.type === 'cancelled')
    return cancelledFrom(
      { ...standing, refusedCancellation: null },
      { cancellationId, progress: 'requested', since: at },
    );
  const known = state.stage === 'cancelled' ? state.cancellationId : state.refusedCancellation?.cancellationId;
  if (known !== cancellationId) return state;
  switch (detail.to) {
    case 'rejected': {
      const { code, display } = detail;
      return { ...standing, refusedCancellation: { cancellationId, at, code, display } };
    }
    case 'taken-back':
      return { ...standing, refusedCancellation: null };
    case 'requested':
    case 'handed-over':
    case 'effective':
      return cancelledFrom(
        { ...standing, refusedCancellation: null },
        { cancellationId, progress: detail.to, since: at },
      );
  }
}

/** The state that a certificate has apart from its cancellation. */
function standingOf(state: RecordState): RecordState {
  if (state.stage !== 'cancelled' || state.before === null) return state;
  // What is true beside the stage has gone on since.
  return { ...state.before, ...factsOf(state) };
}

function cancelledFrom(
  standing: RecordState,
  { cancellationId, progress, since }: { cancellationId: string; progress: CancellationProgress; since: string },
): RecordState {
  return {
    ...factsOf(standing),
    stage: 'cancelled',
    cancellationId,
    progress,
    before: standing.stage === 'cancelled' ? standing.before : standing,
    since,
  };
}

type Sending = Extract<
  EventDetail,
  { type: 'attempting' | 'handed-over' | 'attempt-failed' | 'attempt-unknown' | 'resend-requested' }
>;

function followSending(state: RecordState, at: string, detail: Sending): RecordState {
  const document = documentOf(state);
  if (document === null) return state;
  if (detail.type === 'resend-requested') return enter(state, at, { stage: 'signed', document });
  if (detail.type === 'attempting') {
    const attempt: Attempt = {
      attemptId: detail.attemptId,
      documentId: detail.documentId,
      at,
      payerIk: detail.recipient.payerIk,
      address: detail.recipient.address,
      messageId: detail.messageId,
    };
    return enter(
      state,
      at,
      { stage: 'attempting', document, attempt },
      { attempts: [...state.attempts, attempt], setback: null },
    );
  }
  // The outcome of an attempt counts only while that attempt is the open one: a receipt may have overtaken it.
  if ((state.stage !== 'attempting' && state.stage !== 'unknown') || state.attempt.attemptId !== detail.attemptId)
    return state;
  const { attempt } = state;
  switch (detail.type) {
    case 'handed-over':
      return enter(state, at, { stage: 'handed-over', document, attempt });
    case 'attempt-unknown':
      return enter(state, at, { stage: 'unknown', document, attempt });
    case 'attempt-failed':
      return enter(
        state,
        at,
        { stage: 'signed', document },
        { setback: { kind: 'attempt-failed', at, code: detail.code, text: detail.text, temporary: detail.temporary } },
      );
  }
}

type Answer = Extract<
  EventDetail,
  { type: 'delivered' | 'delivery-failed' | 'delivery-delayed' | 'kim-error' | 'rejected' | 'informed' }
>;

function followAnswer(state: RecordState, at: string, detail: Answer): RecordState {
  const document = documentOf(state);
  if (document?.documentId !== detail.documentId) return state;
  switch (detail.type) {
    case 'delivered': {
      // Handing over may still be unanswered when the receipt comes; an insurer's error outweighs any receipt.
      const waiting =
        state.stage === 'handed-over' ||
        state.stage === 'unknown' ||
        state.stage === 'attempting' ||
        state.stage === 'signed';
      return waiting ? enter(state, at, { stage: 'delivered', document, deliveredAt: at }, { setback: null }) : state;
    }
    case 'delivery-failed':
    case 'kim-error': {
      const waiting = state.stage === 'handed-over' || state.stage === 'unknown' || state.stage === 'attempting';
      if (!waiting) return state;
      const code = detail.type === 'kim-error' ? detail.code : detail.status;
      return enter(
        state,
        at,
        { stage: 'signed', document },
        { setback: { kind: detail.type, at, code, text: detail.text, temporary: true } },
      );
    }
    case 'delivery-delayed':
      return state;
    case 'rejected':
      return enter(
        state,
        at,
        { stage: 'rejected', document, error: detail.error, malware: detail.malware },
        { setback: null },
      );
    case 'informed':
      return enter(state, at, { stage: 'informed', document, error: detail.error }, { setback: null });
  }
}

type Facts = Omit<RecordState, 'stage' | 'since'>;

/** Moves to another stage: what is true beside the stage stays, what belonged to the old stage goes. */
function enter(state: RecordState, at: string, stage: StandingStage, facts: Partial<Facts> = {}): RecordState {
  return { ...factsOf(state), ...facts, ...stage, since: at };
}

/** What is true beside the stage. */
function factsOf(state: RecordState): Facts {
  const { paper, byHand, printed, issuedAt, imported, attempts, setback, correctedBy, refusedCancellation } = state;
  return { paper, byHand, printed, issuedAt, imported, attempts, setback, correctedBy, refusedCancellation };
}
