import type { Coverage, IsoDay } from '../../domain/certificate';
import { hasEnded, nameOnForm, predecessorWithIk, type Payer } from '../../domain/payer';
import { isOtherPayer } from '../../domain/sending';
import { plain } from '../parts/plain';
import type { Live } from '../parts/use-live';

/** What choosing an insurer from the list enters: its IK, its name as forms have it, and SKT by its VKNR (digits 3 to 5 from 800 on). */
export function coverageOf(payer: Payer, before: Coverage): Partial<Coverage> {
  const isOther = payer.vknr !== null && isOtherPayer(payer.vknr);
  const { payerType } = before;
  const chosen = { payerIk: payer.id, payerName: nameOnForm(payer) };
  if (isOther && payerType === 'GKV') return { ...chosen, payerType: 'SKT' };
  if (!isOther && payerType === 'SKT' && payer.vknr !== null) return { ...chosen, payerType: 'GKV' };
  return chosen;
}

/** The one insurer that was typed out: by one of its IKs, or by its whole name. */
export function meantPayer(payers: readonly Payer[], typed: string): Payer | null {
  const entered = typed.trim();
  if (entered === '') return null;
  return payers.find(({ iks, name }) => iks.includes(entered) || plain(name) === plain(entered)) ?? null;
}

/**
 * What an insurer's field enters that is left without choosing: the insurer that was typed out, else an IK, else a name of its own. `null` as long as the
 * insurers are still being read: a name of its own, without IK, can't go out digitally, and the insurer may well be in the list.
 */
export function payerAsTyped(
  payers: Live<readonly Payer[]>,
  typed: string,
  before: Coverage,
): Partial<Coverage> | null {
  const entered = typed.trim();
  if (payers.kind === 'waiting' && entered !== '') return null;
  const meant = payers.kind === 'ready' ? meantPayer(payers.value, entered) : null;
  if (meant !== null) return coverageOf(meant, before);
  return /^\d{9}$/.test(entered)
    ? { payerIk: entered, payerName: null }
    : { payerIk: null, payerName: entered === '' ? null : entered };
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
