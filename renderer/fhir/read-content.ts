import { childAt, childrenOf, valueAt, type XmlElement } from './read-xml';

/**
 * A certificate's content out of an eAU document, whoever made it: the way back of `document.ts`. What the document doesn't carry (the patient's sex, a post
 * box beside a street) is `null`; whether it is complete is the caller's to judge, so nothing here has a narrower type than what was found.
 */
export function readContent(bundle: XmlElement): unknown {
  const resources = childrenOf(bundle, 'entry').flatMap((entry) => {
    const resource = childAt(entry, 'resource')?.children[0];
    return resource === undefined ? [] : [{ url: valueAt(entry, 'fullUrl') ?? '', resource }];
  });
  const all = (type: string): XmlElement[] =>
    resources.flatMap(({ resource }) => (resource.name === type ? [resource] : []));
  /** What a reference points to, by the entry's URL, or by type and id. */
  const target = (reference: string | null): XmlElement | null => {
    if (reference === null) return null;
    const found = resources.find(({ url, resource }) => {
      const id = valueAt(resource, 'id') ?? '';
      return (
        url === reference ||
        url.endsWith(`/${reference}`) ||
        reference === `${resource.name}/${id}` ||
        reference === `urn:uuid:${id}`
      );
    });
    return found?.resource ?? null;
  };
  const composition = all('Composition')[0] ?? null;
  const inSection = (code: string): XmlElement[] =>
    childrenOf(composition, 'section')
      .filter((section) => childrenOf(childAt(section, 'code'), 'coding').some((one) => valueAt(one, 'code') === code))
      .flatMap((section) => childrenOf(section, 'entry'))
      .flatMap((entry) => target(valueAt(entry, 'reference')) ?? []);
  const author = childrenOf(composition, 'author');
  const issuer = target(author.map((one) => valueAt(one, 'reference')).find((one) => one !== null) ?? null);
  const responsible = target(valueAt(composition, 'attester', 'party', 'reference'));
  const patient = target(valueAt(composition, 'subject', 'reference')) ?? all('Patient')[0] ?? null;
  const coverage = inSection('Coverage')[0] ?? all('Coverage')[0] ?? null;
  const team = inSection('FOR_PractitionerRole')[0] ?? null;
  return {
    certificate: detailsIn(composition, {
      incapacity: inSection('AU_Condition')[0] ?? null,
      diagnoses: inSection('ICD'),
      text: inSection('ICD_Text')[0] ?? null,
      measures: inSection('AU_weiter'),
    }),
    patient: { ...nameIn(patient), birthDate: valueAt(patient, 'birthDate'), address: addressIn(patient) },
    coverage: {
      ...coverageIn(coverage),
      insuredId: identifierIn(patient, 'http://fhir.de/sid/gkv/kvid-10'),
      kvkNumber: identifierIn(patient, 'http://fhir.de/sid/gkv/kvk-versichertennummer'),
      legalBasis: codeIn(extensionIn(composition, `${kbv}StructureDefinition/KBV_EX_FOR_Legal_basis`)),
      insuredAbroad: false,
    },
    issuer: { ...practitionerIn(issuer), asvTeam: valueAt(team, 'organization', 'identifier', 'value') },
    responsible: responsible === null ? null : { ...practitionerIn(responsible), asvTeam: null },
    practice: practiceIn(target(valueAt(composition, 'custodian', 'reference')) ?? all('Organization')[0] ?? null),
    softwareId: author.map((one) => valueAt(one, 'identifier', 'value')).find((one) => one !== null) ?? '',
  };
}

const kbv = 'https://fhir.kbv.de/';
const hl7 = 'http://hl7.org/fhir/StructureDefinition/';
const german = 'http://fhir.de/StructureDefinition/';

function extensionsIn(element: XmlElement | null, url: string): XmlElement[] {
  return childrenOf(element, 'extension').filter((extension) => extension.attributes.get('url') === url);
}

function extensionIn(element: XmlElement | null, url: string): XmlElement | null {
  return extensionsIn(element, url)[0] ?? null;
}

const codeIn = (extension: XmlElement | null): string | null => valueAt(extension, 'valueCoding', 'code');

function identifierIn(resource: XmlElement | null, system: string): string | null {
  const found = childrenOf(resource, 'identifier').find((identifier) => valueAt(identifier, 'system') === system);
  return valueAt(found ?? null, 'value');
}

/** The day of a FHIR date or dateTime. */
const dayOf = (value: string | null): string | null => value?.slice(0, 10) ?? null;

function detailsIn(
  composition: XmlElement | null,
  conditions: {
    incapacity: XmlElement | null;
    diagnoses: readonly XmlElement[];
    text: XmlElement | null;
    measures: readonly XmlElement[];
  },
): unknown {
  const { incapacity } = conditions;
  const kind = childrenOf(childAt(composition, 'type'), 'coding').find(
    (coding) => valueAt(coding, 'system') === `${kbv}CodeSystem/KBV_CS_EAU_AU_Type`,
  );
  const causes = extensionsIn(incapacity, `${hl7}condition-dueTo`).map((extension) =>
    valueAt(extension, 'valueCodeableConcept', 'coding', 'code'),
  );
  const measures = new Map(
    conditions.measures.map((measure) => [valueAt(measure, 'code', 'coding', 'code') ?? '', measure]),
  );
  const other = measures.get('sonstige');
  return {
    kind: valueAt(kind ?? null, 'code'),
    issuedOn: dayOf(valueAt(composition, 'date')),
    unfitSince: dayOf(valueAt(incapacity, 'onsetPeriod', 'start')),
    unfitUntil: dayOf(valueAt(incapacity, 'onsetPeriod', 'end')),
    assessedOn: dayOf(valueAt(extensionIn(incapacity, `${hl7}condition-assertedDate`), 'valueDateTime')),
    workAccident: causes.includes('2'),
    otherAccident: causes.includes('1'),
    compensation: causes.includes('3'),
    accidentDoctor: measures.has('d_arzt'),
    seventhWeek:
      valueAt(extensionIn(incapacity, `${kbv}StructureDefinition/KBV_EX_EAU_7_weeks`), 'valueBoolean') === 'true',
    rehab: measures.has('reha'),
    reintegration: measures.has('wiedereingliederung'),
    otherMeasures: valueAt(other ?? null, 'code', 'text'),
    diagnoses: conditions.diagnoses.map(diagnosisIn),
    diagnosisText: valueAt(conditions.text, 'code', 'text'),
  };
}

function diagnosisIn(condition: XmlElement): unknown {
  const coding = childAt(condition, 'code', 'coding');
  return {
    code: valueAt(coding, 'code'),
    certainty: codeIn(extensionIn(coding, `${german}icd-10-gm-diagnosesicherheit`)),
    side: codeIn(extensionIn(coding, `${german}seitenlokalisation`)),
    catalogue: valueAt(coding, 'version') ?? '',
  };
}

function nameIn(resource: XmlElement | null): Readonly<Record<string, unknown>> {
  const names = childrenOf(resource, 'name');
  // A birth name may stand beside it.
  const name = names.find((one) => valueAt(one, 'use') === 'official') ?? names[0] ?? null;
  const family = childAt(name, 'family');
  const part = (url: string): string | null => valueAt(extensionIn(family, url), 'valueString');
  return {
    family: part(`${hl7}humanname-own-name`) ?? valueAt(family),
    given: childrenOf(name, 'given')
      .flatMap((given) => valueAt(given) ?? [])
      .join(' '),
    title: valueAt(name, 'prefix'),
    affix: part(`${german}humanname-namenszusatz`),
    prefix: part(`${hl7}humanname-own-prefix`),
  };
}

function addressIn(resource: XmlElement | null): unknown {
  const address = childAt(resource, 'address');
  const lines = childrenOf(address, 'line');
  const part = (name: string): string | null =>
    lines
      .map((line) => valueAt(extensionIn(line, `${hl7}iso21090-ADXP-${name}`), 'valueString'))
      .find((value) => value !== null) ?? null;
  return {
    street: part('streetName'),
    houseNumber: part('houseNumber'),
    extra: part('additionalLocator'),
    poBox: part('postBox'),
    postalCode: valueAt(address, 'postalCode'),
    city: valueAt(address, 'city'),
    country: valueAt(address, 'country'),
  };
}

function coverageIn(coverage: XmlElement | null): Readonly<Record<string, unknown>> {
  const code = (name: string): string | null => codeIn(extensionIn(coverage, `${german}gkv/${name}`));
  const payer = childAt(coverage, 'payor', 'identifier');
  const billing = extensionIn(payer, `${kbv}StructureDefinition/KBV_EX_FOR_Alternative_IK`);
  return {
    payerType: valueAt(coverage, 'type', 'coding', 'code'),
    payerIk: valueAt(payer, 'value'),
    payerName: valueAt(coverage, 'payor', 'display'),
    billingIk: valueAt(billing, 'valueIdentifier', 'value'),
    status: code('versichertenart'),
    specialGroup: code('besondere-personengruppe'),
    dmp: code('dmp-kennzeichen'),
    wop: code('wop'),
    ends: dayOf(valueAt(coverage, 'period', 'end')),
  };
}

const telematikId = 'https://gematik.de/fhir/sid/telematik-id';

function practitionerIn(practitioner: XmlElement | null): Readonly<Record<string, unknown>> {
  const codes = childrenOf(practitioner, 'qualification').flatMap((one) => childAt(one, 'code') ?? []);
  const of = (system: string): XmlElement | null =>
    codes.find((code) => valueAt(code, 'coding', 'system') === system) ?? null;
  const profession = of(`${kbv}CodeSystem/KBV_CS_FOR_Berufsbezeichnung`);
  return {
    ...nameIn(practitioner),
    type: valueAt(of(`${kbv}CodeSystem/KBV_CS_FOR_Qualification_Type`), 'coding', 'code'),
    lanr: identifierIn(practitioner, `${kbv}NamingSystem/KBV_NS_Base_ANR`),
    zanr: identifierIn(practitioner, 'http://fhir.de/sid/kzbv/zahnarztnummer'),
    telematikId: identifierIn(practitioner, telematikId),
    asvGroup: valueAt(of(`${kbv}NamingSystem/KBV_NS_FOR_Fachgruppennummer_ASV`), 'coding', 'code'),
    qualification: valueAt(profession, 'text'),
  };
}

function practiceIn(practice: XmlElement | null): unknown {
  const contact = (system: string): string | null => {
    const found = childrenOf(practice, 'telecom').find((one) => valueAt(one, 'system') === system);
    return valueAt(found ?? null, 'value');
  };
  return {
    bsnr: identifierIn(practice, `${kbv}NamingSystem/KBV_NS_Base_BSNR`),
    ik: identifierIn(practice, 'http://fhir.de/sid/arge-ik/iknr'),
    kzv: identifierIn(practice, 'http://fhir.de/sid/kzbv/kzvabrechnungsnummer'),
    site: identifierIn(practice, 'http://fhir.de/sid/dkgev/standortnummer'),
    telematikId: identifierIn(practice, telematikId),
    name: valueAt(practice, 'name') ?? '',
    phone: contact('phone'),
    fax: contact('fax'),
    email: contact('email'),
    address: addressIn(practice),
  };
}
