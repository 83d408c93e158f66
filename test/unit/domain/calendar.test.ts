import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addWorkingDays,
  berlinTime,
  daysBetween,
  easterSunday,
  endOfNextWorkingDay,
  formatBerlinInstant,
  formatDay,
  holidayOn,
  holidaysOf,
  instantInBerlin,
  isIsoDay,
  isWorkingDay,
  parseDayInput,
  todayInBerlin,
  weekdayOf,
  workingDaysBetween,
  type FederalState,
} from '../../../renderer/domain/calendar';
import { federalStates } from '../../../renderer/domain/settings';

const day = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2199, 11, 31) / 86_400_000 })
  .map((number) => new Date(number * 86_400_000).toISOString().slice(0, 10));

describe('days', () => {
  it('are counted forwards and backwards alike', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (from, days) => {
        expect(daysBetween(from, addDays(from, days))).toBe(days);
      }),
    );
  });
  it('exist or do not', () => {
    expect(['2024-02-29', '2026-12-31', '0001-01-01'].map(isIsoDay)).toEqual([true, true, true]);
    expect(['2026-02-29', '2026-13-01', '2026-1-1', '0000-01-01', '2026-11-23T', ''].map(isIsoDay)).toEqual(
      Array(6).fill(false),
    );
  });
  it('are written as in Germany', () => {
    expect(formatDay('2026-11-03')).toBe('03.11.2026');
  });
  it('know their weekday, before 1970 too', () => {
    expect(['2026-11-23', '2026-11-29', '1969-07-20', '1900-01-01'].map(weekdayOf)).toEqual([1, 7, 7, 1]);
  });
});

describe('German time', () => {
  it('is the calendar’s, whatever the machine’s zone says', () => {
    expect(todayInBerlin(new Date('2026-11-23T22:59:59Z'))).toBe('2026-11-23');
    expect(todayInBerlin(new Date('2026-11-23T23:00:00Z'))).toBe('2026-11-24');
    expect(todayInBerlin(new Date('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
    expect(todayInBerlin(new Date('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
    expect(todayInBerlin(new Date('2026-12-31T23:30:00Z'))).toBe('2027-01-01');
  });
  it('skips an hour in March and repeats one in October', () => {
    expect(formatBerlinInstant(new Date('2026-03-29T00:59:59Z'))).toBe('2026-03-29T01:59:59+01:00');
    expect(formatBerlinInstant(new Date('2026-03-29T01:00:00Z'))).toBe('2026-03-29T03:00:00+02:00');
    expect(formatBerlinInstant(new Date('2026-10-25T00:30:00Z'))).toBe('2026-10-25T02:30:00+02:00');
    expect(formatBerlinInstant(new Date('2026-10-25T01:30:00Z'))).toBe('2026-10-25T02:30:00+01:00');
    expect(instantInBerlin('2026-10-25', 2, 30).toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(instantInBerlin('2026-03-29', 2, 30).toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });
  it('goes there and back', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1995-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
        (instant) => {
          const seconds = new Date(Math.floor(instant.getTime() / 1000) * 1000);
          const wall = berlinTime(seconds);
          const back = instantInBerlin(wall.day, wall.hour, wall.minute, wall.second);
          // The hour that comes twice: the first of the two is meant.
          expect([0, 3_600_000]).toContain(seconds.getTime() - back.getTime());
          expect(formatBerlinInstant(seconds).slice(0, 10)).toBe(wall.day);
          expect(new Date(formatBerlinInstant(seconds))).toEqual(seconds);
        },
      ),
    );
  });
});

describe('public holidays', () => {
  it('follow Easter', () => {
    const years = [1818, 1954, 1981, 2000, 2008, 2024, 2025, 2026, 2027, 2038, 2049, 2076];
    expect(years.map(easterSunday)).toEqual([
      '1818-03-22',
      '1954-04-18',
      '1981-04-19',
      '2000-04-23',
      '2008-03-23',
      '2024-03-31',
      '2025-04-20',
      '2026-04-05',
      '2027-03-28',
      '2038-04-25',
      '2049-04-18',
      '2076-04-19',
    ]);
  });
  it('count per state as the states’ laws say (2026)', () => {
    const counts: Record<FederalState, number> = {
      BW: 12,
      BY: 13,
      BE: 10,
      BB: 12,
      HB: 10,
      HH: 10,
      HE: 10,
      MV: 11,
      NI: 10,
      NW: 11,
      RP: 11,
      SL: 12,
      SN: 11,
      ST: 11,
      SH: 10,
      TH: 11,
    };
    for (const state of federalStates) expect([state, holidaysOf(2026, state).size]).toEqual([state, counts[state]]);
  });
  it.each([
    ['2026-11-18', 'SN', 'Buß- und Bettag'],
    ['2026-11-18', 'BY', null],
    ['2022-11-16', 'SN', 'Buß- und Bettag'],
    ['2023-11-22', 'SN', 'Buß- und Bettag'],
    ['2026-06-04', 'NW', 'Fronleichnam'],
    ['2026-06-04', 'NI', null],
    ['2026-03-08', 'MV', 'Internationaler Frauentag'],
    ['2022-03-08', 'MV', null],
    ['2022-03-08', 'BE', 'Internationaler Frauentag'],
    ['2025-05-08', 'BE', 'Jahrestag der Befreiung'],
    ['2026-05-08', 'BE', null],
    ['2026-09-20', 'TH', 'Weltkindertag'],
    ['2026-10-31', 'HH', 'Reformationstag'],
    ['2017-10-31', 'BY', 'Reformationstag'],
    ['2026-10-31', 'BY', null],
    ['2026-08-15', 'SL', 'Mariä Himmelfahrt'],
    ['2026-01-06', 'ST', 'Heilige Drei Könige'],
    ['2026-04-05', 'BB', 'Ostersonntag'],
    ['2026-05-14', 'BE', 'Christi Himmelfahrt'],
    ['2026-11-01', 'RP', 'Allerheiligen'],
    ['2026-12-24', 'BY', null],
  ] as const)('%s in %s: %s', (date, state, name) => {
    expect(holidayOn(date, state)).toBe(name);
  });
});

describe('working days', () => {
  const saturdayCounts = { state: 'BY', saturdayCounts: true } as const;
  const saturdayFree = { state: 'BY', saturdayCounts: false } as const;

  it('the end of the next working day, in all 16 states: no Saturday, Sunday or holiday, and none is left out (property)', () => {
    const days = fc.integer({ min: 0, max: 3_650 }).map((number) => addDays('2022-01-01', number));
    fc.assert(
      fc.property(fc.constantFrom(...federalStates), days, fc.boolean(), (state, day, saturdayCounts) => {
        const rule = { state, saturdayCounts };
        const next = endOfNextWorkingDay(day, rule);
        const isFree = (one: string) =>
          weekdayOf(one) === 7 || (!saturdayCounts && weekdayOf(one) === 6) || holidayOn(one, state) !== null;
        expect(next > day).toBe(true);
        expect(isFree(next)).toBe(false);
        for (let between = addDays(day, 1); between < next; between = addDays(between, 1))
          expect(isFree(between)).toBe(true);
      }),
    );
  });

  it('leave out Sundays, holidays, and Saturdays if they do not count', () => {
    expect(
      ['2026-11-27', '2026-11-28', '2026-11-29', '2026-12-25'].map((date) => isWorkingDay(date, saturdayCounts)),
    ).toEqual([true, true, false, false]);
    expect(isWorkingDay('2026-11-28', saturdayFree)).toBe(false);
  });
  it('P5-04: the next one over Christmas and a weekend', () => {
    expect(endOfNextWorkingDay('2026-11-27', saturdayCounts)).toBe('2026-11-28');
    expect(endOfNextWorkingDay('2026-11-27', saturdayFree)).toBe('2026-11-30');
    expect(endOfNextWorkingDay('2026-12-24', saturdayCounts)).toBe('2026-12-28');
  });
  it('are counted as they are added', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 130 }), fc.boolean(), (from, count, saturday) => {
        const rule = { state: 'SN', saturdayCounts: saturday } as const;
        const end = addWorkingDays(from, count, rule);
        expect(workingDaysBetween(from, end, rule)).toBe(count);
        expect(isWorkingDay(end, rule)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
  it('are none backwards', () => {
    expect(workingDaysBetween('2026-11-27', '2026-11-20', saturdayCounts)).toBe(0);
  });
});

describe('typed days', () => {
  const today = '2026-11-23';
  it.each([
    ['23.11.2026', '2026-11-23'],
    [' 3.1.27 ', '2027-01-03'],
    ['23.11.', '2026-11-23'],
    ['23.11', '2026-11-23'],
    ['23/11', '2026-11-23'],
    ['2311', '2026-11-23'],
    ['231126', '2026-11-23'],
    ['23112026', '2026-11-23'],
    ['2026-11-23', '2026-11-23'],
    ['24.12.70', '1970-12-24'],
    ['24.12.36', '2036-12-24'],
    ['24.12.37', '1937-12-24'],
    ['0201', '2027-01-02'],
    ['+7', '2026-11-30'],
    ['-3', '2026-11-20'],
    ['fr', '2026-11-27'],
    ['Freitag', '2026-11-27'],
    ['mo', '2026-11-30'],
    ['so.', '2026-11-29'],
    ['Friday', '2026-11-27'],
    ['heute', '2026-11-23'],
    ['Morgen', '2026-11-24'],
    ['übermorgen', '2026-11-25'],
    ['gestern', '2026-11-22'],
    ['tomorrow', '2026-11-24'],
    ['29.2.2028', '2028-02-29'],
  ])('«%s» is %s', (typed, expected) => {
    expect(parseDayInput(typed, today)).toBe(expected);
  });
  it.each(['', '30.2.2026', '32.1.', '1', '123', 'bald', '+', '23.13.', '1.1.1.1', '2026-02-30'])(
    '«%s» is no day',
    (typed) => {
      expect(parseDayInput(typed, today)).toBeNull();
    },
  );
  it('never throws and gives days that exist', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), day, (typed, from) => {
        const parsed = parseDayInput(typed, from);
        expect(parsed === null || isIsoDay(parsed)).toBe(true);
      }),
    );
  });
});
