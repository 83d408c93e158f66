import { describe, expect, it } from 'vitest';
import type { CertificateContent } from '../../../renderer/domain/certificate';
import { checkCertificate, type RuleContext, type RuleKey } from '../../../renderer/domain/check';
import type { CatalogueEntry } from '../../../renderer/domain/diagnosis-catalogue';
import { createCatalogue } from '../../../renderer/master/diagnosis-catalogue';
import { createTexts, languages } from '../../../renderer/texts';
import { de } from '../../../renderer/texts/de';
import { sampleContent, sampleDay, sampleResponsible } from './sample';

type Change = (content: CertificateContent) => void;

interface RuleCase {
  readonly severity: 'error' | 'warning';
  /** Content the rule has nothing to say about, near the edge. */
  readonly passes: readonly Change[];
  /** Content the rule objects to, and beside which field. */
  readonly fails: readonly (readonly [field: string, change: Change])[];
}

const entry = (code: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  code,
  title: `Diagnosis ${code}`,
  notation: 'primary',
  codable: true,
  occupied: true,
  sex: null,
  age: null,
  ...more,
});
const catalogue = createCatalogue('2026', [
  entry('A00', { codable: false }),
  entry('J06.9'),
  entry('E10.20'),
  entry('N08.3', { notation: 'star' }),
  entry('U07.3', { occupied: false }),
  entry('C50.9', { sex: { value: 'female', strictness: 'may' } }),
  entry('N40', { sex: { value: 'male', strictness: 'must' } }),
  entry('F00.0', { age: { lowest: { unit: 'years', value: 30 }, highest: null, strictness: 'may' } }),
  entry('P59.9', {
    age: { lowest: { unit: 'days', value: 0 }, highest: { unit: 'years', value: 1 }, strictness: 'must' },
  }),
]);
const context: RuleContext = { today: sampleDay, catalogue };

const diagnosis =
  (code: string, more: Partial<CertificateContent['certificate']['diagnoses'][number]> = {}): Change =>
  (content) =>
    void (content.certificate.diagnoses = [{ code, certainty: 'G', side: null, catalogue: '2026', ...more }]);
const both =
  (...changes: Change[]): Change =>
  (content) => {
    for (const change of changes) change(content);
  };
const dentist: Change = (content) => {
  Object.assign(content.issuer, { type: '01', lanr: null, zanr: '123456628' });
};
const training: Change = (content) => {
  Object.assign(content.issuer, { type: '03', lanr: null });
  content.responsible = { ...sampleResponsible };
};
const specialist: Change = (content) => {
  content.coverage.legalBasis = '11';
  content.issuer.asvTeam = '012347567';
};
const byGroup: Change = both(specialist, (content) => {
  Object.assign(content.issuer, { lanr: null, asvGroup: '555555472' });
});
const otherPayer: Change = (content) => {
  Object.assign(content.coverage, { payerType: 'SKT', insuredId: null, kvkNumber: '700314' });
};
const accidentInsurer: Change = (content) => {
  Object.assign(content.coverage, { payerType: 'BG', billingIk: '120890445' });
  content.certificate.workAccident = true;
};
const paysAlone: Change = (content) => {
  Object.assign(content.coverage, {
    payerType: 'SEL',
    payerIk: null,
    payerName: null,
    insuredId: null,
    status: null,
    specialGroup: null,
    dmp: null,
    wop: null,
    legalBasis: null,
  });
};
const unchanged: Change = () => undefined;

/** A text rule: allowed up to its length, counted in UTF-16 code units as FHIR validators do. */
const upTo = (max: number, field: string, set: (content: CertificateContent, text: string) => void): RuleCase => ({
  severity: 'error',
  passes: [(content) => set(content, 'x'.repeat(max))],
  fails: [
    [field, (content) => set(content, 'x'.repeat(max + 1))],
    [field, (content) => set(content, `${'x'.repeat(max - 1)}😀`)],
  ],
});
/** A number of so many digits. */
const digits = (field: string, set: (content: CertificateContent, text: string) => void): RuleCase => ({
  severity: 'error',
  passes: [(content) => set(content, '123456789')],
  fails: ['12345678', '1234567890', '12345678a', '0312 4567', '１２３４５６７８９'].map((text) => [
    field,
    (content: CertificateContent) => set(content, text),
  ]),
});
/** A whole day that exists, as FHIR writes it. */
const dayOf = (field: string, set: (content: CertificateContent, day: string) => void): RuleCase => ({
  severity: 'error',
  passes: ['2026-11-23', '2028-02-29'].map((day) => (content) => set(content, day)),
  fails: ['2026-02-29', '30.11.2026', '2026-11-23T00:00:00Z', '2026-11', '0000-01-01', '2026-1-5', 'gestern'].map(
    (day) => [field, (content: CertificateContent) => set(content, day)],
  ),
});
const required = (field: string, set: (content: CertificateContent, text: string) => void): RuleCase => ({
  severity: 'error',
  passes: [unchanged],
  fails: ['', '  ', '\u00a0'].map((text) => [field, (content: CertificateContent) => set(content, text)]),
});

const cases: Readonly<Record<RuleKey, RuleCase>> = {
  'issued-required': required('certificate.issuedOn', (content, text) => void (content.certificate.issuedOn = text)),
  'until-required': required('certificate.unfitUntil', (content, text) => void (content.certificate.unfitUntil = text)),
  'assessed-required': required(
    'certificate.assessedOn',
    (content, text) => void (content.certificate.assessedOn = text),
  ),
  'eau-begrenzungDate': dayOf('certificate.issuedOn', (content, day) => void (content.certificate.issuedOn = day)),
  'eau-begrenzungDateStart': dayOf(
    'certificate.unfitSince',
    (content, day) => void (content.certificate.unfitSince = day),
  ),
  'eau-begrenzungDateEnd': dayOf(
    'certificate.unfitUntil',
    (content, day) => void (content.certificate.unfitUntil = day),
  ),
  'eau-begrenzungDateFestgestelltAm': dayOf(
    'certificate.assessedOn',
    (content, day) => void (content.certificate.assessedOn = day),
  ),
  'for-begrenzungDate': dayOf('coverage.ends', (content, day) => void (content.coverage.ends = day)),
  'eau-angabeAUseitErstbescheinigung': {
    severity: 'error',
    passes: [unchanged, (content) => void Object.assign(content.certificate, { kind: 'FOLGE', unfitSince: null })],
    fails: [
      ['certificate.unfitSince', (content) => void (content.certificate.unfitSince = null)],
      [
        'certificate.unfitSince',
        (content) => void Object.assign(content.certificate, { kind: 'ERST_END', unfitSince: null }),
      ],
    ],
  },
  'eau-angabeAUseitFolgebescheinigung': {
    severity: 'error',
    passes: [(content) => void Object.assign(content.certificate, { kind: 'FOLGE_END', unfitSince: null })],
    fails: [
      ['certificate.unfitSince', (content) => void (content.certificate.kind = 'FOLGE')],
      ['certificate.unfitSince', (content) => void (content.certificate.kind = 'FOLGE_END')],
    ],
  },
  'issued-in-future': {
    severity: 'error',
    passes: [unchanged, (content) => void (content.certificate.issuedOn = '2026-11-01')],
    fails: [['certificate.issuedOn', (content) => void (content.certificate.issuedOn = '2026-11-24')]],
  },
  'P310-04': {
    severity: 'error',
    passes: [(content) => void (content.certificate.unfitUntil = '2026-12-24')],
    fails: [['certificate.unfitUntil', (content) => void (content.certificate.unfitUntil = '2026-12-25')]],
  },
  'P310-04-3b': {
    severity: 'error',
    passes: [unchanged],
    fails: [
      ['certificate.assessedOn', (content) => void (content.certificate.assessedOn = '2026-11-24')],
      // Written by hand two days ago, recorded today: the day of treatment is the issue date.
      ['certificate.assessedOn', (content) => void (content.certificate.issuedOn = '2026-11-21')],
    ],
  },
  'until-before-since': {
    severity: 'error',
    passes: [(content) => void (content.certificate.unfitUntil = sampleDay)],
    fails: [['certificate.unfitUntil', (content) => void (content.certificate.unfitUntil = '2026-11-22')]],
  },
  'until-before-assessed': {
    severity: 'warning',
    passes: [(content) => void (content.certificate.unfitUntil = sampleDay)],
    fails: [
      [
        'certificate.unfitUntil',
        (content) => void Object.assign(content.certificate, { unfitSince: '2026-11-21', unfitUntil: '2026-11-22' }),
      ],
    ],
  },
  'dated-back': {
    severity: 'warning',
    passes: [(content) => void (content.certificate.unfitSince = '2026-11-20')],
    fails: [['certificate.unfitSince', (content) => void (content.certificate.unfitSince = '2026-11-19')]],
  },
  'since-after-assessed': {
    severity: 'warning',
    passes: [(content) => void (content.certificate.unfitSince = '2026-11-24')],
    fails: [['certificate.unfitSince', (content) => void (content.certificate.unfitSince = '2026-11-25')]],
  },
  'coverage-ended': {
    severity: 'warning',
    passes: [(content) => void (content.coverage.ends = sampleDay)],
    fails: [['coverage.ends', (content) => void (content.coverage.ends = '2026-11-22')]],
  },
  'birth-date-required': required('patient.birthDate', (content, text) => void (content.patient.birthDate = text)),
  'birth-date-format': {
    severity: 'error',
    passes: ['1970', '1970-12', '1972-02-29'].map((text) => (content) => void (content.patient.birthDate = text)),
    fails: ['24.12.1970', '1970-13', '1971-02-29', '0000', '70'].map((text) => [
      'patient.birthDate',
      (content: CertificateContent) => void (content.patient.birthDate = text),
    ]),
  },
  'eau-geburtsdatumPatient': {
    severity: 'error',
    passes: ['2026', '2026-10', '2026-11-23'].map((text) => (content) => void (content.patient.birthDate = text)),
    fails: ['2027', '2026-11', '2026-12', '2026-11-24'].map((text) => [
      'patient.birthDate',
      (content: CertificateContent) => void (content.patient.birthDate = text),
    ]),
  },
  'birth-year-implausible': {
    severity: 'warning',
    passes: [(content) => void (content.patient.birthDate = '1906')],
    fails: [['patient.birthDate', (content) => void (content.patient.birthDate = '1097-12-24')]],
  },
  'P310-05': {
    severity: 'error',
    passes: [unchanged],
    fails: [
      [
        'certificate.diagnoses',
        (content) => void Object.assign(content.certificate, { diagnoses: [], diagnosisText: 'Grippe' }),
      ],
    ],
  },
  'P310-05-1a': {
    severity: 'error',
    passes: [repeated(6)],
    fails: [['certificate.diagnoses', repeated(7)]],
  },
  'icd-regex': {
    severity: 'error',
    passes: ['J06.9', 'N08.3*', 'E10.20+', 'A00'].map((code) => diagnosis(code)),
    fails: ['', 'J069', 'j06.9', 'A00.-', 'Husten', 'J06.9 G', 'J06.', '*'].map((code) => [
      'certificate.diagnoses.0.code',
      diagnosis(code),
    ]),
  },
  'icd-catalogue-year': {
    severity: 'error',
    passes: [diagnosis('J06.9', { catalogue: '2022' })],
    fails: ['', '26', '2026.1'].map((year) => [
      'certificate.diagnoses.0.catalogue',
      diagnosis('J06.9', { catalogue: year }),
    ]),
  },
  'diagnosis-twice': {
    severity: 'warning',
    passes: [
      (content) =>
        void (content.certificate.diagnoses = [
          { code: 'J06.9', certainty: 'G', side: 'L', catalogue: '2026' },
          { code: 'J06.9', certainty: 'G', side: 'R', catalogue: '2026' },
        ]),
    ],
    fails: [['certificate.diagnoses.1.code', repeated(2)]],
  },
  'P10-430': {
    severity: 'error',
    passes: [diagnosis('E10.20+'), diagnosis('Z99.9', { catalogue: '2022' })],
    fails: [['certificate.diagnoses.0.code', diagnosis('Z99.9')]],
  },
  'P10-440': {
    severity: 'error',
    passes: [unchanged],
    fails: [['certificate.diagnoses.0.code', diagnosis('A00')]],
  },
  'P10-450': {
    severity: 'error',
    passes: [unchanged],
    fails: [['certificate.diagnoses.0.code', diagnosis('U07.3')]],
  },
  'P10-460': {
    severity: 'error',
    passes: [
      (content) =>
        void content.certificate.diagnoses.push({ code: 'N08.3', certainty: 'G', side: null, catalogue: '2026' }),
    ],
    fails: [
      ['certificate.diagnoses.0.code', diagnosis('N08.3')],
      // Of a year without a catalogue the mark tells.
      ['certificate.diagnoses.0.code', diagnosis('U07.1!', { catalogue: '2022' })],
      ['certificate.diagnoses.0.code', diagnosis('N08.3*', { catalogue: '2022' })],
    ],
  },
  'P10-480': {
    severity: 'warning',
    passes: [
      both(diagnosis('F00.0'), (content) => void (content.patient.birthDate = '1996-11-23')),
      both(diagnosis('F00.0'), (content) => void (content.patient.birthDate = '2020')),
    ],
    fails: [
      [
        'certificate.diagnoses.0.code',
        both(diagnosis('F00.0'), (content) => void (content.patient.birthDate = '1996-11-24')),
      ],
    ],
  },
  'P10-470': {
    severity: 'warning',
    passes: [both(diagnosis('C50.9'), (content) => void (content.patient.sex = 'female')), diagnosis('C50.9')],
    fails: [
      ['certificate.diagnoses.0.code', both(diagnosis('C50.9'), (content) => void (content.patient.sex = 'male'))],
    ],
  },
  'P10-470-must': {
    severity: 'error',
    passes: [
      both(diagnosis('N40'), (content) => void (content.patient.sex = 'male')),
      both(diagnosis('N40'), (content) => void (content.patient.sex = null)),
      diagnosis('N40'),
    ],
    fails: [
      ['certificate.diagnoses.0.code', both(diagnosis('N40'), (content) => void (content.patient.sex = 'female'))],
    ],
  },
  'P10-480-must': {
    severity: 'error',
    passes: [
      both(diagnosis('P59.9'), (content) => void (content.patient.birthDate = '2024-11-24')),
      diagnosis('P59.9', { certainty: 'Z' }),
    ],
    fails: [
      [
        'certificate.diagnoses.0.code',
        both(diagnosis('P59.9'), (content) => void (content.patient.birthDate = '2024-11-23')),
      ],
    ],
  },
  'for-angabeIKzustaendigeKrankenkasseEGKPflicht': {
    severity: 'error',
    passes: [unchanged, paysAlone],
    fails: [
      ['coverage.payerIk', (content) => void (content.coverage.payerIk = null)],
      ['coverage.payerIk', both(accidentInsurer, (content) => void (content.coverage.payerIk = ''))],
    ],
  },
  'payer-ik-private': {
    severity: 'error',
    passes: [(content) => void (content.coverage.payerType = 'PKV')],
    fails: [
      ['coverage.payerIk', (content) => void Object.assign(content.coverage, { payerType: 'PKV', payerIk: null })],
    ],
  },
  'for-laengeIK': digits('coverage.payerIk', (content, text) => void (content.coverage.payerIk = text)),
  'for-angabeIKKostentraegerVerbot': {
    severity: 'error',
    passes: [accidentInsurer],
    fails: [['coverage.billingIk', (content) => void (content.coverage.billingIk = '120890445')]],
  },
  'billing-ik-missing': {
    severity: 'warning',
    passes: [accidentInsurer],
    fails: [['coverage.billingIk', both(accidentInsurer, (content) => void (content.coverage.billingIk = null))]],
  },
  'eau-angabeVersichertenIDbeiGKV': {
    severity: 'error',
    passes: [
      unchanged,
      otherPayer,
      both(accidentInsurer, (content) => void (content.coverage.insuredId = null)),
      (content) => void Object.assign(content.coverage, { payerType: 'PKV', insuredId: null }),
    ],
    fails: [['coverage.insuredId', (content) => void (content.coverage.insuredId = null)]],
  },
  'for-laengeVersichertenId': {
    severity: 'error',
    passes: [unchanged],
    fails: ['k220635158', 'K22063515', 'K2206351580', '1220635158', 'K22063515８'].map((text) => [
      'coverage.insuredId',
      (content: CertificateContent) => void (content.coverage.insuredId = text),
    ]),
  },
  'eau-angabeVersichertennummerBeiSKT': {
    severity: 'warning',
    passes: [otherPayer],
    fails: [['coverage.insuredId', both(otherPayer, (content) => void (content.coverage.kvkNumber = null))]],
  },
  'kvk-1': {
    severity: 'error',
    passes: ['700314', '123456789012'].map((text) =>
      both(otherPayer, (content) => void (content.coverage.kvkNumber = text)),
    ),
    fails: ['70031', '1234567890123', '70031a'].map((text) => [
      'coverage.kvkNumber',
      both(otherPayer, (content) => void (content.coverage.kvkNumber = text)),
    ]),
  },
  'kvk-number-only-skt': {
    severity: 'error',
    passes: [otherPayer],
    fails: [['coverage.kvkNumber', (content) => void (content.coverage.kvkNumber = '700314')]],
  },
  'for-angabeVersichertenartPflicht': {
    severity: 'error',
    passes: [unchanged, paysAlone],
    fails: [['coverage.status', (content) => void (content.coverage.status = null)]],
  },
  'for-angabeBesonderePersonengruppePflicht': {
    severity: 'error',
    passes: [unchanged, paysAlone],
    fails: [['coverage.specialGroup', (content) => void (content.coverage.specialGroup = null)]],
  },
  'special-group-unknown': {
    severity: 'error',
    passes: [(content) => void (content.coverage.specialGroup = '09')],
    fails: [['coverage.specialGroup', (content) => void (content.coverage.specialGroup = '01')]],
  },
  'for-angabeDMPPflicht': {
    severity: 'error',
    passes: [unchanged, paysAlone],
    fails: [['coverage.dmp', (content) => void (content.coverage.dmp = null)]],
  },
  'dmp-unknown': {
    severity: 'error',
    passes: ['00', '12', '30', '58'].map((code) => (content) => void (content.coverage.dmp = code)),
    fails: ['13', '29', '59', '0'].map((code) => [
      'coverage.dmp',
      (content: CertificateContent) => void (content.coverage.dmp = code),
    ]),
  },
  'wop-unknown': {
    severity: 'error',
    passes: [(content) => void (content.coverage.wop = '98'), (content) => void (content.coverage.wop = null)],
    fails: [['coverage.wop', (content) => void (content.coverage.wop = '99')]],
  },
  'eau-angabeRechtsgrundlagePflicht': {
    severity: 'error',
    passes: [unchanged, paysAlone],
    fails: [['coverage.legalBasis', (content) => void (content.coverage.legalBasis = null)]],
  },
  'work-accident-missing': {
    severity: 'warning',
    passes: [accidentInsurer],
    fails: [
      ['certificate.workAccident', both(accidentInsurer, (content) => void (content.certificate.workAccident = false))],
    ],
  },
  'accident-doctor-without-work-accident': {
    severity: 'warning',
    passes: [(content) => void Object.assign(content.certificate, { accidentDoctor: true, workAccident: true })],
    fails: [['certificate.accidentDoctor', (content) => void (content.certificate.accidentDoctor = true)]],
  },
  'family-required': required('patient.family', (content, text) => void (content.patient.family = text)),
  'given-required': required('issuer.given', (content, text) => void (content.issuer.given = text)),
  'family-length': upTo(45, 'patient.family', (content, text) => void (content.patient.family = text)),
  'given-length': upTo(45, 'patient.given', (content, text) => void (content.patient.given = text)),
  'title-length': {
    severity: 'error',
    passes: [
      (content) => void (content.patient.title = 'x'.repeat(20)),
      (content) => void (content.issuer.title = 'x'.repeat(100)),
    ],
    fails: [
      ['patient.title', (content) => void (content.patient.title = 'x'.repeat(21))],
      ['issuer.title', (content) => void (content.issuer.title = 'x'.repeat(101))],
    ],
  },
  'affix-length': upTo(20, 'patient.affix', (content, text) => void (content.patient.affix = text)),
  'prefix-length': upTo(20, 'issuer.prefix', (content, text) => void (content.issuer.prefix = text)),
  'qualification-required': required(
    'issuer.qualification',
    (content, text) => void (content.issuer.qualification = text),
  ),
  'qualification-length': upTo(
    100,
    'issuer.qualification',
    (content, text) => void (content.issuer.qualification = text),
  ),
  'P310-06': upTo(70, 'certificate.diagnosisText', (content, text) => void (content.certificate.diagnosisText = text)),
  'P310-07': upTo(70, 'certificate.otherMeasures', (content, text) => void (content.certificate.otherMeasures = text)),
  'payer-name-required': {
    severity: 'error',
    passes: [paysAlone],
    fails: [['coverage.payerName', (content) => void (content.coverage.payerName = null)]],
  },
  'payer-name-length': upTo(45, 'coverage.payerName', (content, text) => void (content.coverage.payerName = text)),
  'eau-angabePruefnummerPflicht': required('softwareId', (content, text) => void (content.softwareId = text)),
  'software-id-length': upTo(17, 'softwareId', (content, text) => void (content.softwareId = text)),
  'forbidden-character': {
    severity: 'error',
    passes: ['Ğ李ẞ😀é\u0301', '& < > " \u0027 ]]>', '\u0085\u00a0\ufeff'].map(
      (text) => (content) => void (content.patient.family = text),
    ),
    fails: ['a\tb', 'a\nb', 'a\rb', 'a\u0000', '\ud800', '\udc00x', '\ufffe', '\uffff', '\u001b'].map((text) => [
      'patient.address.street',
      (content: CertificateContent) => void (content.patient.address.street = text),
    ]),
  },
  'street-length': upTo(46, 'patient.address.street', (content, text) => void (content.patient.address.street = text)),
  'house-number-length': upTo(
    9,
    'practice.address.houseNumber',
    (content, text) => void (content.practice.address.houseNumber = text),
  ),
  'extra-length': upTo(40, 'practice.address.extra', (content, text) => void (content.practice.address.extra = text)),
  'city-length': upTo(40, 'patient.address.city', (content, text) => void (content.patient.address.city = text)),
  'postal-code-length': upTo(
    10,
    'patient.address.postalCode',
    (content, text) => void Object.assign(content.patient.address, { country: 'GB', postalCode: text }),
  ),
  'po-box-length': upTo(8, 'patient.address.poBox', (content, text) => void (content.patient.address.poBox = text)),
  'for-laengeWohnsitzlaendercode': {
    severity: 'error',
    passes: ['D', 'GB', 'AFG'].map((code) => (content) => void (content.patient.address.country = code)),
    fails: ['d', 'GERM', 'Ö', 'D '].map((code) => [
      'patient.address.country',
      (content: CertificateContent) => void (content.patient.address.country = code),
    ]),
  },
  'country-unknown': {
    severity: 'error',
    passes: [(content) => void (content.practice.address.country = 'A')],
    fails: [['practice.address.country', (content) => void (content.practice.address.country = 'DE')]],
  },
  'eau-angabePatientenAdressePflicht': {
    severity: 'error',
    passes: [(content) => void (content.patient.address = { ...emptyAddress, city: 'Wien', country: 'A' })],
    fails: [
      ['patient.address.street', (content) => void (content.patient.address = { ...emptyAddress, country: 'A' })],
    ],
  },
  'eau-angabePatientPLZPflicht': {
    severity: 'error',
    passes: [(content) => void Object.assign(content.patient.address, { country: 'A', postalCode: null })],
    fails: [['patient.address.postalCode', (content) => void (content.patient.address.postalCode = null)]],
  },
  'postal-code-german': {
    severity: 'warning',
    passes: [(content) => void Object.assign(content.patient.address, { country: 'A', postalCode: '1010' })],
    fails: [['practice.address.postalCode', (content) => void (content.practice.address.postalCode = '1010')]],
  },
  'for-adresszeilenAufbauPatientRessource-8': {
    severity: 'error',
    passes: [
      (content) => void Object.assign(content.patient.address, { poBox: '124589', extra: 'Hinterhaus' }),
      (content) => void (content.patient.address = { ...emptyAddress, extra: 'c/o Meier', city: 'Wien' }),
    ],
    fails: [
      [
        'patient.address.extra',
        (content) => void (content.patient.address = { ...emptyAddress, poBox: '124589', extra: 'oben' }),
      ],
    ],
  },
  'for-adresszeilenAufbauOrganizationRessource-4': required(
    'practice.address.street',
    (content, text) => void (content.practice.address.street = text),
  ),
  'for-adresszeilenAufbauOrganizationRessource-3': {
    severity: 'error',
    passes: [(content) => void (content.practice.address.houseNumber = 'N/A')],
    fails: [['practice.address.houseNumber', (content) => void (content.practice.address.houseNumber = null)]],
  },
  'practice-city-required': required(
    'practice.address.city',
    (content, text) => void (content.practice.address.city = text),
  ),
  'eau-angabeIdentifikatorAusstellendePersonPflicht': {
    severity: 'error',
    passes: [unchanged, dentist, training, byGroup],
    fails: [
      ['issuer.lanr', (content) => void (content.issuer.lanr = null)],
      ['issuer.lanr', (content) => void Object.assign(content.issuer, { type: '04', lanr: '' })],
      ['issuer.zanr', both(dentist, (content) => void (content.issuer.zanr = null))],
      ['issuer.lanr', both(byGroup, (content) => void (content.coverage.legalBasis = '00'))],
    ],
  },
  'eau-angabeIdentifikatorVerantwortlichePersonPflicht': {
    severity: 'error',
    passes: [
      training,
      both(specialist, training, (content) => {
        content.responsible = { ...sampleResponsible, lanr: null, asvGroup: '555555472' };
      }),
    ],
    fails: [
      [
        'responsible.lanr',
        both(training, (content) => void (content.responsible = { ...sampleResponsible, lanr: null })),
      ],
    ],
  },
  'for-angabeArztnummerPflicht': {
    severity: 'error',
    passes: [unchanged],
    fails: [['issuer.zanr', (content) => void (content.issuer.zanr = '123456628')]],
  },
  'for-angabeZahnarztnummerPflicht': {
    severity: 'error',
    passes: [dentist],
    fails: [['issuer.lanr', both(dentist, (content) => void (content.issuer.lanr = '838382202'))]],
  },
  'for-anzahlIdentifikatorAusstellende-VerantwortlichePerson': {
    severity: 'error',
    passes: [(content) => void (content.issuer.telematikId = '1-20123456789')],
    fails: [['issuer.telematikId', both(byGroup, (content) => void (content.issuer.telematikId = '1-20123456789'))]],
  },
  'for-laengeLANR': digits('issuer.lanr', (content, text) => void (content.issuer.lanr = text)),
  'for-laengeZANR': digits('issuer.zanr', (content, text) =>
    both(dentist, (changed) => void (changed.issuer.zanr = text))(content),
  ),
  'asv-group-format': digits('issuer.asvGroup', (content, text) =>
    both(byGroup, (changed) => void (changed.issuer.asvGroup = text))(content),
  ),
  'for-laengeASVnummer': digits('issuer.asvTeam', (content, text) =>
    both(specialist, (changed) => void (changed.issuer.asvTeam = text))(content),
  ),
  'telematik-id-length': upTo(
    128,
    'practice.telematikId',
    (content, text) => void (content.practice.telematikId = text),
  ),
  'eau-angabeFachgruppennummerAsvAusstellendePersonVerbot': {
    severity: 'error',
    passes: [byGroup],
    fails: [
      ['issuer.asvGroup', (content) => void (content.issuer.asvGroup = '555555472')],
      ['issuer.asvGroup', both(specialist, (content) => void (content.issuer.asvGroup = '555555472'))],
      ['issuer.asvGroup', both(byGroup, (content) => void (content.issuer.type = '03'))],
    ],
  },
  'eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot': {
    severity: 'error',
    passes: [training],
    fails: [
      [
        'responsible.asvGroup',
        both(training, (content) => {
          content.responsible = { ...sampleResponsible, asvGroup: '555555472' };
        }),
      ],
    ],
  },
  'eau-angabeAsvTeamnummerPflicht': {
    severity: 'error',
    passes: [specialist],
    fails: [
      ['issuer.asvTeam', (content) => void (content.coverage.legalBasis = '01')],
      ['issuer.asvTeam', (content) => void (content.coverage.legalBasis = '11')],
    ],
  },
  'eau-angabeAsvTeamnummerVerbot': {
    severity: 'error',
    passes: [specialist],
    fails: [['issuer.asvTeam', (content) => void (content.issuer.asvTeam = '012347567')]],
  },
  'eau-angabeVerantwortlichePersonPflicht': {
    severity: 'error',
    passes: [training, (content) => void (content.issuer.type = '03')],
    fails: [['responsible.family', both(training, (content) => void (content.responsible = null))]],
  },
  'eau-angabeVerantwortlichePersonVerbot-1': {
    severity: 'error',
    passes: [
      training,
      (content) => {
        content.issuer.type = '04';
        content.responsible = { ...sampleResponsible };
      },
    ],
    fails: [
      ['responsible.family', (content) => void (content.responsible = { ...sampleResponsible })],
      ['responsible.family', both(dentist, (content) => void (content.responsible = { ...sampleResponsible }))],
    ],
  },
  'eau-angabeVerantwortlichePersonVerbot-2': {
    severity: 'error',
    passes: [training],
    fails: [
      [
        'responsible.type',
        both(training, (content) => void (content.responsible = { ...sampleResponsible, type: '03' })),
      ],
    ],
  },
  'eau-angabeIdentifikatorEinrichtungPflicht': {
    severity: 'error',
    passes: [(content) => void Object.assign(content.practice, { bsnr: null, site: '772413201' })],
    fails: [['practice.bsnr', (content) => void (content.practice.bsnr = null)]],
  },
  'for-anzahlIdentifikatorOrganizationRessource': {
    severity: 'error',
    passes: [unchanged],
    fails: [
      ['practice.kzv', (content) => void (content.practice.kzv = '721111100')],
      ['practice.ik', (content) => void (content.practice.ik = '120890445')],
    ],
  },
  'for-laengeBSNR': digits('practice.bsnr', (content, text) => void (content.practice.bsnr = text)),
  'for-laengeKZVA': digits(
    'practice.kzv',
    (content, text) => void Object.assign(content.practice, { bsnr: null, kzv: text }),
  ),
  'for-laengeStandortnummer': digits(
    'practice.site',
    (content, text) => void Object.assign(content.practice, { bsnr: null, site: text }),
  ),
  'practice-name-required': required('practice.name', (content, text) => void (content.practice.name = text)),
  'practice-phone-required': required('practice.phone', (content, text) => void (content.practice.phone = text)),
  'practice-name-length': upTo(60, 'practice.name', (content, text) => void (content.practice.name = text)),
  'phone-length': upTo(30, 'practice.phone', (content, text) => void (content.practice.phone = text)),
  'fax-length': upTo(30, 'practice.fax', (content, text) => void (content.practice.fax = text)),
  'email-length': upTo(256, 'practice.email', (content, text) => void (content.practice.email = text)),
  'insured-id-check-digit': {
    severity: 'warning',
    // The example of the GKV-Spitzenverband's rule book, and the id of KBV's instance 14.
    passes: ['A123456780', 'K220635158'].map((id) => (content) => void (content.coverage.insuredId = id)),
    fails: [['coverage.insuredId', (content) => void (content.coverage.insuredId = 'X234567890')]],
  },
  'ik-check-digit': {
    severity: 'warning',
    passes: ['109719018', '104212059', '104027544'].map((ik) => (content) => void (content.coverage.payerIk = ik)),
    fails: [['coverage.payerIk', (content) => void (content.coverage.payerIk = '109719017')]],
  },
  'lanr-check-digit': {
    severity: 'warning',
    passes: ['838382202', '999999900'].map((lanr) => (content) => void (content.issuer.lanr = lanr)),
    fails: [['issuer.lanr', (content) => void (content.issuer.lanr = '838382302')]],
  },
};

const emptyAddress = {
  street: null,
  houseNumber: null,
  extra: null,
  poBox: null,
  postalCode: null,
  city: null,
  country: null,
} as const;

function repeated(count: number): Change {
  return (content) =>
    void (content.certificate.diagnoses = Array.from({ length: count }, () => ({
      code: 'J06.9',
      certainty: 'G',
      side: null,
      catalogue: '2026',
    })));
}

it('the plain certificate is allowed without a word', () => {
  expect(checkCertificate(sampleContent(), context)).toEqual([]);
});

describe.each(Object.entries(cases))('%s', (rule, { severity, passes, fails }) => {
  it('lets pass what it should', () => {
    for (const change of passes) {
      const found = checkCertificate(sampleContent(change), context).filter((finding) => finding.rule === rule);
      expect(found).toEqual([]);
    }
    expect(passes.length).toBeGreaterThan(0);
  });

  it('objects to what it should, beside the field, in words of both languages', () => {
    for (const [field, change] of fails) {
      const found = checkCertificate(sampleContent(change), context).filter((finding) => finding.rule === rule);
      expect(found).toMatchObject([{ severity, field }]);
      for (const language of languages) {
        const text = createTexts(language)(`rules.${rule}`, { ...found[0]?.values });
        expect(text).not.toBe(`rules.${rule}`);
        expect(text).not.toMatch(/\{\{|undefined/);
      }
    }
    expect(fails.length).toBeGreaterThan(0);
  });
});

it('no text has a separator of keys in its key', () => {
  for (const key of Object.keys(de.rules)) expect(key).not.toMatch(/[.:]/);
});

it('never throws, whatever a field holds', () => {
  const emptied = sampleContent((content) => {
    Object.assign(content.certificate, { issuedOn: null, unfitSince: null, unfitUntil: null, assessedOn: null });
    Object.assign(content.patient, { family: '', given: '', birthDate: '' });
    content.patient.address = { ...emptyAddress };
    content.practice.address = { ...emptyAddress };
    Object.assign(content.coverage, { payerIk: '', payerName: '', insuredId: '', status: null, legalBasis: null });
    content.certificate.diagnoses = [{ code: '', certainty: null, side: null, catalogue: '' }];
  });
  expect(checkCertificate(emptied, context).length).toBeGreaterThan(15);
});
