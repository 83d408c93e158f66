import { accident, diagnosis, followUp, gkv, type Row } from './mutated-row';

/** Days, diagnoses, measures and causes, changed. */
export const certificateRows: readonly Row[] = [
  // Dates (P310-04).
  ['31 days after the assessment', gkv, { 'certificate.unfitUntil': '2026-12-24' }, 'sent'],
  ['32 days after the assessment', gkv, { 'certificate.unfitUntil': '2026-12-25' }, 'refused P310-04'],
  ['assessed after the treatment', gkv, { 'certificate.assessedOn': '2026-11-24' }, 'refused P310-04-3b'],
  ['assessed before the treatment', gkv, { 'certificate.assessedOn': '2026-11-20' }, 'sent'],
  ['end before start', gkv, { 'certificate.unfitUntil': '2026-11-22' }, 'refused until-before-since'],
  ['one day', gkv, { 'certificate.unfitUntil': '2026-11-23' }, 'sent'],
  ['dated back by three days', gkv, { 'certificate.unfitSince': '2026-11-20' }, 'sent'],
  ['dated back by more than three days', gkv, { 'certificate.unfitSince': '2026-11-10' }, 'sent'],
  ['no start', gkv, { 'certificate.unfitSince': null }, 'refused eau-angabeAUseitErstbescheinigung'],
  [
    'a start on a follow-up',
    followUp,
    { 'certificate.unfitSince': '2026-11-20' },
    'refused eau-angabeAUseitFolgebescheinigung',
  ],
  ['no end', gkv, { 'certificate.unfitUntil': null }, 'refused until-required'],
  ['no assessment', gkv, { 'certificate.assessedOn': null }, 'refused assessed-required'],
  ['no issue date', gkv, { 'certificate.issuedOn': null }, 'refused issued-required'],
  ['a day that does not exist', gkv, { 'certificate.unfitUntil': '2026-11-31' }, 'refused eau-begrenzungDateEnd'],
  ['29 February of a common year', gkv, { 'certificate.unfitSince': '2026-02-29' }, 'refused eau-begrenzungDateStart'],
  [
    'a day with a time',
    gkv,
    { 'certificate.assessedOn': '2026-11-23T08:00' },
    'refused eau-begrenzungDateFestgestelltAm',
  ],
  ['a German day', gkv, { 'certificate.issuedOn': '23.11.2026' }, 'refused eau-begrenzungDate'],
  ['an end of the follow-up before its assessment', followUp, { 'certificate.unfitUntil': '2026-11-20' }, 'sent'],
  // Diagnoses (P310-05, P310-06, P10-…).
  ['no diagnosis', gkv, { 'certificate.diagnoses': [] }, 'refused P310-05'],
  ['only a text', gkv, { 'certificate.diagnoses': [], 'certificate.diagnosisText': 'Grippe' }, 'refused P310-05'],
  [
    'six diagnoses',
    gkv,
    { 'certificate.diagnoses': ['J06.9', 'J20.9', 'R05', 'R50.9', 'M54.5', 'E10.20'].map((code) => diagnosis(code)) },
    'sent',
  ],
  [
    'seven diagnoses',
    gkv,
    {
      'certificate.diagnoses': ['J06.9', 'J20.9', 'R05', 'R50.9', 'M54.5', 'E10.20', 'I10.00'].map((code) =>
        diagnosis(code),
      ),
    },
    'refused P310-05-1a',
  ],
  ['no code at all', gkv, { 'certificate.diagnoses': [diagnosis('Grippe')] }, 'refused icd-regex'],
  ['a code of a group', gkv, { 'certificate.diagnoses': [diagnosis('J00-J06')] }, 'refused icd-regex'],
  ['no catalogue year', gkv, { 'certificate.diagnoses': [diagnosis('J06.9', '')] }, 'refused icd-catalogue-year'],
  ['a mark at the code', gkv, { 'certificate.diagnoses': [diagnosis('E10.20+'), diagnosis('N08.3*')] }, 'sent'],
  [
    'an exclamation code alone, by its mark',
    gkv,
    { 'certificate.diagnoses': [diagnosis('B95.6!')] },
    'refused P10-460',
  ],
  ['a star code alone, by its mark', gkv, { 'certificate.diagnoses': [diagnosis('N08.3*')] }, 'refused P10-460'],
  // These need the ICD-10-GM of 2017 in ../shared/data; what a code is holds for other years too.
  ['a star code alone', gkv, { 'certificate.diagnoses': [diagnosis('N08.3')] }, 'refused P10-460'],
  ['an exclamation code alone', gkv, { 'certificate.diagnoses': [diagnosis('B95.6')] }, 'refused P10-460'],
  ['a category', gkv, { 'certificate.diagnoses': [diagnosis('J06')] }, 'refused P10-440'],
  ['four characters, where a fifth is for hospitals', gkv, { 'certificate.diagnoses': [diagnosis('E10.2')] }, 'sent'],
  [
    'a code that its year doesn’t have',
    gkv,
    { 'certificate.diagnoses': [diagnosis('J99.9', '2017')] },
    'refused P10-430',
  ],
  [
    'a code without a meaning in its year',
    gkv,
    { 'certificate.diagnoses': [diagnosis('U07.1', '2017')] },
    'refused P10-450',
  ],
  ['a code that has got a meaning since', gkv, { 'certificate.diagnoses': [diagnosis('U07.1', '2022')] }, 'sent'],
  [
    'an exclamation code with a primary one',
    gkv,
    { 'certificate.diagnoses': [diagnosis('A41.0'), diagnosis('B95.6')] },
    'sent',
  ],
  [
    'a code not for infants',
    gkv,
    { 'patient.birthDate': '2026-01-05', 'certificate.diagnoses': [diagnosis('A50.3', '2017')] },
    'refused P10-480-must',
  ],
  ['a code mostly for newborns', gkv, { 'certificate.diagnoses': [diagnosis('P59.9', '2017')] }, 'sent'],
  [
    'every certainty and side',
    gkv,
    {
      'certificate.diagnoses': [
        diagnosis('S42.3', '2022', 'V', 'B'),
        diagnosis('J06.9', '2022', 'Z'),
        diagnosis('J20.9', '2022', 'A'),
        diagnosis('M54.5', '2022', null),
      ],
    },
    'sent',
  ],
  [
    'a certainty that there isn’t',
    gkv,
    { 'certificate.diagnoses': [diagnosis('J06.9', '2022', 'X')] },
    'refused case-value',
  ],
  ['a text of 70', gkv, { 'certificate.diagnosisText': 'ä'.repeat(70) }, 'sent'],
  ['a text of 71', gkv, { 'certificate.diagnosisText': 'ä'.repeat(71) }, 'refused P310-06'],
  // Measures and causes (P310-07).
  [
    'all measures and causes',
    gkv,
    {
      ...accident,
      'certificate.otherAccident': true,
      'certificate.compensation': true,
      'certificate.accidentDoctor': true,
      'certificate.seventhWeek': true,
      'certificate.rehab': true,
      'certificate.reintegration': true,
      'certificate.otherMeasures': 'Bitte anrufen',
    },
    'sent',
  ],
  ['other measures of 71', gkv, { 'certificate.otherMeasures': 'x'.repeat(71) }, 'refused P310-07'],
  ['other measures of spaces', gkv, { 'certificate.otherMeasures': '   ' }, 'sent'],
];
