import type { Diagnosis } from '../domain/certificate';
import type { IssuableCertificate } from '../domain/issuable';
import { coding, concept, extension, reference } from './datatypes';
import type { Entries } from './entries';
import { group, optional, primitive, type Xml } from './xml';

/** The incapacity itself, its diagnoses, and what is to follow. */

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const kbv = 'https://fhir.kbv.de/';

const clinicalStatus = (code: 'active' | 'resolved'): Xml =>
  concept('clinicalStatus', 'http://terminology.hl7.org/CodeSystem/condition-clinical', code);
const verificationStatus = (code: 'confirmed' | 'provisional' | 'refuted'): Xml =>
  concept('verificationStatus', 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code);

/** `icd-4` to `icd-7`: the certainty decides both statuses. Without one the diagnosis counts as certain, as the incapacity does. */
function statusesOf(certainty: Diagnosis['certainty']): readonly (Xml | null)[] {
  switch (certainty) {
    case 'A':
      return [null, verificationStatus('refuted')];
    case 'V':
      return [clinicalStatus('active'), verificationStatus('provisional')];
    case 'Z':
      return [clinicalStatus('resolved'), verificationStatus('confirmed')];
    case 'G':
    case null:
      return [clinicalStatus('active'), verificationStatus('confirmed')];
  }
}

function people(entries: Entries): { subject: Xml; asserter: Xml } {
  return {
    subject: reference('subject', entries.referenceTo('Patient', 'Patient')),
    asserter: reference('asserter', entries.referenceTo('Practitioner', 'Issuer')),
  };
}

/** P310-04: `KBV_PR_EAU_Condition_AU`. */
export function incapacityEntry({ certificate }: IssuableCertificate, entries: Entries): Xml {
  const cause = (holds: boolean, code: string): Xml | null =>
    holds
      ? extension(
          `${hl7}condition-dueTo`,
          concept('valueCodeableConcept', `${kbv}CodeSystem/KBV_CS_FOR_Ursache_Type`, code),
        )
      : null;
  const { subject, asserter } = people(entries);
  return entries.entry(
    'Condition',
    'Incapacity',
    'KBV_PR_EAU_Condition_AU',
    extension(`${hl7}condition-assertedDate`, primitive('valueDateTime', certificate.assessedOn)),
    certificate.seventhWeek
      ? extension(`${kbv}StructureDefinition/KBV_EX_EAU_7_weeks`, primitive('valueBoolean', 'true'))
      : null,
    cause(certificate.workAccident, '2'),
    cause(certificate.compensation, '3'),
    cause(certificate.otherAccident, '1'),
    ...statusesOf('G'),
    concept('code', `${kbv}CodeSystem/KBV_CS_SFHIR_KBV_FHIR_DOKUMENTTYPE`, 'eAU'),
    subject,
    group('onsetPeriod', optional('start', certificate.unfitSince), primitive('end', certificate.unfitUntil)),
    asserter,
  );
}

/** The name of the n-th diagnosis (from 0) in the document. */
export const diagnosisName = (index: number): string => `Diagnosis ${index}`;

/** P310-05: `KBV_PR_EAU_Condition_ICD`, one per code, in the order entered. */
export function diagnosisEntries({ certificate }: IssuableCertificate, entries: Entries): readonly Xml[] {
  const { subject, asserter } = people(entries);
  return certificate.diagnoses.map((diagnosis, index) =>
    entries.entry(
      'Condition',
      diagnosisName(index),
      'KBV_PR_EAU_Condition_ICD',
      ...statusesOf(diagnosis.certainty),
      group('code', icdCoding(diagnosis)),
      subject,
      asserter,
    ),
  );
}

function icdCoding({ certainty, side, catalogue, code }: Diagnosis): Xml {
  const mark = (url: string, system: string, value: string | null): Xml | null =>
    value === null
      ? null
      : extension(
          `http://fhir.de/StructureDefinition/${url}`,
          coding('valueCoding', `${kbv}CodeSystem/${system}`, value),
        );
  return group(
    'coding',
    mark('icd-10-gm-diagnosesicherheit', 'KBV_CS_SFHIR_ICD_DIAGNOSESICHERHEIT', certainty),
    mark('seitenlokalisation', 'KBV_CS_SFHIR_ICD_SEITENLOKALISATION', side),
    primitive('system', 'http://fhir.de/CodeSystem/bfarm/icd-10-gm'),
    primitive('version', catalogue),
    primitive('code', code),
  );
}

/** P310-06: `KBV_PR_EAU_Condition_Text`, the free text on the diagnoses. */
export function diagnosisTextEntry({ certificate }: IssuableCertificate, entries: Entries): Xml | null {
  if (certificate.diagnosisText === null) return null;
  const { subject, asserter } = people(entries);
  return entries.entry(
    'Condition',
    'Diagnosis text',
    'KBV_PR_EAU_Condition_Text',
    verificationStatus('confirmed'),
    group('code', primitive('text', certificate.diagnosisText)),
    subject,
    asserter,
  );
}

/** What is to follow, as `KBV_CS_EAU_WeitereSchritte_Type` names it. */
export type Measure = 'd_arzt' | 'reha' | 'wiedereingliederung' | 'sonstige';

/** P310-07: the measures of this certificate, each at most once. */
export function measuresOf({ certificate }: IssuableCertificate): readonly Measure[] {
  const measures: readonly (readonly [Measure, boolean])[] = [
    ['d_arzt', certificate.accidentDoctor],
    ['reha', certificate.rehab],
    ['wiedereingliederung', certificate.reintegration],
    ['sonstige', certificate.otherMeasures !== null],
  ];
  return measures.flatMap(([measure, holds]) => (holds ? [measure] : []));
}

/** P310-07: `KBV_PR_EAU_ServiceRequest_steps`, one per measure; only the other ones are told in words. */
export function measureEntries(content: IssuableCertificate, entries: Entries): readonly Xml[] {
  return measuresOf(content).map((measure) =>
    entries.entry(
      'ServiceRequest',
      measure,
      'KBV_PR_EAU_ServiceRequest_steps',
      primitive('status', 'active'),
      primitive('intent', 'proposal'),
      group(
        'code',
        coding('coding', `${kbv}CodeSystem/KBV_CS_EAU_WeitereSchritte_Type`, measure),
        measure === 'sonstige' ? optional('text', content.certificate.otherMeasures) : null,
      ),
      people(entries).subject,
      reference('requester', entries.referenceTo('Practitioner', 'Issuer')),
      reference('reasonReference', entries.referenceTo('Condition', 'Incapacity')),
    ),
  );
}
