import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBox, fitLines, narrowest, wrap } from '../../../renderer/form/text-fit';
import { sortSlips } from '../../../renderer/form/slip-order';
import { example } from './example';

const measure = (text: string): number => Array.from(text).length;
const bare = (text: string): string => text.replace(/\s/g, '');
const words = fc.array(fc.stringMatching(/^[a-zäß-]{1,30}$/), { maxLength: 12 }).map((list) => list.join(' '));

describe('long text', () => {
  it('stays on one line where it fits, is set narrower down to the limit, then wraps', () => {
    expect(fitLines(measure, 10, 'ten chars.')).toEqual({ lines: ['ten chars.'], narrow: 1 });
    expect(fitLines(measure, 9, 'ten chars.')).toEqual({ lines: ['ten chars.'], narrow: 0.9 });
    expect(fitLines(measure, 6, 'ten chars.')).toEqual({ lines: ['ten', 'chars.'], narrow: narrowest });
  });
  it('wraps without losing a letter and keeps every line inside', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 3, max: 40 }), (text, width) => {
        const lines = wrap(measure, width, text);
        expect(bare(lines.join(''))).toBe(bare(text));
        for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
  it('fills a box without losing a letter, or says that it can’t', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 5 }), fc.integer({ min: 1, max: 8 }), (pieces, room) => {
        const fitted = fitBox(
          measure,
          room,
          pieces.map((text) => ({ text, width: 20 })),
        );
        if (fitted === null) return;
        expect(bare(fitted.lines.map(({ text }) => text).join(''))).toBe(bare(pieces.join('')));
        for (const { text, narrow } of fitted.lines)
          expect(measure(text) * narrow * fitted.scale).toBeLessThanOrEqual(20.001);
        expect(fitted.lines.length * fitted.scale).toBeLessThanOrEqual(room + 0.01);
      }),
    );
  });
});

describe('order of a batch', () => {
  const slip = (issuer: string, payerName: string, issuedAt: string) => ({
    content: {
      ...example,
      issuer: { ...example.issuer, family: issuer },
      coverage: { ...example.coverage, payerName },
    },
    issuedAt,
  });
  const slips = [
    slip('Öz', 'BKK 10', '2026-11-23T10:00:00Z'),
    slip('Zorn', 'AOK', '2026-11-23T08:00:00Z'),
    slip('Adam', 'BKK 9', '2026-11-23T09:00:00Z'),
    slip('Adam', 'AOK', '2026-11-23T07:00:00Z'),
  ];
  const order = (sorted: typeof slips): number[] => sorted.map((each) => slips.indexOf(each));
  it('goes by practitioner, time or insurer, as a German reads', () => {
    expect(order(sortSlips(slips, 'practitioner'))).toEqual([3, 2, 0, 1]);
    expect(order(sortSlips(slips, 'time'))).toEqual([3, 1, 2, 0]);
    expect(order(sortSlips(slips, 'payer'))).toEqual([3, 1, 2, 0]);
  });
});
