/** The calendar's front door: days, German local time, public holidays, working days, and days as they are typed. */
export { addDays, dayOf, daysBetween, formatDay, isIsoDay, weekdayOf } from './day';
export {
  berlinTime,
  endOfDayInBerlin,
  formatBerlinInstant,
  formatBerlinTime,
  instantInBerlin,
  todayInBerlin,
  type BerlinTime,
} from './berlin-time';
export { easterSunday, holidayOn, holidaysOf } from './holidays';
export {
  addWorkingDays,
  endOfNextWorkingDay,
  isWorkingDay,
  workingDaysBetween,
  type WorkingDayRule,
} from './working-days';
export { parseDayInput } from './day-input';
export type { FederalState } from './settings';
