import { z } from 'zod';
import type { Store } from '../store/store';

/** An insurer's KIM address in the directory became another one, or is gone. Nothing goes to the old one from then on. */
export const addressChangeSchema = z.object({
  payerIk: z.string(),
  /** When the daily check found it; ISO instant. */
  at: z.string(),
  before: z.string(),
  /** `null`: the directory has none any more. */
  now: z.string().nullable(),
});
export type AddressChange = z.output<typeof addressChangeSchema>;

const key = 'address-changes';
const listSchema = z.array(addressChangeSchema);
/** So long, and so many at most, changes are shown. */
const shownDays = 30;
const mostShown = 20;

/** Remembers a change, so that it can be told. One insurer has its latest only. */
export async function noteAddressChange(store: Store, change: AddressChange): Promise<void> {
  await store.noticing.change(key, listSchema, (known) => ({
    value: [change, ...(known ?? []).filter(({ payerIk }) => payerIk !== change.payerIk)].slice(0, mostShown),
    result: null,
  }));
}

/** The changes of the last 30 days, newest first. */
export async function addressChanges(store: Store, now: Date): Promise<AddressChange[]> {
  const oldest = new Date(now.getTime() - shownDays * 86_400_000).toISOString();
  return ((await store.noticing.recall(key, listSchema)) ?? []).filter(({ at }) => at >= oldest);
}
