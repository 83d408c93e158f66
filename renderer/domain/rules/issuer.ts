import type { CertificateContent, Practitioner } from '../certificate';
import type { Finding } from '../finding';
import { error, given, isSpecialistCare, type Rule } from './rule';

/** Rules about who issues and who is responsible (`KBV_PR_FOR_Practitioner`, P310-09). */

interface Role {
  readonly path: 'issuer' | 'responsible';
  readonly practitioner: Practitioner;
}

function roles({ issuer, responsible }: CertificateContent): readonly Role[] {
  const issuing: Role = { path: 'issuer', practitioner: issuer };
  return responsible === null ? [issuing] : [issuing, { path: 'responsible', practitioner: responsible }];
}

const hasNumber = ({ lanr, zanr }: Practitioner): boolean => given(lanr) !== null || given(zanr) !== null;
const isDentist = ({ type }: Practitioner): boolean => type === '01';

/** `-eau-angabeIdentifikatorAusstellendePersonPflicht`: doctors, dentists and locums have a number, or in ASV a Fachgruppennummer. */
export const issuerNumberRequired: Rule = (content) => {
  const { issuer } = content;
  if (issuer.type === '03' || hasNumber(issuer) || mayStandInByGroup(content, issuer)) return [];
  return [error('eau-angabeIdentifikatorAusstellendePersonPflicht', numberField('issuer', issuer))];
};

/** `-eau-angabeIdentifikatorVerantwortlichePersonPflicht`: so has the responsible person. */
export const responsibleNumberRequired: Rule = (content) => {
  const { responsible } = content;
  if (responsible === null || hasNumber(responsible) || mayStandInByGroup(content, responsible)) return [];
  return [error('eau-angabeIdentifikatorVerantwortlichePersonPflicht', numberField('responsible', responsible))];
};

function mayStandInByGroup(content: CertificateContent, practitioner: Practitioner): boolean {
  return isSpecialistCare(content) && !isDentist(practitioner) && given(practitioner.asvGroup) !== null;
}

function numberField(path: Role['path'], practitioner: Practitioner): string {
  return `${path}.${isDentist(practitioner) ? 'zanr' : 'lanr'}`;
}

/** `-for-angabeArztnummerPflicht`: doctors have a LANR, not a ZANR. */
export const noDentistNumberForDoctors: Rule = (content) =>
  roles(content).flatMap(({ path, practitioner }) =>
    !isDentist(practitioner) && given(practitioner.zanr) !== null
      ? [error('for-angabeArztnummerPflicht', `${path}.zanr`)]
      : [],
  );

/** `-for-angabeZahnarztnummerPflicht`: dentists have a ZANR, not a LANR. */
export const noDoctorNumberForDentists: Rule = (content) =>
  roles(content).flatMap(({ path, practitioner }) =>
    isDentist(practitioner) && given(practitioner.lanr) !== null
      ? [error('for-angabeZahnarztnummerPflicht', `${path}.lanr`)]
      : [],
  );

/** `-for-anzahlIdentifikatorAusstellende-VerantwortlichePerson`: a Telematik-ID stands beside a LANR or ZANR, never alone. */
export const telematikIdBesideNumber: Rule = (content) =>
  roles(content).flatMap(({ path, practitioner }) =>
    given(practitioner.telematikId) !== null && !hasNumber(practitioner)
      ? [error('for-anzahlIdentifikatorAusstellende-VerantwortlichePerson', `${path}.telematikId`)]
      : [],
  );

/** `-for-laengeLANR`, `-for-laengeZANR`: nine digits; Telematik-ID at most 128 characters; ASV numbers nine digits. */
export const practitionerNumberFormats: Rule = (content) =>
  roles(content).flatMap(({ path, practitioner }) => [
    ...nineDigits('for-laengeLANR', `${path}.lanr`, practitioner.lanr),
    ...nineDigits('for-laengeZANR', `${path}.zanr`, practitioner.zanr),
    ...nineDigits('asv-group-format', `${path}.asvGroup`, practitioner.asvGroup),
    ...(path === 'issuer' ? nineDigits('for-laengeASVnummer', `${path}.asvTeam`, practitioner.asvTeam) : []),
    ...((given(practitioner.telematikId)?.length ?? 0) > 128
      ? [error('telematik-id-length', `${path}.telematikId`, { max: '128' })]
      : []),
  ]);

function nineDigits(
  rule: 'for-laengeLANR' | 'for-laengeZANR' | 'asv-group-format' | 'for-laengeASVnummer',
  field: string,
  text: string | null,
): Finding[] {
  const entered = given(text);
  return entered === null || /^[0-9]{9}$/.test(entered) ? [] : [error(rule, field, { entered })];
}

/** `-eau-angabeFachgruppennummerAsvAusstellendePersonVerbot`: a Fachgruppennummer only in ASV, for doctors and locums without a LANR. */
export const issuerGroupOnlyInstead: Rule = (content) =>
  isGroupMisplaced(content, content.issuer)
    ? [error('eau-angabeFachgruppennummerAsvAusstellendePersonVerbot', 'issuer.asvGroup')]
    : [];

/** `-eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot`: likewise for the responsible person. */
export const responsibleGroupOnlyInstead: Rule = (content) =>
  content.responsible !== null && isGroupMisplaced(content, content.responsible)
    ? [error('eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot', 'responsible.asvGroup')]
    : [];

function isGroupMisplaced(content: CertificateContent, practitioner: Practitioner): boolean {
  if (given(practitioner.asvGroup) === null) return false;
  const isDoctor = practitioner.type === '00' || practitioner.type === '04';
  return !isSpecialistCare(content) || !isDoctor || hasNumber(practitioner);
}

/** `-eau-angabeAsvTeamnummerPflicht`: legal basis 01 and 11 come with the issuer's ASV team number. */
export const teamRequired: Rule = (content) =>
  isSpecialistCare(content) && given(content.issuer.asvTeam) === null
    ? [error('eau-angabeAsvTeamnummerPflicht', 'issuer.asvTeam')]
    : [];

/** `-eau-angabeAsvTeamnummerVerbot`: any other comes without. */
export const noTeamOtherwise: Rule = (content) =>
  !isSpecialistCare(content) && given(content.issuer.asvTeam) !== null
    ? [error('eau-angabeAsvTeamnummerVerbot', 'issuer.asvTeam')]
    : [];

/** P310-09 (1c), `-eau-angabeVerantwortlichePersonPflicht`: a doctor in training without a number needs a responsible person. */
export const responsibleRequired: Rule = ({ issuer, responsible }) =>
  issuer.type === '03' && !hasNumber(issuer) && responsible === null
    ? [error('eau-angabeVerantwortlichePersonPflicht', 'responsible.family')]
    : [];

/** P310-09 (1a), `-eau-angabeVerantwortlichePersonVerbot-1`: only doctors in training and locums have a responsible person. */
export const noResponsibleOtherwise: Rule = ({ issuer, responsible }) =>
  responsible !== null && issuer.type !== '03' && issuer.type !== '04'
    ? [error('eau-angabeVerantwortlichePersonVerbot-1', 'responsible.family')]
    : [];

/** P310-09 (1b), `-eau-angabeVerantwortlichePersonVerbot-2`: nobody in training is responsible. */
export const responsibleIsTrained: Rule = ({ responsible }) =>
  responsible?.type === '03' ? [error('eau-angabeVerantwortlichePersonVerbot-2', 'responsible.type')] : [];

export const issuerRules: readonly Rule[] = [
  issuerNumberRequired,
  responsibleNumberRequired,
  noDentistNumberForDoctors,
  noDoctorNumberForDentists,
  telematikIdBesideNumber,
  practitionerNumberFormats,
  issuerGroupOnlyInstead,
  responsibleGroupOnlyInstead,
  teamRequired,
  noTeamOtherwise,
  responsibleRequired,
  noResponsibleOtherwise,
  responsibleIsTrained,
];
