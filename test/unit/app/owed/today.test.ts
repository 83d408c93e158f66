import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newsOf, todayKinds, type Notified, type TodayItem } from '../../../../renderer/app/owed/today';

const minute = 60_000;
const start = new Date('2026-11-26T08:00:00Z').getTime();
const at = (minutes: number) => new Date(start + minutes * minute);
const today = '2026-11-26';
const item = (kind: TodayItem['kind'], count: number): TodayItem => ({ kind, count });
const told = (items: TodayItem[], notified: Notified | null, minutes: number, day = today) =>
  newsOf(items, notified, at(minutes), day);

describe('what is shown as a notification', () => {
  it('is shown once, and again only when there is more of it', () => {
    const first = told([item('post', 3), item('act', 1)], null, 0);
    expect(first.news).toEqual([item('post', 3), item('act', 1)]);
    const same = told([item('post', 3), item('act', 1)], first.remembered, 60);
    expect(same.news).toEqual([]);
    expect(told([item('post', 3), item('act', 2)], same.remembered, 120).news).toEqual([item('act', 2)]);
  });

  it('after some were done, the next one is new', () => {
    const three = told([item('act', 3)], null, 0).remembered;
    const one = told([item('act', 1)], three, 30).remembered;
    expect(told([item('act', 2)], one, 60).news).toEqual([item('act', 2)]);
  });

  it('the post is told once on each day, since it goes by the end of that day; a question isn’t', () => {
    const shown = told([item('post', 2), item('stillDown', 1)], null, 0).remembered;
    expect(told([item('post', 2), item('stillDown', 1)], shown, 1440, '2026-11-27').news).toEqual([item('post', 2)]);
  });

  it('a clock that was set back tells nothing twice, not even the post', () => {
    const items = [item('post', 2), item('act', 1)];
    const shown = told(items, null, 0).remembered;
    const earlier = told(items, shown, -1440, '2026-11-25');
    expect(earlier.news).toEqual([]);
    expect(told(items, earlier.remembered, 60).news).toEqual([]);
    expect(told([item('post', 3)], earlier.remembered, -1440, '2026-11-25').news).toEqual([item('post', 3)]);
  });

  it('while answers come by the second there is one in ten minutes, and nothing is left out', () => {
    let notified = told([item('act', 1)], null, 0).remembered;
    for (let count = 2; count < 9; count += 1) {
      const { news, remembered } = told([item('act', count)], notified, count);
      expect(news).toEqual([]);
      notified = remembered;
    }
    expect(told([item('act', 8)], notified, 10).news).toEqual([item('act', 8)]);
  });

  it('nothing nags twice: what stays as it is is never told again on a day (property)', () => {
    const items = fc
      .uniqueArray(fc.constantFrom(...todayKinds), { minLength: 1 })
      .chain((kinds) => fc.tuple(...kinds.map((kind) => fc.nat(20).map((count) => item(kind, count + 1)))));
    fc.assert(
      fc.property(fc.array(items, { maxLength: 10 }), items, (before, now) => {
        let notified: Notified | null = null;
        let minutes = 0;
        for (const some of before) {
          minutes += 3;
          notified = told(some, notified, minutes).remembered;
        }
        // Restarts don't matter: what is remembered is all there is.
        const first = told(now, notified, minutes + 20);
        for (let later = 21; later < 400; later += 13)
          expect(told(now, first.remembered, minutes + later).news).toEqual([]);
      }),
    );
  });
});
