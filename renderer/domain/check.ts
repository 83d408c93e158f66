import type { CertificateContent } from './certificate';
import type { Finding } from './finding';
import { addressRules } from './rules/address';
import { checkDigitRules } from './rules/check-digits';
import { coverageRules } from './rules/coverage';
import { dateRules } from './rules/dates';
import { diagnosisRules } from './rules/diagnoses';
import { issuerRules } from './rules/issuer';
import { practiceRules } from './rules/practice';
import type { Rule, RuleContext } from './rules/rule';
import { textRules } from './rules/texts';

export type { RuleContext, RuleKey } from './rules/rule';

const rules: readonly Rule[] = [
  ...dateRules,
  ...diagnosisRules,
  ...coverageRules,
  ...textRules,
  ...addressRules,
  ...issuerRules,
  ...practiceRules,
  ...checkDigitRules,
];

/**
 * All that the rules have to say about a certificate's content: errors refuse issuing, warnings ask for a confirmation. Empty: it may be
 * issued as it is. Never throws, whatever was half entered.
 */
export function checkCertificate(content: CertificateContent, context: RuleContext): Finding[] {
  return rules.flatMap((rule) => rule(content, context));
}
