import type { IsoDay } from './certificate';

/**
 * Calendar rules are German local time whatever the machine's zone says; instants are UTC. This file is the one bridge between the two,
 * daylight saving included.
 */

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** A clock on the wall in Germany at one instant. */
export interface BerlinTime {
  readonly day: IsoDay;
  /** 0 to 23. */
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Ahead of UTC: 60 in winter, 120 in summer. */
  readonly offsetMinutes: number;
}

/** What the clock on the wall in Germany shows at this instant. Throws on an invalid date. */
export function berlinTime(now: Date): BerlinTime {
  const parts = new Map(format.formatToParts(now).map((part) => [part.type, part.value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? '0');
  const [year, month, dayOfMonth] = [number('year'), number('month'), number('day')];
  const [hour, minute, second] = [number('hour'), number('minute'), number('second')];
  const wallClock = Date.UTC(year, month - 1, dayOfMonth, hour, minute, second);
  const day = new Date(wallClock).toISOString().slice(0, 10);
  const offsetMinutes = Math.round((wallClock - Math.floor(now.getTime() / 1000) * 1000) / 60_000);
  return { day, hour, minute, second, offsetMinutes };
}

/** The calendar day in Germany at this instant. */
export function todayInBerlin(now: Date): IsoDay {
  return berlinTime(now).day;
}

/** «14:05» in Germany. */
export function formatBerlinTime(now: Date): string {
  const { hour, minute } = berlinTime(now);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** The instant with its German offset, as documents carry it: `2026-11-23T14:05:09+01:00`. */
export function formatBerlinInstant(now: Date): string {
  const { day, hour, minute, second, offsetMinutes } = berlinTime(now);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${day}T${two(hour)}:${two(minute)}:${two(second)}+${two(Math.floor(offsetMinutes / 60))}:${two(offsetMinutes % 60)}`;
}

/**
 * The instant at which a clock in Germany shows this time. In the hour that daylight saving skips, the instant an hour later on the wall;
 * in the hour that comes twice, the first of the two.
 */
export function instantInBerlin(day: IsoDay, hour: number, minute = 0, second = 0): Date {
  const wallClock = new Date(`${day}T00:00:00Z`).getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
  const candidates = [120, 60].map((offset) => new Date(wallClock - offset * 60_000));
  const exact = candidates.find((candidate, index) => berlinTime(candidate).offsetMinutes === [120, 60][index]);
  return exact ?? new Date(wallClock - 60 * 60_000);
}

/** The last instant of a day in Germany, to the second. */
export function endOfDayInBerlin(day: IsoDay): Date {
  return instantInBerlin(day, 23, 59, 59);
}
