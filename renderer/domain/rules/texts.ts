import type { CertificateContent, PersonName } from '../certificate';
import type { Finding } from '../finding';
import { error, given, paysAlone, type Rule, type RuleKey } from './rule';

/**
 * Rules about free text: lengths, what must not be empty, and characters.
 *
 * Lengths are the profiles' `maxLength`. FHIR validators count UTF-16 code units, as JavaScript does, so an emoji counts twice.
 */

interface TextField {
  readonly rule: RuleKey;
  readonly field: string;
  readonly text: string | null;
  readonly max: number;
}

const tooLong = (fields: readonly TextField[]): Finding[] =>
  fields.flatMap(({ rule, field, text, max }) => {
    const length = given(text)?.length ?? 0;
    return length > max ? [error(rule, field, { max: String(max), length: String(length) })] : [];
  });

/** The persons on a certificate, each with its path and the length its title may have. */
function persons(content: CertificateContent): readonly { path: string; name: PersonName; titleMax: number }[] {
  const { patient, issuer, responsible } = content;
  return [
    { path: 'patient', name: patient, titleMax: 20 },
    { path: 'issuer', name: issuer, titleMax: 100 },
    ...(responsible === null ? [] : [{ path: 'responsible', name: responsible, titleMax: 100 }]),
  ];
}

/** `KBV_PR_FOR_Patient.name`, `KBV_PR_FOR_Practitioner.name`: lengths. */
export const nameLengths: Rule = (content) =>
  persons(content).flatMap(({ path, name, titleMax }) =>
    tooLong([
      { rule: 'family-length', field: `${path}.family`, text: name.family, max: 45 },
      { rule: 'given-length', field: `${path}.given`, text: name.given, max: 45 },
      { rule: 'title-length', field: `${path}.title`, text: name.title, max: titleMax },
      { rule: 'affix-length', field: `${path}.affix`, text: name.affix, max: 20 },
      { rule: 'prefix-length', field: `${path}.prefix`, text: name.prefix, max: 20 },
    ]),
  );

/** `name.family`, `name.given`: everybody has both. */
export const namesRequired: Rule = (content) =>
  persons(content).flatMap(({ path, name }) => [
    ...(given(name.family) === null ? [error('family-required', `${path}.family`)] : []),
    ...(given(name.given) === null ? [error('given-required', `${path}.given`)] : []),
  ]);

/** `KBV_PR_FOR_Practitioner.qualification`: its text is required, at most 100 characters. */
export const qualificationText: Rule = ({ issuer, responsible }) => {
  const practitioners = [{ path: 'issuer', practitioner: issuer }];
  if (responsible !== null) practitioners.push({ path: 'responsible', practitioner: responsible });
  return practitioners.flatMap(({ path, practitioner }) => {
    const field = `${path}.qualification`;
    if (given(practitioner.qualification) === null) return [error('qualification-required', field)];
    return tooLong([{ rule: 'qualification-length', field, text: practitioner.qualification, max: 100 }]);
  });
};

/** P310-06: the text on the diagnoses has at most 70 characters. */
export const diagnosisTextLength: Rule = ({ certificate }) =>
  tooLong([{ rule: 'P310-06', field: 'certificate.diagnosisText', text: certificate.diagnosisText, max: 70 }]);

/** P310-07: other measures are told in 1 to 70 characters; a text of spaces says nothing. */
export const otherMeasuresLength: Rule = ({ certificate }) =>
  tooLong([{ rule: 'P310-07', field: 'certificate.otherMeasures', text: certificate.otherMeasures, max: 70 }]);

/** `Coverage.payor.display`: the insurer's name, 1 to 45 characters; who pays alone has no insurer. */
export const payerName: Rule = (content) => {
  const { payerName: name } = content.coverage;
  if (given(name) === null) return paysAlone(content) ? [] : [error('payer-name-required', 'coverage.payerName')];
  return tooLong([{ rule: 'payer-name-length', field: 'coverage.payerName', text: name, max: 45 }]);
};

/** `Composition.author:Pruefnummer`: 1 to 17 characters. */
export const softwareId: Rule = ({ softwareId: id }) =>
  given(id) === null
    ? [error('eau-angabePruefnummerPflicht', 'softwareId')]
    : tooLong([{ rule: 'software-id-length', field: 'softwareId', text: id, max: 17 }]);

// XML 1.0 has no way to write the other control characters, half of a surrogate pair, or U+FFFE and U+FFFF. Tabs and line breaks it has,
// but every field is a single line, and a tab would shift the barcode's fields.
const forbidden = /[\u0000-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a text has a character that neither the document nor the barcode can carry. */
export function hasForbiddenCharacter(text: string): boolean {
  return forbidden.test(text);
}

/** Character set: any Unicode that XML allows, on a single line. */
export const allowedCharacters: Rule = (content) => forbiddenIn(content, '');

function forbiddenIn(value: unknown, path: string): Finding[] {
  if (typeof value === 'string') {
    const found = forbidden.exec(value)?.[0];
    if (found === undefined) return [];
    const character = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    return [error('forbidden-character', path, { character })];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => forbiddenIn(inner, path === '' ? key : `${path}.${key}`));
}

export const textRules: readonly Rule[] = [
  namesRequired,
  nameLengths,
  qualificationText,
  diagnosisTextLength,
  otherMeasuresLength,
  payerName,
  softwareId,
  allowedCharacters,
];
