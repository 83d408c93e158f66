import type { IsoDay } from './certificate';
import { addDays, weekdayOf } from './day';
import { holidayOn } from './holidays';
import type { FederalState } from './settings';

/** What counts as a working day: holidays by state; Saturday counts for posting, retries and reminders, not for the 120 days of a cancellation. */
export interface WorkingDayRule {
  readonly state: FederalState;
  readonly saturdayCounts: boolean;
}

/** Whether the day is a working day. */
export function isWorkingDay(day: IsoDay, rule: WorkingDayRule): boolean {
  const weekday = weekdayOf(day);
  if (weekday === 7 || (weekday === 6 && !rule.saturdayCounts)) return false;
  return holidayOn(day, rule.state) === null;
}

/** The next working day after this day: what is not fixed by its end is posted (P5-04, P6-05). */
export function endOfNextWorkingDay(day: IsoDay, rule: WorkingDayRule): IsoDay {
  return addWorkingDays(day, 1, rule);
}

/** The day on which so many working days (at least one) have passed after this day. */
export function addWorkingDays(day: IsoDay, count: number, rule: WorkingDayRule): IsoDay {
  let [current, left] = [day, count];
  while (left > 0) {
    current = addDays(current, 1);
    if (isWorkingDay(current, rule)) left -= 1;
  }
  return current;
}

/** How many working days lie after the first day up to and including the second; 0 when the second isn't later. */
export function workingDaysBetween(from: IsoDay, to: IsoDay, rule: WorkingDayRule): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(day, rule)) count += 1;
  return count;
}
