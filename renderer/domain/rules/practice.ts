import type { Practice } from '../certificate';
import type { Finding } from '../finding';
import { error, given, type Rule } from './rule';

/** Rules about the practice (`KBV_PR_FOR_Organization`). */

const numberFields = ['bsnr', 'ik', 'kzv', 'site'] as const;
const numbers = (practice: Practice) => numberFields.filter((field) => given(practice[field]) !== null);

/** `-eau-angabeIdentifikatorEinrichtungPflicht`: the practice has a number. */
export const practiceNumberRequired: Rule = ({ practice }) =>
  numbers(practice).length === 0 ? [error('eau-angabeIdentifikatorEinrichtungPflicht', 'practice.bsnr')] : [];

/** `-for-anzahlIdentifikatorOrganizationRessource`: exactly one of BSNR, IK, KZV number and site number. */
export const onePracticeNumber: Rule = ({ practice }) => {
  const [, second] = numbers(practice);
  return second === undefined ? [] : [error('for-anzahlIdentifikatorOrganizationRessource', `practice.${second}`)];
};

/** `-for-laengeBSNR`, `-for-laengeKZVA`, `-for-laengeStandortnummer`: nine digits (the IK is checked with the insurers'). */
export const practiceNumberFormats: Rule = ({ practice }) => {
  const rules = { bsnr: 'for-laengeBSNR', kzv: 'for-laengeKZVA', site: 'for-laengeStandortnummer' } as const;
  return (['bsnr', 'kzv', 'site'] as const).flatMap((field): Finding[] => {
    const entered = given(practice[field]);
    return entered === null || /^[0-9]{9}$/.test(entered)
      ? []
      : [error(rules[field], `practice.${field}`, { entered })];
  });
};

/** `Organization.name`, `telecom:telefon`: required. */
export const practiceRequired: Rule = ({ practice }) => [
  ...(given(practice.name) === null ? [error('practice-name-required', 'practice.name')] : []),
  ...(given(practice.phone) === null ? [error('practice-phone-required', 'practice.phone')] : []),
];

/** `Organization.name`, `telecom`, `identifier:Telematik-ID`: lengths. */
export const practiceLengths: Rule = ({ practice }) => {
  const fields = [
    ['practice-name-length', 'name', 60],
    ['phone-length', 'phone', 30],
    ['fax-length', 'fax', 30],
    ['email-length', 'email', 256],
    ['telematik-id-length', 'telematikId', 128],
  ] as const;
  return fields.flatMap(([rule, field, max]) => {
    const length = given(practice[field])?.length ?? 0;
    return length > max ? [error(rule, `practice.${field}`, { max: String(max), length: String(length) })] : [];
  });
};

export const practiceRules: readonly Rule[] = [
  practiceNumberRequired,
  onePracticeNumber,
  practiceNumberFormats,
  practiceRequired,
  practiceLengths,
];
