import { todayInBerlin } from '../../domain/calendar';
import type { CertificateContent } from '../../domain/certificate';
import type { CertificateRecord, StoredRecord } from '../../domain/record';
import type { Settings } from '../../domain/settings';
import type { Office } from '../../outbox/office';
import { holdUnsaved, releaseUnsaved } from '../parts/unsaved';
import { DraftKeeper } from './draft-keeper';
import { keepWithDraft, unchosenOf, type Unchosen } from './unchosen';

/** What the screen works on: a stored draft, or nothing yet. */
export interface Desk {
  /** Another one: the form is made anew. */
  readonly key: string;
  readonly draft: CertificateRecord | null;
  readonly keeper: DraftKeeper;
  /** What is typed and not chosen. */
  readonly unchosen: Unchosen;
  readonly content: CertificateContent;
  readonly byHand: boolean;
  /** The draft is of an earlier day: its issue date was moved to today. */
  readonly movedFrom: string | null;
  /** Which certificate it corrects. */
  readonly corrected: CertificateRecord | null;
}

const memory = 'ersatzschein.desk';
const emptyDesk = 'new';

/** Milliseconds of silence after which what was typed is written. */
const saveDelay = 400;

/** The desk of each office, also while another screen is open: it may still be written, or not be written for want of room. */
const current = new WeakMap<Office, Desk>();

/** An empty form. */
export function newDesk(office: Office, settings: Settings): Desk {
  return keep(office, {
    key: crypto.randomUUID(),
    draft: null,
    content: office.emptyContent(settings),
    byHand: false,
    movedFrom: null,
    corrected: null,
  });
}

/**
 * The desk as it was left: the draft asked for; else the one this window had open; else, after a restart, the newest draft; else an
 * empty form. As long as what was left can't be written, it is that, whatever was asked for: nowhere else does it exist.
 */
export async function openDesk(office: Office, settings: Settings, wanted: string | null): Promise<Desk> {
  const desk = current.get(office);
  if (desk !== undefined && !(await desk.keeper.isWritten())) {
    return { ...desk, content: desk.keeper.unsaved ?? desk.content };
  }
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
  return keep(office, {
    key: draft.id,
    draft,
    content,
    byHand,
    movedFrom: moved ? issuedOn : null,
    corrected: corrected?.kind === 'certificate' ? corrected : null,
  });
}

/** This is what the screen shows from now on, and finds again after another screen or when the page is loaded anew. */
export function layOut(office: Office, desk: Desk): void {
  current.set(office, desk);
  remember(desk.keeper.id);
}

/** A desk with what keeps it. */
function keep(office: Office, form: Omit<Desk, 'keeper' | 'unchosen'>): Desk {
  const { draft } = form;
  const unchosen = unchosenOf(office, draft?.id ?? null);
  const keeper = new DraftKeeper(
    {
      office,
      delay: saveDelay,
      onStarted: (draftId) => {
        keepWithDraft(office, draftId, unchosen);
        // Written late, when another desk has taken its place, it lies with the other drafts.
        if (current.get(office)?.keeper === keeper) remember(draftId);
      },
    },
    draft === null ? null : { id: draft.id, source: draft.coverageSource },
  );
  keeper.subscribe(() => {
    const { kind } = keeper.saving();
    if (kind === 'pending' || kind === 'failed') holdUnsaved(keeper.isWritten);
    else releaseUnsaved(keeper.isWritten);
  });
  return { ...form, keeper, unchosen };
}

function remember(draftId: string | null): void {
  window.sessionStorage.setItem(memory, draftId ?? emptyDesk);
}

function isDraft(record: StoredRecord | null): record is CertificateRecord {
  return record?.kind === 'certificate' && record.state.stage === 'recorded';
}
