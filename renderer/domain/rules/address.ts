import type { Address } from '../certificate';
import { countryCodes } from '../country-codes';
import type { Finding } from '../finding';
import { error, given, warning, type Rule } from './rule';

/** Rules about the patient's and the practice's address. */

const addressLengths = (path: string, address: Address): Finding[] => {
  const fields = [
    ['street-length', 'street', 46],
    ['house-number-length', 'houseNumber', 9],
    ['extra-length', 'extra', 40],
    ['city-length', 'city', 40],
    ['postal-code-length', 'postalCode', 10],
    ['po-box-length', 'poBox', 8],
  ] as const;
  return fields.flatMap(([rule, field, max]) => {
    const length = given(address[field])?.length ?? 0;
    return length > max ? [error(rule, `${path}.${field}`, { max: String(max), length: String(length) })] : [];
  });
};

/** `Address.line` and its extensions, `city`, `postalCode`: lengths. */
export const addressFieldLengths: Rule = ({ patient, practice }) => [
  ...addressLengths('patient.address', patient.address),
  ...addressLengths('practice.address', practice.address),
];

/** `-for-laengeWohnsitzlaendercode`: 1 to 3 capital letters; `D` is Germany. */
export const countryFormat: Rule = ({ patient, practice }) =>
  [
    { field: 'patient.address.country', country: given(patient.address.country) },
    { field: 'practice.address.country', country: given(practice.address.country) },
  ].flatMap(({ field, country }) =>
    country === null || /^[A-Z]{1,3}$/.test(country)
      ? []
      : [error('for-laengeWohnsitzlaendercode', field, { entered: country })],
  );

/** The value set of countries binds the practice's country; the patient's may be another (extensible), so that only warns. */
export const countryKnown: Rule = ({ patient, practice }) => {
  const unknown = (country: string | null): country is string =>
    country !== null && /^[A-Z]{1,3}$/.test(country) && !countryCodes.has(country);
  const [home, seat] = [given(patient.address.country), given(practice.address.country)];
  return [
    ...(unknown(home) ? [warning('country-unknown', 'patient.address.country', { entered: home })] : []),
    ...(unknown(seat) ? [error('country-unknown', 'practice.address.country', { entered: seat })] : []),
  ];
};

/** `-eau-angabePatientenAdressePflicht`: the patient has an address; a country alone is none. */
export const patientAddressRequired: Rule = ({ patient: { address } }) => {
  const parts = [address.street, address.houseNumber, address.extra, address.poBox, address.postalCode, address.city];
  return parts.every((part) => given(part) === null)
    ? [error('eau-angabePatientenAdressePflicht', 'patient.address.street')]
    : [];
};

/** `-eau-angabePatientPLZPflicht`: in Germany every address has a postal code. */
export const patientPostalCodeRequired: Rule = ({ patient: { address } }) =>
  given(address.country) === 'D' && given(address.postalCode) === null
    ? [error('eau-angabePatientPLZPflicht', 'patient.address.postalCode')]
    : [];

/** A German postal code has five digits; the profiles don't say so, hence a warning. */
export const germanPostalCode: Rule = ({ patient, practice }) =>
  [
    { field: 'patient.address.postalCode', address: patient.address },
    { field: 'practice.address.postalCode', address: practice.address },
  ].flatMap(({ field, address }) => {
    const postalCode = given(address.postalCode);
    const german = given(address.country) === 'D';
    return german && postalCode !== null && !/^\d{5}$/.test(postalCode) ? [warning('postal-code-german', field)] : [];
  });

/** `-for-adresszeilenAufbauPatientRessource-8`: an addition stands on the line after street or house number; a post box has a single line. */
export const noExtraBesidePoBox: Rule = ({ patient: { address } }) =>
  given(address.poBox) !== null &&
  given(address.extra) !== null &&
  given(address.street) === null &&
  given(address.houseNumber) === null
    ? [error('for-adresszeilenAufbauPatientRessource-8', 'patient.address.extra')]
    : [];

/** `-for-adresszeilenAufbauOrganizationRessource-3`, `…-4`: the practice has a street and a house number (`N/A`: the house has none), and a city. */
export const practiceAddressRequired: Rule = ({ practice: { address } }) => [
  ...(given(address.street) === null
    ? [error('for-adresszeilenAufbauOrganizationRessource-4', 'practice.address.street')]
    : []),
  ...(given(address.houseNumber) === null
    ? [error('for-adresszeilenAufbauOrganizationRessource-3', 'practice.address.houseNumber')]
    : []),
  ...(given(address.city) === null ? [error('practice-city-required', 'practice.address.city')] : []),
];

export const addressRules: readonly Rule[] = [
  addressFieldLengths,
  countryFormat,
  countryKnown,
  patientAddressRequired,
  patientPostalCodeRequired,
  germanPostalCode,
  noExtraBesidePoBox,
  practiceAddressRequired,
];
