import type { RuleKey } from '../../../renderer/domain/check';

/**
 * Every constraint of KBV's profiles, and what of the program answers for it: a rule of the same name (or another's, where one rule answers for several),
 * or the reason why nothing that we build can break it, with what every document of ours then has or lacks.
 */
export type Answer =
  | { readonly kind: 'rule'; readonly rule: RuleKey }
  | { readonly kind: 'cannot'; readonly because: string; readonly never: RegExp | null };

const rule = (key: RuleKey): Answer => ({ kind: 'rule', rule: key });
const cannot = (because: string, never: RegExp | null = null): Answer => ({ kind: 'cannot', because, never });

const pkv = (element: RegExp) =>
  cannot('elements for the privately insured are never sent (eau.md section 2)', element);
const line = cannot('the line is put together from the parts that its extensions name');
const name = cannot('the whole name stands in family, put together from the parts that its extensions name');

export const answers: Readonly<Record<string, Answer>> = {
  '-eau-AufnahmedatumNurRehaHeilbehandlung': pkv(/KBV_EX_EAU_admission_date/),
  '-eau-EntlassungdatumNurRehaHeilbehandlung': pkv(/KBV_EX_EAU_discharge_date/),
  '-eau-WiedereingliederungAbNurWiedereingliederung': pkv(/KBV_EX_EAU_reintegration_date/),
  '-eau-angabeAUseitErstbescheinigung': rule('eau-angabeAUseitErstbescheinigung'),
  '-eau-angabeAUseitFolgebescheinigung': rule('eau-angabeAUseitFolgebescheinigung'),
  '-eau-angabeAsvTeamnummerPflicht': rule('eau-angabeAsvTeamnummerPflicht'),
  '-eau-angabeAsvTeamnummerVerbot': rule('eau-angabeAsvTeamnummerVerbot'),
  '-eau-angabeAufnahmedatumNurPKV': pkv(/KBV_EX_EAU_admission_date/),
  '-eau-angabeBerufsunfaehigPKV': pkv(/KBV_EX_EAU_unemployability/),
  '-eau-angabeEntlassdatumNurPKV': pkv(/KBV_EX_EAU_discharge_date/),
  '-eau-angabeFachgruppennummerAsvAusstellendePersonVerbot': rule(
    'eau-angabeFachgruppennummerAsvAusstellendePersonVerbot',
  ),
  '-eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot': rule(
    'eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot',
  ),
  '-eau-angabeIdentifikatorAusstellendePersonPflicht': rule('eau-angabeIdentifikatorAusstellendePersonPflicht'),
  '-eau-angabeIdentifikatorEinrichtungPflicht': rule('eau-angabeIdentifikatorEinrichtungPflicht'),
  '-eau-angabeIdentifikatorVerantwortlichePersonPflicht': rule('eau-angabeIdentifikatorVerantwortlichePersonPflicht'),
  '-eau-angabePatientPLZPflicht': rule('eau-angabePatientPLZPflicht'),
  '-eau-angabePatientenAdressePflicht': rule('eau-angabePatientenAdressePflicht'),
  '-eau-angabePruefnummerPflicht': rule('eau-angabePruefnummerPflicht'),
  '-eau-angabeRechtsgrundlagePflicht': rule('eau-angabeRechtsgrundlagePflicht'),
  '-eau-angabeStationaereHeilbehandlungPKV': pkv(
    /WeitereSchritte_Type"\/><code value="(?!(?:d_arzt|reha|wiedereingliederung|sonstige)")/,
  ),
  '-eau-angabeTeilweiseArbeitsfaehigPKV': pkv(/KBV_EX_EAU_partially_employable/),
  '-eau-angabeVerantwortlichePersonPflicht': rule('eau-angabeVerantwortlichePersonPflicht'),
  '-eau-angabeVerantwortlichePersonVerbot-1': rule('eau-angabeVerantwortlichePersonVerbot-1'),
  '-eau-angabeVerantwortlichePersonVerbot-2': rule('eau-angabeVerantwortlichePersonVerbot-2'),
  '-eau-angabeVersichertenIDbeiGKV': rule('eau-angabeVersichertenIDbeiGKV'),
  '-eau-angabeVersichertenIDbeiPKV': cannot(
    'it asks for the insured id only where the patient has an identifier, and of those the KVK number is refused with PKV (kvk-number-only-skt)',
  ),
  '-eau-angabeVersichertennummerBeiSKT': rule('eau-angabeVersichertennummerBeiSKT'),
  '-eau-angabeWiedereingliederungabPKV': pkv(/KBV_EX_EAU_reintegration_date/),
  '-eau-anzahlUrsache': cannot('each cause is a yes or no'),
  '-eau-begrenzungDate': rule('eau-begrenzungDate'),
  '-eau-begrenzungDateAufnahmedatum': pkv(/KBV_EX_EAU_admission_date/),
  '-eau-begrenzungDateEnd': rule('eau-begrenzungDateEnd'),
  '-eau-begrenzungDateEntlassungsdatum': pkv(/KBV_EX_EAU_discharge_date/),
  '-eau-begrenzungDateFestgestelltAm': rule('eau-begrenzungDateFestgestelltAm'),
  '-eau-begrenzungDateStart': rule('eau-begrenzungDateStart'),
  '-eau-begrenzungDateWiedereingliederung-ab': pkv(/KBV_EX_EAU_reintegration_date/),
  '-eau-begrenzungDateteilweise-arbeitsfaehig-ab': pkv(/KBV_EX_EAU_partially_employable/),
  '-eau-geburtsdatumPatient': rule('eau-geburtsdatumPatient'),
  '-eau-keinTextBeiAnderen': cannot(
    'only «other measures» has a text',
    /<code value="(?:d_arzt|reha|wiedereingliederung)"\/><\/coding><text/,
  ),
  '-eau-referenzAufAusstellendePerson-1': cannot('asserter and author are the issuer’s own id, made in one place'),
  '-eau-referenzAufAusstellendePerson-2': cannot('the role’s practitioner is the issuer’s own id, made in one place'),
  '-eau-uniqueServiceRequest': cannot('each measure is a yes or no'),
  '-eau-versionComposition': cannot('the profile’s version is written in one place', /KBV_PR_EAU_Composition\|1\.2\./),
  '-for-adresszeilenAufbauOrganizationRessource-1': line,
  '-for-adresszeilenAufbauOrganizationRessource-2': line,
  '-for-adresszeilenAufbauOrganizationRessource-3': rule('for-adresszeilenAufbauOrganizationRessource-3'),
  '-for-adresszeilenAufbauOrganizationRessource-4': rule('for-adresszeilenAufbauOrganizationRessource-4'),
  '-for-adresszeilenAufbauOrganizationRessource-5': line,
  '-for-adresszeilenAufbauOrganizationRessource-6': line,
  '-for-adresszeilenAufbauOrganizationRessource-7': line,
  '-for-adresszeilenAufbauOrganizationRessource-8': line,
  '-for-adresszeilenAufbauPatientRessource-1': line,
  '-for-adresszeilenAufbauPatientRessource-2': line,
  '-for-adresszeilenAufbauPatientRessource-3': line,
  '-for-adresszeilenAufbauPatientRessource-4': line,
  '-for-adresszeilenAufbauPatientRessource-5': line,
  '-for-adresszeilenAufbauPatientRessource-6': line,
  '-for-adresszeilenAufbauPatientRessource-7': line,
  '-for-adresszeilenAufbauPatientRessource-8': rule('for-adresszeilenAufbauPatientRessource-8'),
  '-for-angabeArztnummerPflicht': rule('for-angabeArztnummerPflicht'),
  '-for-angabeBesonderePersonengruppePflicht': rule('for-angabeBesonderePersonengruppePflicht'),
  '-for-angabeDMPPflicht': rule('for-angabeDMPPflicht'),
  '-for-angabeIKKostentraegerVerbot': rule('for-angabeIKKostentraegerVerbot'),
  '-for-angabeIKzustaendigeKrankenkasseEGKPflicht': rule('for-angabeIKzustaendigeKrankenkasseEGKPflicht'),
  '-for-angabeIdentifikatorAusstellende-VerantwortlichePersonVerbot': cannot(
    'midwives (02) issue no eAU: there is no such type of issuer',
    /KBV_CS_FOR_Qualification_Type"\/><code value="02"/,
  ),
  '-for-angabeVersichertenartPflicht': rule('for-angabeVersichertenartPflicht'),
  '-for-angabeZahnarztnummerPflicht': rule('for-angabeZahnarztnummerPflicht'),
  '-for-anzahlIdentifikatorAusstellende-VerantwortlichePerson': rule(
    'for-anzahlIdentifikatorAusstellende-VerantwortlichePerson',
  ),
  '-for-anzahlIdentifikatorOrganizationRessource': rule('for-anzahlIdentifikatorOrganizationRessource'),
  '-for-begrenzungDate': rule('for-begrenzungDate'),
  '-for-laengeASVnummer': rule('for-laengeASVnummer'),
  '-for-laengeBSNR': rule('for-laengeBSNR'),
  '-for-laengeIK': rule('for-laengeIK'),
  '-for-laengeKZVA': rule('for-laengeKZVA'),
  '-for-laengeLANR': rule('for-laengeLANR'),
  '-for-laengeStandortnummer': rule('for-laengeStandortnummer'),
  '-for-laengeVersichertenId': rule('for-laengeVersichertenId'),
  '-for-laengeWohnsitzlaendercode': rule('for-laengeWohnsitzlaendercode'),
  '-for-laengeZANR': rule('for-laengeZANR'),
  'add-1': line,
  'add-2': line,
  'add-3': line,
  'add-5': line,
  'hum-1': name,
  'hum-2': name,
  'hum-3': name,
  'hum-4': cannot('the qualifier is written with the prefix that it is about'),
  'kvk-1': rule('kvk-1'),
  'pat-de-1': cannot('no document carries a sex', /<gender/),
  'postBox-de-1': cannot('a patient has one post box at most', /ADXP-postBox[^]*?ADXP-postBox/),
  'pract-de-1': cannot('no document carries a sex', /<gender/),
};
