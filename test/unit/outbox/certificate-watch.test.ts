import { describe, expect, it } from 'vitest';
import {
  certificateWarningsOf,
  isLookDue,
  lookOf,
  type CertificateLook,
} from '../../../renderer/outbox/certificate-watch';

const now = new Date('2026-11-26T22:30:00Z');
const endpoint = 'https://192.0.2.1';
const look = (certificates: CertificateLook['certificates']): CertificateLook => ({
  at: now.toISOString(),
  endpoint,
  certificates,
});

describe('what is to be done about certificates', () => {
  it('the most urgent first: revoked, invalid, ended, then the next that ends within 60 days', () => {
    const warnings = certificateWarningsOf(
      look([
        { of: 'connector', notAfter: '2027-01-25T12:00:00Z', standing: 'unknown' },
        { of: 'terminal', notAfter: '2026-12-06T12:00:00Z', standing: 'unknown' },
        { of: 'doctor', notAfter: '2031-01-01T12:00:00Z', standing: 'valid' },
        { of: 'doctor', notAfter: '2031-01-01T12:00:00Z', standing: 'invalid' },
        { of: 'doctor', notAfter: null, standing: 'unknown' },
        { of: 'practice', notAfter: '2026-11-26T12:00:00Z', standing: 'invalid' },
        { of: 'practice', notAfter: '2031-01-01T12:00:00Z', standing: 'revoked' },
      ]),
      now,
    );
    expect(warnings).toEqual([
      { of: 'practice', what: 'revoked', days: 0 },
      { of: 'doctor', what: 'invalid', days: 0 },
      { of: 'practice', what: 'ended', days: 0 },
      { of: 'terminal', what: 'ends-soon', days: 10 },
      { of: 'connector', what: 'ends-soon', days: 60 },
    ]);
    expect(certificateWarningsOf(null, now)).toEqual([]);
  });

  it('a look is due on each Berlin day, and for another connector at once', () => {
    const taken = lookOf([], endpoint, now);
    expect(isLookDue(null, endpoint, now)).toBe(true);
    expect(isLookDue(taken, endpoint, now)).toBe(false);
    expect(isLookDue(taken, 'https://192.0.2.2', now)).toBe(true);
    // 23:30 in Berlin; half an hour later is tomorrow there, though not in UTC.
    expect(isLookDue(taken, endpoint, new Date('2026-11-26T22:59:00Z'))).toBe(false);
    expect(isLookDue(taken, endpoint, new Date('2026-11-26T23:00:00Z'))).toBe(true);
  });
});
