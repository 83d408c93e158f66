import { describe, expect, it } from 'vitest';
import { entriesOf, noEntries, payerOf, problemsOf } from '../../../../renderer/app/master/payer-entries';
import { providersOf, searchPayers } from '../../../../renderer/app/master/payer-search';
import type { Payer } from '../../../../renderer/domain/payer';

const payer = (part: Partial<Payer> = {}): Payer => ({
  id: '104027544',
  name: 'Übungskasse Haselhain',
  iks: ['104027544'],
  provider: 'BITMARCK SERVICE GMBH',
  vknr: null,
  address: null,
  ...part,
});
const words = (...args: Parameters<typeof problemsOf>) =>
  problemsOf(...args).map(({ field, problem }) => `${field}: ${problem}`);

describe('an insurer entered by hand', () => {
  it('comes back as it was from its own fields', () => {
    const full = payer({
      iks: ['104027544', '109990018'],
      vknr: '12345',
      address: { line: 'Musterweg 1', postalCode: '00001', city: 'Übungsstadt' },
    });
    expect(payerOf(entriesOf(full))).toEqual(full);
    expect(payerOf(entriesOf(payer({ provider: null })))).toEqual(payer({ provider: null }));
    expect(words(entriesOf(full), [full], full)).toEqual([]);
  });
  it('needs a name and an IK', () => {
    expect(words(noEntries, [], null)).toEqual(['name: name-missing', 'ik: ik-missing']);
  });
  it('an IK has nine digits; a wrong check digit only warns', () => {
    const entries = { ...entriesOf(payer()), ik: '10402754', moreIks: '104027545' };
    expect(problemsOf(entries, [], null)).toEqual([
      { field: 'ik', severity: 'error', problem: 'ik-format', values: { entered: '10402754' } },
      { field: 'moreIks', severity: 'warning', problem: 'check-digit', values: { entered: '104027545' } },
    ]);
  });
  it('an IK belongs to one insurer only, and says to which', () => {
    const other = payer({ id: '109990018', iks: ['109990018', '104027544'], name: 'Andere' });
    expect(problemsOf(entriesOf(payer()), [other], null)[0]).toMatchObject({
      problem: 'ik-taken',
      values: { entered: '104027544', name: 'Andere' },
    });
    expect(words(entriesOf(payer()), [payer()], payer())).toEqual([]);
  });
  it('an address is complete or not there at all', () => {
    expect(words({ ...entriesOf(payer()), city: 'Kassel' }, [], null)).toEqual([
      'line: line-missing',
      'postalCode: postal-code-format',
    ]);
    expect(payerOf({ ...entriesOf(payer()), line: '  ' }).address).toBeNull();
  });
});

describe('searching insurers', () => {
  const all = [
    payer(),
    payer({ id: '109990018', iks: ['109990018', '501234567'], name: 'AOK Müllerland', provider: null }),
  ];
  const found = (typed: string) => searchPayers(all, typed).map(({ id }) => id);
  it('finds by name without umlauts, by the start of any IK, by provider', () => {
    expect(found('mueller')).toEqual(['109990018']);
    expect(found('5012')).toEqual(['109990018']);
    expect(found('bitm hasel')).toEqual(['104027544']);
    expect(found('bitm aok')).toEqual([]);
  });
  it('lists all by name when nothing is typed', () => {
    expect(found('')).toEqual(['109990018', '104027544']);
    expect(providersOf(all)).toEqual(['BITMARCK SERVICE GMBH']);
  });
});
