import { dayOf, formatDay, isIsoDay } from '../../domain/calendar';
import type { IsoDay } from '../../domain/certificate';

/** Birth dates as they are typed and shown: whole, or only month and year, or only the year. */

/**
 * What was meant: `22.06.1935`, `220635`, `6.1935`, `1935`, and `00.00.1935` as cards have it. Two digits are the last year of that ending
 * that isn't in the future. `null`: none of these.
 */
export function parseBirthDate(text: string, today: IsoDay): string | null {
  const typed = text.trim();
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(typed);
  const written =
    /^(?:(?:(\d{1,2})[./\s-]\s?)?(\d{1,2})[./\s-]\s?)?(\d{4}|\d{2})$/.exec(typed) ??
    /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(typed);
  const [day, month, year] = iso === null ? [written?.[1], written?.[2], written?.[3]] : [iso[3], iso[2], iso[1]];
  if (year === undefined || (year.length === 2 && month === undefined)) return null;
  const fullYear = year.length === 4 ? Number(year) : pastYear(Number(year), today);
  const [d, m] = [Number(day ?? 0), Number(month ?? 0)];
  if (m === 0) return d === 0 ? fourDigits(fullYear) : null;
  if (d === 0) return m <= 12 ? `${fourDigits(fullYear)}-${String(m).padStart(2, '0')}` : null;
  return dayOf(fullYear, m, d);
}

/** «22.06.1935», «06.1935», «1935»; what is none of these as it was typed. */
export function formatBirthDate(birthDate: string): string {
  if (isIsoDay(birthDate)) return formatDay(birthDate);
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(birthDate) ?? [];
  return year !== undefined && month !== undefined ? `${month}.${year}` : birthDate;
}

function pastYear(twoDigits: number, today: IsoDay): number {
  const thisYear = Number(today.slice(0, 4));
  const candidate = thisYear - (thisYear % 100) + twoDigits;
  return candidate > thisYear ? candidate - 100 : candidate;
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}
