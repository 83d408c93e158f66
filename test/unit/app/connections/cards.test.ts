import { describe, expect, it } from 'vitest';
import type { Card } from '../../../../electron/contract/contract';
import { actionOf, pinKey } from '../../../../renderer/app/connections/cards-table';

const card = (change: Partial<Card>): Card => ({
  type: 'HBA',
  holder: 'Dr. Anna Müller',
  iccsn: '80276999990000000001',
  certificateNotAfter: null,
  standing: null,
  pin: 'verifiable',
  comfort: null,
  ...change,
});
const on = { kind: 'on', remaining: 12, seconds: 90 } as const;
const off = { kind: 'off' } as const;

describe('a card on the connections’ screen', () => {
  it.each([
    ['a doctor’s card whose connector knows no comfort signature', {}, 'atSigning', null],
    ['a doctor’s card', { comfort: off }, 'atSigning', 'startComfort'],
    ['a doctor’s card in a comfort session', { comfort: on }, 'comfort', 'endComfort'],
    ['comfort signature not allowed', { comfort: { kind: 'disabled' } }, 'atSigning', null],
    ['a blocked one: comfort signature would fail', { pin: 'blocked', comfort: off }, 'blocked', null],
    ['a new one', { pin: 'unset', comfort: off }, 'unset', null],
    ['the practice’s, not unlocked', { type: 'SMC-B' }, 'locked', 'unlock'],
    ['the practice’s, unlocked', { type: 'SMC-B', pin: 'verified' }, 'verified', null],
    ['the practice’s, blocked', { type: 'SMC-B', pin: 'blocked' }, 'blocked', null],
  ] as const)('%s', (_what, change, pin, action) => {
    expect([pinKey(card(change)), actionOf(card(change))]).toEqual([pin, action]);
  });
});
