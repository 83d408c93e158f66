import type { RuleKey } from '../../../../renderer/domain/check';
import type { CertificateContent } from '../../../../renderer/domain/certificate';
import { accidentInsurer, both, digits, otherPayer, paysAlone, type RuleCase, unchanged } from './rule-case';

/** What passes and what fails under each rule about the insurer and the insurance. */
export const coverageCases = {
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
  'payer-ik-other': {
    severity: 'error',
    passes: [otherPayer],
    fails: [['coverage.payerIk', both(otherPayer, (content) => void (content.coverage.payerIk = null))]],
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
} satisfies Partial<Record<RuleKey, RuleCase>>;
