import type { Coverage, IsoDay } from '../../domain/certificate';
import { hasEnded, nameOnForm, predecessorWithIk, type Payer } from '../../domain/payer';
import { isOtherPayer } from '../../domain/sending';

/** What choosing an insurer from the list enters: its IK, its name as forms have it, and SKT by its VKNR (digits 3 to 5 from 800 on). */
export function coverageOf(payer: Payer, before: Coverage): Partial<Coverage> {
  const isOther = payer.vknr !== null && isOtherPayer(payer.vknr);
  const { payerType } = before;
  const chosen = { payerIk: payer.id, payerName: nameOnForm(payer) };
  if (isOther && payerType === 'GKV') return { ...chosen, payerType: 'SKT' };
  if (!isOther && payerType === 'SKT' && payer.vknr !== null) return { ...chosen, payerType: 'GKV' };
  return chosen;
}

/** What the insurer file says against an entered insurer, or `null`. */
export type PayerTrouble =
  | { readonly kind: 'merged'; readonly old: string; readonly into: Payer }
  | { readonly kind: 'ended'; readonly payer: Payer; readonly since: IsoDay };

/** Whether the entered insurer still exists: merged into another, or over without a successor. */
export function payerTrouble(payerIk: string | null, payers: readonly Payer[], today: IsoDay): PayerTrouble | null {
  if (payerIk === null) return null;
  const own = payers.find(({ id }) => id === payerIk);
  const payer = own ?? payers.find(({ iks }) => iks.includes(payerIk));
  if (payer === undefined) return null;
  const predecessor = own === undefined ? predecessorWithIk(payer, payerIk) : null;
  if (predecessor !== null) return { kind: 'merged', old: predecessor.name, into: payer };
  return hasEnded(payer, today) ? { kind: 'ended', payer, since: payer.file?.endsOn ?? '' } : null;
}
