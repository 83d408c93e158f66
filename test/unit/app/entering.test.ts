import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatBirthDate, parseBirthDate } from '../../../renderer/app/issue/birth-date';
import { parseDiagnosisInput } from '../../../renderer/app/issue/diagnosis-input';
import { findingKey, openFindings, placeOnScreen } from '../../../renderer/app/issue/findings';
import { fullName, searchPatients, splitName } from '../../../renderer/app/issue/patient-search';
import { dayWithWeekday, shortInstant, withoutWeekday } from '../../../renderer/app/parts/day-words';
import { formatShortcut, matchesShortcut } from '../../../renderer/app/parts/shortcut-keys';
import type { Finding } from '../../../renderer/domain/finding';
import type { PatientRow } from '../../../renderer/store/database';
import { sampleContent } from './sample-content';

const today = '2026-11-23';

describe('birth dates', () => {
  test.each([
    ['22.06.1935', '1935-06-22'],
    ['22.6.35', '1935-06-22'],
    ['220635', '1935-06-22'],
    ['22061935', '1935-06-22'],
    ['1.1.26', '2026-01-01'],
    ['1.1.27', '1927-01-01'],
    ['6.1935', '1935-06'],
    ['00.06.1935', '1935-06'],
    ['1935', '1935'],
    ['00.00.1935', '1935'],
    ['1935-06-22', '1935-06-22'],
    ['30.2.1990', null],
    ['13.1990', null],
    ['12.00.1990', null],
    ['35', null],
    ['heute', null],
    ['', null],
  ])('%s', (typed, meant) => {
    expect(parseBirthDate(typed, today)).toBe(meant);
  });

  test('what is shown is understood again', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2026-11-23'), noInvalidDate: true }),
        fc.constantFrom(4, 7, 10),
        (date, length) => {
          const birthDate = date.toISOString().slice(0, length);
          expect(parseBirthDate(formatBirthDate(birthDate), today)).toBe(birthDate);
        },
      ),
    );
  });
});

describe('finding patients', () => {
  const row = (id: string, family: string, given: string, birthDate: string): PatientRow => ({
    id,
    patient: { ...sampleContent.patient, family, given, birthDate },
    coverage: { ...sampleContent.coverage, insuredId: id },
    usedAt: '',
  });
  const rows = [
    row('A000000014', 'Müller-Übung', 'Jörg', '1971-11-30'),
    row('B000000028', 'Muster', 'Zoë', '1993-10-31'),
    row('C000000032', 'Testowska', 'Małgorzata', '1990-07'),
  ];
  const ids = (typed: string) => searchPatients(rows, typed, today, 12).map(({ id }) => id);
  test.each([
    ['mueller', ['A000000014']],
    ['ubung jorg', ['A000000014']],
    ['mu', ['A000000014', 'B000000028']],
    ['31.10.1993', ['B000000028']],
    ['31.10.93', ['B000000028']],
    ['b0000', ['B000000028']],
    ['07.1990', ['C000000032']],
    ['zoe muster', ['B000000028']],
    ['uster', []],
    ['', ['A000000014', 'B000000028', 'C000000032']],
  ])('%s', (typed, found) => {
    expect(ids(typed)).toEqual(found);
  });
  test('at most as many as asked for', () => {
    expect(searchPatients(rows, '', today, 2)).toHaveLength(2);
  });
  test('names are taken apart and put together', () => {
    expect(splitName('Müller, Hans  Jörg')).toEqual({ family: 'Müller', given: 'Hans Jörg' });
    expect(splitName('Hans Jörg Müller')).toEqual({ family: 'Müller', given: 'Hans Jörg' });
    expect(splitName('Müller')).toEqual({ family: 'Müller', given: '' });
    const { patient } = sampleContent;
    expect(fullName({ ...patient, title: 'Dr.', prefix: 'von', affix: 'Graf' })).toBe('Graf von Muster, Dr. Zoë');
    expect(fullName({ ...patient, family: '', given: '' })).toBe('');
  });
});

test('a diagnosis may be typed with certainty and side', () => {
  expect(parseDiagnosisInput('s519 v l')).toEqual({ words: 'S51.9', certainty: 'V', side: 'L' });
  expect(parseDiagnosisInput('J06.9')).toEqual({ words: 'J06.9', certainty: null, side: null });
  expect(parseDiagnosisInput('Entzündung g')).toEqual({ words: 'Entzündung g', certainty: null, side: null });
});

describe('findings', () => {
  const finding = (field: string, severity: Finding['severity'], values: Finding['values'] = {}): Finding => ({
    rule: 'P310-04',
    severity,
    field,
    values,
  });
  test('errors come first, each in the order of the form; what was confirmed is gone', () => {
    const confirmed = finding('patient.birthDate', 'warning');
    const all = [
      confirmed,
      finding('patient.family', 'warning'),
      finding('certificate.unfitUntil', 'error'),
      finding('coverage.insuredId', 'error'),
    ];
    expect(openFindings(all, new Set([findingKey(confirmed)])).map(({ field }) => field)).toEqual([
      'coverage.insuredId',
      'certificate.unfitUntil',
      'patient.family',
    ]);
  });
  test('a confirmation does not carry over to other values', () => {
    const before = new Set([findingKey(finding('coverage.insuredId', 'warning', { entered: 'A1' }))]);
    expect(openFindings([finding('coverage.insuredId', 'warning', { entered: 'A2' })], before)).toHaveLength(1);
  });
  test('they lead to where their field is entered', () => {
    const nobody = { ...sampleContent, patient: { ...sampleContent.patient, family: '', given: '' } };
    expect(placeOnScreen('patient.birthDate', nobody)).toEqual({ field: 'patient', isFolded: false });
    expect(placeOnScreen('patient.birthDate', sampleContent)).toEqual({ field: 'patient.birthDate', isFolded: true });
    expect(placeOnScreen('coverage.insuredId', sampleContent).isFolded).toBe(true);
    expect(placeOnScreen('certificate.unfitUntil', sampleContent).isFolded).toBe(false);
  });
});

test('days and instants are shown short', () => {
  expect(dayWithWeekday('2026-11-27', 'de')).toBe('Fr, 27.11.2026');
  expect(withoutWeekday('Fr, 27.11.2026')).toBe('27.11.2026');
  expect(withoutWeekday('fr')).toBe('fr');
  const now = new Date('2026-11-23T12:00:00Z');
  expect(shortInstant('2026-11-23T08:12:00Z', now, 'de')).toBe('9:12');
  expect(shortInstant('2026-11-20T08:12:00Z', now, 'de')).toBe('Fr, 20.11. 9:12');
});

test('shortcuts fit exactly their keys', () => {
  const pressed = { key: 'Enter', ctrlKey: true, altKey: false, shiftKey: false, metaKey: false };
  expect(matchesShortcut('Ctrl+Enter', pressed)).toBe(true);
  expect(matchesShortcut('Enter', pressed)).toBe(false);
  expect(matchesShortcut('Ctrl+Enter', { ...pressed, shiftKey: true })).toBe(false);
  expect(matchesShortcut('Alt+P', { ...pressed, key: 'p', ctrlKey: false, altKey: true })).toBe(true);
  expect(formatShortcut('Ctrl+Enter', 'de')).toBe('Strg + Eingabe');
});
