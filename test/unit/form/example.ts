import type { CertificateContent } from '../../../renderer/domain/certificate';
import { exampleContent } from '../../support/content';

const plain = exampleContent({
  certificate: {
    kind: 'ERST_END',
    issuedOn: '2022-09-29',
    unfitSince: '2022-09-29',
    unfitUntil: '2022-10-09',
    assessedOn: '2022-09-29',
    diagnoses: [
      { code: 'E10.20', certainty: 'G', side: null, catalogue: '2022' },
      { code: 'N08.3', certainty: 'G', side: null, catalogue: '2022' },
      { code: 'S42.3', certainty: 'G', side: 'L', catalogue: '2022' },
      { code: 'S82.28', certainty: 'G', side: 'R', catalogue: '2022' },
    ],
  },
  patient: { family: 'Königsstein', given: 'Ludger', birthDate: '1935-06-22' },
  coverage: {
    payerIk: '104212059',
    payerName: 'AOK Rheinland/Hamburg',
    insuredId: 'X234567890',
    wop: '03',
    legalBasis: '01',
  },
  issuer: { family: 'Topp-Glücklich', given: 'Hans' },
});

/** The content of the official pictures: the KBV's own example `EEAU0_c038e978-…`. */
export const example: CertificateContent = {
  ...plain,
  practice: {
    ...plain.practice,
    name: 'Hausarztpraxis Dr. Topp-Glücklich',
    address: { ...plain.practice.address, houseNumber: '2' },
  },
  softwareId: 'KBV-Pruefnummer',
};

export const exampleDocumentId = 'c038e978-a9f4-4656-b889-737b5c444cc9';
