import type { Submission } from '../../electron/contract/contract';
import type { Failure } from '../../electron/contract/call';
import type { Host } from '../../electron/contract/host';
import type { Clock } from '../domain/clock';
import type { EventDetail } from '../domain/event';
import type { StoredRecord } from '../domain/record';
import { documentOf } from '../domain/state';
import type { Change } from '../store/records';
import type { Setup, Store } from '../store/store';
import { messageIdOf, outgoingMail } from './outgoing-mail';
import { findRecipient } from './recipients';

/** What became of sending one record. `systemic`: it concerns every other record as well, so the run stops. */
export type Sending =
  | { readonly kind: 'handed-over'; readonly record: StoredRecord }
  | { readonly kind: 'no-recipient'; readonly record: StoredRecord }
  | { readonly kind: 'failed'; readonly recordId: string; readonly text: string; readonly systemic: Failure | null }
  | { readonly kind: 'unknown'; readonly recordId: string; readonly text: string }
  /** Another window was faster, or the disk is full: nothing left. */
  | { readonly kind: 'not-written'; readonly recordId: string; readonly change: Exclude<Change, { kind: 'written' }> };

/**
 * Hands one signed document over to the mail server. First the event `attempting`, durably, then the bytes, then the outcome: so after a
 * crash an open attempt is known, and the same bytes go again. A second caller finds the record moved on and sends nothing.
 */
export async function sendOne(
  means: { store: Store; host: Host; clock: Clock; newId: () => string },
  setup: Setup,
  record: StoredRecord,
): Promise<Sending> {
  const { store, host, clock } = means;
  const document = documentOf(record.state);
  const stored = document === null ? null : await store.records.document(document.signedSha256);
  if (document === null || stored === null) {
    return { kind: 'failed', recordId: record.id, text: 'The signed bytes are missing.', systemic: null };
  }
  const recipient = await findRecipient(means, setup, record);
  if (recipient.kind === 'failed') {
    return { kind: 'failed', recordId: record.id, text: recipient.failure.text, systemic: recipient.failure };
  }
  if (recipient.kind === 'none') {
    const change = await store.records.append(record.id, [{ type: 'no-recipient', payerIk: recipient.payerIk }]);
    return change.kind === 'written'
      ? { kind: 'no-recipient', record: change.record }
      : { kind: 'not-written', recordId: record.id, change };
  }
  const attemptId = means.newId();
  const { documentId } = document;
  const opened = await store.records.append(
    record.id,
    [
      {
        type: 'attempting',
        attemptId,
        documentId,
        recipient: { payerIk: recipient.payerIk, address: recipient.address },
        messageId: messageIdOf(documentId, attemptId),
      },
    ],
    {
      when: (state) =>
        (state.stage === 'signed' || state.stage === 'unknown') &&
        state.document.signedSha256 === document.signedSha256,
    },
  );
  if (opened.kind !== 'written') return { kind: 'not-written', recordId: record.id, change: opened };
  const mail = outgoingMail({
    kind: record.kind,
    documentId,
    attemptId,
    signed: stored.signed,
    to: recipient.address,
    sentAt: clock.now(),
    test: setup.settings.mode === 'rehearsal',
  });
  const submission = await submit(host, setup, mail);
  const closed = await store.records.append(record.id, [outcomeEvent(submission, attemptId)]);
  // If the outcome can't be written the attempt stays open in the database, which is the truth: nobody knows, it goes again.
  if (closed.kind !== 'written') return { kind: 'not-written', recordId: record.id, change: closed };
  switch (submission.kind) {
    case 'accepted':
      return { kind: 'handed-over', record: closed.record };
    case 'refused':
      return { kind: 'failed', recordId: record.id, text: `${submission.code} ${submission.text}`, systemic: null };
    case 'not-sent':
      return { kind: 'failed', recordId: record.id, text: submission.failure.text, systemic: submission.failure };
    case 'unknown':
      return { kind: 'unknown', recordId: record.id, text: submission.text };
  }
}

/** A broken line between page and host says nothing about what the mail server got: `unknown`. */
async function submit(
  host: Host,
  setup: Setup,
  mail: Parameters<Host['mail']['submit']>[0]['mail'],
): Promise<Submission> {
  try {
    return await host.mail.submit({ account: setup.connections.mail, mail });
  } catch (error) {
    return { kind: 'unknown', text: error instanceof Error ? error.message : String(error) };
  }
}

function outcomeEvent(submission: Submission, attemptId: string): EventDetail {
  switch (submission.kind) {
    case 'accepted':
      return { type: 'handed-over', attemptId, response: submission.response };
    case 'refused':
      return {
        type: 'attempt-failed',
        attemptId,
        temporary: submission.temporary,
        code: submission.code,
        text: submission.text,
      };
    case 'not-sent': {
      const { reason, code, text } = submission.failure;
      return { type: 'attempt-failed', attemptId, temporary: true, code: code ?? reason, text };
    }
    case 'unknown':
      return { type: 'attempt-unknown', attemptId, text: submission.text };
  }
}
