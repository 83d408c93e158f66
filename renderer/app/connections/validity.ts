import { daysBetween, formatDay, todayInBerlin } from '../../domain/calendar';
import type { Wording } from '../parts';

/** So many days before a certificate ends, the user is told: a new card takes weeks. */
export const warnedDaysBefore = 60;

export type Validity = 'valid' | 'ends-soon' | 'ended';

/** How a certificate stands that is valid until this instant. */
export function validityOf(notAfter: string, now: Date): Validity {
  const left = daysBetween(todayInBerlin(now), todayInBerlin(new Date(notAfter)));
  if (new Date(notAfter).getTime() <= now.getTime()) return 'ended';
  return left <= warnedDaysBefore ? 'ends-soon' : 'valid';
}

/** «gültig bis 03.02.2027», «läuft in 34 Tagen ab (28.12.2026)», «abgelaufen seit 02.11.2026». */
export function validityWords(notAfter: string, now: Date, t: Wording): string {
  const until = todayInBerlin(new Date(notAfter));
  const day = formatDay(until);
  switch (validityOf(notAfter, now)) {
    case 'valid':
      return t('connections.validity.valid', { day });
    case 'ends-soon':
      return t('connections.validity.endsSoon', { day, count: daysBetween(todayInBerlin(now), until) });
    case 'ended':
      return t('connections.validity.ended', { day });
  }
}
