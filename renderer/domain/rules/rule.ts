import type { Texts } from '../../texts';
import type { CertificateContent, IsoDay } from '../certificate';
import type { DiagnosisCatalogue } from '../diagnosis-catalogue';
import type { Finding } from '../finding';

/** Every rule has a text: `rules.<key>` in both languages. */
export type RuleKey = keyof Texts['rules'];

export interface RuleContext {
  /** The day of treatment and issuing, in German local time. */
  readonly today: IsoDay;
  /** `null`: none imported; then nothing about the codes themselves is said. */
  readonly catalogue: DiagnosisCatalogue | null;
}

/** A rule: looks at one thing and says what is wrong with it. Never throws, whatever the content. */
export type Rule = (content: CertificateContent, context: RuleContext) => Finding[];

/** A finding that refuses. */
export function error(rule: RuleKey, field: string, values: Readonly<Record<string, string>> = {}): Finding {
  return { rule, severity: 'error', field, values };
}

/** A finding that asks for a confirmation. */
export function warning(rule: RuleKey, field: string, values: Readonly<Record<string, string>> = {}): Finding {
  return { rule, severity: 'warning', field, values };
}

/** The text, or `null` where nothing but spaces was entered. */
export function given(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

/** Whether the certificate is on the patient's own account (SEL): no insurer, so none of an insurer's particulars. */
export function paysAlone(content: CertificateContent): boolean {
  return content.coverage.payerType === 'SEL';
}

/** Whether it is issued in specialist outpatient care (ASV): legal basis 01 or 11. */
export function isSpecialistCare(content: CertificateContent): boolean {
  return content.coverage.legalBasis === '01' || content.coverage.legalBasis === '11';
}
