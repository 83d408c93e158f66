import { formatBerlinTime, formatDay, todayInBerlin, weekdayOf } from '../../domain/calendar';
import type { IsoDay } from '../../domain/certificate';
import type { Language } from '../../texts';

/** Days and times as the screens show them. */

const weekdays: Readonly<Record<Language, readonly string[]>> = {
  de: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** «Fr, 27.11.2026». */
export function dayWithWeekday(day: IsoDay, language: Language): string {
  return `${weekdays[language][weekdayOf(day) - 1] ?? ''}, ${formatDay(day)}`;
}

/** What was typed, without a weekday before the date: «Fr, 27.11.» → «27.11.»; a weekday alone stays. */
export function withoutWeekday(text: string): string {
  return text.trim().replace(/^\p{L}{2,3}[.,]*\s+(?=\d)/u, '');
}

/** An instant in German local time, as short as today allows: «9:12» today, «Fr, 20.11. 9:12» on another day. */
export function shortInstant(instant: string, now: Date, language: Language): string {
  const at = new Date(instant);
  const time = formatBerlinTime(at).replace(/^0/, '');
  const day = todayInBerlin(at);
  return day === todayInBerlin(now) ? time : `${dayWithWeekday(day, language).slice(0, -4)} ${time}`;
}

/** «10:41:07» in German local time. */
export function clockTime(instant: Date, language: Language): string {
  return instant.toLocaleTimeString(language === 'de' ? 'de-DE' : 'en-GB', { timeZone: 'Europe/Berlin' });
}
