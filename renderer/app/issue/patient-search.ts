import type { IsoDay, Patient } from '../../domain/certificate';
import type { PatientRow } from '../../store/database';
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

/** Surname and given name from what was typed: «Müller, Hans», «Hans Müller», «Müller». */
export function splitName(typed: string): Pick<Patient, 'family' | 'given'> {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  const comma = text.indexOf(',');
  if (comma >= 0) return { family: text.slice(0, comma).trim(), given: text.slice(comma + 1).trim() };
  const space = text.lastIndexOf(' ');
  return space < 0 ? { family: text, given: '' } : { family: text.slice(space + 1), given: text.slice(0, space) };
}

/** «Königsstein, Ludger»: with title, prefix and affix. */
export function fullName({ family, given, title, prefix, affix }: Patient): string {
  const before = [title, given].filter((part) => part !== null && part !== '').join(' ');
  const surname = [affix, prefix, family].filter((part) => part !== null && part !== '').join(' ');
  return [surname, before].filter((part) => part !== '').join(', ');
}
