import { describe, expect, it } from 'vitest';
import { coverageOf, meantPayer, payerAsTyped, payerTrouble } from '../../../renderer/app/issue/payer-choice';
import { searchPayers } from '../../../renderer/app/parts/payer-search';
import type { Coverage } from '../../../renderer/domain/certificate';
import { readInsurerFile } from '../../../renderer/master/insurer-file';
import { insurersOn } from '../../../renderer/master/insurer-list';
import { insurerFile, type MadeInsurer } from '../../support/insurer-file';
import { sampleContent } from './sample-content';

const today = '2026-11-26';
const coverage = (payerType: Coverage['payerType']): Coverage => ({ ...sampleContent.coverage, payerType });

function list(...insurers: MadeInsurer[]) {
  const reading = readInsurerFile(insurerFile(insurers));
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return insurersOn(reading.file.entries, today).payers;
}

const payers = list(
  {
    vknr: '40001',
    name: 'BKK Übung',
    formName: 'BKK Übung, Form',
    shortName: 'BKKÜ',
    searchName: 'PROBE',
    iks: ['104940005'],
  },
  {
    vknr: '40002',
    name: 'BKK Früher',
    iks: ['104940016'],
    valid: '1995-01-01..2025-12-31',
    ended: { kind: 'F', into: '40001' },
  },
  { vknr: '40003', name: 'BKK Vorbei', iks: ['104940027'], valid: '1995-01-01..2026-06-30', ended: { kind: 'A' } },
  { vknr: '40812', name: 'Polizei', iks: ['104940038'] },
);
const called = (name: string) => {
  const payer = payers.find((one) => one.name === name);
  if (payer === undefined) throw new Error(name);
  return payer;
};

describe('choosing an insurer while recording', () => {
  it('enters the name that stands on forms', () => {
    expect(coverageOf(called('BKK Übung'), coverage('GKV'))).toEqual({
      payerIk: '104940005',
      payerName: 'BKK Übung, Form',
    });
  });

  it('knows other payers (SKT) by digits 3 to 5 of the VKNR, and back again', () => {
    expect(coverageOf(called('Polizei'), coverage('GKV')).payerType).toBe('SKT');
    expect(coverageOf(called('BKK Übung'), coverage('SKT')).payerType).toBe('GKV');
    expect(coverageOf(called('BKK Übung'), coverage('BG')).payerType).toBeUndefined();
  });

  it('takes nothing that was typed as long as the insurers are still being read: it would be a name of its own, without IK', () => {
    const waiting = { kind: 'waiting' } as const;
    expect(payerAsTyped(waiting, 'BKK Übung', coverage('GKV'))).toBeNull();
    expect(payerAsTyped(waiting, '104940005', coverage('GKV'))).toBeNull();
    expect(payerAsTyped(waiting, ' ', coverage('GKV'))).toEqual({ payerIk: null, payerName: null });
    expect(meantPayer(payers, ' bkk uebung ')).toBe(called('BKK Übung'));
    expect(meantPayer(payers, 'BKK')).toBeNull();
    expect(meantPayer(payers, '')).toBeNull();
  });

  it('takes what means one insurer as that one, else an IK, else a name of its own', () => {
    const ready = { kind: 'ready', value: payers } as const;
    expect(payerAsTyped(ready, 'bkk übung', coverage('GKV'))).toMatchObject({ payerIk: '104940005' });
    expect(payerAsTyped(ready, '104940038', coverage('GKV'))).toMatchObject({ payerType: 'SKT' });
    expect(payerAsTyped(ready, '999999999', coverage('GKV'))).toEqual({ payerIk: '999999999', payerName: null });
    expect(payerAsTyped(ready, ' Sozialamt ', coverage('GKV'))).toEqual({ payerIk: null, payerName: 'Sozialamt' });
    const failed = { kind: 'failed', error: new Error('no') } as const;
    expect(payerAsTyped(failed, 'Sozialamt', coverage('GKV'))).toEqual({ payerIk: null, payerName: 'Sozialamt' });
  });

  it('says that an insurer merged or ended', () => {
    expect(payerTrouble('104940016', payers, today)).toMatchObject({ kind: 'merged', old: 'BKK Früher' });
    expect(payerTrouble('104940027', payers, today)).toMatchObject({ kind: 'ended', since: '2026-06-30' });
    expect(payerTrouble('104940005', payers, today)).toBeNull();
    expect(payerTrouble('999999999', payers, today)).toBeNull();
  });

  it.each(['übung', 'bkku', 'probe', 'früher', '104940005', '1049400', '40001', '104940016'])(
    'finds it by «%s»',
    (typed) => {
      expect(searchPayers(payers, typed).map(({ name }) => name)).toContain('BKK Übung');
    },
  );
});
