import { describe, expect, it } from 'vitest';
import { doctorNumber, institutionNumber, insuredId } from '../../../electron/rehearsal/check-digits';
import { diagnoses } from '../../../electron/rehearsal/diagnoses';
import { patients, payers, practitioner } from '../../../electron/rehearsal/people';

describe('check digits', () => {
  it('give the published examples', () => {
    expect(insuredId('A', '12345678')).toBe('A123456780');
    expect(doctorNumber('123456', '01')).toBe('123456601');
    expect(institutionNumber('10402754')).toBe('104027544');
    expect(institutionNumber('10421205')).toBe('104212059');
  });
});

describe('the made-up people', () => {
  it('are ten, each with an id of their own at one of the world’s insurers', () => {
    expect(patients).toHaveLength(10);
    expect(new Set(patients.map((patient) => patient.insuredId)).size).toBe(10);
    for (const patient of patients) {
      expect(patient.insuredId).toMatch(/^[A-Z][0-9]{9}$/);
      expect(insuredId(patient.insuredId.slice(0, 1), patient.insuredId.slice(1, 9))).toBe(patient.insuredId);
      expect(payers.map((payer) => payer.ik)).toContain(patient.payerIk);
    }
  });

  it('have names and addresses that fit the document (eau.md section 2)', () => {
    for (const patient of patients) {
      expect(patient.family.length).toBeLessThanOrEqual(45);
      expect(patient.given.length).toBeLessThanOrEqual(45);
      expect((patient.title ?? 'x').length).toBeLessThanOrEqual(20);
      expect(patient.street.length).toBeLessThanOrEqual(46);
    }
  });

  it('include a practitioner whose LANR checks', () => {
    expect(doctorNumber(practitioner.lanr.slice(0, 6), practitioner.lanr.slice(7))).toBe(practitioner.lanr);
  });
});

describe('the insurers', () => {
  it('are three at two providers, one of them BITMARCK, with IKs that check', () => {
    expect(payers).toHaveLength(3);
    const providers = new Set(payers.map((payer) => payer.provider));
    expect(providers.size).toBe(2);
    expect([...providers].some((provider) => provider.startsWith('BITMARCK'))).toBe(true);
    for (const payer of payers) expect(institutionNumber(payer.ik.slice(0, 8))).toBe(payer.ik);
  });
});

describe('the diagnoses', () => {
  it('are a small set of well-formed codes, each once', () => {
    const codes = diagnoses.map((diagnosis) => diagnosis.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[A-Z]\d\d(\.\d{1,2})?$/);
    expect(codes).toEqual(
      expect.arrayContaining(['J06.9', 'A09.9', 'M54.5', 'F32.1', 'S82.28', 'E10.20', 'N08.3', 'S42.3']),
    );
  });
});
