import type { IsoDay } from './certificate';
import { addDays, dayOf, weekdayOf } from './day';
import { federalStates, type FederalState } from './settings';

/**
 * Public holidays of the sixteen federal states, by the states' own laws as of 2026. Holidays that only some municipalities keep (Augsburg's
 * peace festival, Corpus Christi in parts of Saxony and Thuringia) are left out; Assumption Day counts for all of Bavaria: its
 * Catholic municipalities are the great majority.
 */

interface Holiday {
  readonly name: string;
  readonly day: (year: number) => IsoDay;
  /** States that keep it in that year. */
  readonly states: (year: number) => readonly FederalState[];
}

const everywhere = (): readonly FederalState[] => federalStates;
const in_ =
  (...states: FederalState[]) =>
  (): readonly FederalState[] =>
    states;
const since =
  (first: number, ...states: FederalState[]) =>
  (year: number): readonly FederalState[] =>
    year >= first ? states : [];
const fixed = (month: number, day: number) => (year: number) => existing(dayOf(year, month, day));
const easter = (days: number) => (year: number) => addDays(easterSunday(year), days);

function existing(day: IsoDay | null): IsoDay {
  if (day === null) throw new Error('A holiday must fall on a day that exists.');
  return day;
}

/** Easter Sunday by Gauss's rule in Lichtenberg's form, Gregorian calendar. */
export function easterSunday(year: number): IsoDay {
  const century = Math.floor(year / 100);
  const moonShift = 15 + Math.floor((3 * century + 3) / 4) - Math.floor((8 * century + 13) / 25);
  const sunShift = 2 - Math.floor((3 * century + 3) / 4);
  const golden = year % 19;
  const seed = (19 * golden + moonShift) % 30;
  const correction = Math.floor((seed + Math.floor(golden / 11)) / 29);
  const fullMoon = 21 + seed - correction;
  const firstSunday = 7 - ((year + Math.floor(year / 4) + sunShift) % 7);
  const distance = 7 - ((((fullMoon - firstSunday) % 7) + 7) % 7);
  return addDays(existing(dayOf(year, 3, 1)), fullMoon + distance - 1);
}

/** Buß- und Bettag: the Wednesday before 23 November. */
function repentanceDay(year: number): IsoDay {
  const last = existing(dayOf(year, 11, 22));
  return addDays(last, -((weekdayOf(last) + 4) % 7));
}

const holidays: readonly Holiday[] = [
  { name: 'Neujahr', day: fixed(1, 1), states: everywhere },
  { name: 'Heilige Drei Könige', day: fixed(1, 6), states: in_('BW', 'BY', 'ST') },
  {
    name: 'Internationaler Frauentag',
    day: fixed(3, 8),
    states: (year) => [...since(2019, 'BE')(year), ...since(2023, 'MV')(year)],
  },
  { name: 'Karfreitag', day: easter(-2), states: everywhere },
  { name: 'Ostersonntag', day: easter(0), states: in_('BB') },
  { name: 'Ostermontag', day: easter(1), states: everywhere },
  { name: 'Tag der Arbeit', day: fixed(5, 1), states: everywhere },
  {
    name: 'Jahrestag der Befreiung',
    day: fixed(5, 8),
    states: (year) => (year === 2020 || year === 2025 ? ['BE'] : []),
  },
  { name: 'Christi Himmelfahrt', day: easter(39), states: everywhere },
  { name: 'Pfingstsonntag', day: easter(49), states: in_('BB') },
  { name: 'Pfingstmontag', day: easter(50), states: everywhere },
  { name: 'Fronleichnam', day: easter(60), states: in_('BW', 'BY', 'HE', 'NW', 'RP', 'SL') },
  { name: 'Mariä Himmelfahrt', day: fixed(8, 15), states: in_('BY', 'SL') },
  { name: 'Weltkindertag', day: fixed(9, 20), states: since(2019, 'TH') },
  { name: 'Tag der Deutschen Einheit', day: fixed(10, 3), states: everywhere },
  {
    name: 'Reformationstag',
    day: fixed(10, 31),
    states: (year) =>
      year === 2017
        ? federalStates
        : [...in_('BB', 'MV', 'SN', 'ST', 'TH')(), ...since(2018, 'HB', 'HH', 'NI', 'SH')(year)],
  },
  { name: 'Allerheiligen', day: fixed(11, 1), states: in_('BW', 'BY', 'NW', 'RP', 'SL') },
  { name: 'Buß- und Bettag', day: repentanceDay, states: in_('SN') },
  { name: 'Erster Weihnachtstag', day: fixed(12, 25), states: everywhere },
  { name: 'Zweiter Weihnachtstag', day: fixed(12, 26), states: everywhere },
];

const tables = new Map<string, ReadonlyMap<IsoDay, string>>();

/** The public holidays of one state in one year: day → German name. */
export function holidaysOf(year: number, state: FederalState): ReadonlyMap<IsoDay, string> {
  const key = `${state} ${year}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const kept = holidays.filter((holiday) => holiday.states(year).includes(state));
  const table = new Map(kept.map((holiday) => [holiday.day(year), holiday.name]));
  tables.set(key, table);
  return table;
}

/** The holiday on this day in this state, or `null`. */
export function holidayOn(day: IsoDay, state: FederalState): string | null {
  return holidaysOf(Number(day.slice(0, 4)), state).get(day) ?? null;
}
