import type { Obstacle, Office, SubmissionRun } from '../../outbox/office';
import { Kept } from '../parts/kept';

/** The submission that was started on this screen. It outlives the screen: who comes back still sees how it went. */
export type Submitting =
  | { readonly kind: 'none' }
  /** `since`: results from this instant on belong to it. */
  | { readonly kind: 'running'; readonly since: string }
  | { readonly kind: 'ended'; readonly since: string; readonly run: SubmissionRun | Obstacle }
  /** The host is gone; `text` is technical. What was written before stays written. */
  | { readonly kind: 'broken'; readonly since: string; readonly text: string };

const kept = new WeakMap<Office, Kept<Submitting>>();

/** The one submission of this office. */
export function submittingOf(office: Office): Kept<Submitting> {
  const known = kept.get(office);
  if (known !== undefined) return known;
  const made = new Kept<Submitting>({ kind: 'none' });
  kept.set(office, made);
  return made;
}

/** Starts a submission and keeps what becomes of it. A second press while it runs does nothing. */
export async function submitAndKeep(office: Office, submit: () => Promise<SubmissionRun | Obstacle>): Promise<void> {
  const current = submittingOf(office);
  if (current.get().kind === 'running') return;
  const since = office.clock.now().toISOString();
  current.set({ kind: 'running', since });
  try {
    current.set({ kind: 'ended', since, run: await submit() });
  } catch (error) {
    current.set({ kind: 'broken', since, text: String(error) });
  }
}
