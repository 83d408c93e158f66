import type { RehearsalWorld } from '../../electron/contract/rehearsal';
import { certificateContentSchema, type CertificateContent, type IsoDay } from '../../renderer/domain/certificate';
import { addDays, daysBetween } from '../../renderer/domain/calendar';
import type { Settings } from '../../renderer/domain/settings';
import { emptyContent } from '../../renderer/outbox/issuing';
import { rehearsalPatients } from '../../renderer/outbox/rehearsing';

/**
 * What the drill records: the cases of the certification package, then the world's patients, over and over, with other patients each time
 * round, dated today.
 */
export function drillContents(input: {
  world: RehearsalWorld;
  settings: Settings;
  cases: readonly unknown[];
  count: number;
  now: Date;
  today: IsoDay;
}): CertificateContent[] {
  const { world, settings, now, today } = input;
  const patients = rehearsalPatients(world, now.toISOString());
  const diagnoses = world.diagnoses;
  const own = patients.map(({ patient, coverage }, index): CertificateContent => {
    const base = emptyContent(settings, now);
    const diagnosis = diagnoses[(index * 7) % diagnoses.length];
    return {
      ...base,
      patient,
      coverage,
      certificate: {
        ...base.certificate,
        unfitUntil: addDays(today, 2 + (index % 12)),
        diagnoses:
          diagnosis === undefined
            ? []
            : [{ code: diagnosis.code, certainty: 'G', side: null, catalogue: diagnosis.catalogue }],
      },
    };
  });
  const fromCases = input.cases.map((one) => datedToday(certificateContentSchema.parse(one), today));
  const material = [...fromCases, ...own];
  return Array.from({ length: input.count }, (_, index) => {
    const content = material[index % material.length];
    if (content === undefined) throw new Error('The world has no patients.');
    const round = Math.floor(index / material.length);
    return round === 0 ? content : withOtherPatient(content, round, index);
  });
}

/** Moves all dates of a case so that it is issued today. */
function datedToday(content: CertificateContent, today: IsoDay): CertificateContent {
  const { certificate } = content;
  const shift = daysBetween(certificate.issuedOn ?? today, today);
  const moved = (day: string | null) => (day === null ? null : addDays(day, shift));
  return {
    ...content,
    certificate: {
      ...certificate,
      issuedOn: moved(certificate.issuedOn),
      unfitSince: moved(certificate.unfitSince),
      unfitUntil: moved(certificate.unfitUntil),
      assessedOn: moved(certificate.assessedOn),
    },
  };
}

/** Another made-up person with the same certificate: another name, birthday and insured id. */
function withOtherPatient(content: CertificateContent, round: number, index: number): CertificateContent {
  const { patient, coverage } = content;
  return {
    ...content,
    patient: {
      ...patient,
      given: `${patient.given} ${romanNumeral(round)}`,
      birthDate: `19${String(40 + (index % 55))}-0${String(1 + (index % 9))}-15`,
    },
    coverage: coverage.insuredId === null ? coverage : { ...coverage, insuredId: insuredId(index) },
  };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** An insured id with its check digit: the letter counts as two digits, weights 1 and 2 in turn, digit sums, modulo 10. */
function insuredId(index: number): string {
  const letter = index % 26;
  const digits = String(10_000_000 + ((index * 7919) % 89_999_999));
  const all = String(letter + 1).padStart(2, '0') + digits;
  const sum = Array.from(all).reduce((total, digit, place) => {
    const product = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return `${letters[letter] ?? 'A'}${digits}${String(sum % 10)}`;
}

function romanNumeral(number: number): string {
  const numerals: readonly (readonly [number, string])[] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = number;
  let text = '';
  for (const [value, sign] of numerals) {
    while (rest >= value) {
      text += sign;
      rest -= value;
    }
  }
  return text;
}
