import type { CertificateContent, Practitioner } from '../../../renderer/domain/certificate';
import { exampleContent } from '../../support/content';

/** Made-up certificates for tests: the plain case, from which each test departs. */

export const sampleDay = '2026-11-23';

const plain = exampleContent({
  certificate: { unfitUntil: '2026-11-30' },
  patient: { family: 'Kluge', given: 'Eva', birthDate: '1970-12-24' },
  coverage: { payerIk: '109719018', payerName: 'AOK Nordost', insuredId: 'K220635158', wop: '72' },
  issuer: { family: 'Ähren', given: 'Britta', qualification: 'Fachärztin für Allgemeinmedizin' },
  practice: { bsnr: '721111100', name: 'Praxis am Park' },
});

/** A doctor who can be responsible for another. */
export const sampleResponsible: Practitioner = { ...plain.issuer, family: 'Müller', given: 'Paul' };

/** The plain certificate, changed. Without a change every rule allows it, and nothing warns. */
export function sampleContent(change: (content: CertificateContent) => void = () => undefined): CertificateContent {
  const content = structuredClone(plain);
  change(content);
  return content;
}
