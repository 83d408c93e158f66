import type { IssuableCertificate } from '../domain/issuable';
import {
  diagnosisEntries,
  diagnosisName,
  diagnosisTextEntry,
  incapacityEntry,
  measureEntries,
  measuresOf,
} from './conditions';
import { coverageEntry } from './coverage';
import { coding, concept, extension, reference } from './datatypes';
import { documentBundle, entriesOf, type Entries, type ReferenceStyle } from './entries';
import { patientEntry, practiceEntry, practitionerEntry, teamEntry } from './people';
import { group, primitive, type Xml } from './xml';

/** Which document: its id, and when it was first made. Both are stored, not taken anew. */
export interface DocumentIdentity {
  readonly documentId: string;
  /** ISO instant. */
  readonly timestamp: string;
}

const kbv = 'https://fhir.kbv.de/';

/**
 * The eAU document of a certificate (`KBV_PR_EAU_Bundle` 1.2.1, P310-03 and following): UTF-8 without BOM. Every id inside is derived from
 * the document's, so the same input gives the same bytes.
 */
export function buildDocument(certificate: IssuableCertificate, identity: DocumentIdentity): Uint8Array {
  const entries = entriesOf(identity.documentId, referenceStyleOf(certificate));
  const resources: readonly (Xml | null)[] = [
    compositionEntry(certificate, entries),
    patientEntry(certificate, entries),
    practitionerEntry('Issuer', certificate.issuer, entries),
    certificate.responsible === null ? null : practitionerEntry('Responsible', certificate.responsible, entries),
    practiceEntry(certificate, entries),
    incapacityEntry(certificate, entries),
    coverageEntry(certificate, entries),
    ...diagnosisEntries(certificate, entries),
    diagnosisTextEntry(certificate, entries),
    ...measureEntries(certificate, entries),
    teamEntry(certificate, entries),
  ];
  return documentBundle(
    'KBV_PR_EAU_Bundle',
    identity,
    resources.filter((resource) => resource !== null),
    entries.idOf('Bundle'),
  );
}

// KBV's instances refer by URL in first certificates and by urn:uuid in follow-ups. Both are right; we do as they do, so that each
// comparison with an instance comes out even.
function referenceStyleOf({ certificate: { kind } }: IssuableCertificate): ReferenceStyle {
  return kind === 'FOLGE' || kind === 'FOLGE_END' ? 'urn' : 'relative';
}

/** P310-08, P310-09: `KBV_PR_EAU_Composition`. */
function compositionEntry(content: IssuableCertificate, entries: Entries): Xml {
  const { certificate, coverage } = content;
  const section = (code: string, type: string, name: string): Xml =>
    group(
      'section',
      concept('code', `${kbv}CodeSystem/KBV_CS_FOR_Section_Type`, code),
      reference('entry', entries.referenceTo(type, name)),
    );
  return entries.entry(
    'Composition',
    'Composition',
    'KBV_PR_EAU_Composition',
    coverage.legalBasis === null
      ? null
      : extension(
          `${kbv}StructureDefinition/KBV_EX_FOR_Legal_basis`,
          coding('valueCoding', `${kbv}CodeSystem/KBV_CS_SFHIR_KBV_STATUSKENNZEICHEN`, coverage.legalBasis),
        ),
    primitive('status', 'final'),
    group(
      'type',
      coding('coding', `${kbv}CodeSystem/KBV_CS_EAU_AU_Type`, certificate.kind),
      coding('coding', `${kbv}CodeSystem/KBV_CS_SFHIR_KBV_FORMULAR_ART`, 'e010'),
    ),
    reference('subject', entries.referenceTo('Patient', 'Patient')),
    primitive('date', certificate.issuedOn),
    group(
      'author',
      primitive('reference', entries.referenceTo('Practitioner', 'Issuer')),
      primitive('type', 'Practitioner'),
    ),
    softwareAuthor(content.softwareId),
    primitive('title', 'Arbeitsunfähigkeit'),
    content.responsible === null
      ? null
      : group(
          'attester',
          primitive('mode', 'legal'),
          reference('party', entries.referenceTo('Practitioner', 'Responsible')),
        ),
    reference('custodian', entries.referenceTo('Organization', 'Practice')),
    ...certificate.diagnoses.map((_, index) => section('ICD', 'Condition', diagnosisName(index))),
    certificate.diagnosisText === null ? null : section('ICD_Text', 'Condition', 'Diagnosis text'),
    section('AU_Condition', 'Condition', 'Incapacity'),
    ...measuresOf(content).map((measure) => section('AU_weiter', 'ServiceRequest', measure)),
    section('Coverage', 'Coverage', 'Coverage'),
    content.issuer.asvTeam === null ? null : section('FOR_PractitionerRole', 'PractitionerRole', 'Team'),
  );
}

function softwareAuthor(softwareId: string): Xml {
  return group(
    'author',
    primitive('type', 'Device'),
    group(
      'identifier',
      primitive('system', `${kbv}NamingSystem/KBV_NS_FOR_Pruefnummer`),
      primitive('value', softwareId),
    ),
  );
}
