import type { StoredRecord } from '../domain/record';
import { stateAt } from '../domain/state';
import type { RecordRow } from './database';

/** A row as the rest of the program reads it, with its state as of `now`. */
export function storedRecord(row: RecordRow, now: Date): StoredRecord {
  const { id, createdAt, content, corrects, coverageSource, cancels } = row;
  const state = stateAt(row.state, now);
  return cancels === null
    ? { kind: 'certificate', id, createdAt, content, corrects, coverageSource, state }
    : {
        kind: 'cancellation',
        id,
        createdAt,
        certificateId: cancels.certificateId,
        cancelledDocumentId: cancels.documentId,
        content,
        state,
      };
}
