import type { CertificateContent } from '../domain/certificate';
import { fullFamilyName } from '../domain/person-name';
import { titledGivenName } from './printed-content';

export const slipOrders = ['practitioner', 'time', 'payer'] as const;
/** How a batch is ordered for the tray: by who signs, by when it was issued, or by insurer. */
export type SlipOrder = (typeof slipOrders)[number];

const german = new Intl.Collator('de-DE', { numeric: true });

/**
 * A batch in printing order, as a new list. Ties go on by issue time, then by patient; otherwise the order given stays.
 *
 * @param slips anything with its content and `issuedAt`, a UTC ISO string
 */
export function sortSlips<T extends { readonly content: CertificateContent; readonly issuedAt: string }>(
  slips: readonly T[],
  order: SlipOrder,
): T[] {
  const key = ({ content }: T): string => {
    switch (order) {
      case 'practitioner':
        return `${content.issuer.family} ${content.issuer.given} ${content.issuer.lanr ?? content.issuer.zanr ?? ''}`;
      case 'payer':
        return `${content.coverage.payerName ?? ''} ${content.coverage.payerIk ?? ''}`;
      case 'time':
        return '';
    }
  };
  const patient = ({ content }: T): string => `${fullFamilyName(content.patient)} ${titledGivenName(content.patient)}`;
  return [...slips].sort(
    (one, other) =>
      german.compare(key(one), key(other)) ||
      (one.issuedAt < other.issuedAt ? -1 : one.issuedAt > other.issuedAt ? 1 : 0) ||
      german.compare(patient(one), patient(other)),
  );
}
