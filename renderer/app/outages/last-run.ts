import type { Office, SubmissionRun } from '../../outbox/office';
import { Kept } from '../parts/kept';

/** The submission that ending an outage set going. It outlives the screen: who comes back from «Offen» still sees how it went. */
export type LastRun =
  | { readonly kind: 'none' }
  | { readonly kind: 'running'; readonly outageId: string }
  | { readonly kind: 'ended'; readonly outageId: string; readonly run: SubmissionRun }
  /** The host is gone; `text` is technical. What was written before stays written. */
  | { readonly kind: 'broken'; readonly outageId: string; readonly text: string };

const kept = new WeakMap<Office, Kept<LastRun>>();

/** The one run of this office. */
export function lastRunOf(office: Office): Kept<LastRun> {
  const known = kept.get(office);
  if (known !== undefined) return known;
  const made = new Kept<LastRun>({ kind: 'none' });
  kept.set(office, made);
  return made;
}

/** Ends the outage and sends what it held back. */
export async function endAndSend(office: Office, outageId: string): Promise<void> {
  await follow(office, outageId, () => office.endOutage(outageId));
}

/** Sends what is left after a run that stopped. */
export async function sendOn(office: Office, outageId: string): Promise<void> {
  await follow(office, outageId, () => office.submit());
}

async function follow(office: Office, outageId: string, submit: () => Promise<SubmissionRun>): Promise<void> {
  const last = lastRunOf(office);
  last.set({ kind: 'running', outageId });
  try {
    last.set({ kind: 'ended', outageId, run: await submit() });
  } catch (error) {
    last.set({ kind: 'broken', outageId, text: String(error) });
  }
}
