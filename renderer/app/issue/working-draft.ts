import { todayInBerlin } from '../../domain/calendar';
import type { CertificateContent } from '../../domain/certificate';
import type { CertificateRecord, StoredRecord } from '../../domain/record';
import type { Settings } from '../../domain/settings';
import type { Office } from '../../outbox/office';

/** What the screen works on: a stored draft, or nothing yet. */
export interface Desk {
  /** Another one: the form is made anew. */
  readonly key: string;
  readonly draft: CertificateRecord | null;
  readonly content: CertificateContent;
  readonly byHand: boolean;
  /** The draft is of an earlier day: its issue date was moved to today. */
  readonly movedFrom: string | null;
  /** Which certificate it corrects. */
  readonly corrected: CertificateRecord | null;
}

const memory = 'ersatzschein.desk';
const emptyDesk = 'new';

/** An empty form. */
export function newDesk(office: Office, settings: Settings): Desk {
  remember(null);
  return {
    key: crypto.randomUUID(),
    draft: null,
    content: office.emptyContent(settings),
    byHand: false,
    movedFrom: null,
    corrected: null,
  };
}

/**
 * The desk as it was left: the draft asked for; else the one this window had open; else, after a restart, the newest draft; else an
 * empty form.
 */
export async function openDesk(office: Office, settings: Settings, wanted: string | null): Promise<Desk> {
  const left = wanted ?? window.sessionStorage.getItem(memory);
  if (left === emptyDesk) return newDesk(office, settings);
  const { records } = office.store;
  const named = left === null ? null : await records.get(left);
  const draft = isDraft(named)
    ? named
    : left === null
      ? ((await records.list(['recorded'])).find(isDraft) ?? null)
      : null;
  return draft === null ? newDesk(office, settings) : deskOf(office, draft);
}

/** A stored draft on the desk. */
export async function deskOf(office: Office, draft: CertificateRecord): Promise<Desk> {
  remember(draft.id);
  const corrected = draft.corrects === null ? null : await office.store.records.get(draft.corrects);
  const today = todayInBerlin(office.clock.now());
  const { issuedOn } = draft.content.certificate;
  const madeOn = todayInBerlin(new Date(draft.createdAt));
  // Issued before it was recorded: it had been on paper. Left lying overnight: it will be issued today.
  const byHand = issuedOn !== null && issuedOn < madeOn;
  const moved = !byHand && issuedOn !== null && issuedOn < today;
  const content = moved
    ? { ...draft.content, certificate: { ...draft.content.certificate, issuedOn: today } }
    : draft.content;
  return {
    key: draft.id,
    draft,
    content,
    byHand,
    movedFrom: moved ? issuedOn : null,
    corrected: corrected?.kind === 'certificate' ? corrected : null,
  };
}

/** Keeps in this window which draft is on the desk, so that coming back from another screen finds it. */
export function remember(draftId: string | null): void {
  window.sessionStorage.setItem(memory, draftId ?? emptyDesk);
}

function isDraft(record: StoredRecord | null): record is CertificateRecord {
  return record?.kind === 'certificate' && record.state.stage === 'recorded';
}
