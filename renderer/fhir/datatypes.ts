import type { Address, PersonName } from '../domain/certificate';
import { fullFamilyName } from '../domain/person-name';
import { element, group, optional, primitive, type Xml } from './xml';

/** FHIR data types as the KBV profiles shape them. */

const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const german = 'http://fhir.de/StructureDefinition/';

/** `meta.profile`. Instances name the version without its patch number: `|1.2`. */
export function meta(profile: string, lastUpdated: string | null = null): Xml {
  return group(
    'meta',
    optional('lastUpdated', lastUpdated),
    primitive('profile', `https://fhir.kbv.de/StructureDefinition/${profile}|1.2`),
  );
}

/** An extension around its value. */
export function extension(url: string, ...content: readonly (Xml | null)[]): Xml {
  return element('extension', { url }, ...content);
}

/** `<name><system/><code/></name>`. */
export function coding(name: string, system: string, code: string): Xml {
  return group(name, primitive('system', system), primitive('code', code));
}

/** A CodeableConcept of one coding. */
export function concept(name: string, system: string, code: string): Xml {
  return group(name, coding('coding', system, code));
}

/** An identifier with a type. */
export function typedIdentifier(typeSystem: string, type: string, system: string, value: string): Xml {
  return group('identifier', concept('type', typeSystem, type), primitive('system', system), primitive('value', value));
}

/** The Telematik-ID (`PRN`) of a person or a practice. */
export function telematikId(value: string): Xml {
  const types = 'http://terminology.hl7.org/CodeSystem/v2-0203';
  return typedIdentifier(types, 'PRN', 'https://gematik.de/fhir/sid/telematik-id', value);
}

/** `<name><reference/></name>`. */
export function reference(name: string, target: string): Xml {
  return group(name, primitive('reference', target));
}

/** A person's name: the full family name with its parts as extensions, the given name, the title (`AC`: academic). */
export function humanName(name: PersonName): Xml {
  const part = (url: string, value: string | null): Xml | null =>
    value === null ? null : extension(url, primitive('valueString', value));
  return group(
    'name',
    primitive('use', 'official'),
    primitive(
      'family',
      fullFamilyName(name),
      part(`${german}humanname-namenszusatz`, name.affix),
      part(`${hl7}humanname-own-name`, name.family),
      part(`${hl7}humanname-own-prefix`, name.prefix),
    ),
    primitive('given', name.given),
    name.title === null
      ? null
      : primitive('prefix', name.title, extension(`${hl7}iso21090-EN-qualifier`, primitive('valueCode', 'AC'))),
  );
}

const adxp = (part: string, value: string | null): Xml | null =>
  value === null ? null : extension(`${hl7}iso21090-ADXP-${part}`, primitive('valueString', value));

/**
 * A patient's address. The profile takes one: the street where there is one (also beside a post box), else the post box. Without either it is
 * city, postal code and country only.
 */
export function patientAddress(address: Address): Xml {
  const { street, houseNumber, poBox } = address;
  if (poBox === null || street !== null || houseNumber !== null)
    return streetAddress(address, [street, houseNumber].filter((part) => part !== null).join(' '));
  return group(
    'address',
    primitive('type', 'postal'),
    primitive('line', poBox, adxp('postBox', poBox)),
    ...place(address),
  );
}

/** The practice's address: always a street. The house number `N/A` says that the house has none; the line then is the street alone. */
export function practiceAddress(address: Address & { street: string; houseNumber: string }): Xml {
  const { street, houseNumber } = address;
  return streetAddress(address, houseNumber === 'N/A' ? street : `${street} ${houseNumber}`);
}

function streetAddress(address: Address, line: string): Xml {
  const { street, houseNumber, extra } = address;
  return group(
    'address',
    primitive('type', 'both'),
    line === '' ? null : primitive('line', line, adxp('houseNumber', houseNumber), adxp('streetName', street)),
    extra === null ? null : primitive('line', extra, adxp('additionalLocator', extra)),
    ...place(address),
  );
}

function place({ city, postalCode, country }: Address): readonly (Xml | null)[] {
  return [optional('city', city), optional('postalCode', postalCode), optional('country', country)];
}
