import type { RuleKey } from '../../../../renderer/domain/check';
import { both, diagnosis, repeated, type RuleCase, unchanged } from './rule-case';

/** What passes and what fails under each rule about the diagnoses. */
export const diagnosisCases = {
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
} satisfies Partial<Record<RuleKey, RuleCase>>;
