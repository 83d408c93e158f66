import type { Diagnosis } from '../certificate';
import { addDays, daysBetween, isIsoDay } from '../day';
import { withoutMarks, type AgeLimit, type CatalogueEntry, type DiagnosisCatalogue } from '../diagnosis-catalogue';
import type { Finding } from '../finding';
import { error, given, warning, type Rule, type RuleContext } from './rule';

/**
 * Rules about the diagnoses (P310-05; P10-… of KBV's catalogue on using ICD-10-GM). Which codes there are, and for whom, is asked of the catalogue of the
 * same year only: another year's has other codes. Whether a code that both have is a category, a star or an exclamation code is asked of any: that hardly
 * ever changes, and a wrong one is rejected after the patient has left.
 */

/** P310-05 (1a): one to six codes; a text alone is not enough (P310-06). */
export const oneToSix: Rule = ({ certificate: { diagnoses } }) => {
  if (diagnoses.length === 0) return [error('P310-05', 'certificate.diagnoses')];
  return diagnoses.length > 6
    ? [error('P310-05-1a', 'certificate.diagnoses', { count: String(diagnoses.length) })]
    : [];
};

/** `icd-regex`: how a code looks. Marks such as `*` are not part of it and are left out of the document (P310-05 (3a)). */
export const codeFormat: Rule = ({ certificate: { diagnoses } }) =>
  diagnoses.flatMap(({ code }, index) =>
    /^[A-Z][0-9][A-Z0-9](\.[A-Z0-9]{1,4})?$/.test(withoutMarks(code)) && !/-/.test(code)
      ? []
      : [error('icd-regex', `certificate.diagnoses.${index}.code`, { entered: code })],
  );

/** P310-05 (3d): every code names its catalogue's year. */
export const catalogueYear: Rule = ({ certificate: { diagnoses } }) =>
  diagnoses.flatMap(({ catalogue }, index) =>
    /^[0-9]{4}$/.test(catalogue)
      ? []
      : [error('icd-catalogue-year', `certificate.diagnoses.${index}.catalogue`, { entered: catalogue })],
  );

/** The same diagnosis is there twice. */
export const noneTwice: Rule = ({ certificate: { diagnoses } }) => {
  const key = (diagnosis: Diagnosis): string =>
    [withoutMarks(diagnosis.code), diagnosis.certainty, diagnosis.side].join(' ');
  return diagnoses.flatMap((diagnosis, index) =>
    diagnoses.slice(0, index).some((earlier) => key(earlier) === key(diagnosis))
      ? [warning('diagnosis-twice', `certificate.diagnoses.${index}.code`, { code: diagnosis.code })]
      : [],
  );
};

/** P10-430: the code exists. */
export const codeExists: Rule = ({ certificate }, { catalogue }) =>
  inCatalogue(certificate.diagnoses, catalogue).flatMap(({ diagnosis, index, entry }) =>
    entry === null
      ? [error('P10-430', `certificate.diagnoses.${index}.code`, { code: diagnosis.code, year: diagnosis.catalogue })]
      : [],
  );

/** P10-440: the code may be used to code with; a category (`J06`) is not. */
export const codeIsCodable: Rule = ({ certificate }, { catalogue }) =>
  certificate.diagnoses.flatMap((diagnosis, index) =>
    entryOfAnyYear(diagnosis, catalogue)?.codable === false
      ? [error('P10-440', `certificate.diagnoses.${index}.code`, { code: diagnosis.code })]
      : [],
  );

/** P10-450: the code has a meaning. */
export const codeHasMeaning: Rule = ({ certificate }, { catalogue }) =>
  inCatalogue(certificate.diagnoses, catalogue).flatMap(({ diagnosis, index, entry }) =>
    entry !== null && !entry.occupied
      ? [error('P10-450', `certificate.diagnoses.${index}.code`, { code: diagnosis.code })]
      : [],
  );

/**
 * P10-460: star and exclamation codes never stand alone; at least one code is primary. A code that no catalogue at hand has counts as such where its
 * mark was entered with it (`U07.1!`, `N08.3*`).
 */
export const onePrimary: Rule = ({ certificate: { diagnoses } }, { catalogue }) => {
  const isSecondary = (diagnosis: Diagnosis): boolean => {
    const entry = entryOfAnyYear(diagnosis, catalogue);
    return entry === null ? /[!*]$/.test(diagnosis.code.trim()) : entry.notation !== 'primary';
  };
  return diagnoses.length > 0 && diagnoses.every(isSecondary)
    ? [error('P10-460', 'certificate.diagnoses.0.code', { code: diagnoses[0]?.code ?? '' })]
    : [];
};

/**
 * P10-480: the code is for another age: where the catalogue says «must» that refuses, where it says «may» it warns. Of «Z» (state after) only the lower limit counts; an incomplete
 * birth date says nothing.
 */
export const ageFits: Rule = (content, context) => {
  const { birthDate } = content.patient;
  const today = given(content.certificate.issuedOn) ?? context.today;
  if (!isIsoDay(birthDate) || !isIsoDay(today) || birthDate > today) return [];
  return inCatalogue(content.certificate.diagnoses, context.catalogue).flatMap(
    ({ diagnosis, index, entry }): Finding[] => {
      const age = entry?.age ?? null;
      if (age === null) return [];
      const tooYoung = age.lowest !== null && today < reaches(birthDate, age.lowest);
      const tooOld = age.highest !== null && diagnosis.certainty !== 'Z' && today >= outgrows(birthDate, age.highest);
      if (!tooYoung && !tooOld) return [];
      const field = `certificate.diagnoses.${index}.code`;
      const values = { code: diagnosis.code, age: String(yearsBetween(birthDate, today)) };
      return [age.strictness === 'must' ? error('P10-480-must', field, values) : warning('P10-480', field, values)];
    },
  );
};

/** P10-470: the code is for the other sex: «must» refuses, «may» warns. A sex that wasn't given says nothing. */
export const sexFits: Rule = (content, context) => {
  const { sex } = content.patient;
  if (sex === null || sex === undefined) return [];
  return inCatalogue(content.certificate.diagnoses, context.catalogue).flatMap(
    ({ diagnosis, index, entry }): Finding[] => {
      const only = entry?.sex ?? null;
      if (only === null || only.value === sex) return [];
      const field = `certificate.diagnoses.${index}.code`;
      const values = { code: diagnosis.code };
      return [only.strictness === 'must' ? error('P10-470-must', field, values) : warning('P10-470', field, values)];
    },
  );
};

function reaches(birthDate: string, limit: AgeLimit): string {
  return limit.unit === 'days' ? addDays(birthDate, limit.value) : anniversary(birthDate, limit.value);
}
function outgrows(birthDate: string, limit: AgeLimit): string {
  return limit.unit === 'days' ? addDays(birthDate, limit.value + 1) : anniversary(birthDate, limit.value + 1);
}

/** The day on which so many years are completed; who was born on 29 February completes them on 1 March in common years (§ 188 BGB). */
function anniversary(birthDate: string, years: number): string {
  const year = String(Number(birthDate.slice(0, 4)) + years).padStart(4, '0');
  const day = `${year}${birthDate.slice(4)}`;
  return isIsoDay(day) ? day : `${year}-03-01`;
}

function yearsBetween(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return daysBetween(anniversary(birthDate, years), today) < 0 ? years - 1 : years;
}

function inCatalogue(
  diagnoses: readonly Diagnosis[],
  catalogue: RuleContext['catalogue'],
): readonly { diagnosis: Diagnosis; index: number; entry: CatalogueEntry | null }[] {
  return diagnoses.flatMap((diagnosis, index) =>
    isSameYear(diagnosis, catalogue) ? [{ diagnosis, index, entry: catalogue.find(diagnosis.code) }] : [],
  );
}

/** The code's entry in the catalogue at hand, of whatever year; one that had no meaning then may have got any since. */
function entryOfAnyYear(diagnosis: Diagnosis, catalogue: RuleContext['catalogue']): CatalogueEntry | null {
  const entry = catalogue?.find(diagnosis.code) ?? null;
  return entry?.occupied === false && !isSameYear(diagnosis, catalogue) ? null : entry;
}

function isSameYear(diagnosis: Diagnosis, catalogue: RuleContext['catalogue']): catalogue is DiagnosisCatalogue {
  return catalogue !== null && catalogue.year === diagnosis.catalogue;
}

export const diagnosisRules: readonly Rule[] = [
  oneToSix,
  codeFormat,
  catalogueYear,
  noneTwice,
  codeExists,
  codeIsCodable,
  codeHasMeaning,
  onePrimary,
  ageFits,
  sexFits,
];
