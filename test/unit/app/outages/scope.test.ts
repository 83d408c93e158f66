import { describe, expect, it } from 'vitest';
import type { Outage } from '../../../../renderer/domain/outage';
import type { Payer } from '../../../../renderer/domain/payer';
import {
  alreadyDeclared,
  payersConcerned,
  providersOf,
  scopesOf,
  scopeTitle,
} from '../../../../renderer/app/outages/scope';
import { createWording } from '../../../../renderer/app/parts/texts-context';
import { createTexts } from '../../../../renderer/texts';

const payer = (id: string, name: string, provider: string | null): Payer => ({
  id,
  name,
  iks: [id],
  provider,
  vknr: null,
  address: null,
});
const payers = [
  payer('1', 'Zebrakasse', 'BITMARCK SERVICE GMBH'),
  payer('2', 'Ahornkasse', 'BITMARCK SERVICE GMBH'),
  payer('3', 'Eigene', null),
  payer('4', 'Andere', 'gkv informatik'),
];
const outage = (scope: Outage['scope'], endedAt: string | null = null): Outage => ({
  id: 'o',
  scope,
  reason: '',
  startedAt: '2026-11-23T08:00:00Z',
  declaredBy: '',
  confirmedAt: null,
  endedAt,
});

describe('whom an outage concerns', () => {
  it('a provider cuts off exactly its insurers, by name', () => {
    const hit = payersConcerned({ kind: 'provider', provider: 'BITMARCK SERVICE GMBH' }, payers);
    expect(hit.map(({ name }) => name)).toEqual(['Ahornkasse', 'Zebrakasse']);
  });
  it('everything and the own practice cut off all', () => {
    expect(payersConcerned({ kind: 'all' }, payers)).toHaveLength(4);
    expect(payersConcerned({ kind: 'practice' }, payers)).toHaveLength(4);
  });
  it('several insurers are declared at once, each once and as an outage of its own', () => {
    const [one, two] = payers;
    const chosen = [one, two, one].filter((each) => each !== undefined);
    expect(scopesOf('payer', null, chosen)).toEqual([
      { kind: 'payer', payerIk: '1' },
      { kind: 'payer', payerIk: '2' },
    ]);
    expect(scopesOf('payer', null, [])).toEqual([]);
    expect(scopesOf('provider', null, chosen)).toEqual([]);
    expect(scopesOf('practice', 'BITMARCK', chosen)).toEqual([{ kind: 'practice' }]);
  });
  it('providers are listed with their insurers, the largest first', () => {
    expect(providersOf(payers)).toEqual([
      { provider: 'BITMARCK SERVICE GMBH', count: 2 },
      { provider: 'gkv informatik', count: 1 },
    ]);
  });
  it('an outage that runs can not be declared twice; one that ended can', () => {
    const scope = { kind: 'provider', provider: 'gkv informatik' } as const;
    expect(alreadyDeclared(scope, [outage(scope)])).not.toBeNull();
    expect(alreadyDeclared(scope, [outage(scope, '2026-11-23T09:00:00Z')])).toBeNull();
    expect(alreadyDeclared(scope, [outage({ kind: 'provider', provider: 'BITMARCK SERVICE GMBH' })])).toBeNull();
    expect(alreadyDeclared({ kind: 'all' }, [outage({ kind: 'practice' })])).toBeNull();
  });
  it('titles name provider and insurer as people write them, and an unknown insurer by its IK', () => {
    const t = createWording('de', createTexts('de'));
    expect(scopeTitle({ kind: 'provider', provider: 'BITMARCK SERVICE GMBH' }, payers, t)).toBe(
      'Bitmarck Service GmbH',
    );
    expect(scopeTitle({ kind: 'payer', payerIk: '3' }, payers, t)).toBe('Eigene');
    expect(scopeTitle({ kind: 'payer', payerIk: '999' }, payers, t)).toBe('999');
  });
});
