import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGdt } from '../../../renderer/master/gdt';
import { mergePatient } from '../../../renderer/outbox/patient-import';

const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const line = (field: string, content: string) => `${String(content.length + 9).padStart(3, '0')}${field}${content}\r\n`;
/** A file with these fields, the header's first, as GDT wants them. */
const file = (fields: Readonly<Record<string, string>>) => {
  const all = Object.entries({ 8000: '6301', 9206: '3', ...fields });
  const isHead = ([field]: readonly [string, string]) => field.startsWith('8') || field.startsWith('9');
  const lines = [...all.filter(isHead), ...all.filter((each) => !isHead(each))];
  return latin(lines.map(([field, content]) => line(field, content)).join(''));
};
const person = { 3101: 'Müller', 3102: 'Änne', 3103: '05031961' };

describe('GDT from the practice software', () => {
  it('2.1: name, birth date, insured id, address in one field each, status and sex', () => {
    const all = { ...person, 3105: 'T555558879', 3106: '10115 Berlin', 3107: 'Lange Str. 12 a', 3108: '3', 3110: '2' };
    expect(readGdt(file(all))).toEqual({
      kind: 'patient',
      patient: {
        patient: {
          ...{ family: 'Müller', given: 'Änne', title: null, affix: null, prefix: null, birthDate: '1961-03-05' },
          sex: 'female',
          address: {
            ...{ street: 'Lange Str.', houseNumber: '12 a', extra: null, poBox: null },
            ...{ postalCode: '10115', city: 'Berlin', country: 'D' },
          },
        },
        insuredId: 'T555558879',
        status: '3',
      },
    });
  });

  it('3.x: address in fields of its own', () => {
    const all = { ...person, 3107: 'Platz des 4. Juli', 3109: '7', 3112: '10115', 3113: 'Berlin', 3110: 'X' };
    const reading = readGdt(file(all));
    expect(reading.kind === 'patient' ? reading.patient.patient : null).toMatchObject({
      sex: null,
      address: { street: 'Platz des 4. Juli', houseNumber: '7', postalCode: '10115', city: 'Berlin' },
    });
  });

  it.each([
    ['1', 'M}ller'],
    ['2', 'M\u0081ller'],
    ['', 'M\u0081ller'],
    ['3', 'Müller'],
  ])('9206 = «%s» says how letters are coded', (charset, family) => {
    const reading = readGdt(file({ 9206: charset, 3101: family, 3102: 'A', 3103: '00001961' }));
    expect(reading.kind === 'patient' ? reading.patient.patient : reading).toMatchObject({
      family: 'Müller',
      birthDate: '1961',
    });
  });

  it.each([
    ['line', latin('MZ\0\0')],
    ['line', latin('')],
    ['length', latin('01480006301\r\n')],
    ['length', file(person).subarray(0, -3)],
    ['length', file({ 8100: '00017', ...person })],
    ['kind', file({ 8000: '6310', ...person })],
    ['kind', latin(`${line('3101', 'A')}${line('8000', '6301')}`)],
    ['charset', file({ 9206: '9', ...person })],
    ['letters', file({ 9206: '1', ...person })],
    ['missing', file({ 3101: 'Müller', 3103: '05031961' })],
    ['birth-date', file({ ...person, 3103: '31021961' })],
    ['twice', latin(`${line('8000', '6301')}${line('3101', 'A')}${line('3101', 'B')}`)],
    ['too-large', new Uint8Array(100_001)],
  ])('a file that is wrong (%s) is refused with what is wrong', (fault, bytes) => {
    expect(readGdt(bytes)).toMatchObject({ kind: 'unreadable', fault });
  });

  it('whatever the bytes, the answer is a patient or a reason', () => {
    const good = file({ ...person, 3106: '10115 Berlin' });
    const damaged = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
      .map((changes) => changes.reduce((bytes, [at, byte]) => bytes.with(at, byte), good));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        const reading = readGdt(bytes);
        if (reading.kind === 'unreadable') return reading.line > 0;
        const { family, given, birthDate } = reading.patient.patient;
        return family !== '' && given !== '' && /^\d{4}(-\d\d){0,2}$/.test(birthDate);
      }),
      { numRuns: 2_000 },
    );
  });

  it('cut off anywhere, it is refused: nothing half is taken over', () => {
    const good = file({ 8100: '', ...person });
    const whole = file({ 8100: String(good.length + 5).padStart(5, '0'), ...person });
    expect(readGdt(whole).kind).toBe('patient');
    for (let length = 0; length < whole.length; length += 1)
      expect(readGdt(whole.subarray(0, length)).kind).toBe('unreadable');
  });
});

describe('a patient from a file among those kept', () => {
  const now = new Date('2026-11-23T08:00:00Z');
  const patientOf = (fields: Readonly<Record<string, string>>) => {
    const reading = readGdt(file(fields));
    if (reading.kind !== 'patient') throw new Error(reading.fault);
    return reading.patient;
  };

  it('one who is known keeps the insurer and whatever the file doesn’t tell', () => {
    const { row } = mergePatient([], patientOf({ ...person, 3105: 'T555558879', 3106: '10115 Berlin' }), now);
    const known = { ...row, coverage: { ...row.coverage, payerIk: '104212059', payerName: 'Kasse' } };
    const again = mergePatient([known], patientOf({ ...person, 3101: 'Maier', 3105: 'T555558879' }), now);
    expect(again).toMatchObject({
      kind: 'updated',
      row: {
        id: 'T555558879',
        patient: { family: 'Maier', address: { city: 'Berlin' } },
        coverage: { payerIk: '104212059' },
      },
    });
  });

  it('namesakes with another insured id are somebody else', () => {
    const { row } = mergePatient([], patientOf({ ...person, 3105: 'T555558879' }), now);
    expect(mergePatient([row], patientOf({ ...person, 3105: 'A123456780' }), now).kind).toBe('added');
    expect(mergePatient([row], patientOf(person), now).kind).toBe('updated');
  });
});
