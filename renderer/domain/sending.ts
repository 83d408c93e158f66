import type { Texts } from '../texts';
import type { CertificateContent } from './certificate';
import { given } from './rules/rule';

/** Why a certificate is not sent, keys of the texts `paperOnly`. */
export type PaperOnlyRule = keyof Texts['paperOnly'];

export type Sending = { readonly kind: 'sendable' } | { readonly kind: 'paper-only'; readonly rule: PaperOnlyRule };

/**
 * Whether a certificate goes to the insurer by mail, or exists on paper only: then the KK copy prints at once, the record counts as done, and
 * no cancellation is sent for it either. The first reason that holds is named (eAU digest, section 4).
 */
export function sendingOf(content: CertificateContent): Sending {
  const { payerType, insuredId, specialGroup, insuredAbroad } = content.coverage;
  const isKnown = given(insuredId) !== null;
  if (payerType === 'PKV') return paperOnly('private-insurance');
  if (payerType === 'SEL') return paperOnly('pays-alone');
  if (insuredAbroad) return paperOnly('insured-abroad');
  if (specialGroup === '07') return paperOnly('special-group-07');
  if (payerType === 'SKT' && !isKnown) return paperOnly('skt-without-insured-id');
  if (payerType === 'BG' && !isKnown) return paperOnly('bg-without-proof');
  return { kind: 'sendable' };
}

function paperOnly(rule: PaperOnlyRule): Sending {
  return { kind: 'paper-only', rule };
}

/** Whether a VKNR belongs to the other payers (SKT), such as the police or social welfare offices: digits 3 to 5 from 800 on. */
export function isOtherPayer(vknr: string): boolean {
  return /^\d{5}$/.test(vknr) && Number(vknr.slice(2)) >= 800;
}
