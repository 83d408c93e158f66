import { describe, expect, it } from 'vitest';
import { checkCertificate } from '../../../../renderer/domain/check';
import { createTexts, languages } from '../../../../renderer/texts';
import { de } from '../../../../renderer/texts/de';
import { sampleContent } from '../sample';
import { ruleCases } from './all-cases';
import { context, emptyAddress } from './rule-case';

it('the plain certificate is allowed without a word', () => {
  expect(checkCertificate(sampleContent(), context)).toEqual([]);
});

describe.each(Object.entries(ruleCases))('%s', (rule, { severity, passes, fails }) => {
  it('lets pass what it should', () => {
    for (const change of passes) {
      const found = checkCertificate(sampleContent(change), context).filter((finding) => finding.rule === rule);
      expect(found).toEqual([]);
    }
    expect(passes.length).toBeGreaterThan(0);
  });

  it('objects to what it should, beside the field, in words of both languages', () => {
    for (const [field, change] of fails) {
      const found = checkCertificate(sampleContent(change), context).filter((finding) => finding.rule === rule);
      expect(found).toMatchObject([{ severity, field }]);
      for (const language of languages) {
        const text = createTexts(language)(`rules.${rule}`, { ...found[0]?.values });
        expect(text).not.toBe(`rules.${rule}`);
        expect(text).not.toMatch(/\{\{|undefined/);
      }
    }
    expect(fails.length).toBeGreaterThan(0);
  });
});

it('no text has a separator of keys in its key', () => {
  for (const key of Object.keys(de.rules)) expect(key).not.toMatch(/[.:]/);
});

it('never throws, whatever a field holds', () => {
  const emptied = sampleContent((content) => {
    Object.assign(content.certificate, { issuedOn: null, unfitSince: null, unfitUntil: null, assessedOn: null });
    Object.assign(content.patient, { family: '', given: '', birthDate: '' });
    content.patient.address = { ...emptyAddress };
    content.practice.address = { ...emptyAddress };
    Object.assign(content.coverage, { payerIk: '', payerName: '', insuredId: '', status: null, legalBasis: null });
    content.certificate.diagnoses = [{ code: '', certainty: null, side: null, catalogue: '' }];
  });
  expect(checkCertificate(emptied, context).length).toBeGreaterThan(15);
});
