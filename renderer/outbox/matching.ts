import type { MailAccount } from '../../electron/contract/connections';
import type { EventDetail } from '../domain/event';
import { suspectsMalware } from '../domain/insurer-error-codes';
import type { StoredRecord } from '../domain/record';
import { documentOf } from '../domain/state';
import type { Answer } from './answers';
import { isFromKimService } from './kim-service';

/** What an answer means for a record, or why it changes nothing. */
export type Match =
  | { readonly kind: 'matched'; readonly recordId: string; readonly event: EventDetail }
  /**
   * Nobody we wrote to, no document of ours, another sender, or about a signature that has been replaced since: it changes nothing and stays in the
   * inbox.
   */
  | { readonly kind: 'unmatched'; readonly reason: 'no-document' | 'not-sent' | 'other-party' | 'outdated' };

/**
 * Matches an answer with the record it is about (P5-04). An answer counts only if the record's document was really sent, and to the party
 * that answers: a receipt names the address we wrote to, an insurer error comes from it, a notice of the KIM service from the practice's own
 * provider (`account`). So a forged answer changes nothing.
 */
export function matchAnswer(
  answer: Extract<Answer, { kind: 'receipt' | 'insurer-error' | 'kim-error' }>,
  record: StoredRecord | null,
  messageId: string,
  account: MailAccount,
): Match {
  const { documentId } = answer;
  if (documentId === null || record === null) return { kind: 'unmatched', reason: 'no-document' };
  const attempts = record.state.attempts.filter((attempt) => attempt.documentId === documentId);
  if (attempts.length === 0) return { kind: 'unmatched', reason: 'not-sent' };
  const { attemptId } = answer;
  if (attemptId !== null && !attempts.some((attempt) => attempt.attemptId === attemptId))
    return { kind: 'unmatched', reason: 'not-sent' };
  const about = attempts.find((attempt) => attempt.attemptId === (attemptId ?? answer.returnedAttemptId));
  // After 201–204 the same document goes again with another signature: an old receipt that comes once more says nothing about that.
  if (about !== undefined && about.at < (documentOf(record.state)?.signedAt ?? ''))
    return { kind: 'unmatched', reason: 'outdated' };
  const wroteTo = (address: string) => attempts.some((attempt) => attempt.address.toLowerCase() === address);
  switch (answer.kind) {
    case 'receipt':
      if (!wroteTo(answer.recipient)) return { kind: 'unmatched', reason: 'other-party' };
      return { kind: 'matched', recordId: record.id, event: receiptEvent(answer, documentId, messageId) };
    case 'kim-error':
      if (!isFromKimService(answer.sender, account)) return { kind: 'unmatched', reason: 'other-party' };
      return {
        kind: 'matched',
        recordId: record.id,
        event: { type: 'kim-error', documentId, messageId, code: answer.code, text: answer.text },
      };
    case 'insurer-error': {
      if (!wroteTo(answer.sender)) return { kind: 'unmatched', reason: 'other-party' };
      const { code, display, detail } = answer;
      const error = { code, display, detail, messageId };
      if (code === '100')
        return { kind: 'matched', recordId: record.id, event: { type: 'informed', documentId, error } };
      const malware = suspectsMalware(code, detail ?? '');
      return { kind: 'matched', recordId: record.id, event: { type: 'rejected', documentId, error, malware } };
    }
  }
}

function receiptEvent(
  answer: Extract<Answer, { kind: 'receipt' }>,
  documentId: string,
  messageId: string,
): EventDetail {
  const { status, text } = answer;
  switch (answer.action) {
    case 'delivered':
      return { type: 'delivered', documentId, messageId };
    case 'failed':
      return { type: 'delivery-failed', documentId, messageId, status, text };
    case 'delayed':
      return { type: 'delivery-delayed', documentId, messageId, status };
  }
}
