import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { certificateContentSchema, type CertificateContent } from '../../../renderer/domain/certificate';
import { example } from './example';

/** Certificates to draw: the reference cases where they are at hand, and any number of generated ones. */

const folder = new URL('../../../../shared/spec/', import.meta.url);
export const hasReference = existsSync(new URL('cases', folder));

/** A file of the reference material. */
export function reference(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

/** Every reference case, by id. */
export function referenceCases(): [string, CertificateContent][] {
  return readdirSync(new URL('cases', folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.replace('.json', ''),
      certificateContentSchema.parse(JSON.parse(readFileSync(new URL(`cases/${name}`, folder), 'utf8'))),
    ]);
}

const letters = 'abcdefghijklmnoprstuvwzäöüßéèçñłśźżąęğışțșăễơưđФилиппДмитрийÄÖÜẞŁŚİŞ';
const word = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...Array.from(letters)), minLength: min, maxLength: max });
const text = (max: number) =>
  fc
    .array(word(1, 14), { minLength: 1, maxLength: 8 })
    .map((words) => Array.from(words.join(' ')).slice(0, max).join('').trim());
const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const day = fc
  .date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Any certificate within the lengths of eau.md section 2. */
export const anyContent: fc.Arbitrary<CertificateContent> = fc
  .record({
    certificate: fc.record({
      kind: fc.constantFrom('ERST', 'FOLGE', 'ERST_END', 'FOLGE_END'),
      issuedOn: day,
      unfitSince: day,
      unfitUntil: day,
      assessedOn: day,
      workAccident: fc.boolean(),
      otherAccident: fc.boolean(),
      compensation: fc.boolean(),
      accidentDoctor: fc.boolean(),
      seventhWeek: fc.boolean(),
      rehab: fc.boolean(),
      reintegration: fc.boolean(),
      otherMeasures: maybe(text(70)),
      diagnosisText: maybe(text(70)),
      diagnoses: fc.array(
        fc.record({
          code: fc.stringMatching(/^[A-Z]\d\d\.\d\d$/),
          certainty: maybe(fc.constantFrom('G', 'V', 'Z', 'A')),
          side: maybe(fc.constantFrom('R', 'L', 'B')),
          catalogue: fc.constant('2026'),
        }),
        { maxLength: 6 },
      ),
    }),
    patient: fc.record({
      family: text(45),
      given: text(45),
      title: maybe(text(20)),
      affix: maybe(text(20)),
      prefix: maybe(text(20)),
      birthDate: day,
      address: fc.record({
        street: maybe(text(46)),
        houseNumber: maybe(text(9)),
        extra: maybe(text(40)),
        poBox: maybe(digits(8)),
        postalCode: maybe(digits(5)),
        city: maybe(text(40)),
        country: maybe(fc.constantFrom('D', 'A', 'PL', 'TR')),
      }),
    }),
    payerName: text(45),
    payerIk: digits(9),
    insuredId: fc.stringMatching(/^[A-Z]\d{9}$/),
    ends: maybe(day),
    practiceName: text(60),
    qualification: maybe(text(100)),
    issuerTitle: maybe(text(60)),
    responsible: fc.boolean(),
  })
  .map((made) => ({
    ...example,
    certificate: made.certificate,
    patient: made.patient,
    coverage: {
      ...example.coverage,
      payerName: made.payerName,
      payerIk: made.payerIk,
      insuredId: made.insuredId,
      ends: made.ends,
    },
    practice: { ...example.practice, name: made.practiceName },
    issuer: { ...example.issuer, qualification: made.qualification, title: made.issuerTitle },
    responsible: made.responsible ? example.issuer : null,
  }));

/** How many generated certificates a test draws: few in the quick suite, as many as the soak run says. */
export const generatedRuns = Number(process.env['ERSATZSCHEIN_FORM_RUNS'] ?? '12');

/** The fullest content the rules allow in the barcode: six diagnoses, texts of 70 letters, everything ticked. */
export const fullest: CertificateContent = {
  ...example,
  certificate: {
    ...example.certificate,
    workAccident: true,
    accidentDoctor: true,
    otherAccident: true,
    compensation: true,
    rehab: true,
    reintegration: true,
    seventhWeek: true,
    otherMeasures: 'Höhere Änderung übt Öl: ärztl. Führung für süße Möwen, Bäume und Gärtn',
    diagnosisText: 'Übel: Ödem, Ärger, Gefäß, größere Läsion, Fußwürmer, später Blässe äöü',
    diagnoses: Array.from({ length: 6 }, (_, index) => ({
      code: `S82.2${index}`,
      certainty: 'G' as const,
      side: 'R' as const,
      catalogue: '2026',
    })),
  },
  coverage: { ...example.coverage, ends: '2026-12-31', insuredId: 'X234567890', dmp: '05' },
};
