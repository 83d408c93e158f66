import { describe, expect, it } from 'vitest';
import { offeredPatients, splitName } from '../../../renderer/app/issue/patient-search';
import type { PatientRow } from '../../../renderer/store/database';
import { exampleContent } from '../../support/content';

const row = (id: string, family: string, birthDate: string): PatientRow => {
  const { patient, coverage } = exampleContent();
  return { id, patient: { ...patient, family, given: 'Ada', birthDate }, coverage, usedAt: '2026-11-23T09:00:00Z' };
};
const rows = [row('1', 'Testowska', '1971-04-03'), row('2', 'Beispiel-Müller', '1980-12-24')];
const today = '2026-11-26';
const offers = (
  typed: string | null,
  patients: Parameters<typeof offeredPatients>[0] = { kind: 'ready', value: rows },
) =>
  offeredPatients(patients, typed, today, 12).map((offer) =>
    offer.kind === 'new' ? `new ${offer.name}` : offer.row.id,
  );

describe('whom the patient’s field offers', () => {
  it('offers nobody while the patients are still being read, least of all somebody new: a known one would be recorded twice', () => {
    expect(offers('Testowska', { kind: 'waiting' })).toEqual([]);
  });

  it('offers those who were here before, and last somebody new under the name that was typed', () => {
    expect(offers(null)).toEqual(['1', '2']);
    expect(offers(' testow ')).toEqual(['1', 'new testow']);
    expect(offers('mueller')).toEqual(['2', 'new mueller']);
    expect(offers('3.4.71')).toEqual(['1', 'new 3.4.71']);
    expect(offers('   ')).toEqual(['1', '2']);
  });

  it('offers somebody new where the patients can’t be read', () => {
    expect(offers('Neu', { kind: 'failed', error: new Error('no') })).toEqual(['new Neu']);
  });

  it('takes surname and given name from what was typed', () => {
    expect(splitName('Müller,  Hans')).toEqual({ family: 'Müller', given: 'Hans' });
    expect(splitName('Hans Peter Müller')).toEqual({ family: 'Müller', given: 'Hans Peter' });
    expect(splitName('Müller')).toEqual({ family: 'Müller', given: '' });
  });
});
