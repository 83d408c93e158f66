import type { Coverage, Patient } from '../../domain/certificate';
import { listName } from '../parts/list-name';
import type { Wording } from '../parts/texts-context';

/**
 * What is typed in a field in which one chooses, and not chosen yet. It is no part of the certificate, and whoever typed it believes that it is: nothing
 * is issued, printed, set aside or logged off from over it.
 */

/** The fields in which one types to choose, by their paths and from top to bottom. */
const choosingFields = ['patient', 'coverage.payerName', 'certificate.diagnoses'] as const;
export type ChoosingField = (typeof choosingFields)[number];

/** The search text of a field. `noted`: the text with which it was left or held something up; as long as it is that one, the field says so. */
export interface Typed {
  readonly text: string;
  readonly noted: string | null;
}

/** A text that is not chosen, and who or what is chosen in its place so far (empty: nothing). */
export interface Pending {
  readonly field: ChoosingField;
  readonly typed: string;
  readonly standing: string;
}

/** Who or what is chosen in each field and would be issued, whatever is typed there. */
export type Standing = Readonly<Record<ChoosingField, string>>;

/** What is chosen; a diagnosis is always one more, so nothing stands in its field. */
export function standingOf(patient: Patient, { payerName, payerIk }: Coverage): Standing {
  return {
    patient: listName(patient),
    'coverage.payerName': payerName ?? payerIk ?? '',
    'certificate.diagnoses': '',
  };
}

/** The search texts of one desk. */
export class Unchosen {
  readonly #typed = new Map<ChoosingField, Typed>();
  readonly #listeners = new Set<() => void>();
  #version = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is typed in the field; `null`: it shows what is chosen. */
  typed(field: ChoosingField): Typed | null {
    return this.#typed.get(field) ?? null;
  }

  /** Takes what is typed; `null`: something was chosen, or the field shows again what is. */
  type(field: ChoosingField, text: string | null): void {
    if (text === null) this.#typed.delete(field);
    else this.#typed.set(field, { text, noted: this.typed(field)?.noted ?? null });
    this.#tell();
  }

  /** From now on the field says that its text is not chosen. */
  note(field: ChoosingField): void {
    const typed = this.#typed.get(field);
    if (typed === undefined || typed.noted === typed.text) return;
    this.#typed.set(field, { ...typed, noted: typed.text });
    this.#tell();
  }

  /** What is not chosen in these fields, from top to bottom. An emptied field is so too as long as somebody is still chosen behind it. */
  pending(standing: Standing, fields: readonly ChoosingField[] = choosingFields): Pending[] {
    return fields.flatMap((field) => pendingAs(field, this.#typed.get(field)?.text, standing) ?? []);
  }

  /** What held something up and is still not chosen, as it was typed then: it stays as it is while somebody types on. */
  noted(standing: Standing): Pending[] {
    return choosingFields.flatMap((field) => pendingAs(field, this.#typed.get(field)?.noted, standing) ?? []);
  }

  /** Changes with everything that is typed. */
  readonly version = (): number => this.#version;

  /** Whether anything at all is typed and not chosen. */
  get isAny(): boolean {
    return [...this.#typed.values()].some(({ text }) => text.trim() !== '');
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

function pendingAs(field: ChoosingField, text: string | null | undefined, standing: Standing): Pending | null {
  const typed = text?.trim();
  if (typed === undefined || (typed === '' && standing[field] === '')) return null;
  return { field, typed, standing: standing[field] };
}

/** What is typed, what that means, and what to do. */
export function pendingText(t: Wording, { field, typed, standing }: Pending): string {
  const values = { typed, standing };
  switch (field) {
    case 'certificate.diagnoses':
      return t('issue.unchosen.diagnosis', values);
    case 'patient':
      if (standing === '') return t('issue.unchosen.patient', values);
      return t(typed === '' ? 'issue.unchosen.patientEmptied' : 'issue.unchosen.otherPatient', values);
    case 'coverage.payerName':
      if (standing === '') return t('issue.unchosen.payer', values);
      return t(typed === '' ? 'issue.unchosen.payerEmptied' : 'issue.unchosen.otherPayer', values);
  }
}

/**
 * The search texts of an office's desks, in memory only (a sealed row has no place for them), so that they are there again after another screen or the lock.
 * They go with the office: whoever logs off leaves no word of a patient behind, and is asked first.
 */
const desks = new WeakMap<object, Map<string | null, Unchosen>>();

function desksOf(office: object): Map<string | null, Unchosen> {
  const known = desks.get(office) ?? new Map<string | null, Unchosen>();
  desks.set(office, known);
  return known;
}

/** The search texts of the desk with this draft (`null`: no draft yet), as they were left. */
export function unchosenOf(office: object, draftId: string | null): Unchosen {
  const known = desksOf(office).get(draftId) ?? new Unchosen();
  desksOf(office).set(draftId, known);
  return known;
}

/** The desk's draft was stored: its search texts go with it. */
export function keepWithDraft(office: object, draftId: string, unchosen: Unchosen): void {
  const known = desksOf(office);
  if (known.get(null) === unchosen) known.delete(null);
  known.set(draftId, unchosen);
}

/** The desk is done with: issued, set aside or discarded. */
export function forgetUnchosen(office: object, draftId: string | null): void {
  desksOf(office).delete(draftId);
}

/** Whether something would be lost if nobody were at work any more. */
export function isAnythingUnchosen(office: object): boolean {
  return [...desksOf(office).values()].some(({ isAny }) => isAny);
}
