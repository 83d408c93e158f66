import type { Texts } from './index';

/** The same words in English. */
export const en: Texts = {
  rules: {
    'issued-required': 'Enter the issue date.',
    'until-required': 'Enter “expected unfit until”.',
    'assessed-required': 'Enter “assessed on”.',
    'day-format': '“{{entered}}” is not a date. Please enter it as DD.MM.YYYY.',
    'eau-angabeAUseitErstbescheinigung':
      'A first certificate needs “unfit since”. Please enter it, or choose follow-up certificate.',
    'eau-angabeAUseitFolgebescheinigung':
      'A follow-up certificate has no “unfit since”. Please clear it, or choose first certificate.',
    'issued-in-future': 'The issue date is in the future. Enter today ({{today}}) at the latest.',
    'P310-04': 'Expected until: at most 31 days after the day of assessment ({{latest}}).',
    'P310-04-3b': 'Assessed on: not after the day of treatment ({{latest}}). Please check the date.',
    'until-before-since': 'Expected until: is before “unfit since” ({{since}}). Please correct one of the two.',
    'until-before-assessed':
      'Expected until: is before the day of assessment ({{assessed}}), so it certifies the past only. Is that right?',
    'dated-back':
      'Unfit since: more than three days before the day of assessment ({{assessed}}). Dating back is allowed as an exception only. Is the date right?',
    'since-after-assessed': 'Unfit since: is after the day of assessment ({{assessed}}). Is the date right?',
    'coverage-ended': 'Coverage ended on {{ends}}. Please ask for the current card.',
    'birth-date-required': 'Enter the date of birth; if only the year is known, the year will do.',
    'birth-date-format': '“{{entered}}” is not a date of birth. Please check day, month or year.',
    'eau-geburtsdatumPatient': 'The date of birth is after the issue date ({{issued}}). Please correct it.',
    'birth-year-implausible': 'By this year of birth the person would be over 120. Is it right?',
    'P310-05': 'Enter at least one diagnosis (ICD-10 code); a text alone is not enough.',
    'P310-05-1a':
      'At most six diagnoses, there are {{count}}. Please leave out those that do not matter for the incapacity.',
    'icd-regex': '“{{entered}}” is not a complete ICD-10 code. Please choose a code like J06.9.',
    'icd-catalogue-year': 'The diagnosis lacks the year of the ICD-10 catalogue. Please choose it from the list again.',
    'diagnosis-twice': '{{code}} is there twice. Is that meant?',
    'P10-430': '{{code}} does not exist in ICD-10-GM {{year}}. Please choose a code from the list.',
    'P10-440': '{{code}} is not admitted on a certificate. Please choose a more specific code.',
    'P10-450': '{{code}} has no meaning yet and must not be used. Please choose another code.',
    'P10-460':
      '{{code}} must not stand alone. Please add at least one primary code (without star or exclamation mark).',
    'P10-480': 'Please check the coding: {{code}} is mostly for another age (age here: {{age}}).',
    'P10-480-must': 'Please check the coding: {{code}} is for another age only (age here: {{age}}).',
    'for-angabeIKzustaendigeKrankenkasseEGKPflicht':
      'Enter the insurer’s IK (9 digits; choosing the insurer from the list will do).',
    'payer-ik-private':
      'Enter the private insurer’s IK (9 digits, on the card). If it is unknown: issue it as paid by the patient.',
    'for-laengeIK': '“{{entered}}” is not an IK: it has exactly 9 digits.',
    'for-angabeIKKostentraegerVerbot':
      'The accident insurer’s IK is for BG and UK only. Please clear it, or change the payer.',
    'billing-ik-missing': 'The accident insurer’s IK is missing. If it is known, please enter it.',
    'eau-angabeVersichertenIDbeiGKV': 'Enter the insured id: a letter and 9 digits, on the card.',
    'for-laengeVersichertenId': '“{{entered}}” is not an insured id: a capital letter and 9 digits.',
    'eau-angabeVersichertennummerBeiSKT':
      'Neither insured id nor KVK number: this certificate exists on paper only. If one is known, please enter it.',
    'kvk-1': '“{{entered}}” is not a KVK number: 6 to 12 digits.',
    'kvk-number-only-skt': 'The KVK number is for other payers (SKT) only. Please clear it.',
    'for-angabeVersichertenartPflicht': 'Choose the insured status: member, family or pensioner.',
    'for-angabeBesonderePersonengruppePflicht': 'Choose the special group; mostly “none” (00).',
    'special-group-unknown': 'There is no special group “{{entered}}”. Please choose from the list.',
    'for-angabeDMPPflicht': 'Choose the DMP code; mostly “none” (00).',
    'dmp-unknown': 'There is no DMP code “{{entered}}”. Please choose from the list.',
    'wop-unknown': 'There is no region code (WOP) “{{entered}}”. Please choose from the list or clear it.',
    'eau-angabeRechtsgrundlagePflicht': 'Choose the legal basis; in a practice mostly 00, without a readable card 10.',
    'work-accident-missing': 'The payer is an accident insurer, but “work accident” is not ticked. Is that right?',
    'accident-doctor-without-work-accident':
      '“Assigned to the Durchgangsarzt” is for work accidents only. Is that right?',
    'family-required': 'Enter the surname.',
    'given-required': 'Enter the given name.',
    'family-length': 'Surname: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'given-length': 'Given name: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'title-length': 'Title: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'affix-length': 'Name affix: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'prefix-length': 'Name prefix: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'qualification-length': 'Qualification: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'payer-name-length': 'Insurer’s name: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'street-length': 'Street: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'house-number-length': 'House number: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'extra-length': 'Address addition: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'city-length': 'City: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'postal-code-length': 'Postal code: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'po-box-length': 'PO box: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'practice-name-length': 'Practice’s name: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'phone-length': 'Phone: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'fax-length': 'Fax: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'email-length': 'E-mail: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'software-id-length': 'Software id: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'qualification-required': 'Enter the qualification, for example “Fachärztin für Allgemeinmedizin”.',
    'P310-06': 'Diagnosis text: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'P310-07': 'Other measures: at most {{max}} characters, there are {{length}}. Please shorten it.',
    'payer-name-required': 'Enter the insurer’s name.',
    'eau-angabePruefnummerPflicht': 'The program’s approval number is missing. Please enter it in the settings.',
    'forbidden-character':
      'There is a character that cannot be sent ({{character}}), such as a line break. Please type the text again.',
    'for-laengeWohnsitzlaendercode': '“{{entered}}” is not a country code: 1 to 3 capital letters, D for Germany.',
    'country-unknown': 'The country code “{{entered}}” is not on the official list. D for Germany, A for Austria.',
    'eau-angabePatientenAdressePflicht': 'Enter the patient’s address, at least the city.',
    'eau-angabePatientPLZPflicht': 'Enter the postal code; only abroad may it be missing.',
    'postal-code-german': 'German postal codes have 5 digits. Is this one right?',
    'extra-beside-po-box':
      'There is no room for an address addition beside a PO box. Please clear it, or enter the street.',
    'practice-street-required': 'Enter the practice’s street in the settings.',
    'for-adresszeilenAufbauOrganizationRessource-3':
      'Enter the practice’s house number in the settings; if the house has none, enter N/A.',
    'practice-city-required': 'Enter the practice’s city in the settings.',
    'eau-angabeIdentifikatorAusstellendePersonPflicht':
      'The doctor’s number (LANR, for dentists ZANR) is missing. Please enter it for the issuer; in ASV the Fachgruppennummer will do.',
    'eau-angabeIdentifikatorVerantwortlichePersonPflicht':
      'The responsible person’s number is missing. Please enter it; in ASV the Fachgruppennummer will do.',
    'for-angabeArztnummerPflicht': 'Only dentists have a ZANR. Please clear it and enter the LANR.',
    'for-angabeZahnarztnummerPflicht': 'Dentists have no LANR. Please clear it and enter the ZANR.',
    'for-anzahlIdentifikatorAusstellende-VerantwortlichePerson':
      'A Telematik-ID stands beside a LANR or ZANR only. Please clear it, or enter the number.',
    'for-laengeLANR': '“{{entered}}” is not a LANR: it has 9 digits.',
    'for-laengeZANR': '“{{entered}}” is not a ZANR: it has 9 digits.',
    'asv-group-format': '“{{entered}}” is not an ASV Fachgruppennummer: it has 9 digits.',
    'for-laengeASVnummer': '“{{entered}}” is not an ASV team number: it has 9 digits.',
    'telematik-id-length': 'Telematik-ID: at most {{max}} characters. Please check it.',
    'eau-angabeFachgruppennummerAsvAusstellendePersonVerbot':
      'The ASV Fachgruppennummer is for ASV only (legal basis 01 or 11), instead of the LANR. Please clear it.',
    'eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot':
      'For the responsible person: the ASV Fachgruppennummer is for ASV only (legal basis 01 or 11), instead of the LANR. Please clear it.',
    'eau-angabeAsvTeamnummerPflicht':
      'In ASV (legal basis 01 or 11) the ASV team number is needed. Please enter it, or change the legal basis.',
    'eau-angabeAsvTeamnummerVerbot':
      'An ASV team number is for legal basis 01 or 11 only. Please clear it, or change the legal basis.',
    'eau-angabeVerantwortlichePersonPflicht': 'In training without a LANR: please choose the responsible person.',
    'eau-angabeVerantwortlichePersonVerbot-1':
      'Only doctors in training and locums have a responsible person. Please remove it.',
    'eau-angabeVerantwortlichePersonVerbot-2':
      'Who is in training cannot be responsible. Please choose another person.',
    'eau-angabeIdentifikatorEinrichtungPflicht':
      'The practice’s number is missing: enter BSNR, KZV number, site number or IK in the settings.',
    'for-anzahlIdentifikatorOrganizationRessource':
      'The practice has more than one number. Please enter only BSNR, KZV number, site number or IK.',
    'for-laengeBSNR': '“{{entered}}” is not a BSNR: it has 9 digits.',
    'for-laengeKZVA': '“{{entered}}” is not a KZV number: it has 9 digits.',
    'for-laengeStandortnummer': '“{{entered}}” is not a site number: it has 9 digits.',
    'practice-name-required': 'Enter the practice’s name in the settings.',
    'practice-phone-required': 'Enter the practice’s phone number in the settings.',
    'insured-id-check-digit':
      'The check digit of the insured id {{entered}} does not fit. Please compare it with the card.',
    'ik-check-digit': 'The check digit of the IK {{entered}} does not fit. Please compare it.',
    'lanr-check-digit': 'The check digit of the LANR {{entered}} does not fit. Please compare it.',
  },
  paperOnly: {
    'private-insurance':
      'Privately insured: the eAU is not in operation for them, the certificate exists on paper only.',
    'pays-alone': 'Paid by the patient: there is no insurer to send to, the certificate exists on paper only.',
    'insured-abroad': 'Insured abroad: the insurer’s copy is printed, nothing is sent.',
    'special-group-07': 'Special group 07: the insurer’s copy is printed, nothing is sent.',
    'skt-without-insured-id': 'Other payer without an insured id: the payer’s copy is printed, nothing is sent.',
    'bg-without-proof':
      'Accident insurer (BG) without proof of insurance (no insured id): the insurer’s copy is printed, nothing is sent.',
  },
  parts: {
    confirm: 'That is right',
    cancel: 'Cancel',
    close: 'Close',
    details: 'Details',
    waiting: 'One moment …',
    announcements: 'Messages',
    dayPlaceholder: 'DD.MM.YYYY',
    failed: 'This could not be read. Trying again mostly helps: reload the page.',
    broken: {
      title: 'Something went wrong here',
      words:
        'This is a bug in the program, not in what you entered. Nothing is lost: certificates and drafts are stored. Please reload the view.',
      reload: 'Reload',
    },
  },
};
