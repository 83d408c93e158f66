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
} as const;
