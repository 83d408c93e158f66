import { describe, expect, it } from 'vitest';
import { noSettings } from '../../../../renderer/app/first-start/own-setup';
import { practiceFindings, practitionerFindings, setupErrors } from '../../../../renderer/app/settings/setup-findings';
import { checkCertificate } from '../../../../renderer/domain/check';
import type { PractitionerSetting } from '../../../../renderer/domain/settings';
import { emptyContent } from '../../../../renderer/outbox/issuing';
import type { Office } from '../../../../renderer/outbox/office';

const now = new Date('2026-11-24T08:00:00Z');
const office: Pick<Office, 'check' | 'emptyContent'> = {
  emptyContent: (settings) => emptyContent(settings, now),
  check: (content) => checkCertificate(content, { today: '2026-11-24', catalogue: null }),
};
const empty = noSettings('de');
const issuer = (part: Partial<PractitionerSetting>): PractitionerSetting => {
  const [first] = empty.practitioners;
  if (first === undefined) throw new Error('no practitioner');
  return { ...first, given: 'Jens', family: 'Weiß', qualification: 'Facharzt', lanr: '123456601', ...part };
};
const rules = (part: Partial<PractitionerSetting>) =>
  practitionerFindings(office, empty, issuer(part))
    .filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);

describe('what the settings put into every certificate', () => {
  it('an empty practice lacks name, number, phone, address and Prüfnummer; nothing is said about the patient', () => {
    const fields = practiceFindings(office, empty).map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining(['practice.name', 'practice.bsnr', 'practice.phone', 'practice.address.street']),
    );
    expect(fields.every((field) => field.startsWith('practice.') || field === 'softwareId')).toBe(true);
  });
  it('a complete doctor is in order', () => {
    expect(rules({})).toEqual([]);
  });
  it('type 01 needs a ZANR', () => {
    expect(rules({ type: '01', lanr: null })).toEqual(['eau-angabeIdentifikatorAusstellendePersonPflicht']);
    expect(rules({ type: '01', lanr: null, zanr: '123456601' })).toEqual([]);
  });
  it('type 03 may be without a number: the responsible person is chosen when issuing (P310-09)', () => {
    expect(rules({ type: '03', lanr: null })).toEqual([]);
  });
  it('an ASV group number stands in for the LANR, and never beside it', () => {
    expect(rules({ lanr: null, asvGroup: '555555012' })).toEqual([]);
    expect(rules({ asvGroup: '555555012' })).toEqual(['eau-angabeFachgruppennummerAsvAusstellendePersonVerbot']);
  });
  it('errors of every practitioner count, warnings do not', () => {
    const two = { ...empty, practitioners: [issuer({}), issuer({ id: 'b', lanr: '12' })] };
    expect(setupErrors(office, two).filter(({ field }) => field.startsWith('issuer.'))).toMatchObject([
      { rule: 'for-laengeLANR' },
    ]);
  });
});
