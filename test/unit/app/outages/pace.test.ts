import { describe, expect, it } from 'vitest';
import { durationWords } from '../../../../renderer/outbox/duration';
import { paceBetween, paceWords } from '../../../../renderer/app/outages/pace';
import { createWording } from '../../../../renderer/app/parts/texts-context';
import { createTexts } from '../../../../renderer/texts';

const t = createWording('de', createTexts('de'));

describe('the pace of a run', () => {
  it('is not told before something was done for half a second', () => {
    expect(paceBetween({ at: 0, done: 0 }, { at: 400, done: 3 }, 10)).toBeNull();
    expect(paceBetween({ at: 0, done: 4 }, { at: 5000, done: 4 }, 10)).toBeNull();
  });
  it('counts from where the step began', () => {
    expect(paceBetween({ at: 1000, done: 2 }, { at: 3000, done: 30 }, 100)).toEqual({ perSecond: 14, secondsLeft: 5 });
  });
  it('says seconds, then minutes, and slow runs by the minute', () => {
    expect(paceWords({ perSecond: 14, secondsLeft: 5 }, t)).toBe('noch etwa 5 Sek. · 14 je Sekunde');
    expect(paceWords({ perSecond: 0.5, secondsLeft: 130 }, t)).toBe('noch etwa 3 Min. · 30 je Minute');
  });
});

describe('a span of time in words', () => {
  it.each([
    [0, '1 Min.'],
    [35 * 60_000, '35 Min.'],
    [(4 * 60 + 10) * 60_000, '4 Std. 10 Min.'],
    [(28 * 60 + 5) * 60_000, '1 Tag 4 Std.'],
    [48 * 3_600_000, '2 Tage'],
  ])('%d ms is «%s»', (milliseconds, words) => {
    expect(durationWords(milliseconds, t)).toBe(words);
  });
});
