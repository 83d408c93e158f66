import type { IsoDay, Patient } from '../../domain/certificate';
import type { PatientRow } from '../../store/database';
import type { Live } from '../parts/use-live';
import { plain } from '../parts/plain';
import { formatBirthDate, parseBirthDate } from './birth-date';

/** Finding patients by what staff has at hand: name, birth date, insured id. */

/** Patients that have every word that was typed, at the start of a name, birth date or insured id; in the order given. */
export function searchPatients(
  patients: readonly PatientRow[],
  typed: string,
  today: IsoDay,
  limit: number,
): PatientRow[] {
  const words = typed
    .split(/[\s,;·]+/)
    .filter((word) => word !== '')
    .map((word) => ({ text: plain(word), day: parseBirthDate(word, today) }));
  const found: PatientRow[] = [];
  for (const row of patients) {
    if (found.length === limit) break;
    const { patient, coverage } = row;
    const starts = [...plain(`${patient.family} ${patient.given} ${patient.prefix ?? ''}`).split(/[\s-]+/)];
    const fits = words.every(
      ({ text, day }) =>
        starts.some((start) => start.startsWith(text)) ||
        (coverage.insuredId ?? '').toLowerCase().startsWith(text) ||
        formatBirthDate(patient.birthDate).startsWith(text) ||
        (day !== null && patient.birthDate.startsWith(day)),
    );
    if (fits) found.push(row);
  }
  return found;
}

/** Who can be taken for what was typed: patients who were here before, and last somebody new under this name. */
export type PatientOffer =
  { readonly kind: 'known'; readonly row: PatientRow } | { readonly kind: 'new'; readonly name: string };

/**
 * Whom the list offers for what was typed (`null`: nothing yet). As long as the patients are still being read it offers nobody: with only «new» in it,
 * whoever is quick would record a known patient a second time.
 */
export function offeredPatients(
  patients: Live<readonly PatientRow[]>,
  typed: string | null,
  today: IsoDay,
  limit: number,
): PatientOffer[] {
  if (patients.kind === 'waiting') return [];
  const rows = patients.kind === 'ready' ? searchPatients(patients.value, typed ?? '', today, limit) : [];
  const name = (typed ?? '').trim();
  return [
    ...rows.map((row): PatientOffer => ({ kind: 'known', row })),
    ...(name === '' ? [] : [{ kind: 'new', name } as const]),
  ];
}

/** Surname and given name from what was typed: «Müller, Hans», «Hans Müller», «Müller». */
export function splitName(typed: string): Pick<Patient, 'family' | 'given'> {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  const comma = text.indexOf(',');
  if (comma >= 0) return { family: text.slice(0, comma).trim(), given: text.slice(comma + 1).trim() };
  const space = text.lastIndexOf(' ');
  return space < 0 ? { family: text, given: '' } : { family: text.slice(space + 1), given: text.slice(0, space) };
}
