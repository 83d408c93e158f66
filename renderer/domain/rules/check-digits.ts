import { given, warning, type Rule } from './rule';

/**
 * Check digits. They only ever warn: numbers are typed in an outage and must not keep a certificate back.
 */

const digitSum = (number: number): number => Math.floor(number / 10) + (number % 10);
const weighted = (digits: string, weights: readonly number[], each: (product: number) => number): number =>
  Array.from(digits).reduce(
    (sum, digit, index) => sum + each(Number(digit) * (weights[index % weights.length] ?? 1)),
    0,
  );

/** Insured id (§ 290 SGB V): the letter as two digits, weights 1 and 2 in turn, digit sums, modulo 10. */
export function hasValidInsuredIdCheckDigit(insuredId: string): boolean {
  const letter = String(insuredId.charCodeAt(0) - 64).padStart(2, '0');
  return weighted(letter + insuredId.slice(1, 9), [1, 2], digitSum) % 10 === Number(insuredId.slice(9));
}

/** IK: digits 3 to 8, weights 2 and 1 in turn, digit sums, modulo 10. */
export function hasValidIkCheckDigit(ik: string): boolean {
  return weighted(ik.slice(2, 8), [2, 1], digitSum) % 10 === Number(ik.slice(8));
}

/** LANR: the first six digits, weights 4 and 9 in turn, the difference to the next ten. Pseudo numbers (`999999…`) have none. */
export function hasValidLanrCheckDigit(lanr: string): boolean {
  if (lanr.startsWith('999999')) return true;
  return (10 - (weighted(lanr.slice(0, 6), [4, 9], (product) => product) % 10)) % 10 === Number(lanr.slice(6, 7));
}

/** The insured id's check digit. */
export const insuredIdCheckDigit: Rule = ({ coverage }) => {
  const id = given(coverage.insuredId);
  return id !== null && /^[A-Z]\d{9}$/.test(id) && !hasValidInsuredIdCheckDigit(id)
    ? [warning('insured-id-check-digit', 'coverage.insuredId', { entered: id })]
    : [];
};

/** The check digits of the IKs: the insurer's, the accident insurer's, the practice's. */
export const ikCheckDigits: Rule = ({ coverage, practice }) =>
  [
    { field: 'coverage.payerIk', ik: given(coverage.payerIk) },
    { field: 'coverage.billingIk', ik: given(coverage.billingIk) },
    { field: 'practice.ik', ik: given(practice.ik) },
  ].flatMap(({ field, ik }) =>
    ik !== null && /^\d{9}$/.test(ik) && !hasValidIkCheckDigit(ik)
      ? [warning('ik-check-digit', field, { entered: ik })]
      : [],
  );

/** The LANR's check digit, of the issuer and of the responsible person. */
export const lanrCheckDigits: Rule = ({ issuer, responsible }) =>
  [
    { field: 'issuer.lanr', lanr: given(issuer.lanr) },
    { field: 'responsible.lanr', lanr: given(responsible?.lanr ?? null) },
  ].flatMap(({ field, lanr }) =>
    lanr !== null && /^\d{9}$/.test(lanr) && !hasValidLanrCheckDigit(lanr)
      ? [warning('lanr-check-digit', field, { entered: lanr })]
      : [],
  );

export const checkDigitRules: readonly Rule[] = [insuredIdCheckDigit, ikCheckDigits, lanrCheckDigits];
