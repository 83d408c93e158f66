import { describe, expect, it } from 'vitest';
import { backUpIfDue, keepBackups } from '../../../../renderer/store/archive/backup-schedule';
import { append, begin, entries, entry, newFolder, openArchive, value } from '../../services/archive/support';

describe('the backup schedule', () => {
  it('makes one an hour in which something was written, and none while nothing is', async () => {
    let now = new Date('2026-11-26T08:00:00Z');
    const calls = openArchive(newFolder(), { now: () => now });
    await begin(calls);
    const later = async (minutes: number) => {
      now = new Date(now.getTime() + minutes * 60_000);
      return backUpIfDue(calls, now);
    };
    expect(await later(0), 'nothing was ever written').toBe(false);
    await append(calls, entries(1, 2));
    expect(await later(1)).toBe(true);
    await append(calls, [entry(3)]);
    expect(await later(30)).toBe(false);
    expect(await later(31)).toBe(true);
    expect(await later(600), 'nothing new').toBe(false);
    await append(calls, [entry(4)]);
    expect(await later(-2000), 'the clock was set back').toBe(true);
    const [own] = value(await calls.backups({}));
    expect(value(own?.backups ?? { kind: 'ok', value: [] }).map(({ lastNumber }) => lastNumber)).toEqual([4, 3, 2]);
  });

  it('goes on where the host is away, and ends when told', async () => {
    const stop = new AbortController();
    let looks = 0;
    const away = { ...openArchive(newFolder()), state: () => Promise.reject(new TypeError('Failed to fetch')) };
    const clock = {
      now: () => new Date(),
      sleep: () => {
        looks += 1;
        if (looks === 3) stop.abort();
        return Promise.resolve();
      },
    };
    await keepBackups(away, clock, stop.signal);
    expect(looks).toBe(3);
  });
});
