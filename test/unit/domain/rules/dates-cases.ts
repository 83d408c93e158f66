import type { RuleKey } from '../../../../renderer/domain/check';
import type { CertificateContent } from '../../../../renderer/domain/certificate';
import { sampleDay } from '../sample';
import { dayOf, required, type RuleCase, unchanged } from './rule-case';

/** What passes and what fails under each rule about days. */
export const dateCases = {
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
} satisfies Partial<Record<RuleKey, RuleCase>>;
