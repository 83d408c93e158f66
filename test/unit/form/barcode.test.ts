import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBarcodeDecoder } from '../../../build/form-fonts';
import { barcodeContent, barcodeModules, barcodeSize } from '../../../renderer/form/barcode';
import { barcodeBitmap, barcodeSays, type BarcodeDecoder } from '../../../renderer/form/barcode-check';
import { toIso885915 } from '../../../renderer/form/iso-8859-15';
import { anyContent, fullest, generatedRuns } from './certificates';
import { example } from './example';

const latin9 = new TextDecoder('iso-8859-15');
const fieldsOf = (bytes: Uint8Array): string[] => latin9.decode(bytes).split('\t');

describe('barcode content (KBV Blankoformularbedruckung)', () => {
  it('has the 28 fields of the table in its order', () => {
    expect(fieldsOf(barcodeContent(fullest))).toEqual([
      ...['01', 'a', '12', '20261231', '104212059', 'X234567890', '1', '00', '05', '345678901', '838382202'],
      ...['20220929', '1', '', '1', '1', '20220929', '20221009', '20220929', '1', '1', '1', '1'],
      ...[fullest.certificate.otherMeasures, '1', '1'],
      'S82.20 G R, S82.21 G R, S82.22 G R, S82.23 G R, S82.24 G R, S82.25 G R',
      fullest.certificate.diagnosisText,
    ]);
  });
  it('leaves 17 empty on follow-ups and sets 14', () => {
    const fields = fieldsOf(
      barcodeContent({ ...example, certificate: { ...example.certificate, kind: 'FOLGE', unfitSince: '2022-09-29' } }),
    );
    expect([fields[12], fields[13], fields[16], fields[25]]).toEqual(['', '1', '', '']);
  });
  it('puts the ASV team number in place of the BSNR, and another identifier where there is no BSNR', () => {
    const asv = { ...example, issuer: { ...example.issuer, lanr: null, asvTeam: '012347567' } };
    expect(fieldsOf(barcodeContent(asv)).slice(9, 11)).toEqual(['012347567', '']);
    const dentist = {
      ...example,
      issuer: { ...example.issuer, lanr: null, zanr: '123456' },
      practice: { ...example.practice, bsnr: null, kzv: '110012345' },
    };
    expect(fieldsOf(barcodeContent(dentist)).slice(9, 11)).toEqual(['110012345', '123456']);
  });
  it('names the issuer, never the responsible person', () => {
    const training = { ...example, issuer: { ...example.issuer, lanr: null }, responsible: example.issuer };
    expect(fieldsOf(barcodeContent(training))[10]).toBe('');
  });
  it('keeps 28 fields whatever blanks the texts contain', () => {
    const content = { ...example, certificate: { ...example.certificate, diagnosisText: 'a\tb\nc\u00a0d' } };
    expect(fieldsOf(barcodeContent(content))).toHaveLength(28);
    expect(fieldsOf(barcodeContent(content))[27]).toBe('a b c d');
  });
  it('takes a form with nothing in it', () => {
    const { certificate, coverage } = example;
    const empty = barcodeContent({
      ...example,
      certificate: {
        ...certificate,
        issuedOn: null,
        unfitSince: null,
        unfitUntil: null,
        assessedOn: null,
        diagnoses: [],
      },
      coverage: { ...coverage, payerIk: null, insuredId: null, status: null, specialGroup: null, dmp: null },
    });
    expect(fieldsOf(empty)).toHaveLength(28);
  });
});

describe('ISO 8859-15', () => {
  it('has every letter of the set, by the platform’s own table', () => {
    const printable = Array.from({ length: 256 }, (_, code) => code).filter(
      (code) => (code >= 32 && code < 127) || code > 160,
    );
    const text = latin9.decode(Uint8Array.from(printable));
    expect([...toIso885915(text)]).toEqual(printable.filter((code) => code !== 0xad));
  });
  it.each([
    ['Łukasz Żółć', 'Lukasz Zólc'],
    ['Öztürkoğlu İnanç ışık', 'Öztürkoglu Inanç isik'],
    ['Șerbănescu Țuță', 'Serbanescu Tuta'],
    ['Nguyễn Đức', 'Nguyen Duc'],
    ['Дмитрий Щукин', 'Dmitrij Shchukin'],
    ['GROẞ – „Fuß“ 5 €', 'GROSS - "Fuß" 5 €'],
    ['a\u0308', 'ä'],
    ['漢', '?'],
  ])('%s → %s', (text, expected) => {
    expect(latin9.decode(toIso885915(text))).toBe(expected);
  });
  it('never lets a control character through, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) =>
        toIso885915(text).every((byte) => (byte >= 32 && byte < 127) || byte >= 160),
      ),
    );
  });
});

describe('barcode symbol', () => {
  let decoder: BarcodeDecoder;
  beforeAll(async () => {
    decoder = await loadBarcodeDecoder();
  });

  it('has 7 data columns, so it is 48 mm wide, and the fullest one is at most 22 mm high', () => {
    const modules = barcodeModules(barcodeContent(fullest));
    expect(modules.columns).toBe(188);
    expect(barcodeSize(modules).width).toBeCloseTo(48.8, 1);
    expect(modules.rows).toBeGreaterThan(30);
    expect(barcodeSize(modules).height).toBeLessThan(22);
  });
  it('says byte for byte what was put in, read by a decoder of other hands', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        const bytes = barcodeContent(content);
        const modules = barcodeModules(bytes);
        for (const scale of [1, 3]) expect(await decoder(barcodeBitmap(modules, scale))).toEqual(bytes);
      }),
      { numRuns: Math.max(generatedRuns, 60) },
    );
  });
  it('is found out when it says something else', async () => {
    const bytes = barcodeContent(example);
    const other = barcodeModules(barcodeContent(fullest));
    expect(await barcodeSays(decoder, other, bytes)).toBe(false);
    const damaged = barcodeModules(bytes);
    expect(await barcodeSays(decoder, { ...damaged, bars: damaged.bars.slice(0, 60) }, bytes)).toBe(false);
    expect(await barcodeSays(decoder, damaged, bytes)).toBe(true);
  });
});
