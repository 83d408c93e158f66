import type { RuleKey } from '../../../../renderer/domain/check';
import { addressCases } from './address-cases';
import { checkDigitCases } from './check-digits-cases';
import { coverageCases } from './coverage-cases';
import { dateCases } from './dates-cases';
import { diagnosisCases } from './diagnoses-cases';
import { issuerCases } from './issuer-cases';
import { practiceCases } from './practice-cases';
import { textCases } from './texts-cases';
import type { RuleCase } from './rule-case';

/** Every rule with what passes and what fails; the type asks for each. */
export const ruleCases: Readonly<Record<RuleKey, RuleCase>> = {
  ...dateCases,
  ...diagnosisCases,
  ...coverageCases,
  ...textCases,
  ...addressCases,
  ...issuerCases,
  ...practiceCases,
  ...checkDigitCases,
};
