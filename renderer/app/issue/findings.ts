import type { CertificateContent } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';

/** A finding's identity for confirming it: what was confirmed for other values is not confirmed. */
export function findingKey({ rule, field, values }: Finding): string {
  return JSON.stringify([rule, field, Object.entries(values).toSorted()]);
}

/** Whether the finding belongs to a field or to something inside it: `certificate.diagnoses.0` owns `….0.code`. */
export function belongsTo(field: string, path: string): boolean {
  return field === path || field.startsWith(`${path}.`);
}

/** The parts of the form from top to bottom. */
const formOrder = ['patient', 'coverage', 'certificate', 'issuer', 'responsible', 'practice', 'softwareId'];

/** What keeps the certificate from being issued: errors, and warnings nobody confirmed; errors first, each in the order of the form. */
export function openFindings(findings: readonly Finding[], confirmed: ReadonlySet<string>): Finding[] {
  const open = findings.filter((finding) => finding.severity === 'error' || !confirmed.has(findingKey(finding)));
  const rank = ({ severity, field }: Finding): number =>
    (severity === 'warning' ? formOrder.length : 0) + formOrder.indexOf(field.split('.')[0] ?? '');
  return open.toSorted((a, b) => rank(a) - rank(b));
}

/** Fields that are not entered here but in the settings. */
export function isFromSettings(field: string): boolean {
  return (
    field === 'softwareId' || field.startsWith('practice.') || /^(issuer|responsible)\.(?!asvTeam|family$)/.test(field)
  );
}

/** One finding for each place on the screen, in their order: who is missing altogether lacks a name, a birth date and an address at once. */
export function findingPerPlace(findings: readonly Finding[], content: CertificateContent): Finding[] {
  const places = new Set<string>();
  return findings.filter((finding) => {
    const { field } = placeOnScreen(finding.field, content);
    if (places.has(field)) return false;
    places.add(field);
    return true;
  });
}

/**
 * Where on the screen a field is entered: patient and insurer in their search fields as long as nobody is chosen, their particulars under the
 * fold, everything else in the open.
 */
export function placeOnScreen(
  field: string,
  { patient, coverage }: CertificateContent,
): { readonly field: string; readonly isFolded: boolean } {
  // The search field itself, whoever is chosen in it.
  if (field === 'patient') return { field, isFolded: false };
  if (belongsTo(field, 'patient')) {
    const nobody = patient.family === '' && patient.given === '';
    return nobody ? { field: 'patient', isFolded: false } : { field, isFolded: true };
  }
  if (field === 'coverage.payerName' || (field === 'coverage.payerIk' && coverage.payerName === null))
    return { field: 'coverage.payerName', isFolded: false };
  return { field, isFolded: belongsTo(field, 'coverage') };
}
