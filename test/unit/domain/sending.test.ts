import { describe, expect, it } from 'vitest';
import type { CertificateContent } from '../../../renderer/domain/certificate';
import { mayCancel } from '../../../renderer/domain/cancellation-rules';
import { toIssuable } from '../../../renderer/domain/issuable';
import { fullFamilyName, fullName } from '../../../renderer/domain/person-name';
import { isOtherPayer, sendingOf } from '../../../renderer/domain/sending';
import { createTexts } from '../../../renderer/texts';
import { de } from '../../../renderer/texts/de';
import { sampleContent, sampleDay } from './sample';

describe('sendingOf (section 4)', () => {
  const cases: readonly (readonly [string | null, Partial<CertificateContent['coverage']>])[] = [
    [null, {}],
    [null, { payerType: 'SKT' }],
    [null, { payerType: 'BG' }],
    [null, { payerType: 'UK', insuredId: null }],
    [null, { specialGroup: '08' }],
    ['private-insurance', { payerType: 'PKV' }],
    ['pays-alone', { payerType: 'SEL' }],
    ['insured-abroad', { insuredAbroad: true }],
    ['special-group-07', { specialGroup: '07' }],
    ['skt-without-insured-id', { payerType: 'SKT', insuredId: null, kvkNumber: '700314' }],
    ['skt-without-insured-id', { payerType: 'SKT', insuredId: ' ' }],
    ['bg-without-proof', { payerType: 'BG', insuredId: null }],
  ];
  it.each(cases)('%s: %o', (rule, coverage) => {
    const sending = sendingOf(sampleContent((content) => void Object.assign(content.coverage, coverage)));
    expect(sending).toEqual(rule === null ? { kind: 'sendable' } : { kind: 'paper-only', rule });
  });
  it('every reason that has a text is given, and in words', () => {
    // The practice's own policy is no rule of KBV's: it is given where paper is noted.
    const given = new Set([...cases.flatMap(([rule]) => rule ?? []), 'practice-policy']);
    expect(given).toEqual(new Set(Object.keys(de.paperOnly)));
    expect(createTexts('en')('paperOnly.insured-abroad')).toContain('abroad');
  });
  it('knows other payers by digits 3 to 5 of the VKNR', () => {
    expect(['74799', '74800', '27999', '8', 'abcde'].map(isOtherPayer)).toEqual([false, true, true, false, false]);
  });
});

describe('toIssuable', () => {
  const context = { today: sampleDay, catalogue: null };
  it('empties become null, codes lose their marks, the rest stays exact', () => {
    const issuing = toIssuable(
      sampleContent((content) => {
        content.certificate.otherMeasures = '  ';
        content.patient.title = '';
        content.patient.given = 'Eva\u00a0 Maria ';
        content.certificate.diagnoses.push({ code: 'N08.3*', certainty: 'G', side: null, catalogue: '2026' });
      }),
      context,
    );
    if (issuing.kind !== 'issuable') throw new Error(JSON.stringify(issuing.findings));
    expect(issuing.certificate.certificate).toMatchObject({ otherMeasures: null, diagnoses: [{}, { code: 'N08.3' }] });
    expect(issuing.certificate.patient).toMatchObject({ title: null, given: 'Eva\u00a0 Maria ' });
  });
  it('lets warnings pass and names them', () => {
    const issuing = toIssuable(
      sampleContent((content) => void (content.coverage.insuredId = 'X234567890')),
      context,
    );
    expect(issuing).toMatchObject({ kind: 'issuable', warnings: [{ rule: 'insured-id-check-digit' }] });
  });
  it('is refused by a single error, and tells the warnings too', () => {
    const issuing = toIssuable(
      sampleContent((content) => {
        content.coverage.insuredId = 'X234567890';
        content.patient.family = '';
      }),
      context,
    );
    expect(issuing).toMatchObject({
      kind: 'refused',
      findings: [{ rule: 'family-required' }, { rule: 'insured-id-check-digit' }],
    });
  });
});

describe('names', () => {
  const name = { family: 'Königsstein', given: 'Eva', title: 'Dr. med.', affix: null, prefix: null };
  it.each([
    [null, null, 'Königsstein'],
    ['Gräfin', null, 'Gräfin Königsstein'],
    [null, 'von und zu', 'von und zu Königsstein'],
    ['Gräfin', 'von', 'Gräfin von Königsstein'],
    // As in KBV's own instances: each in the other's field.
    ['von', 'Graf Freiherr', 'Graf Freiherr von Königsstein'],
    ['', 'von', 'von Königsstein'],
  ])('affix %s, prefix %s: %s', (affix, prefix, expected) => {
    expect(fullFamilyName({ ...name, affix, prefix })).toBe(expected);
  });
  it('in full', () => {
    expect(fullName({ ...name, affix: 'Gräfin', prefix: 'von' })).toBe('Dr. med. Eva Gräfin von Königsstein');
  });
});

describe('mayCancel (P310-10 to P310-12, P6-04)', () => {
  const sent = {
    sentAt: '2026-11-23T09:00:00Z',
    isPaperOnly: false,
    hasInsurerError: false,
    isCancelled: false,
    isCancellationRejected: false,
    now: new Date('2026-11-24T09:00:00Z'),
    state: 'BY',
  } as const;
  it('a sent certificate without an error may be cancelled', () => {
    expect(mayCancel(sent)).toEqual({ kind: 'allowed', last: '2027-05-19' });
  });
  it.each([
    ['not-sent', { sentAt: null }],
    ['paper-only', { isPaperOnly: true, sentAt: null }],
    ['insurer-error', { hasInsurerError: true }],
    ['already-cancelled', { isCancelled: true }],
    ['cancellation-rejected', { isCancellationRejected: true }],
  ])('not: %s', (rule, change) => {
    expect(mayCancel({ ...sent, ...change })).toEqual({ kind: 'refused', rule, last: null });
    for (const language of ['de', 'en'] as const)
      expect(createTexts(language)(`cancellationRules.${rule}`)).not.toContain('cancellationRules');
  });
  it('120 working days: Saturday is none; the last second counts, the next does not', () => {
    expect(mayCancel({ ...sent, now: new Date('2027-05-19T21:59:59Z') }).kind).toBe('allowed');
    expect(mayCancel({ ...sent, now: new Date('2027-05-19T22:00:00Z') })).toEqual({
      kind: 'refused',
      rule: 'too-late',
      last: '2027-05-19',
    });
  });
});
