import type { Finding } from '../../domain/finding';

/** A finding's identity for confirming it: what was confirmed for other values is not confirmed. */
export function findingKey({ rule, field, values }: Finding): string {
  return JSON.stringify([rule, field, Object.entries(values).toSorted()]);
}

/** Whether the finding belongs to a field or to something inside it: `certificate.diagnoses.0` owns `….0.code`. */
export function belongsTo(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}

/** What keeps the certificate from being issued: errors, and warnings nobody confirmed; errors first. */
export function openFindings(findings: readonly Finding[], confirmed: ReadonlySet<string>): Finding[] {
  const open = findings.filter((finding) => finding.severity === 'error' || !confirmed.has(findingKey(finding)));
  return open.toSorted((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
}

/** Fields that are not entered here but in the settings. */
export function isFromSettings(field: string): boolean {
  return (
    field === 'softwareId' || field.startsWith('practice.') || /^(issuer|responsible)\.(?!asvTeam|family$)/.test(field)
  );
}
