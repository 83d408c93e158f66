import { describe, expect, test } from 'vitest';
import { providerName } from '../../../renderer/app/parts/provider-name';
import { situationOf } from '../../../renderer/app/situation';
import type { Outage, OutageScope } from '../../../renderer/domain/outage';
import type { Payer } from '../../../renderer/domain/payer';

const payer = (id: string, name: string, provider: string | null): Payer => ({
  id,
  name,
  iks: [id],
  provider,
  vknr: null,
  address: null,
});
const payers = [
  payer('100000001', 'BKK Eins', 'BITMARCK SERVICE GMBH'),
  payer('100000002', 'BKK Zwei', 'BITMARCK SERVICE GMBH'),
  payer('100000003', 'Kasse Drei', 'gkv informatik'),
];
const outage = (scope: OutageScope, startedAt: string, endedAt: string | null = null): Outage => ({
  id: startedAt,
  scope,
  reason: '',
  startedAt,
  declaredBy: '',
  endedAt,
  confirmedAt: null,
});
const bitmarck: OutageScope = { kind: 'provider', provider: 'BITMARCK SERVICE GMBH' };

describe('how things stand', () => {
  test('without a running outage all is reachable', () => {
    expect(situationOf([outage(bitmarck, '2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z')], payers)).toEqual({
      kind: 'reachable',
    });
  });

  test('an outage at a provider concerns the insurers behind it', () => {
    expect(situationOf([outage(bitmarck, '2026-11-23T08:12:00Z')], payers)).toEqual({
      kind: 'some',
      outages: 1,
      name: 'Bitmarck Service GmbH',
      since: '2026-11-23T08:12:00Z',
      payers: 2,
    });
  });

  test('an insurer hit twice counts once; the oldest outage names the rest', () => {
    const both = [
      outage({ kind: 'payer', payerIk: '100000001' }, '2026-11-23T09:00:00Z'),
      outage(bitmarck, '2026-11-23T08:12:00Z'),
    ];
    expect(situationOf(both, payers)).toMatchObject({ outages: 2, payers: 2, name: 'Bitmarck Service GmbH' });
  });

  test('an insurer that is not in the list counts too', () => {
    const unlisted = outage({ kind: 'payer', payerIk: '999999999' }, '2026-11-23T09:00:00Z');
    expect(situationOf([unlisted], payers)).toMatchObject({ payers: 1, name: '999999999' });
  });

  test('what concerns everybody outweighs what concerns some', () => {
    const all = outage({ kind: 'all' }, '2026-11-23T10:00:00Z');
    const here = outage({ kind: 'practice' }, '2026-11-23T07:00:00Z');
    expect(situationOf([outage(bitmarck, '2026-11-23T06:00:00Z'), here, all], payers)).toEqual({
      kind: 'all',
      since: '2026-11-23T10:00:00Z',
    });
    expect(situationOf([outage(bitmarck, '2026-11-23T06:00:00Z'), here], payers).kind).toBe('practice');
  });
});

test('providers are shown as people write them', () => {
  expect(providerName('BITMARCK SERVICE GMBH')).toBe('Bitmarck Service GmbH');
  expect(providerName('gkv informatik')).toBe('gkv informatik');
  expect(providerName('AOK')).toBe('AOK');
  for (const [written, shown] of [
    ['ÜBUNGSRECHENZENTRUM SÜD', 'Übungsrechenzentrum Süd'],
    ['RECHENZENTRUM DER BKK UND IKK AM RHEIN MBH', 'Rechenzentrum der BKK und IKK am Rhein mbH'],
    ['AOK-RECHENZENTRUM OST', 'AOK-Rechenzentrum Ost'],
    ['DIE DATEN AG', 'Die Daten AG'],
    ['SVLFG', 'SVLFG'],
    ['ITSG GmbH', 'ITSG GmbH'],
    ['Bitmarck NRW', 'Bitmarck NRW'],
    ['DAVASO 2000', 'Davaso 2000'],
  ] as const)
    expect(providerName(written)).toBe(shown);
});
