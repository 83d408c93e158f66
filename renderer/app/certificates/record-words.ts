import type { Practitioner } from '../../domain/certificate';
import {
  documentOf,
  type CancellationProgress,
  type RecordState,
  type Setback,
  type StageName,
} from '../../domain/state';
import type { StoredRecord } from '../../domain/record';
import { formatDay, isIsoDay } from '../../domain/calendar';
import { keyOfCode } from '../../outbox/failure-codes';
import { listName } from '../parts/list-name';
import { shortInstant, type DotKind, type Wording } from '../parts';

/** What screens say about a record. Everything here takes the record and gives words; nothing reads or writes. */

/** «Dr. med. Anna Übungsärztin», as one speaks of her. */
export function issuerName({ title, given, family }: Pick<Practitioner, 'title' | 'given' | 'family'>): string {
  return [title, given, family].filter((part) => part !== null && part !== '').join(' ');
}

/** «Königsstein, Dr. Ludger», as lists show and sort it. */
export function patientName({ content }: StoredRecord): string {
  const { patient } = content;
  // A title alone names nobody.
  return patient.family === '' && patient.given === '' ? '' : listName(patient);
}

/** The insurer's name, or its IK where no name is known; empty for people who pay themselves. */
export function payerName({ content }: StoredRecord): string {
  return content.coverage.payerName ?? content.coverage.payerIk ?? '';
}

/** «23.11.2026»; what is no day stays as it was typed. */
export function dayWords(day: string | null): string {
  if (day === null) return '';
  return isIsoDay(day) ? formatDay(day) : day;
}

const dots: Readonly<Record<StageName, DotKind>> = {
  recorded: 'none',
  issued: 'waiting',
  signed: 'waiting',
  attempting: 'waiting',
  unknown: 'waiting',
  'handed-over': 'partly',
  delivered: 'good',
  closed: 'done',
  rejected: 'bad',
  informed: 'bad',
  'paper-only': 'done',
  discarded: 'none',
  cancelled: 'none',
};

/** Shape and colour of a state: red as soon as the last step did not succeed. */
export function dotOf(state: RecordState): DotKind {
  if (state.stage === 'cancelled') return cancelledDots[state.progress];
  if (isCancellationRefused(state)) return 'bad';
  return state.setback !== null && (state.stage === 'issued' || state.stage === 'signed') ? 'bad' : dots[state.stage];
}

const cancelledDots: Readonly<Record<CancellationProgress, DotKind>> = {
  requested: 'waiting',
  'handed-over': 'partly',
  effective: 'none',
};

/** The insurer rejected the certificate's cancellation, and has no error of the certificate itself, which would come first. */
function isCancellationRefused({ stage, refusedCancellation }: RecordState): boolean {
  return refusedCancellation !== null && (stage === 'handed-over' || stage === 'delivered' || stage === 'closed');
}

/** A word or two on where a record stands, for lists. */
export function stateWords({ state }: StoredRecord, t: Wording): string {
  if (state.stage === 'cancelled') return t(`stages.cancelled-${state.progress}`);
  if (isCancellationRefused(state)) return t('stages.cancelled-rejected');
  const isStuck = state.setback !== null && (state.stage === 'issued' || state.stage === 'signed');
  return isStuck ? t('certificates.notSent') : t(`stages.${state.stage}`);
}

/** One sentence on where a record stands and what it waits for. */
export function stateSentence(record: StoredRecord, t: Wording, now: Date): string {
  const { state } = record;
  const payer = payerName(record);
  const day = dayWords(record.content.certificate.issuedOn);
  const at = (instant: string) => shortInstant(instant, now, t.language);
  const when = at(state.since === '' ? record.createdAt : state.since);
  if (state.correctedBy !== null && state.stage !== 'cancelled') return t('certificates.state.corrected');
  switch (state.stage) {
    case 'recorded':
      return t('certificates.state.recorded');
    case 'issued':
      if (state.setback !== null) return setbackSentence(state.setback, record, t);
      if (state.imported !== null) return t('certificates.state.importedIssued', { when, day });
      return t(record.kind === 'cancellation' ? 'certificates.state.cancellationIssued' : 'certificates.state.issued', {
        when,
      });
    case 'signed':
      if (state.setback !== null) return setbackSentence(state.setback, record, t);
      return state.imported?.kind === 'signed'
        ? t('certificates.state.importedSigned', { when, day })
        : t('certificates.state.signed', { when });
    case 'attempting':
      return t('certificates.state.attempting', { when, address: state.attempt.address });
    case 'unknown':
      return t('certificates.state.unknown', { when: at(state.attempt.at) });
    case 'handed-over':
      return t('certificates.state.handed-over', { when });
    case 'delivered':
      return t('certificates.state.delivered', { when: at(state.deliveredAt), payer });
    case 'closed':
      return t('certificates.state.closed', { when: at(state.deliveredAt) });
    case 'rejected':
      return t('certificates.state.rejected', { when, payer, code: state.error.code });
    case 'informed':
      return t('certificates.state.informed', { when, payer });
    case 'paper-only':
      return t.lookUp('paperOnly', state.rule) ?? state.reason;
    case 'discarded':
      return state.reason === ''
        ? t('certificates.state.discarded', { when })
        : t('certificates.state.discardedFor', { when, reason: state.reason });
    case 'cancelled': {
      const words = t(`certificates.state.cancelled.${state.progress}`, { when, payer });
      return state.correctedBy === null ? words : `${t('certificates.state.corrected')} ${words}`;
    }
  }
}

/** Why the last step did not succeed, in plain words; codes of components are put into words where the texts know them. */
export function setbackSentence(setback: Setback, record: StoredRecord, t: Wording): string {
  const { kind, code, text } = setback;
  const values = { code, text, payer: payerName(record) };
  switch (kind) {
    case 'signing-failed':
      return codeWords('connector', code, values, t) ?? t('certificates.setback.signing', values);
    case 'attempt-failed':
      return codeWords('sending', code, values, t) ?? t('certificates.setback.attempt', values);
    case 'no-recipient':
      return t('certificates.setback.recipient', values);
    case 'delivery-failed':
      return t('certificates.setback.delivery', values);
    case 'kim-error':
      return t('certificates.setback.kim', values);
  }
}

/** The words for a code that a component gave, or for the reason that stands in its place where it gave none; `null`: neither has any. */
function codeWords(component: 'connector' | 'sending', code: string, values: Record<string, string>, t: Wording) {
  return t.lookUp('obstacles', keyOfCode(component, code) ?? `${component}-${code}`, values);
}

/** The id of the document that the record is about, or `null` before it is signed. */
export function documentIdOf({ state }: StoredRecord): string | null {
  return documentOf(state)?.documentId ?? null;
}

/** How the paper copy for the insurer stands, or `null` where there is nothing to say. */
export function paperWords(record: StoredRecord, t: Wording): string | null {
  if (record.kind === 'cancellation' || record.state.paper === 'none') return null;
  return t(`certificates.paper.${record.state.paper}`);
}
