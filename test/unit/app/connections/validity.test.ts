import { describe, expect, it } from 'vitest';
import { noFaults } from '../../../../electron/contract/rehearsal';
import { faultCount, withoutAnswered } from '../../../../renderer/app/connections/faults-in-force';
import { validityWords } from '../../../../renderer/app/connections/validity';
import { validityOf } from '../../../../renderer/outbox/certificate-watch';
import { createWording } from '../../../../renderer/app/parts/texts-context';
import { createTexts } from '../../../../renderer/texts';

const now = new Date('2026-11-23T09:00:00Z');
const t = createWording('de', createTexts('de'));

describe('how long a certificate is valid', () => {
  it.each([
    ['2026-11-23T08:59:59Z', 'ended'],
    ['2026-11-23T10:00:00Z', 'ends-soon'],
    ['2027-01-22T12:00:00Z', 'ends-soon'],
    ['2027-01-23T12:00:00Z', 'valid'],
  ] as const)('until %s: %s (warned 60 days before)', (notAfter, validity) => {
    expect(validityOf(notAfter, now)).toBe(validity);
  });
  it('is said in words', () => {
    expect(validityWords('2026-12-03T12:00:00Z', now, t)).toBe('läuft in 10 Tagen ab (03.12.2026)');
    expect(validityWords('2026-11-01T12:00:00Z', now, t)).toBe('abgelaufen am 01.11.2026');
    expect(validityWords('2031-11-23T12:00:00Z', now, t)).toBe('gültig bis 23.11.2031');
  });
});

describe('faults of the rehearsal world', () => {
  const error = (payerIk: string, code: string, count: number) => ({ payerIk, code, count });

  it('an insurer error is used up by the answers that came with it', () => {
    const left = withoutAnswered(
      [error('1', '100', 2), error('2', '201', 1)],
      [
        { payerIk: '1', verdict: '100' },
        { payerIk: '1', verdict: 'accepted' },
        { payerIk: '2', verdict: '201' },
        { payerIk: '2', verdict: '100' },
      ],
    );
    expect(left).toEqual([error('1', '100', 1)]);
  });
  it('are counted one by one', () => {
    expect(faultCount(noFaults)).toBe(0);
    const faults = {
      ...noFaults,
      connector: 'down' as const,
      providers: [{ provider: 'X', mode: 'bounce' as const }],
      insurerErrors: [error('1', '100', 3)],
    };
    expect(faultCount(faults)).toBe(3);
  });
});
