import type { PayerType } from '../domain/certificate';
import type { IssuableCertificate } from '../domain/issuable';
import { concept, coding, extension, reference } from './datatypes';
import type { Entries } from './entries';
import { group, optional, primitive, type Xml } from './xml';

const ikSystem = 'http://fhir.de/sid/arge-ik/iknr';
const typeSystem = (type: PayerType): string =>
  type === 'SKT' || type === 'UK'
    ? 'https://fhir.kbv.de/CodeSystem/KBV_CS_FOR_Payor_Type_KBV'
    : 'http://fhir.de/CodeSystem/versicherungsart-de-basis';

/**
 * `KBV_PR_FOR_Coverage`. On BG and UK the payer stays the patient's health insurer, and the accident insurer's IK goes into the extension
 * `KBV_EX_FOR_Alternative_IK`. Who pays alone (SEL) has no insurer: the display says so.
 */
export function coverageEntry({ coverage }: IssuableCertificate, entries: Entries): Xml {
  const code = (name: string, system: string, value: string | null): Xml | null =>
    value === null
      ? null
      : extension(
          `http://fhir.de/StructureDefinition/gkv/${name}`,
          coding('valueCoding', `https://fhir.kbv.de/CodeSystem/${system}`, value),
        );
  return entries.entry(
    'Coverage',
    'Coverage',
    'KBV_PR_FOR_Coverage',
    code('besondere-personengruppe', 'KBV_CS_SFHIR_KBV_PERSONENGRUPPE', coverage.specialGroup),
    code('dmp-kennzeichen', 'KBV_CS_SFHIR_KBV_DMP', coverage.dmp),
    code('wop', 'KBV_CS_SFHIR_ITA_WOP', coverage.wop),
    code('versichertenart', 'KBV_CS_SFHIR_KBV_VERSICHERTENSTATUS', coverage.status),
    primitive('status', 'active'),
    concept('type', typeSystem(coverage.payerType), coverage.payerType),
    reference('beneficiary', entries.referenceTo('Patient', 'Patient')),
    coverage.ends === null ? null : group('period', primitive('end', coverage.ends)),
    group('payor', payerIdentifier(coverage), optional('display', coverage.payerName ?? 'Selbstzahler')),
  );
}

function payerIdentifier({ payerIk, billingIk }: IssuableCertificate['coverage']): Xml | null {
  if (payerIk === null) return null;
  const alternative =
    billingIk === null
      ? null
      : extension(
          'https://fhir.kbv.de/StructureDefinition/KBV_EX_FOR_Alternative_IK',
          group('valueIdentifier', primitive('system', ikSystem), primitive('value', billingIk)),
        );
  return group('identifier', alternative, primitive('system', ikSystem), primitive('value', payerIk));
}
