import fc from 'fast-check';
import type { Address, CertificateContent, Diagnosis, Practitioner } from '../../../renderer/domain/certificate';
import { sampleContent, sampleResponsible } from '../domain/sample';

/**
 * Certificates from the rules' edges: every combination of kind, payer, issuer, practice number and address, mostly consistent, with a few
 * fields set to what is just allowed or just not.
 */

/** One of the good values, one time in eight one of the bad. */
const mostly = <const T>(good: readonly T[], bad: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 7, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: fc.constantFrom(...bad) });

const letters = fc.constantFrom(
  'a',
  'ß',
  'ẞ',
  'Ç',
  'ễ',
  'Ж',
  '李',
  '😀',
  "'",
  '&',
  '<',
  '>',
  '"',
  '-',
  '\u00a0',
  '\u0301',
  ']]>',
  '{{x}}',
);
const words = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => `N${parts.join('')}`);
const odd = fc.constantFrom('', ' ', '\u00a0', 'a\tb', 'a\nb', '\u0000', '\ud800', '\ufffe', ' a ', 'N/A', '0', '-');
const textUpTo = (max: number) =>
  fc.oneof(
    words,
    odd,
    fc.constantFrom(
      'x'.repeat(max),
      'x'.repeat(max + 1),
      'ä'.repeat(max),
      `${'x'.repeat(max - 1)}😀`,
      '😀'.repeat(max),
    ),
    fc.string({ unit: 'binary', maxLength: max }),
    fc.string({ unit: 'grapheme', maxLength: max }),
  );
const number9 = fc.constantFrom('123456789', '000000000', '12345678', '1234567890', '12345678a', '１２３４５６７８９');
const dates = fc.constantFrom('2026-11-22', '2026-12-24', '2026-12-25', '2026-02-30', '2026-1-1', 'gestern', '');

const address = fc.constantFrom<Partial<Address>>(
  {},
  { houseNumber: null },
  { street: null },
  { extra: 'Hinterhaus' },
  { street: null, houseNumber: null },
  { street: null, houseNumber: null, extra: 'c/o Meier' },
  { street: null, houseNumber: null, poBox: '124589' },
  { poBox: '124589' },
  { street: null, houseNumber: null, poBox: '124589', extra: 'oben' },
  { country: 'A', postalCode: null },
  { country: 'GB', postalCode: 'SW1A 2AA', city: 'London' },
  { country: null },
  { country: null, postalCode: null },
  { postalCode: null },
  { city: null },
  { houseNumber: 'N/A' },
  { houseNumber: '1 / 2 a' },
);

const diagnoses = fc.array(
  fc.record<Diagnosis>({
    code: fc.constantFrom(
      'J06.9',
      'E10.20',
      'N08.3',
      'S42.3',
      'O26.83',
      'N08.3*',
      'E10.20+',
      'U07.1!',
      'A00.-',
      'j06.9',
    ),
    certainty: fc.constantFrom('G', 'V', 'Z', 'A', null),
    side: fc.constantFrom('R', 'L', 'B', null),
    catalogue: fc.constantFrom('2026', '2026', '2026', '2022', ''),
  }),
  { minLength: 0, maxLength: 7 },
);

const issuer = fc.record({
  type: fc.constantFrom('00', '01', '03', '04'),
  withNumber: fc.boolean(),
  withGroup: fc.boolean(),
  specialist: fc.boolean(),
  withTelematikId: fc.boolean(),
  responsibleType: mostly(['00', '01', '04', null], ['03']),
});

const practiceNumber = fc.constantFrom('bsnr', 'ik', 'kzv', 'site');

const coverage = fc.record({
  payerType: fc.constantFrom('GKV', 'BG', 'SKT', 'UK', 'PKV', 'SEL'),
  insuredId: fc.constantFrom('K220635158', 'X234567890', null),
  kvkNumber: mostly(['700314', '123456789012', null], ['12345']),
  billingIk: fc.constantFrom('120890445', null),
  status: fc.constantFrom('1', '3', '5'),
  specialGroup: fc.constantFrom('00', '04', '06', '07', '08', '09'),
  dmp: mostly(['00', '12', '58'], ['13', null]),
  wop: mostly(['00', '98', null], ['99']),
  ends: fc.constantFrom('2026-12-31', null, null),
  legalBasis: fc.constantFrom('00', '04', '10', '14'),
});

type Change = (content: CertificateContent) => void;

const changes: fc.Arbitrary<Change> = fc.oneof(
  textUpTo(45).map(
    (text): Change =>
      (content) =>
        void (content.patient.family = text),
  ),
  textUpTo(45).map(
    (text): Change =>
      (content) =>
        void (content.patient.given = text),
  ),
  textUpTo(20).map(
    (text): Change =>
      (content) =>
        void (content.patient.title = text),
  ),
  textUpTo(20).map(
    (text): Change =>
      (content) =>
        void (content.patient.affix = text),
  ),
  textUpTo(20).map(
    (text): Change =>
      (content) =>
        void (content.patient.prefix = text),
  ),
  textUpTo(46).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.street = text),
  ),
  textUpTo(9).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.houseNumber = text),
  ),
  textUpTo(40).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.extra = text),
  ),
  textUpTo(8).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.poBox = text),
  ),
  textUpTo(10).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.postalCode = text),
  ),
  textUpTo(40).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.city = text),
  ),
  textUpTo(3).map(
    (text): Change =>
      (content) =>
        void (content.patient.address.country = text),
  ),
  textUpTo(45).map(
    (text): Change =>
      (content) =>
        void (content.coverage.payerName = text),
  ),
  textUpTo(70).map(
    (text): Change =>
      (content) =>
        void (content.certificate.diagnosisText = text),
  ),
  textUpTo(70).map(
    (text): Change =>
      (content) =>
        void (content.certificate.otherMeasures = text),
  ),
  textUpTo(45).map(
    (text): Change =>
      (content) =>
        void (content.issuer.family = text),
  ),
  textUpTo(100).map(
    (text): Change =>
      (content) =>
        void (content.issuer.title = text),
  ),
  textUpTo(100).map(
    (text): Change =>
      (content) =>
        void (content.issuer.qualification = text),
  ),
  textUpTo(128).map(
    (text): Change =>
      (content) =>
        void (content.issuer.telematikId = text),
  ),
  textUpTo(60).map(
    (text): Change =>
      (content) =>
        void (content.practice.name = text),
  ),
  textUpTo(30).map(
    (text): Change =>
      (content) =>
        void (content.practice.phone = text),
  ),
  textUpTo(30).map(
    (text): Change =>
      (content) =>
        void (content.practice.fax = text),
  ),
  textUpTo(256).map(
    (text): Change =>
      (content) =>
        void (content.practice.email = text),
  ),
  textUpTo(46).map(
    (text): Change =>
      (content) =>
        void (content.practice.address.street = text),
  ),
  textUpTo(9).map(
    (text): Change =>
      (content) =>
        void (content.practice.address.houseNumber = text),
  ),
  textUpTo(40).map(
    (text): Change =>
      (content) =>
        void (content.practice.address.extra = text),
  ),
  textUpTo(3).map(
    (text): Change =>
      (content) =>
        void (content.practice.address.country = text),
  ),
  textUpTo(17).map(
    (text): Change =>
      (content) =>
        void (content.softwareId = text),
  ),
  number9.map(
    (number): Change =>
      (content) =>
        void (content.coverage.payerIk = number),
  ),
  number9.map(
    (number): Change =>
      (content) =>
        void (content.issuer.lanr = number),
  ),
  number9.map(
    (number): Change =>
      (content) =>
        void (content.practice.bsnr = number),
  ),
  number9.map(
    (number): Change =>
      (content) =>
        void (content.issuer.asvTeam = number),
  ),
  dates.map(
    (day): Change =>
      (content) =>
        void (content.certificate.issuedOn = day),
  ),
  dates.map(
    (day): Change =>
      (content) =>
        void (content.certificate.unfitSince = day),
  ),
  dates.map(
    (day): Change =>
      (content) =>
        void (content.certificate.unfitUntil = day),
  ),
  dates.map(
    (day): Change =>
      (content) =>
        void (content.certificate.assessedOn = day),
  ),
  fc
    .constantFrom(
      '2026',
      '2026-11',
      '2026-11-23',
      '2026-11-24',
      '2026-12',
      '2027',
      '1900',
      '0000',
      '1970-02-30',
      '',
      '19700101',
    )
    .map(
      (birthDate): Change =>
        (content) =>
          void (content.patient.birthDate = birthDate),
    ),
);

/** Certificate content of any kind; about half of it may be issued. */
export const arbitraryContent: fc.Arbitrary<CertificateContent> = fc
  .record({
    kind: fc.constantFrom('ERST', 'FOLGE', 'ERST_END', 'FOLGE_END'),
    flags: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    patientAddress: address,
    practiceAddress: mostly<Partial<Address>>(
      [{}, { extra: 'Erdgeschoss' }, { houseNumber: 'N/A' }, { country: null }],
      [{ city: null }, { street: null }],
    ),
    diagnoses,
    oddDiagnoses: mostly([false], [true]),
    issuer,
    practiceNumber,
    practiceTelematikId: fc.boolean(),
    coverage,
    affix: fc.constantFrom('Gräfin', 'von', null, null),
    prefix: fc.constantFrom('von der', 'Freiherr', null, null),
    changes: fc.oneof(
      { weight: 1, arbitrary: fc.constant<Change[]>([]) },
      { weight: 2, arbitrary: fc.array(changes, { minLength: 1, maxLength: 2 }) },
    ),
  })
  .map((drawn) => {
    const content = sampleContent();
    const { certificate, patient, practice } = content;
    certificate.kind = drawn.kind;
    if (drawn.kind.startsWith('FOLGE')) certificate.unfitSince = null;
    const [
      work = false,
      other = false,
      compensation = false,
      doctor = false,
      week = false,
      rehab = false,
      back = false,
    ] = drawn.flags;
    Object.assign(certificate, {
      workAccident: work,
      otherAccident: other,
      compensation,
      accidentDoctor: doctor,
      seventhWeek: week,
      rehab,
      reintegration: back,
    });
    if (drawn.diagnoses.length > 0)
      certificate.diagnoses = drawn.oddDiagnoses
        ? drawn.diagnoses
        : drawn.diagnoses.slice(0, 6).map((diagnosis) => ({ ...diagnosis, code: 'S42.3', catalogue: '2026' }));
    Object.assign(patient.address, drawn.patientAddress);
    Object.assign(patient, { affix: drawn.affix, prefix: drawn.prefix });
    Object.assign(practice.address, drawn.practiceAddress);
    practice.bsnr = null;
    practice[drawn.practiceNumber] = '721111100';
    practice.telematikId = drawn.practiceTelematikId ? '1-20123456789' : null;
    Object.assign(content.coverage, drawn.coverage);
    if (drawn.coverage.payerType === 'GKV') content.coverage.insuredId ??= 'K220635158';
    if (drawn.coverage.payerType !== 'SKT') content.coverage.kvkNumber = null;
    if (drawn.coverage.payerType !== 'BG' && drawn.coverage.payerType !== 'UK') content.coverage.billingIk = null;
    if (drawn.coverage.payerType === 'SEL')
      Object.assign(content.coverage, { payerIk: null, payerName: null, dmp: null });
    if (drawn.issuer.specialist) content.coverage.legalBasis = '01';
    content.issuer = issuerOf(drawn.issuer, content.issuer);
    content.responsible = responsibleOf(drawn.issuer);
    for (const change of drawn.changes) change(content);
    return content;
  });

type DrawnIssuer = typeof issuer extends fc.Arbitrary<infer T> ? T : never;

function issuerOf(drawn: DrawnIssuer, plain: Practitioner): Practitioner {
  const dentist = drawn.type === '01';
  const byGroup = drawn.specialist && drawn.withGroup && (drawn.type === '00' || drawn.type === '04');
  const numbered = !byGroup && (drawn.withNumber || drawn.type !== '03');
  return {
    ...plain,
    type: drawn.type,
    lanr: numbered && !dentist ? '838382202' : null,
    zanr: numbered && dentist ? '123456628' : null,
    asvGroup: byGroup ? '555555472' : null,
    asvTeam: drawn.specialist ? '012347567' : null,
    telematikId: numbered && drawn.withTelematikId ? '1-10123456789' : null,
  };
}

function responsibleOf(drawn: DrawnIssuer): Practitioner | null {
  const needed = drawn.type === '03' && !drawn.withNumber;
  const type = drawn.responsibleType ?? (needed ? '00' : null);
  if (type === null || drawn.type === '00' || drawn.type === '01') return null;
  const dentist = type === '01';
  return {
    ...sampleResponsible,
    type,
    lanr: dentist ? null : '838382202',
    zanr: dentist ? '123456628' : null,
  };
}
