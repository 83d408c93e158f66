import type { ErasureGround } from './audit';

/** What was erased, without a word of what it said: for the certificate that the practice keeps. Instants in UTC. */
export interface ErasedData {
  readonly at: string;
  readonly by: string;
  /** The keys that are gone: the patient's, and those of drafts before it was known whose they were. */
  readonly keyIds: readonly string[];
  readonly recordIds: readonly string[];
  readonly documents: number;
  readonly mails: number;
  /** The time that the erased certificates were recorded in. */
  readonly from: string;
  readonly until: string;
  /** `pending`: the host could not take the copy of the keys away yet; tried again at each start. */
  readonly copies: 'gone' | 'pending';
  readonly ground: ErasureGround;
  /** The doctor's own words, where it was before the retention ended. */
  readonly note: string;
}
