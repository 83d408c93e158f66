import type { Address, CertificateContent, Diagnosis, PersonName, Practitioner } from '../domain/certificate';

/** How certificate content reads on paper. What the barcode codes comes from here too: only what is printed is coded. */

const joined = (...parts: (string | null)[]): string =>
  parts.filter((part) => part !== null && part.trim() !== '').join(' ');

/** `2026-11-23` → `23.11.2026`, also `1970-12` → `12.1970`; empty for `null`. */
export function printedDay(day: string | null): string {
  return day === null ? '' : day.split('-').reverse().join('.');
}

/** «Dr. Ludger»: title and given name. */
export function titledGivenName(name: PersonName): string {
  return joined(name.title, name.given);
}

/** The address in lines: extra, street or post box or both, postal code and city (with the country where it isn't Germany). */
export function addressLines(address: Address): string[] {
  const foreign = address.country !== null && address.country !== 'D' ? address.country : null;
  const poBox = address.poBox === null ? null : joined('Postfach', address.poBox);
  return [
    address.extra ?? '',
    joined(joined(address.street, address.houseNumber), poBox),
    joined(foreign, address.postalCode, address.city),
  ].filter((line) => line !== '');
}

/** `S51.9 G L`: code, certainty, side. */
export function printedDiagnosis({ code, certainty, side }: Diagnosis): string {
  return joined(code, certainty, side);
}

/** The number in «Betriebsstätten-Nr.»: the ASV team number where there is one, else the practice's own identifier. */
export function practiceNumber({ issuer, practice }: CertificateContent): string {
  return issuer.asvTeam ?? practice.bsnr ?? practice.kzv ?? practice.site ?? practice.ik ?? '';
}

/** The number in «Arzt-Nr.»: LANR or ZANR. */
export function practitionerNumber({ lanr, zanr }: Practitioner): string {
  return lanr ?? zanr ?? '';
}

/** The insured id, else the KVK number. */
export function insuredNumber({ coverage }: CertificateContent): string {
  return coverage.insuredId ?? coverage.kvkNumber ?? '';
}
