import { exampleContent } from '../../support/content';

const noAddress = {
  street: null,
  houseNumber: null,
  extra: null,
  poBox: null,
  postalCode: null,
  city: null,
  country: 'D',
};

/** A made-up content with hardly anything entered. */
export const sampleContent = exampleContent({
  certificate: { unfitUntil: null, diagnoses: [] },
  patient: { family: 'Muster', given: 'Zoë', birthDate: '1993-10-31', address: noAddress },
  coverage: { payerIk: '100000001', payerName: 'BKK Eins', insuredId: 'X234567891' },
  issuer: { family: 'Muster', given: 'Anna', title: null, lanr: '999999901', qualification: 'Fachärztin' },
  practice: { bsnr: '999999900', name: 'Praxis', phone: '030 0', address: noAddress },
});
