import type { Practitioner } from '../domain/certificate';
import type { IssuableCertificate } from '../domain/issuable';
import { coding, humanName, patientAddress, practiceAddress, telematikId, typedIdentifier } from './datatypes';
import type { Entries } from './entries';
import { group, primitive, type Xml } from './xml';

/** Patient, practitioners, practice, and the issuer's part in a specialist team. */

const v2Types = 'http://terminology.hl7.org/CodeSystem/v2-0203';
const germanTypes = 'http://fhir.de/CodeSystem/identifier-type-de-basis';
const kbvTypes = 'https://fhir.kbv.de/CodeSystem/KBV_CS_Base_identifier_type';

/** `KBV_PR_FOR_Patient`. The KVK number only where there is no insured id. */
export function patientEntry({ patient, coverage }: IssuableCertificate, entries: Entries): Xml {
  return entries.entry(
    'Patient',
    'Patient',
    'KBV_PR_FOR_Patient',
    patientIdentifier(coverage.insuredId, coverage.kvkNumber),
    humanName(patient),
    primitive('birthDate', patient.birthDate),
    patientAddress(patient.address),
  );
}

function patientIdentifier(insuredId: string | null, kvkNumber: string | null): Xml | null {
  if (insuredId !== null) return typedIdentifier(germanTypes, 'KVZ10', 'http://fhir.de/sid/gkv/kvid-10', insuredId);
  if (kvkNumber === null) return null;
  return typedIdentifier(kbvTypes, 'kvk', 'http://fhir.de/sid/gkv/kvk-versichertennummer', kvkNumber);
}

/** `KBV_PR_FOR_Practitioner`: the issuer or the responsible person, by the name it has in the document. */
export function practitionerEntry(
  name: 'Issuer' | 'Responsible',
  practitioner: Practitioner & { qualification: string },
  entries: Entries,
): Xml {
  const { lanr, zanr, asvGroup, type, qualification } = practitioner;
  const code = (system: string, value: string, text: string | null): Xml =>
    group(
      'qualification',
      group('code', coding('coding', system, value), text === null ? null : primitive('text', text)),
    );
  return entries.entry(
    'Practitioner',
    name,
    'KBV_PR_FOR_Practitioner',
    lanr === null ? null : typedIdentifier(v2Types, 'LANR', 'https://fhir.kbv.de/NamingSystem/KBV_NS_Base_ANR', lanr),
    zanr === null ? null : typedIdentifier(germanTypes, 'ZANR', 'http://fhir.de/sid/kzbv/zahnarztnummer', zanr),
    practitioner.telematikId === null ? null : telematikId(practitioner.telematikId),
    humanName(practitioner),
    code('https://fhir.kbv.de/CodeSystem/KBV_CS_FOR_Qualification_Type', type, null),
    code('https://fhir.kbv.de/CodeSystem/KBV_CS_FOR_Berufsbezeichnung', 'Berufsbezeichnung', qualification),
    asvGroup === null
      ? null
      : code('https://fhir.kbv.de/NamingSystem/KBV_NS_FOR_Fachgruppennummer_ASV', asvGroup, null),
  );
}

/** `KBV_PR_FOR_PractitionerRole`: the issuer's ASV team (legal basis 01 and 11 only). */
export function teamEntry({ issuer }: IssuableCertificate, entries: Entries): Xml | null {
  if (issuer.asvTeam === null) return null;
  return entries.entry(
    'PractitionerRole',
    'Team',
    'KBV_PR_FOR_PractitionerRole',
    group('practitioner', primitive('reference', entries.referenceTo('Practitioner', 'Issuer'))),
    group(
      'organization',
      group(
        'identifier',
        primitive('system', 'http://fhir.de/NamingSystem/asv/teamnummer'),
        primitive('value', issuer.asvTeam),
      ),
    ),
  );
}

/** `KBV_PR_FOR_Organization`: the practice. */
export function practiceEntry({ practice }: IssuableCertificate, entries: Entries): Xml {
  const contact = (system: string, value: string | null): Xml | null =>
    value === null ? null : group('telecom', primitive('system', system), primitive('value', value));
  return entries.entry(
    'Organization',
    'Practice',
    'KBV_PR_FOR_Organization',
    practiceNumber(practice),
    practice.telematikId === null ? null : telematikId(practice.telematikId),
    primitive('name', practice.name),
    contact('phone', practice.phone),
    contact('fax', practice.fax),
    contact('email', practice.email),
    practiceAddress(practice.address),
  );
}

function practiceNumber({ bsnr, ik, kzv, site }: IssuableCertificate['practice']): Xml | null {
  if (bsnr !== null) return typedIdentifier(v2Types, 'BSNR', 'https://fhir.kbv.de/NamingSystem/KBV_NS_Base_BSNR', bsnr);
  if (ik !== null) return typedIdentifier(v2Types, 'XX', 'http://fhir.de/sid/arge-ik/iknr', ik);
  if (kzv !== null) return typedIdentifier(germanTypes, 'KZVA', 'http://fhir.de/sid/kzbv/kzvabrechnungsnummer', kzv);
  return site === null ? null : typedIdentifier(kbvTypes, 'KSN', 'http://fhir.de/sid/dkgev/standortnummer', site);
}
