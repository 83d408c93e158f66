import type { RuleKey } from '../../../../renderer/domain/check';
import { type RuleCase } from './rule-case';

/** What passes and what fails under each rule about check digits. */
export const checkDigitCases = {
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
} satisfies Partial<Record<RuleKey, RuleCase>>;
