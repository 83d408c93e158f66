import type { SlipRequest } from './slip-request';
import type { Typefaces } from './typefaces';
import { printedDiagnosis } from './printed-content';

/**
 * The first field of a slip with letters that no font has, and those letters; `null` when all can be set.
 *
 * Only fields the slip prints are asked. The field is the path into `CertificateContent`.
 */
export function unsettable(
  typefaces: Typefaces,
  { content, fill, documentId }: SlipRequest,
): { field: string; letters: string[] } | null {
  const fields: [string, string | null][] = [['softwareId', content.softwareId]];
  if (fill !== 'blank') {
    const { patient, coverage, issuer, responsible, practice } = content;
    const name = (
      path: string,
      of: { family: string; given: string; title: string | null; affix: string | null; prefix: string | null },
    ): void => {
      fields.push([`${path}.family`, of.family], [`${path}.given`, of.given], [`${path}.title`, of.title]);
      fields.push([`${path}.affix`, of.affix], [`${path}.prefix`, of.prefix]);
    };
    const address = (path: string, of: typeof patient.address): void => {
      for (const [key, text] of Object.entries(of)) fields.push([`${path}.${key}`, text]);
    };
    name('patient', patient);
    address('patient.address', patient.address);
    for (const [key, text] of Object.entries(coverage))
      if (typeof text === 'string') fields.push([`coverage.${key}`, text]);
    for (const [path, person] of [['issuer', issuer] as const, ['responsible', responsible] as const]) {
      if (person === null) continue;
      name(path, person);
      fields.push([`${path}.qualification`, person.qualification], [`${path}.lanr`, person.lanr]);
      fields.push([`${path}.zanr`, person.zanr], [`${path}.asvTeam`, person.asvTeam]);
    }
    fields.push(['practice.name', practice.name], ['practice.phone', practice.phone], ['practice.bsnr', practice.bsnr]);
    fields.push(['practice.kzv', practice.kzv], ['practice.site', practice.site], ['practice.ik', practice.ik]);
    address('practice.address', practice.address);
  }
  if (fill === 'full') {
    const { certificate } = content;
    fields.push(['documentId', documentId]);
    certificate.diagnoses.forEach((diagnosis, index) =>
      fields.push([`certificate.diagnoses.${index}.code`, printedDiagnosis(diagnosis)]),
    );
    fields.push(['certificate.diagnosisText', certificate.diagnosisText]);
    fields.push(['certificate.otherMeasures', certificate.otherMeasures]);
  }
  for (const [field, text] of fields) {
    const letters = text === null ? [] : typefaces.lettersWithout('mono', text);
    if (letters.length > 0) return { field, letters };
  }
  return null;
}
