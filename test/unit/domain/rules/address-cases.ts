import type { RuleKey } from '../../../../renderer/domain/check';
import type { CertificateContent } from '../../../../renderer/domain/certificate';
import { emptyAddress, required, type RuleCase, upTo } from './rule-case';

/** What passes and what fails under each rule about addresses. */
export const addressCases = {
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
} satisfies Partial<Record<RuleKey, RuleCase>>;
