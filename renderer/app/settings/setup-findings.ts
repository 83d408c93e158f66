import { practitionerSchema } from '../../domain/certificate';
import type { Finding } from '../../domain/finding';
import type { PractitionerSetting, Settings } from '../../domain/settings';
import type { Office } from '../../outbox/office';

/** The rules of a certificate, held against what the settings put into each one. */

type Checking = Pick<Office, 'check' | 'emptyContent'>;

/** What the rules say about the practice and the Prüfnummer; fields `practice.…` and `softwareId`. */
export function practiceFindings(office: Checking, settings: Settings): Finding[] {
  return office
    .check(office.emptyContent(settings))
    .filter(({ field }) => field.startsWith('practice.') || field === 'softwareId');
}

/**
 * What the rules say about one who issues; fields `issuer.…`. Who has an ASV number is checked as in specialist care (ASV), where it
 * belongs; the team number is entered there.
 */
export function practitionerFindings(office: Checking, settings: Settings, one: PractitionerSetting): Finding[] {
  const content = office.emptyContent(settings);
  const issuer = practitionerSchema.parse(one);
  const isSpecialist = issuer.asvGroup !== null;
  return office
    .check({
      ...content,
      issuer,
      coverage: isSpecialist ? { ...content.coverage, legalBasis: '01' } : content.coverage,
    })
    .filter(({ field }) => field.startsWith('issuer.') && field !== 'issuer.asvTeam');
}

/** Everything the rules say about practice and practitioners, with errors only. */
export function setupErrors(office: Checking, settings: Settings): Finding[] {
  return [
    ...practiceFindings(office, settings),
    ...settings.practitioners.flatMap((one) => practitionerFindings(office, settings, one)),
  ].filter(({ severity }) => severity === 'error');
}
