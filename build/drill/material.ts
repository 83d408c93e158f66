import type { RehearsalWorld } from '../../electron/contract/rehearsal';
import { institutionNumber, insuredId } from '../../electron/rehearsal/check-digits';
import { certificateContentSchema, type CertificateContent, type IsoDay } from '../../renderer/domain/certificate';
import { addDays, daysBetween } from '../../renderer/domain/calendar';
import type { Settings } from '../../renderer/domain/settings';
import { emptyContent } from '../../renderer/outbox/issuing';
import { rehearsalPatients } from '../../renderer/outbox/rehearsing';

/** An insurer that the drill adds to the world. */
export interface DrillInsurer {
  readonly ik: string;
  readonly name: string;
  readonly provider: string;
}

/** A third of all insurers is at one provider, as in April 2023; eleven share the others. */
const otherProviders = Array.from({ length: 11 }, (_, index) => `ÜBUNGSRECHENZENTRUM ${String(index + 1)}`);

/** 90 made-up insurers at 12 providers: large drills spread over them. */
export const drillInsurers: readonly DrillInsurer[] = Array.from({ length: 90 }, (_, index) => ({
  ik: institutionNumber(String(10_999_100 + index)),
  name: `Übungskasse Nr. ${String(index + 1)}`,
  provider: index % 3 === 0 ? 'BITMARCK SERVICE GMBH' : (otherProviders[index % otherProviders.length] ?? ''),
}));

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

/** Another made-up person with the same certificate, insured elsewhere: another name, birthday, insured id and insurer. */
function withOtherPatient(content: CertificateContent, round: number, index: number): CertificateContent {
  const { patient, coverage } = content;
  const insurer = drillInsurers[index % drillInsurers.length];
  const isElsewhere = coverage.payerType === 'GKV' && coverage.payerIk !== null && insurer !== undefined;
  return {
    ...content,
    patient: {
      ...patient,
      given: `${patient.given} ${romanNumeral(round)}`,
      birthDate: `19${String(40 + (index % 55))}-0${String(1 + (index % 9))}-15`,
    },
    coverage: {
      ...coverage,
      ...(coverage.insuredId === null ? {} : { insuredId: idOfInsured(index) }),
      ...(isElsewhere ? { payerIk: insurer.ik, payerName: insurer.name } : {}),
    },
  };
}

function idOfInsured(index: number): string {
  return insuredId(
    String.fromCharCode('A'.charCodeAt(0) + (index % 26)),
    String(10_000_000 + ((index * 7919) % 89_999_999)),
  );
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
