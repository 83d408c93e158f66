/** Every word a user reads, in German: what a practice says, not what a program says. Values in {{braces}} are filled in (i18next). */
export const de = {
  /** What a rule says beside the field; key = `Finding.rule`. */
  rules: {
    'issued-required': 'Ausstellungsdatum eintragen.',
    'until-required': '«Voraussichtlich arbeitsunfähig bis» eintragen.',
    'assessed-required': '«Festgestellt am» eintragen.',
    'day-format': '«{{entered}}» ist kein Datum. Bitte als TT.MM.JJJJ eintragen.',
    'eau-angabeAUseitErstbescheinigung':
      'Eine Erstbescheinigung braucht «arbeitsunfähig seit». Bitte eintragen, oder Folgebescheinigung wählen.',
    'eau-angabeAUseitFolgebescheinigung':
      'Eine Folgebescheinigung hat kein «arbeitsunfähig seit». Bitte leeren, oder Erstbescheinigung wählen.',
    'issued-in-future': 'Das Ausstellungsdatum liegt in der Zukunft. Spätestens heute ({{today}}) eintragen.',
    'P310-04': 'Voraussichtlich bis: höchstens 31 Tage nach dem Feststellungsdatum ({{latest}}).',
    'P310-04-3b': 'Festgestellt am: nicht nach dem Behandlungstag ({{latest}}). Bitte Datum prüfen.',
    'until-before-since':
      'Voraussichtlich bis: liegt vor «arbeitsunfähig seit» ({{since}}). Bitte eines der beiden berichtigen.',
    'until-before-assessed':
      'Voraussichtlich bis: liegt vor dem Feststellungsdatum ({{assessed}}), bescheinigt also nur Vergangenes. Stimmt das?',
    'dated-back':
      'Arbeitsunfähig seit: mehr als drei Tage vor dem Feststellungsdatum ({{assessed}}). Rückdatieren ist nur ausnahmsweise erlaubt. Stimmt das Datum?',
    'since-after-assessed': 'Arbeitsunfähig seit: liegt nach dem Feststellungsdatum ({{assessed}}). Stimmt das Datum?',
    'coverage-ended': 'Der Versicherungsschutz endete am {{ends}}. Bitte aktuelle Karte zeigen lassen.',
    'birth-date-required': 'Geburtsdatum eintragen; ist nur das Jahr bekannt, genügt das Jahr.',
    'birth-date-format': '«{{entered}}» ist kein Geburtsdatum. Bitte Tag, Monat oder Jahr prüfen.',
    'eau-geburtsdatumPatient': 'Das Geburtsdatum liegt nach dem Ausstellungsdatum ({{issued}}). Bitte berichtigen.',
    'birth-year-implausible': 'Nach diesem Geburtsjahr wäre die Person über 120 Jahre alt. Stimmt es?',
    'P310-05': 'Mindestens eine Diagnose (ICD-10-Code) eintragen; ein Text allein genügt nicht.',
    'P310-05-1a':
      'Höchstens sechs Diagnosen, es sind {{count}}. Bitte die weglassen, die für die Arbeitsunfähigkeit nicht wichtig sind.',
    'icd-regex': '«{{entered}}» ist kein vollständiger ICD-10-Code. Bitte einen Code wie J06.9 wählen.',
    'icd-catalogue-year':
      'Zur Diagnose fehlt das Jahr des ICD-10-Katalogs. Bitte die Diagnose neu aus der Liste wählen.',
    'diagnosis-twice': '{{code}} steht zweimal da. Soll das so sein?',
    'P10-430': '{{code}} gibt es in der ICD-10-GM {{year}} nicht. Bitte einen Code aus der Liste wählen.',
    'P10-440':
      '{{code}} ist auf einer Arbeitsunfähigkeitsbescheinigung nicht zugelassen. Bitte einen genaueren Code wählen.',
    'P10-450': '{{code}} hat noch keine Bedeutung und darf nicht verwendet werden. Bitte einen anderen Code wählen.',
    'P10-460':
      '{{code}} darf nicht allein stehen. Bitte mindestens einen Primärcode (ohne Stern oder Ausrufezeichen) dazu eintragen.',
    'P10-480': 'Bitte Kodierung überprüfen: {{code}} gilt überwiegend für ein anderes Alter (Alter hier: {{age}}).',
    'P10-480-must': 'Bitte Kodierung überprüfen: {{code}} gilt nur für ein anderes Alter (Alter hier: {{age}}).',
    'for-angabeIKzustaendigeKrankenkasseEGKPflicht':
      'IK der Krankenkasse eintragen (9 Ziffern; Kasse aus der Liste wählen genügt).',
    'payer-ik-private':
      'IK der privaten Versicherung eintragen (9 Ziffern, steht auf der Karte). Ist es unbekannt: als Selbstzahler ausstellen.',
    'for-laengeIK': '«{{entered}}» ist kein IK: es hat genau 9 Ziffern.',
    'for-angabeIKKostentraegerVerbot':
      'Das IK des Unfallversicherungsträgers gibt es nur bei BG und UK. Bitte leeren, oder den Kostenträger ändern.',
    'billing-ik-missing': 'IK der Berufsgenossenschaft oder Unfallkasse fehlt. Wenn es bekannt ist, bitte eintragen.',
    'eau-angabeVersichertenIDbeiGKV': 'Versichertennummer eintragen: ein Buchstabe und 9 Ziffern, steht auf der Karte.',
    'for-laengeVersichertenId': '«{{entered}}» ist keine Versichertennummer: ein großer Buchstabe und 9 Ziffern.',
    'eau-angabeVersichertennummerBeiSKT':
      'Weder Versichertennummer noch KVK-Nummer: diese Bescheinigung gibt es nur auf Papier. Wenn eine bekannt ist, bitte eintragen.',
    'kvk-1': '«{{entered}}» ist keine KVK-Nummer: 6 bis 12 Ziffern.',
    'kvk-number-only-skt': 'Die KVK-Nummer gibt es nur bei sonstigen Kostenträgern (SKT). Bitte leeren.',
    'for-angabeVersichertenartPflicht': 'Versichertenart wählen: Mitglied, Familie oder Rentner.',
    'for-angabeBesonderePersonengruppePflicht': 'Besondere Personengruppe wählen; meist «keine» (00).',
    'special-group-unknown': 'Die besondere Personengruppe «{{entered}}» gibt es nicht. Bitte aus der Liste wählen.',
    'for-angabeDMPPflicht': 'DMP-Kennzeichen wählen; meist «keines» (00).',
    'dmp-unknown': 'Das DMP-Kennzeichen «{{entered}}» gibt es nicht. Bitte aus der Liste wählen.',
    'wop-unknown': 'Das Wohnortkennzeichen (WOP) «{{entered}}» gibt es nicht. Bitte aus der Liste wählen oder leeren.',
    'eau-angabeRechtsgrundlagePflicht': 'Rechtsgrundlage wählen; in der Praxis meist 00, im Ersatzverfahren 10.',
    'work-accident-missing':
      'Kostenträger ist ein Unfallversicherungsträger, aber «Arbeitsunfall» ist nicht angekreuzt. Stimmt das?',
    'accident-doctor-without-work-accident':
      '«Dem Durchgangsarzt zugewiesen» gibt es nur bei Arbeitsunfällen. Stimmt das?',
    'family-required': 'Nachname eintragen.',
    'given-required': 'Vorname eintragen.',
    'family-length': 'Nachname: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'given-length': 'Vorname: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'title-length': 'Titel: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'affix-length': 'Namenszusatz: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'prefix-length': 'Vorsatzwort: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'qualification-length': 'Berufsbezeichnung: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'payer-name-length': 'Name der Krankenkasse: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'street-length': 'Straße: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'house-number-length': 'Hausnummer: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'extra-length': 'Adresszusatz: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'city-length': 'Ort: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'postal-code-length': 'Postleitzahl: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'po-box-length': 'Postfach: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'practice-name-length': 'Name der Praxis: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'phone-length': 'Telefon: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'fax-length': 'Fax: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'email-length': 'E-Mail: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'software-id-length': 'Prüfnummer: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'qualification-required': 'Berufsbezeichnung eintragen, zum Beispiel «Fachärztin für Allgemeinmedizin».',
    'P310-06': 'Diagnosetext: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'P310-07': 'Sonstige Maßnahmen: höchstens {{max}} Zeichen, es sind {{length}}. Bitte kürzen.',
    'payer-name-required': 'Name der Krankenkasse eintragen.',
    'eau-angabePruefnummerPflicht': 'Die Prüfnummer des Programms fehlt. Bitte in den Einstellungen eintragen.',
    'forbidden-character':
      'Hier steht ein Zeichen, das nicht übermittelt werden kann ({{character}}), etwa ein Zeilenumbruch. Bitte den Text neu eintippen.',
    'for-laengeWohnsitzlaendercode':
      '«{{entered}}» ist kein Länderkennzeichen: 1 bis 3 große Buchstaben, für Deutschland D.',
    'country-unknown':
      'Das Länderkennzeichen «{{entered}}» steht nicht in der amtlichen Liste. Für Deutschland D, für Österreich A.',
    'eau-angabePatientenAdressePflicht': 'Adresse der Patientin oder des Patienten eintragen, wenigstens den Ort.',
    'eau-angabePatientPLZPflicht': 'Postleitzahl eintragen; nur im Ausland darf sie fehlen.',
    'postal-code-german': 'Deutsche Postleitzahlen haben 5 Ziffern. Stimmt diese?',
    'extra-beside-po-box':
      'Neben einem Postfach kann kein Adresszusatz stehen. Bitte leeren, oder die Straße eintragen.',
    'practice-street-required': 'Straße der Praxis in den Einstellungen eintragen.',
    'for-adresszeilenAufbauOrganizationRessource-3':
      'Hausnummer der Praxis in den Einstellungen eintragen; hat das Haus keine, N/A eintragen.',
    'practice-city-required': 'Ort der Praxis in den Einstellungen eintragen.',
    'eau-angabeIdentifikatorAusstellendePersonPflicht':
      'Die Arztnummer (LANR, in der Zahnmedizin ZANR) fehlt. Bitte bei der ausstellenden Person eintragen; in der ASV genügt die Fachgruppennummer.',
    'eau-angabeIdentifikatorVerantwortlichePersonPflicht':
      'Die Arztnummer der verantwortlichen Person fehlt. Bitte eintragen; in der ASV genügt die Fachgruppennummer.',
    'for-angabeArztnummerPflicht':
      'Eine ZANR haben nur Zahnärztinnen und Zahnärzte. Bitte leeren und die LANR eintragen.',
    'for-angabeZahnarztnummerPflicht':
      'Zahnärztinnen und Zahnärzte haben keine LANR. Bitte leeren und die ZANR eintragen.',
    'for-anzahlIdentifikatorAusstellende-VerantwortlichePerson':
      'Eine Telematik-ID steht nur neben einer LANR oder ZANR. Bitte leeren, oder die Nummer eintragen.',
    'for-laengeLANR': '«{{entered}}» ist keine LANR: sie hat 9 Ziffern.',
    'for-laengeZANR': '«{{entered}}» ist keine ZANR: sie hat 9 Ziffern.',
    'asv-group-format': '«{{entered}}» ist keine ASV-Fachgruppennummer: sie hat 9 Ziffern.',
    'for-laengeASVnummer': '«{{entered}}» ist keine ASV-Teamnummer: sie hat 9 Ziffern.',
    'telematik-id-length': 'Telematik-ID: höchstens {{max}} Zeichen. Bitte prüfen.',
    'eau-angabeFachgruppennummerAsvAusstellendePersonVerbot':
      'Die ASV-Fachgruppennummer gibt es nur in der ASV (Rechtsgrundlage 01 oder 11), anstelle der LANR. Bitte leeren.',
    'eau-angabeFachgruppennummerAsvVerantwortlichePersonVerbot':
      'Bei der verantwortlichen Person: die ASV-Fachgruppennummer gibt es nur in der ASV (Rechtsgrundlage 01 oder 11), anstelle der LANR. Bitte leeren.',
    'eau-angabeAsvTeamnummerPflicht':
      'In der ASV (Rechtsgrundlage 01 oder 11) braucht es die ASV-Teamnummer. Bitte eintragen, oder die Rechtsgrundlage ändern.',
    'eau-angabeAsvTeamnummerVerbot':
      'Eine ASV-Teamnummer gibt es nur bei Rechtsgrundlage 01 oder 11. Bitte leeren, oder die Rechtsgrundlage ändern.',
    'eau-angabeVerantwortlichePersonPflicht': 'In Weiterbildung ohne LANR: bitte die verantwortliche Person wählen.',
    'eau-angabeVerantwortlichePersonVerbot-1':
      'Eine verantwortliche Person gibt es nur bei Weiterbildung oder Vertretung. Bitte entfernen.',
    'eau-angabeVerantwortlichePersonVerbot-2':
      'Wer selbst in Weiterbildung ist, kann nicht verantwortlich sein. Bitte eine andere Person wählen.',
    'eau-angabeIdentifikatorEinrichtungPflicht':
      'Die Nummer der Praxis fehlt: BSNR, KZV-Nummer, Standortnummer oder IK in den Einstellungen eintragen.',
    'for-anzahlIdentifikatorOrganizationRessource':
      'Die Praxis hat mehr als eine Nummer. Bitte nur BSNR, KZV-Nummer, Standortnummer oder IK eintragen.',
    'for-laengeBSNR': '«{{entered}}» ist keine BSNR: sie hat 9 Ziffern.',
    'for-laengeKZVA': '«{{entered}}» ist keine KZV-Abrechnungsnummer: sie hat 9 Ziffern.',
    'for-laengeStandortnummer': '«{{entered}}» ist keine Standortnummer: sie hat 9 Ziffern.',
    'practice-name-required': 'Name der Praxis in den Einstellungen eintragen.',
    'practice-phone-required': 'Telefonnummer der Praxis in den Einstellungen eintragen.',
    'insured-id-check-digit':
      'Die Prüfziffer der Versichertennummer {{entered}} passt nicht. Bitte mit der Karte vergleichen.',
    'ik-check-digit': 'Die Prüfziffer des IK {{entered}} passt nicht. Bitte vergleichen.',
    'lanr-check-digit': 'Die Prüfziffer der LANR {{entered}} passt nicht. Bitte vergleichen.',
  },
  /** Why a certificate is not sent (`sendingOf`). */
  paperOnly: {
    'private-insurance':
      'Privat Versicherte: die eAU ist für sie nicht in Betrieb, die Bescheinigung gibt es nur auf Papier.',
    'pays-alone':
      'Selbstzahlende: es gibt keine Krankenkasse, an die gesendet wird, die Bescheinigung gibt es nur auf Papier.',
    'insured-abroad':
      'Im Ausland versichert: die Ausfertigung für die Krankenkasse wird gedruckt, gesendet wird nicht.',
    'special-group-07':
      'Besondere Personengruppe 07: die Ausfertigung für die Krankenkasse wird gedruckt, gesendet wird nicht.',
    'skt-without-insured-id':
      'Sonstiger Kostenträger ohne Versichertennummer: die Ausfertigung für den Kostenträger wird gedruckt, gesendet wird nicht.',
    'bg-without-proof':
      'Berufsgenossenschaft ohne Versicherungsnachweis (keine Versichertennummer): die Ausfertigung für die Krankenkasse wird gedruckt, gesendet wird nicht.',
  },
  /** Texts that the Technische Anlage prescribes (P5-02, P5-04), in its words. */
  insurerErrors: {
    openingCertificate:
      'Sehr geehrte Arztpraxis, für die am {{date}} übermittelte Arbeitsunfähigkeitsbescheinigung für Ihren Patienten / Ihre Patientin {{patient}} müssen wir Ihnen leider mitteilen, dass',
    openingCancellation:
      'Sehr geehrte Arztpraxis, für die am {{date}} übermittelte Stornomeldung der Arbeitsunfähigkeitsbescheinigung Ihres Patienten / Ihrer Patientin {{patient}} müssen wir Ihnen leider mitteilen, dass',
    openingUndeliveredCancellation:
      'Sehr geehrte Arztpraxis, für die am {{date}} übermittelte Storno-Nachricht für Ihren Patienten / Ihre Patientin {{patient}} müssen wir Ihnen leider mitteilen, dass',
    certificateFailedTechnically:
      'die Übermittlung der Arbeitsunfähigkeitsdaten aus technischen Gründen fehlgeschlagen ist.',
    certificateFailed: 'die Übermittlung der Arbeitsunfähigkeitsdaten fehlgeschlagen ist.',
    cancellationFailedTechnically: 'die Übermittlung der Stornomeldung aus technischen Gründen fehlgeschlagen ist.',
    cancellationFailed: 'die Übermittlung der Stornomeldung fehlgeschlagen ist.',
    transmissionFailed: 'die Übermittlung fehlgeschlagen ist.',
    notAsSpecified: 'Grund hierfür ist, dass die übermittelte Datei nicht den technischen Vorgaben entspricht.',
    wrongCharacterSet:
      'Grund hierfür ist, dass die übermittelte Datei nicht den korrekten Zeichensatz „UTF 8 ohne BOM“ verwendet.',
    alreadyRejected:
      'Grund hierfür ist, dass die zu stornierende Nachricht im Vorfeld als fehlerhaft abgewiesen worden ist.',
    signatureInvalid: 'Grund hierfür ist, dass die aufgebrachte Signatur nicht gültig ist.',
    signatureMismatch:
      'Grund hierfür ist, dass die aufgebrachte Signatur nicht mit den übermittelten Daten übereinstimmt.',
    notDecipherable:
      'Grund hierfür ist, dass die KIM-Nachricht zwar als eine verschlüsselte KIM-Nachricht gekennzeichnet wurde, aber auf Grund des falschen Formats nicht von der Krankenkasse entschlüsselt werden konnte.',
    messageUnsigned: 'Grund hierfür ist, dass für die KIM-Nachricht keine Signatur vorhanden ist.',
    messageSignatureFormat:
      'Grund hierfür ist, dass die Signatur für die KIM-Nachricht aufgrund des falschen Formats nicht geprüft werden konnte.',
    messageSignatureMismatch:
      'Grund hierfür ist, dass die Signaturprüfung der KIM-Nachricht ergeben hat, dass der Nachrichteninhalt nicht zur Signatur passt.',
    keyUnavailable:
      'Grund hierfür ist, dass die KIM-Nachricht aufgrund eines nicht verfügbaren Schlüssels nicht entschlüsselt werden konnte.',
    notInsured:
      'die Arbeitsunfähigkeitsdaten nicht an die korrekte Krankenkasse übermittelt werden konnten. Grund hierfür ist, dass die genannte Person nicht bei der {{payer}} versichert ist. Eventuell wurde eine veraltete elektronische Gesundheitskarte genutzt. Wenn Ihr Patient / Ihre Patientin Ihnen die aktuelle elektronische Gesundheitskarte vorlegt, muss eine erneute Übermittlung der Arbeitsunfähigkeitsdaten an die zuständige Krankenkasse erfolgen. Die Übermittlung der Daten von der {{payer}} an die aktuell zuständige Krankenkasse ist leider aus Datenschutzgründen nicht möglich.',
    help: 'Wenden Sie sich bitte zur Behebung des Problems an Ihren Softwarehersteller und senden Sie die Daten danach erneut.',
    helpOnly: 'Wenden Sie sich bitte zur Behebung des Problems an Ihren Softwarehersteller.',
    post: 'Sollte eine Korrektur des Fehlers nach Rücksprache mit ihrem Softwarehersteller nicht bis Ende des nachfolgenden Werktages möglich sein, senden Sie bitte die AU-Bescheinigung (Ausdruck der Ausfertigung Krankenkasse) postalisch an die zuständige Krankenkasse.',
    malware:
      'Sehr geehrte Arztpraxis, vermutlich ist ihr IT-System von einem schädlichen Programm wie bspw. Virus, Malware oder einem Trojaner befallen. Aus diesem Grund kann eine Verarbeitung ihrer übermittelten Daten nicht erfolgen. Wenden Sie sich bitte dringend zur Behebung des Problems an Ihren Softwarehersteller oder IT-Dienstleister.',
    malwarePost:
      'Sollte eine Korrektur des Sachverhaltes nach Rücksprache mit ihrem Softwarehersteller nicht bis Ende des nachfolgenden Werktages möglich sein, senden Sie bitte die AU-Bescheinigung (Ausdruck der Ausfertigung Krankenkasse) postalisch an die zuständige Krankenkasse.',
    noReceipt: 'immer noch keine Zustellbestätigung eingegangen ist.',
    noReceiptPost:
      'Sollte bis Ende des heutigen Tages keine Zustellbestätigung vorliegen, senden Sie bitte die AU-Bescheinigung (Ausdruck der Ausfertigung Krankenkasse) postalisch an die zuständige Krankenkasse {{payer}}.',
    noReceiptHelp:
      'Wenden Sie sich zur Behebung des Problems unter Angabe der ID {{documentId}} bitte an Ihren Softwarehersteller.',
    noRecipientCertificate:
      'Aufgrund der fehlenden Empfangsadresse der zuständigen Krankenkasse {{payer}} des Patienten {{patient}}, kann die eAU nicht übermittelt werden. Bitte drucken Sie dem Patienten das Exemplar „Ausfertigung Krankenkasse“ der eAU aus.',
    noRecipientCancellation:
      'Aufgrund der fehlenden Empfangsadresse der zuständigen Krankenkasse {{payer}} des Patienten {{patient}}, kann die Storno-Nachricht nicht übermittelt werden.',
    unknown:
      'Die Krankenkasse meldet den Fehler {{code}}, den dieses Programm nicht kennt: {{display}} Bitte wenden Sie sich an die Krankenkasse.',
  },
  /** Why a certificate cannot be cancelled (`mayCancel`). */
  cancellationRules: {
    'not-sent':
      'Diese Bescheinigung wurde nicht gesendet. Sie wird hier berichtigt oder verworfen, ein Storno braucht es nicht.',
    'paper-only': 'Diese Bescheinigung gibt es nur auf Papier. Ein Storno wird dafür nicht gesendet.',
    'insurer-error': 'Die Krankenkasse hat diese Bescheinigung schon abgewiesen. Ein Storno braucht es nicht.',
    'too-late':
      'Ein Storno ist nur bis zum {{last}} möglich (120 Arbeitstage nach dem Senden). Bitte die Krankenkasse anrufen.',
    'already-cancelled': 'Diese Bescheinigung ist schon storniert.',
  },
  /** Whom an outage concerns. */
  outageScopes: {
    all: 'Die ganze Telematikinfrastruktur',
    practice: 'Nur diese Praxis',
    provider: '{{provider}} ({{count}} Kassen)',
  },
  /** Where a record stands; key = stage. */
  stages: {
    recorded: 'Entwurf',
    issued: 'ausgestellt',
    signed: 'signiert',
    attempting: 'wird gesendet',
    unknown: 'ohne Antwort',
    'handed-over': 'übergeben',
    delivered: 'zugestellt',
    closed: 'abgeschlossen',
    rejected: 'abgewiesen',
    informed: 'Hinweis der Kasse',
    'paper-only': 'nur Papier',
    discarded: 'verworfen',
    cancelled: 'storniert',
  },
  /** What happened to a certificate, for timeline and report; key = `EventDetail.type`. */
  events: {
    recorded: 'Erfasst',
    'warning-confirmed': 'Hinweis bestätigt',
    issued: 'Ausgestellt, Inhalt gesperrt',
    'issued-by-hand': 'Nacherfasst: der Schein war von Hand ausgefüllt',
    printed: 'Gedruckt: {{copies}} ({{printer}})',
    reprinted: 'Nachgedruckt: {{copies}} ({{printer}})',
    'paper-given': 'KK-Ausfertigung dem Patienten mitgegeben',
    'paper-posted': 'KK-Ausfertigung zur Post gegeben',
    'paper-only': 'Nur auf Papier: {{reason}}',
    signed: 'Signiert von {{name}} ({{card}})',
    'signing-failed': 'Signieren fehlgeschlagen ({{code}})',
    'no-recipient': 'Keine KIM-Adresse der Krankenkasse gefunden (IK {{payerIk}})',
    attempting: 'Versand begonnen an {{address}}',
    'handed-over': 'An KIM übergeben',
    'attempt-failed': 'Versand abgelehnt ({{code}})',
    'attempt-unknown': 'Versand ohne Antwort: dieselbe Datei geht noch einmal hinaus',
    delivered: 'Zugestellt (Zustellbestätigung)',
    'delivery-failed': 'Nicht zugestellt ({{status}})',
    'delivery-delayed': 'Zustellung verzögert ({{status}})',
    'kim-error': 'Fehlermeldung von KIM ({{code}})',
    rejected: 'Von der Krankenkasse abgewiesen: {{code}} {{display}}',
    informed: 'Hinweis der Krankenkasse: {{code}} {{display}}',
    'resend-requested': 'Erneuter Versand verlangt',
    discarded: 'Verworfen',
    cancelled: 'Storniert',
    corrected: 'Durch eine berichtigte Bescheinigung ersetzt',
    'proof-document': 'Dokument {{documentId}}, Nr. {{number}}',
    'proof-receipt': 'Nachricht {{messageId}} im Postfach',
  },
  /** Words of the shared components. */
  parts: {
    confirm: 'Stimmt so',
    cancel: 'Abbrechen',
    close: 'Schließen',
    details: 'Einzelheiten',
    waiting: 'Einen Augenblick …',
    announcements: 'Meldungen',
    dayPlaceholder: 'TT.MM.JJJJ',
    failed: 'Das konnte nicht gelesen werden. Ein neuer Versuch hilft meist: Seite neu laden.',
    broken: {
      title: 'Hier ist etwas schiefgegangen',
      words:
        'Das ist ein Fehler im Programm, nicht in Ihren Eingaben. Es ist nichts verloren: Bescheinigungen und Entwürfe sind gespeichert. Bitte laden Sie die Ansicht neu.',
      reload: 'Neu laden',
    },
  },
  /** The frame around every screen: status line, navigation, starting up. */
  app: {
    name: 'Ersatzschein',
    nav: {
      label: 'Bereiche',
      issue: 'Ausstellen',
      owed: 'Offen',
      certificates: 'Bescheinigungen',
      outages: 'Störungen',
      master: 'Stammdaten',
      connections: 'Verbindungen',
      settings: 'Einstellungen',
    },
    rehearsal: 'Übungswelt',
    rehearsalLong: 'Übungswelt: es wird nichts echt gesendet',
    status: {
      label: 'Lage',
      reachable: 'Alles erreichbar',
      reachableLong: 'keine Störung gemeldet, Bescheinigungen gehen digital an die Kassen.',
      all: 'Telematikinfrastruktur gestört seit {{since}}',
      allLong: 'alle Kassen betroffen, die KK-Ausfertigung wird mitgedruckt.',
      practice: 'Unsere Praxis ist seit {{since}} nicht angebunden',
      practiceLong: 'alle Kassen betroffen, die KK-Ausfertigung wird mitgedruckt.',
      some: '{{name}} gestört seit {{since}}',
      several: '{{count}} Störungen ({{name}} …) seit {{since}}',
      someLong_one: '{{count}} Kasse betroffen, für sie wird die KK-Ausfertigung mitgedruckt. Alle anderen sind erreichbar.',
      someLong_other:
        '{{count}} Kassen betroffen, für sie wird die KK-Ausfertigung mitgedruckt. Alle anderen sind erreichbar.',
      unknown: 'Wie es steht, wird gerade gelesen …',
      worldDown: 'Die Übungswelt startet nicht',
      worldDownLong: 'Erfassen und drucken geht, senden nicht. Das Programm neu starten hilft meist.',
      owed_one: '{{count}} offen',
      owed_other: '{{count}} offen',
      nothingOwed: 'nichts offen',
      post_one: '{{count}} heute zur Post',
      post_other: '{{count}} heute zur Post',
      act_one: '{{count}} zu klären',
      act_other: '{{count}} zu klären',
      running: {
        signing: 'Signieren: {{done}} von {{total}}',
        sending: 'Senden: {{done}} von {{total}}',
        collecting: 'Antworten werden abgeholt',
      },
      operator: 'Am Platz: {{name}}',
      noOperator: 'Kürzel eintragen',
    },
    start: {
      opening: 'Ersatzschein wird geöffnet …',
      failed: {
        full: 'Auf der Festplatte ist kein Platz mehr.',
        'newer-version': 'Die Daten stammen von einer neueren Programmversion.',
        closed: 'Die Datenbank wurde geschlossen.',
        other: 'Die Datenbank lässt sich nicht öffnen.',
      },
      failedLong: {
        full: 'Bitte Platz schaffen und das Programm neu laden. Gelöscht wurde nichts.',
        'newer-version': 'Bitte das Programm auf den neuesten Stand bringen. Die Daten sind unverändert.',
        closed: 'Vermutlich läuft das Programm schon in einem anderen Fenster. Bitte neu laden.',
        other: 'Die Daten sind unverändert. Bitte neu laden; bleibt es dabei, die Einzelheiten weitergeben.',
      },
      hostGone: 'Das Programm im Hintergrund antwortet nicht',
      hostGoneLong: 'Bitte Ersatzschein neu starten. Was gespeichert war, ist gespeichert.',
      again: 'Neu laden',
    },
  },
} as const;
