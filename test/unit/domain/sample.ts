import type { CertificateContent, Practitioner } from '../../../renderer/domain/certificate';

/** Made-up certificates for tests: the plain case, from which each test departs. */

export const sampleDay = '2026-11-23';

const doctor: Practitioner = {
  type: '00',
  lanr: '838382202',
  zanr: null,
  telematikId: null,
  asvGroup: null,
  asvTeam: null,
  qualification: 'Fachärztin für Allgemeinmedizin',
  family: 'Ähren',
  given: 'Britta',
  title: 'Dr. med.',
  affix: null,
  prefix: null,
};

/** A doctor who can be responsible for another. */
export const sampleResponsible: Practitioner = { ...doctor, family: 'Müller', given: 'Paul' };

const plain: CertificateContent = {
  certificate: {
    kind: 'ERST',
    issuedOn: sampleDay,
    unfitSince: sampleDay,
    unfitUntil: '2026-11-30',
    assessedOn: sampleDay,
    workAccident: false,
    otherAccident: false,
    compensation: false,
    accidentDoctor: false,
    seventhWeek: false,
    rehab: false,
    reintegration: false,
    otherMeasures: null,
    diagnoses: [{ code: 'J06.9', certainty: 'G', side: null, catalogue: '2026' }],
    diagnosisText: null,
  },
  patient: {
    family: 'Kluge',
    given: 'Eva',
    title: null,
    affix: null,
    prefix: null,
    birthDate: '1970-12-24',
    address: {
      street: 'Blumenweg',
      houseNumber: '6',
      extra: null,
      poBox: null,
      postalCode: '12167',
      city: 'Berlin',
      country: 'D',
    },
  },
  coverage: {
    payerType: 'GKV',
    payerIk: '109719018',
    payerName: 'AOK Nordost',
    billingIk: null,
    insuredId: 'K220635158',
    kvkNumber: null,
    status: '1',
    specialGroup: '00',
    dmp: '00',
    wop: '72',
    ends: null,
    legalBasis: '00',
    insuredAbroad: false,
  },
  issuer: doctor,
  responsible: null,
  practice: {
    bsnr: '721111100',
    ik: null,
    kzv: null,
    site: null,
    telematikId: null,
    name: 'Praxis am Park',
    phone: '0301234567',
    fax: null,
    email: null,
    address: {
      street: 'Herbert-Lewin-Platz',
      houseNumber: '2',
      extra: null,
      poBox: null,
      postalCode: '10623',
      city: 'Berlin',
      country: 'D',
    },
  },
  softwareId: 'Y/400/2107/36/999',
};

/** The plain certificate, changed. Without a change every rule allows it, and nothing warns. */
export function sampleContent(change: (content: CertificateContent) => void = () => undefined): CertificateContent {
  const content = structuredClone(plain);
  change(content);
  return content;
}
