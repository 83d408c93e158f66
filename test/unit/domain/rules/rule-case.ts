import type { CertificateContent } from '../../../../renderer/domain/certificate';
import type { RuleContext } from '../../../../renderer/domain/check';
import type { CatalogueEntry } from '../../../../renderer/domain/diagnosis-catalogue';
import { createCatalogue } from '../../../../renderer/master/diagnosis-catalogue';
import { sampleDay, sampleResponsible } from '../sample';

/** What the tables of the rules' tests are made of. */

export type Change = (content: CertificateContent) => void;

export interface RuleCase {
  readonly severity: 'error' | 'warning';
  /** Content the rule has nothing to say about, near the edge. */
  readonly passes: readonly Change[];
  /** Content the rule objects to, and beside which field. */
  readonly fails: readonly (readonly [field: string, change: Change])[];
}

export const entry = (code: string, more: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  code,
  title: `Diagnosis ${code}`,
  notation: 'primary',
  codable: true,
  occupied: true,
  sex: null,
  age: null,
  ...more,
});
export const catalogue = createCatalogue('2026', [
  entry('A00', { codable: false }),
  entry('J06.9'),
  entry('E10.20'),
  entry('N08.3', { notation: 'star' }),
  entry('U07.3', { occupied: false }),
  entry('C50.9', { sex: { value: 'female', strictness: 'may' } }),
  entry('N40', { sex: { value: 'male', strictness: 'must' } }),
  entry('F00.0', { age: { lowest: { unit: 'years', value: 30 }, highest: null, strictness: 'may' } }),
  entry('P59.9', {
    age: { lowest: { unit: 'days', value: 0 }, highest: { unit: 'years', value: 1 }, strictness: 'must' },
  }),
]);
export const context: RuleContext = { today: sampleDay, catalogue };

export const diagnosis =
  (code: string, more: Partial<CertificateContent['certificate']['diagnoses'][number]> = {}): Change =>
  (content) =>
    void (content.certificate.diagnoses = [{ code, certainty: 'G', side: null, catalogue: '2026', ...more }]);
export const both =
  (...changes: Change[]): Change =>
  (content) => {
    for (const change of changes) change(content);
  };
export const dentist: Change = (content) => {
  Object.assign(content.issuer, { type: '01', lanr: null, zanr: '123456628' });
};
export const training: Change = (content) => {
  Object.assign(content.issuer, { type: '03', lanr: null });
  content.responsible = { ...sampleResponsible };
};
export const specialist: Change = (content) => {
  content.coverage.legalBasis = '11';
  content.issuer.asvTeam = '012347567';
};
export const byGroup: Change = both(specialist, (content) => {
  Object.assign(content.issuer, { lanr: null, asvGroup: '555555472' });
});
export const otherPayer: Change = (content) => {
  Object.assign(content.coverage, { payerType: 'SKT', insuredId: null, kvkNumber: '700314' });
};
export const accidentInsurer: Change = (content) => {
  Object.assign(content.coverage, { payerType: 'BG', billingIk: '120890445' });
  content.certificate.workAccident = true;
};
export const paysAlone: Change = (content) => {
  Object.assign(content.coverage, {
    payerType: 'SEL',
    payerIk: null,
    payerName: null,
    insuredId: null,
    status: null,
    specialGroup: null,
    dmp: null,
    wop: null,
    legalBasis: null,
  });
};
export const unchanged: Change = () => undefined;

/** A text rule: allowed up to its length, counted in UTF-16 code units as FHIR validators do. */
export const upTo = (
  max: number,
  field: string,
  set: (content: CertificateContent, text: string) => void,
): RuleCase => ({
  severity: 'error',
  passes: [(content) => set(content, 'x'.repeat(max))],
  fails: [
    [field, (content) => set(content, 'x'.repeat(max + 1))],
    [field, (content) => set(content, `${'x'.repeat(max - 1)}😀`)],
  ],
});
/** A number of so many digits. */
export const digits = (field: string, set: (content: CertificateContent, text: string) => void): RuleCase => ({
  severity: 'error',
  passes: [(content) => set(content, '123456789')],
  fails: ['12345678', '1234567890', '12345678a', '0312 4567', '１２３４５６７８９'].map((text) => [
    field,
    (content: CertificateContent) => set(content, text),
  ]),
});
/** A whole day that exists, as FHIR writes it. */
export const dayOf = (field: string, set: (content: CertificateContent, day: string) => void): RuleCase => ({
  severity: 'error',
  passes: ['2026-11-23', '2028-02-29'].map((day) => (content) => set(content, day)),
  fails: ['2026-02-29', '30.11.2026', '2026-11-23T00:00:00Z', '2026-11', '0000-01-01', '2026-1-5', 'gestern'].map(
    (day) => [field, (content: CertificateContent) => set(content, day)],
  ),
});
export const required = (field: string, set: (content: CertificateContent, text: string) => void): RuleCase => ({
  severity: 'error',
  passes: [unchanged],
  fails: ['', '  ', '\u00a0'].map((text) => [field, (content: CertificateContent) => set(content, text)]),
});

export const emptyAddress = {
  street: null,
  houseNumber: null,
  extra: null,
  poBox: null,
  postalCode: null,
  city: null,
  country: null,
} as const;

export function repeated(count: number): Change {
  return (content) =>
    void (content.certificate.diagnoses = Array.from({ length: count }, () => ({
      code: 'J06.9',
      certainty: 'G',
      side: null,
      catalogue: '2026',
    })));
}
