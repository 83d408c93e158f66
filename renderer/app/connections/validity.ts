import { daysBetween, formatDay, todayInBerlin } from '../../domain/calendar';
import { validityOf } from '../../outbox/certificate-watch';
import type { Wording } from '../parts';

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
