import type { IsoDay } from './certificate';

/** Arithmetic on calendar days. An `IsoDay` is a date without a time, so none of this knows a time zone. */

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const millisecondsPerDay = 86_400_000;

/** A day's position on the proleptic Gregorian calendar: days since 1970-01-01. Throws on what isn't an `IsoDay`. */
function dayNumber(day: IsoDay): number {
  const number = parseDayNumber(day);
  if (number === null) throw new Error(`Not a calendar day: ${day}`);
  return number;
}

function parseDayNumber(text: string): number | null {
  const match = dayPattern.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const exists = year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / millisecondsPerDay : null;
}

function fromDayNumber(number: number): IsoDay {
  return new Date(number * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Whether the text is a day that exists, written `YYYY-MM-DD`. */
export function isIsoDay(text: string): boolean {
  return parseDayNumber(text) !== null;
}

/** The day so many days later (earlier when negative). */
export function addDays(day: IsoDay, days: number): IsoDay {
  return fromDayNumber(dayNumber(day) + days);
}

/** Days from the first to the second: 1 from today to tomorrow, negative backwards. */
export function daysBetween(from: IsoDay, to: IsoDay): number {
  return dayNumber(to) - dayNumber(from);
}

/** Day of the week, ISO: 1 Monday to 7 Sunday. */
export function weekdayOf(day: IsoDay): number {
  const sinceMonday = (((dayNumber(day) + 3) % 7) + 7) % 7;
  return sinceMonday + 1;
}

/** The day of these numbers, or `null` where the calendar has none (30 February). */
export function dayOf(year: number, month: number, day: number): IsoDay | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return isIsoDay(text) ? text : null;
}

/** A day as people write it in Germany: `TT.MM.JJJJ`. */
export function formatDay(day: IsoDay): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  return `${dayOfMonth}.${month}.${year}`;
}
