import type { CertificateContent } from '../../renderer/domain/certificate';

/** A complete certificate of a made-up patient that every rule allows; parts can be replaced. */
export function exampleContent(
  change: {
    certificate?: Partial<CertificateContent['certificate']>;
    patient?: Partial<CertificateContent['patient']>;
    coverage?: Partial<CertificateContent['coverage']>;
    issuer?: Partial<CertificateContent['issuer']>;
    practice?: Partial<CertificateContent['practice']>;
  } = {},
): CertificateContent {
  const address = {
    street: 'Musterstr.',
    houseNumber: '1',
    extra: null,
    poBox: null,
    postalCode: '10623',
    city: 'Berlin',
    country: 'D',
  };
  return {
    certificate: {
      kind: 'ERST',
      issuedOn: '2026-11-23',
      unfitSince: '2026-11-23',
      unfitUntil: '2026-11-27',
      assessedOn: '2026-11-23',
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
      ...change.certificate,
    },
    patient: {
      family: 'Mustermann',
      given: 'Erika',
      title: null,
      affix: null,
      prefix: null,
      birthDate: '1964-08-12',
      address: { ...address },
      ...change.patient,
    },
    coverage: {
      payerType: 'GKV',
      payerIk: '109500969',
      payerName: 'Musterkasse',
      billingIk: null,
      insuredId: 'A123456780',
      kvkNumber: null,
      status: '1',
      specialGroup: '00',
      dmp: '00',
      wop: null,
      ends: null,
      legalBasis: '00',
      insuredAbroad: false,
      ...change.coverage,
    },
    issuer: {
      type: '00',
      lanr: '838382202',
      zanr: null,
      telematikId: null,
      asvGroup: null,
      asvTeam: null,
      qualification: 'Hausarzt',
      family: 'Beispiel',
      given: 'Hanna',
      title: 'Dr. med.',
      affix: null,
      prefix: null,
      ...change.issuer,
    },
    responsible: null,
    practice: {
      bsnr: '345678901',
      ik: null,
      kzv: null,
      site: null,
      telematikId: null,
      name: 'Praxis am Beispielplatz',
      phone: '0301234567',
      fax: null,
      email: null,
      address: { ...address },
      ...change.practice,
    },
    softwareId: 'Y/000/0000/00/000',
  };
}
