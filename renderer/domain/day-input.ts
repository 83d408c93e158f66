import type { IsoDay } from './certificate';
import { addDays, dayOf, weekdayOf } from './day';

/** Days as they are typed at the front desk. */

const weekdays: readonly (readonly string[])[] = [
  ['mo', 'montag', 'monday', 'mon'],
  ['di', 'dienstag', 'tuesday', 'tue', 'tu'],
  ['mi', 'mittwoch', 'wednesday', 'wed', 'we'],
  ['do', 'donnerstag', 'thursday', 'thu', 'th'],
  ['fr', 'freitag', 'friday', 'fri'],
  ['sa', 'samstag', 'sonnabend', 'saturday', 'sat'],
  ['so', 'sonntag', 'sunday', 'sun', 'su'],
];
const relative = new Map([
  ['heute', 0],
  ['h', 0],
  ['today', 0],
  ['morgen', 1],
  ['tomorrow', 1],
  ['übermorgen', 2],
  ['uebermorgen', 2],
  ['gestern', -1],
  ['yesterday', -1],
  ['vorgestern', -2],
]);

/**
 * The day meant by what was typed, or `null` where it means none: `23.11.2026`, `23.11.26`, `23.11.`, `2311`, `231126`, `23112026`, `+7`, `-3`,
 * `2026-11-23`, `fr` / `Freitag` (the next such weekday after today), `heute`, `morgen`, the English words too. Without a year: the one that
 * brings the day nearest to today.
 */
export function parseDayInput(text: string, today: IsoDay): IsoDay | null {
  const typed = text.trim().toLowerCase();
  const fixed = relative.get(typed);
  if (fixed !== undefined) return addDays(today, fixed);
  const steps = /^([+-])\s?(\d{1,3})$/.exec(typed);
  if (steps !== null) return addDays(today, Number(steps[2]) * (steps[1] === '-' ? -1 : 1));
  const weekday = weekdays.findIndex((names) => names.includes(typed.replace(/\.$/, ''))) + 1;
  if (weekday > 0) return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const written =
    /^(\d{1,2})[./\s-]\s?(\d{1,2})(?:[./\s-]\s?(\d{4}|\d{2})?)?$/.exec(typed) ??
    /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(typed);
  if (written === null) return null;
  const [day, month, year] = [Number(written[1]), Number(written[2]), written[3]];
  if (year === undefined) return nearest(day, month, today);
  return dayOf(year.length === 2 ? centuryFor(Number(year), today) : Number(year), month, day);
}

function nearest(day: number, month: number, today: IsoDay): IsoDay | null {
  const thisYear = Number(today.slice(0, 4));
  const candidates = [thisYear - 1, thisYear, thisYear + 1].flatMap((year) => dayOf(year, month, day) ?? []);
  const distance = (candidate: IsoDay): number => Math.abs(Date.parse(candidate) - Date.parse(today));
  return candidates.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

/** Two digits mean this century up to ten years from now, else the last (birth dates). */
function centuryFor(twoDigits: number, today: IsoDay): number {
  const thisYear = Number(today.slice(0, 4));
  const century = thisYear - (thisYear % 100);
  return century + twoDigits > thisYear + 10 ? century - 100 + twoDigits : century + twoDigits;
}
