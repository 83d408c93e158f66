import type { Failure } from '../../electron/contract/call';
import type { Host } from '../../electron/contract/host';
import { daysBetween, todayInBerlin } from '../domain/calendar';
import type { Clock } from '../domain/clock';
import type { StoredRecord } from '../domain/record';
import type { Setup, Store } from '../store/store';
import { noteAddressChange } from './address-changes';

/** Where a certificate goes: the insurer's IK that has a KIM address, and that address. */
export type Recipient =
  | { readonly kind: 'found'; readonly payerIk: string; readonly address: string }
  | { readonly kind: 'none'; readonly payerIk: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * The IKs to look up (P5-02 4b): what the patient's card said, alone; or, where the insurance was typed by hand (the normal case in an
 * outage), that IK and then all the others of the same insurer.
 */
export function iksToLookUp(record: StoredRecord, payerIks: readonly string[]): string[] {
  const ik = record.content.coverage.payerIk ?? '';
  const fromCard = record.kind === 'certificate' && record.coverageSource === 'card';
  return fromCard ? [ik] : [...new Set([ik, ...payerIks])];
}

/**
 * Finds the recipient in the directory. An address found before is used for a day, then looked up again (P5-02): one that changed or vanished is noted,
 * and nothing goes to the old one any more, also while the directory is down.
 */
export async function findRecipient(
  means: { store: Store; host: Host; clock: Clock },
  setup: Setup,
  record: StoredRecord,
): Promise<Recipient> {
  const { store, host, clock } = means;
  const payer = await store.payer(record.content.coverage.payerIk ?? '');
  const iks = iksToLookUp(record, payer?.iks ?? []);
  const key = iks.join(' ');
  const now = clock.now();
  const known = await store.recipient(key);
  if (known !== null && daysBetween(todayInBerlin(new Date(known.checkedAt)), todayInBerlin(now)) === 0) {
    return { kind: 'found', payerIk: known.payerIk, address: known.address };
  }
  const found = await host.directory.find({ connection: setup.connections.directory, payerIks: iks });
  if (found.kind === 'failed') {
    // The directory is down, the mail may still go: yesterday's address is better than none.
    return known === null
      ? { kind: 'failed', failure: found.failure }
      : { kind: 'found', payerIk: known.payerIk, address: known.address };
  }
  const [first] = found.value;
  const change = (address: string | null) =>
    known === null
      ? Promise.resolve()
      : noteAddressChange(store, {
          payerIk: known.payerIk,
          at: now.toISOString(),
          before: known.address,
          now: address,
        });
  if (first === undefined) {
    await change(null);
    if (known !== null) await store.forgetRecipient(key);
    return { kind: 'none', payerIk: iks[0] ?? '' };
  }
  if (known !== null && known.address.toLowerCase() !== first.address.toLowerCase()) await change(first.address);
  await store.saveRecipient({ payerId: key, ...first, checkedAt: now.toISOString() });
  return { kind: 'found', ...first };
}
