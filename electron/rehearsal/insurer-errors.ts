/** An insurer error's title: `display` of the code system KBV_CS_SFHIR_EAU_AU_ERROR_KASSE 1.00, word for word. */
export const insurerErrorTitles: ReadonlyMap<string, string> = new Map([
  ['100', 'Der Patient ist nicht bei der adressierten Krankenkasse versichert.'],
  ['101', 'Die übermittelte eAU entspricht nicht den Vorgaben und ist nicht lesbar.'],
  ['102', 'Die übermittelte Stornomeldung entspricht nicht den Vorgaben und ist nicht lesbar.'],
  ['103', 'Die übermittelte eAU besitzt einen falschen Zeichensatz.'],
  ['104', 'Die übermittelte Stornomeldung besitzt einen falschen Zeichensatz.'],
  ['105', 'Die zu stornierende eAU wurde von der Krankenkasse bereits als fehlerhaft abgewiesen.'],
  ['201', 'Die Signatur der eAU ist nicht gültig, da ein fehlerhaftes Zertifikat verwendet wurde.'],
  ['202', 'Die Signatur der eAU ist nicht gültig, da die übermittelten Daten nicht den signierten Daten entsprechen.'],
  ['203', 'Die Signatur der Stornomeldung ist nicht gültig, da ein fehlerhaftes Zertifikat verwendet wurde.'],
  [
    '204',
    'Die Signatur der Stornomeldung ist nicht gültig, da die übermittelten Daten nicht den signierten Daten entsprechen.',
  ],
  ['301', 'Die KIM-Nachricht für die Stornomeldung ist in einem falschen Format verschlüsselt.'],
  ['303', 'KIM-Nachricht der Stornomeldung besitzt keine Signatur.'],
  ['304', 'Die Signatur für die KIM-Nachricht der Stornomeldung hat das falsche Format.'],
  [
    '305',
    'Die Signaturprüfung der KIM-Nachricht der Stornomeldung hat ergeben, dass der Nachrichteninhalt nicht mit der Signatur übereinstimmt.',
  ],
  ['307', 'Die KIM-Nachricht für der eAU ist in einem falschen Format verschlüsselt.'],
  ['309', 'KIM-Nachricht der eAU besitzt keine Signatur.'],
  ['310', 'Die Signatur für die KIM-Nachricht der eAU hat das falsche Format.'],
  [
    '311',
    'Die Signaturprüfung der KIM-Nachricht der eAU hat ergeben, dass der Nachrichteninhalt nicht mit der Signatur übereinstimmt.',
  ],
  ['313', 'Die KIM-Nachricht der eAU konnte aufgrund es nicht verfügbaren Schlüssels nicht entschlüsselt werden.'],
  [
    '314',
    'Die KIM-Nachricht der Stornomeldung konnte aufgrund es nicht verfügbaren Schlüssels nicht entschlüsselt werden.',
  ],
]);

const cancellationCodes = ['102', '104', '105', '203', '204', '301', '303', '304', '305', '314'];

const reasons: ReadonlyMap<string, string> = new Map([
  ...each(['101', '102'], 'die übermittelte Datei nicht den technischen Vorgaben entspricht'),
  ...each(['103', '104'], 'die übermittelte Datei nicht den korrekten Zeichensatz „UTF 8 ohne BOM“ verwendet'),
  ...each(['105'], 'die zu stornierende Nachricht im Vorfeld als fehlerhaft abgewiesen worden ist'),
  ...each(['201', '203'], 'die aufgebrachte Signatur nicht gültig ist'),
  ...each(['202', '204'], 'die aufgebrachte Signatur nicht mit den übermittelten Daten übereinstimmt'),
  ...each(
    ['301', '307'],
    'die KIM-Nachricht zwar als eine verschlüsselte KIM-Nachricht gekennzeichnet wurde, aber auf Grund des falschen Formats nicht von der Krankenkasse entschlüsselt werden konnte',
  ),
  ...each(['303', '309'], 'für die KIM-Nachricht keine Signatur vorhanden ist'),
  ...each(
    ['304', '310'],
    'die Signatur für die KIM-Nachricht aufgrund des falschen Formats nicht geprüft werden konnte',
  ),
  ...each(
    ['305', '311'],
    'die Signaturprüfung der KIM-Nachricht ergeben hat, dass der Nachrichteninhalt nicht zur Signatur passt',
  ),
  ...each(
    ['313', '314'],
    'die KIM-Nachricht aufgrund eines nicht verfügbaren Schlüssels nicht entschlüsselt werden konnte',
  ),
]);

const help =
  'Wenden Sie sich bitte zur Behebung des Problems an Ihren Softwarehersteller und senden Sie die Daten danach erneut.';
const post =
  'Sollte eine Korrektur des Fehlers nach Rücksprache mit ihrem Softwarehersteller nicht bis Ende des nachfolgenden ' +
  'Werktages möglich sein, senden Sie bitte die AU-Bescheinigung (Ausdruck der Ausfertigung Krankenkasse) postalisch ' +
  'an die zuständige Krankenkasse.';

/** What the text of an error tells of the message it is about. */
export interface ErrorSubject {
  /** The day of sending, DD.MM.YYYY. */
  readonly sentOn: string;
  /** Given and family name, `null` where the document can't be read. */
  readonly patient: string | null;
  readonly payer: string;
}

/** The text of an insurer's mail: the words that P5-04 prescribes. */
export function insurerErrorText(code: string, subject: ErrorSubject): string {
  const isCancellation = cancellationCodes.includes(code);
  const patient = subject.patient === null ? '' : ` ${subject.patient}`;
  const opening = isCancellation
    ? `Sehr geehrte Arztpraxis, für die am ${subject.sentOn} übermittelte Stornomeldung der Arbeitsunfähigkeitsbescheinigung Ihres Patienten / Ihrer Patientin${patient} müssen wir Ihnen leider mitteilen, dass `
    : `Sehr geehrte Arztpraxis, für die am ${subject.sentOn} übermittelte Arbeitsunfähigkeitsbescheinigung für Ihren Patienten / Ihre Patientin${patient} müssen wir Ihnen leider mitteilen, dass `;
  if (code === '100') return `${opening}${notInsuredText(subject.payer)}`;
  const ending =
    code === '105'
      ? 'Wenden Sie sich bitte zur Behebung des Problems an Ihren Softwarehersteller.'
      : isCancellation
        ? help
        : `${help}\n${post}`;
  return `${opening}${failure(code)}\nGrund hierfür ist, dass ${reasons.get(code) ?? ''}.\n${ending}`;
}

function failure(code: string): string {
  if (code.startsWith('3')) return 'die Übermittlung fehlgeschlagen ist.';
  const technical = code.startsWith('1') ? 'aus technischen Gründen ' : '';
  return cancellationCodes.includes(code)
    ? `die Übermittlung der Stornomeldung ${technical}fehlgeschlagen ist.`
    : `die Übermittlung der Arbeitsunfähigkeitsdaten ${technical}fehlgeschlagen ist.`;
}

function notInsuredText(payer: string): string {
  return (
    'die Arbeitsunfähigkeitsdaten nicht an die korrekte Krankenkasse übermittelt werden konnten. Grund hierfür ist, ' +
    `dass die genannte Person nicht bei der ${payer} versichert ist. Eventuell wurde eine veraltete elektronische ` +
    'Gesundheitskarte genutzt. Wenn Ihr Patient / Ihre Patientin Ihnen die aktuelle elektronische Gesundheitskarte ' +
    'vorlegt, muss eine erneute Übermittlung der Arbeitsunfähigkeitsdaten an die zuständige Krankenkasse erfolgen. ' +
    `Die Übermittlung der Daten von der ${payer} an die aktuell zuständige Krankenkasse ist leider aus ` +
    'Datenschutzgründen nicht möglich.'
  );
}

function each(codes: readonly string[], text: string): [string, string][] {
  return codes.map((code) => [code, text]);
}
