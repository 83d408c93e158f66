import type { RuleKey } from '../../../../renderer/domain/check';
import type { CertificateContent } from '../../../../renderer/domain/certificate';
import { paysAlone, required, type RuleCase, upTo } from './rule-case';

/** What passes and what fails under each rule about free text. */
export const textCases = {
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
} satisfies Partial<Record<RuleKey, RuleCase>>;
