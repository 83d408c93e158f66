import type { PayerType } from '../certificate';
import { error, given, paysAlone, warning, type Rule, type RuleKey } from './rule';

/** Rules about the insurer and the insurance (`KBV_PR_FOR_Coverage`, identifiers of `KBV_PR_FOR_Patient`). */

/** `KBV_CS_SFHIR_KBV_PERSONENGRUPPE` 1.03. */
export const specialGroups = ['00', '04', '06', '07', '08', '09'] as const;

/** `KBV_CS_SFHIR_KBV_DMP` 1.06: single programmes and their combinations. */
export const dmpCodes: readonly string[] = [...range(0, 12), ...range(30, 58)];

/** `KBV_CS_SFHIR_ITA_WOP` 1.00: regions of the Kassenärztliche Vereinigungen. */
export const wopCodes: readonly string[] =
  '00 01 02 03 17 20 38 46 47 48 49 50 51 52 55 60 61 62 71 72 73 78 83 88 93 98'.split(' ');

function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index).padStart(2, '0'));
}

/**
 * `-for-angabeIKzustaendigeKrankenkasseEGKPflicht`: an insurer is named by its IK, on paper too (field 5 of the barcode has nine digits). Other payers
 * may have none, such as single welfare offices: then the form is filled in by hand.
 */
export const payerIkRequired: Rule = (content) =>
  !paysAlone(content) && given(content.coverage.payerIk) === null
    ? [error(withoutIk(content.coverage.payerType), 'coverage.payerIk')]
    : [];

/** What is to be done differs by who pays. */
function withoutIk(payerType: PayerType): RuleKey {
  if (payerType === 'PKV') return 'payer-ik-private';
  return payerType === 'SKT' ? 'payer-ik-other' : 'for-angabeIKzustaendigeKrankenkasseEGKPflicht';
}

/** `-for-laengeIK`: an IK has nine digits. */
export const ikFormat: Rule = ({ coverage, practice }) =>
  [
    { field: 'coverage.payerIk', ik: given(coverage.payerIk) },
    { field: 'coverage.billingIk', ik: given(coverage.billingIk) },
    { field: 'practice.ik', ik: given(practice.ik) },
  ].flatMap(({ field, ik }) =>
    ik === null || /^[0-9]{9}$/.test(ik) ? [] : [error('for-laengeIK', field, { entered: ik })],
  );

/** `-for-angabeIKKostentraegerVerbot`: an accident insurer's IK only with BG and UK. */
export const billingIkOnlyForAccidentInsurers: Rule = ({ coverage: { payerType, billingIk } }) =>
  given(billingIk) !== null && payerType !== 'BG' && payerType !== 'UK'
    ? [error('for-angabeIKKostentraegerVerbot', 'coverage.billingIk')]
    : [];

/** The accident insurer's own IK goes into the document when it is known. */
export const billingIkForAccidentInsurers: Rule = ({ coverage: { payerType, billingIk } }) =>
  given(billingIk) === null && (payerType === 'BG' || payerType === 'UK')
    ? [warning('billing-ik-missing', 'coverage.billingIk')]
    : [];

/** `-eau-angabeVersichertenIDbeiGKV`: the statutorily insured have an insured id. */
export const insuredIdRequired: Rule = ({ coverage }) =>
  coverage.payerType === 'GKV' && given(coverage.insuredId) === null
    ? [error('eau-angabeVersichertenIDbeiGKV', 'coverage.insuredId')]
    : [];

/** `-for-laengeVersichertenId`: a capital letter and nine digits. */
export const insuredIdFormat: Rule = ({ coverage }) => {
  const id = given(coverage.insuredId);
  return id === null || /^[A-Z][0-9]{9}$/.test(id)
    ? []
    : [error('for-laengeVersichertenId', 'coverage.insuredId', { entered: id })];
};

/** `-eau-angabeVersichertennummerBeiSKT`: insured id or KVK number; who has neither gets paper only, so this asks and doesn't refuse. */
export const numberForOtherPayers: Rule = ({ coverage }) =>
  coverage.payerType === 'SKT' && given(coverage.insuredId) === null && given(coverage.kvkNumber) === null
    ? [warning('eau-angabeVersichertennummerBeiSKT', 'coverage.insuredId')]
    : [];

/** `kvk-1`: a KVK number has 6 to 12 digits. */
export const kvkNumberFormat: Rule = ({ coverage }) => {
  const number = given(coverage.kvkNumber);
  return number === null || /^[0-9]{6,12}$/.test(number)
    ? []
    : [error('kvk-1', 'coverage.kvkNumber', { entered: number })];
};

/** The KVK number is for other payers (SKT) only. */
export const kvkNumberOnlyForOtherPayers: Rule = ({ coverage }) =>
  given(coverage.kvkNumber) !== null && coverage.payerType !== 'SKT'
    ? [error('kvk-number-only-skt', 'coverage.kvkNumber')]
    : [];

/** `-for-angabeVersichertenartPflicht`. */
export const statusRequired: Rule = (content) =>
  !paysAlone(content) && content.coverage.status === null
    ? [error('for-angabeVersichertenartPflicht', 'coverage.status')]
    : [];

/** `-for-angabeBesonderePersonengruppePflicht` and its value set; `00` is none. */
export const specialGroup: Rule = (content) => {
  const entered = given(content.coverage.specialGroup);
  if (entered === null)
    return paysAlone(content) ? [] : [error('for-angabeBesonderePersonengruppePflicht', 'coverage.specialGroup')];
  return specialGroups.some((code) => code === entered)
    ? []
    : [error('special-group-unknown', 'coverage.specialGroup', { entered })];
};

/** `-for-angabeDMPPflicht` and its value set; `00` is none. */
export const dmp: Rule = (content) => {
  const entered = given(content.coverage.dmp);
  if (entered === null) return paysAlone(content) ? [] : [error('for-angabeDMPPflicht', 'coverage.dmp')];
  return dmpCodes.includes(entered) ? [] : [error('dmp-unknown', 'coverage.dmp', { entered })];
};

/** `Coverage.extension:WOP`: optional, from its value set. */
export const wop: Rule = ({ coverage }) => {
  const entered = given(coverage.wop);
  return entered === null || wopCodes.includes(entered) ? [] : [error('wop-unknown', 'coverage.wop', { entered })];
};

/** `-eau-angabeRechtsgrundlagePflicht`. */
export const legalBasisRequired: Rule = (content) =>
  !paysAlone(content) && content.coverage.legalBasis === null
    ? [error('eau-angabeRechtsgrundlagePflicht', 'coverage.legalBasis')]
    : [];

/** An accident insurer pays for work accidents and occupational diseases only. */
export const accidentInsurerForWorkAccidents: Rule = ({ certificate, coverage: { payerType } }) =>
  (payerType === 'BG' || payerType === 'UK') && !certificate.workAccident
    ? [warning('work-accident-missing', 'certificate.workAccident')]
    : [];

/** Only after a work accident is anybody assigned to the Durchgangsarzt. */
export const accidentDoctorForWorkAccidents: Rule = ({ certificate }) =>
  certificate.accidentDoctor && !certificate.workAccident
    ? [warning('accident-doctor-without-work-accident', 'certificate.accidentDoctor')]
    : [];

export const coverageRules: readonly Rule[] = [
  payerIkRequired,
  ikFormat,
  billingIkOnlyForAccidentInsurers,
  billingIkForAccidentInsurers,
  insuredIdRequired,
  insuredIdFormat,
  numberForOtherPayers,
  kvkNumberFormat,
  kvkNumberOnlyForOtherPayers,
  statusRequired,
  specialGroup,
  dmp,
  wop,
  legalBasisRequired,
  accidentInsurerForWorkAccidents,
  accidentDoctorForWorkAccidents,
];
