import type { CertificateContent, IsoDay } from '../certificate';
import { addDays, daysBetween, formatDay, isIsoDay } from '../day';
import type { Finding } from '../finding';
import { error, given, warning, type Rule, type RuleContext } from './rule';

/** Rules about days. Fields that are no day at all are the business of `dayFormat`; the others then keep quiet. */

type DayField = 'issuedOn' | 'unfitSince' | 'unfitUntil' | 'assessedOn';

const day = (content: CertificateContent, field: DayField): IsoDay | null => {
  const text = given(content.certificate[field]);
  return text !== null && isIsoDay(text) ? text : null;
};

/** The day of treatment: the issue date where it is known, also of a slip that was written by hand days ago. */
const dayOfTreatment = (content: CertificateContent, context: RuleContext): IsoDay =>
  day(content, 'issuedOn') ?? context.today;

/**
 * `-eau-begrenzungDate`, `…Start`, `…End`, `…FestgestelltAm` and `-for-begrenzungDate` (end of coverage): dates are whole days that exist
 * (`JJJJ-MM-TT`).
 */
export const dayFormat: Rule = ({ certificate, coverage }) => {
  const fields = [
    ['eau-begrenzungDate', 'certificate.issuedOn', certificate.issuedOn],
    ['eau-begrenzungDateStart', 'certificate.unfitSince', certificate.unfitSince],
    ['eau-begrenzungDateEnd', 'certificate.unfitUntil', certificate.unfitUntil],
    ['eau-begrenzungDateFestgestelltAm', 'certificate.assessedOn', certificate.assessedOn],
    ['for-begrenzungDate', 'coverage.ends', coverage.ends],
  ] as const;
  return fields.flatMap(([rule, field, text]) => {
    const entered = given(text);
    return entered === null || isIsoDay(entered) ? [] : [error(rule, field, { entered })];
  });
};

/** The issue date, the end and the day of assessment are always needed (profiles: `date`, `onsetPeriod.end`, `assertedDate`). */
export const daysRequired: Rule = ({ certificate }) => [
  ...(given(certificate.issuedOn) === null ? [error('issued-required', 'certificate.issuedOn')] : []),
  ...(given(certificate.unfitUntil) === null ? [error('until-required', 'certificate.unfitUntil')] : []),
  ...(given(certificate.assessedOn) === null ? [error('assessed-required', 'certificate.assessedOn')] : []),
];

/** `-eau-angabeAUseitErstbescheinigung`: a first certificate says since when. */
export const sinceOnFirst: Rule = ({ certificate }) =>
  isFirst(certificate.kind) && given(certificate.unfitSince) === null
    ? [error('eau-angabeAUseitErstbescheinigung', 'certificate.unfitSince')]
    : [];

/** `-eau-angabeAUseitFolgebescheinigung`: a follow-up doesn't. */
export const noSinceOnFollowUp: Rule = ({ certificate }) =>
  !isFirst(certificate.kind) && given(certificate.unfitSince) !== null
    ? [error('eau-angabeAUseitFolgebescheinigung', 'certificate.unfitSince')]
    : [];

/** The certificate isn't issued in the future. */
export const notIssuedInFuture: Rule = (content, context) => {
  const issuedOn = day(content, 'issuedOn');
  return issuedOn !== null && issuedOn > context.today
    ? [error('issued-in-future', 'certificate.issuedOn', { today: formatDay(context.today) })]
    : [];
};

/** P310-04 (3b): the day of assessment is not after the day of treatment. */
export const assessedByTreatment: Rule = (content, context) => {
  const assessedOn = day(content, 'assessedOn');
  const treated = dayOfTreatment(content, context);
  return assessedOn !== null && assessedOn > treated
    ? [error('P310-04-3b', 'certificate.assessedOn', { latest: formatDay(treated) })]
    : [];
};

/** P310-04 (4): unfit until at most 31 days after the day of assessment. */
export const untilWithin31Days: Rule = (content) => {
  const [assessedOn, unfitUntil] = [day(content, 'assessedOn'), day(content, 'unfitUntil')];
  if (assessedOn === null || unfitUntil === null || daysBetween(assessedOn, unfitUntil) <= 31) return [];
  return [error('P310-04', 'certificate.unfitUntil', { latest: formatDay(addDays(assessedOn, 31)) })];
};

/** The end is not before the beginning. */
export const untilNotBeforeSince: Rule = (content) => {
  const [since, until] = [day(content, 'unfitSince'), day(content, 'unfitUntil')];
  return since !== null && until !== null && until < since
    ? [error('until-before-since', 'certificate.unfitUntil', { since: formatDay(since) })]
    : [];
};

/** An end before the assessment certifies the past only: possible, but worth a second look. */
export const untilBeforeAssessed: Rule = (content) => {
  const [assessedOn, unfitUntil] = [day(content, 'assessedOn'), day(content, 'unfitUntil')];
  return assessedOn !== null && unfitUntil !== null && unfitUntil < assessedOn
    ? [warning('until-before-assessed', 'certificate.unfitUntil', { assessed: formatDay(assessedOn) })]
    : [];
};

/** Dating back is for exceptions and as a rule not by more than three days (Arbeitsunfähigkeits-Richtlinie § 5 (3)). */
export const notDatedBack: Rule = (content) => {
  const [since, assessedOn] = [day(content, 'unfitSince'), day(content, 'assessedOn')];
  if (since === null || assessedOn === null) return [];
  if (daysBetween(since, assessedOn) > 3)
    return [warning('dated-back', 'certificate.unfitSince', { assessed: formatDay(assessedOn) })];
  return since > addDays(assessedOn, 1)
    ? [warning('since-after-assessed', 'certificate.unfitSince', { assessed: formatDay(assessedOn) })]
    : [];
};

/** The card is no longer valid on the day of issue. */
export const coverageEnded: Rule = (content, context) => {
  const ends = given(content.coverage.ends);
  const treated = dayOfTreatment(content, context);
  return ends !== null && isIsoDay(ends) && ends < treated
    ? [warning('coverage-ended', 'coverage.ends', { ends: formatDay(ends) })]
    : [];
};

/** `Patient.birthDate`: a year, a month or a day that exists. */
export const birthDateFormat: Rule = ({ patient }) => {
  const entered = given(patient.birthDate);
  if (entered === null) return [error('birth-date-required', 'patient.birthDate')];
  return isPartialDay(entered) ? [] : [error('birth-date-format', 'patient.birthDate', { entered })];
};

/**
 * `-eau-geburtsdatumPatient`: nobody is born after the issue date. The constraint takes the issue date's own year, but validators disagree on
 * its own month (it compares a date with a text there), so in that month the day is asked for.
 */
export const bornBeforeIssued: Rule = (content, context) => {
  const { birthDate } = content.patient;
  const issuedOn = dayOfTreatment(content, context);
  if (!isPartialDay(birthDate)) return [];
  const sameMonth = birthDate === issuedOn.slice(0, 7);
  return sameMonth || birthDate > issuedOn.slice(0, birthDate.length)
    ? [error('eau-geburtsdatumPatient', 'patient.birthDate', { issued: formatDay(issuedOn) })]
    : [];
};

/** Nobody at work is over 120: a slip of the finger in the year. */
export const plausibleBirthYear: Rule = (content, context): Finding[] => {
  const { birthDate } = content.patient;
  const age = Number(context.today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return isPartialDay(birthDate) && age > 120 ? [warning('birth-year-implausible', 'patient.birthDate')] : [];
};

function isFirst(kind: CertificateContent['certificate']['kind']): boolean {
  return kind === 'ERST' || kind === 'ERST_END';
}

function isPartialDay(text: string): boolean {
  if (/^\d{4}$/.test(text)) return isIsoDay(`${text}-01-01`);
  if (/^\d{4}-\d{2}$/.test(text)) return isIsoDay(`${text}-01`);
  return isIsoDay(text);
}

export const dateRules: readonly Rule[] = [
  dayFormat,
  daysRequired,
  sinceOnFirst,
  noSinceOnFollowUp,
  notIssuedInFuture,
  assessedByTreatment,
  untilWithin31Days,
  untilNotBeforeSince,
  untilBeforeAssessed,
  notDatedBack,
  coverageEnded,
  birthDateFormat,
  bornBeforeIssued,
  plausibleBirthYear,
];
