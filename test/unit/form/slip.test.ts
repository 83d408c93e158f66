import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBarcodes } from 'zxing-wasm/reader';
import { loadBarcodeDecoder, loadFormFonts } from '../../../build/form-fonts';
import type { CertificateContent, SlipCopy } from '../../../renderer/domain/certificate';
import { barcodeContent } from '../../../renderer/form/barcode';
import type { BarcodeDecoder } from '../../../renderer/form/barcode-check';
import type { FormFonts } from '../../../renderer/form/fonts';
import type { Paper } from '../../../renderer/form/pdf-file';
import { drawSlips } from '../../../renderer/form/slip';
import type { SlipRequest } from '../../../renderer/form/slip-request';
import { anyContent, fullest, generatedRuns, hasReference, reference, referenceCases } from './certificates';
import { example, exampleDocumentId } from './example';
import { hasPoppler, pdfPicture, pdfPictures, pdfText, pdfWords, rgba, type GreyPicture } from './poppler';
import { finest, scanned } from './scan';

const copies: readonly SlipCopy[] = ['KK', 'AG', 'V'];
let fonts: FormFonts;
let decoder: BarcodeDecoder;
beforeAll(async () => {
  fonts = await loadFormFonts();
  decoder = await loadBarcodeDecoder();
});

const slip = (content: CertificateContent, copy: SlipCopy, more: Partial<SlipRequest> = {}): SlipRequest => ({
  content,
  copy,
  documentId: exampleDocumentId,
  test: false,
  fill: 'full',
  ...more,
});

async function drawn(requests: readonly SlipRequest[], paper: Paper = 'A5'): Promise<Uint8Array> {
  const result = await drawSlips(requests, { paper, fonts, decoder });
  if (result.kind !== 'drawn') throw new Error(JSON.stringify(result));
  expect(result.pages).toBe(requests.length);
  return result.pdf;
}

const withName = (family: string): CertificateContent => ({ ...example, patient: { ...example.patient, family } });
const letters = (text: string): string => text.replace(/[\s☐☒]/g, '');

describe.skipIf(!hasPoppler)('slip, as other programs read it', () => {
  it.skipIf(!hasReference).each(copies)('%s: every word stands where the official picture has it', async (copy) => {
    const ours = pdfWords(await drawn([slip(example, copy)]));
    const official = pdfWords(reference(`form-${copy}-a5.pdf`)).filter(
      ({ word, top }) => !(copy === 'KK' && top > 31 && top < 33 && /PDF417|\(c=7|s=4|x=0|mm\)/.test(word)),
    );
    const unmatched = [...ours];
    const strays: string[] = [];
    for (const box of official) {
      const index = unmatched.findIndex(
        ({ word, left, top, right }) =>
          word === box.word &&
          Math.abs(left - box.left) < 2.3 &&
          Math.abs(right - box.right) < 2.9 &&
          Math.abs(top - box.top) < 1,
      );
      if (index === -1) strays.push(`${box.word} ${box.left.toFixed(1)}/${box.top.toFixed(1)}`);
      else unmatched.splice(index, 1);
    }
    expect(strays).toEqual([]);
    expect(unmatched).toEqual([]);
  });

  it('P6-02: the AG copy shows no diagnosis, no status and no BSNR, and no barcode', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (made) => {
        const content = {
          ...made,
          certificate: { ...made.certificate, diagnosisText: 'Geheimbefund', diagnoses: example.certificate.diagnoses },
          coverage: { ...made.coverage, specialGroup: '09', dmp: '07' },
        };
        const pdf = await drawn([slip(content, 'AG')]);
        const text = pdfText(pdf);
        for (const secret of ['345678901', 'E10.20', 'S82.28', 'Geheimbefund', '09 07', 'ICD', 'Krankengeldfall'])
          expect(text).not.toContain(secret);
      }),
      { numRuns: generatedRuns },
    );
    expect(await readBarcodes(rgba(pdfPicture(await drawn([slip(example, 'AG')]), 150)))).toEqual([]);
    expect(await readBarcodes(rgba(pdfPicture(await drawn([slip(example, 'V')]), 150)))).toEqual([]);
  });

  it('cuts no text, however long: all of it can be read out of the file', async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        const text = letters(pdfText(await drawn([slip(content, 'KK')])));
        const { patient, certificate, coverage, practice, issuer } = content;
        for (const part of [
          patient.family,
          patient.given,
          patient.title,
          patient.affix,
          patient.prefix,
          patient.address.street,
          patient.address.extra,
          patient.address.city,
          coverage.payerName,
          certificate.diagnosisText,
          certificate.otherMeasures,
          practice.name,
          issuer.qualification,
          issuer.title,
        ])
          if (part !== null) expect(text).toContain(letters(part));
      }),
      { numRuns: generatedRuns },
    );
  });

  it.each([
    ['one word', (length: number) => 'W'.repeat(length)],
    ['many words', (length: number) => `${'Abcdefghi '.repeat(12).slice(0, length - 1)}z`],
  ])(
    'every text of patient, insurer and certificate at its longest, as %s, stands on every copy uncut',
    async (_kind, of) => {
      const patient = {
        ...example.patient,
        ...{ family: of(45), given: of(45), title: of(20), affix: of(20), prefix: of(20) },
        address: {
          ...{ street: of(46), houseNumber: of(9), extra: of(40), poBox: of(8), postalCode: of(10), city: of(40) },
          country: 'AUT',
        },
      };
      const content = {
        ...fullest,
        patient,
        coverage: { ...fullest.coverage, payerName: of(45), ends: '2026-12-31' },
      };
      for (const copy of copies) {
        const text = letters(pdfText(await drawn([slip(content, copy)])));
        const { address, ...person } = patient;
        const { certificate } = content;
        const lower = copy === 'AG' ? [] : [certificate.diagnosisText, certificate.otherMeasures];
        const codes = copy === 'AG' ? [] : certificate.diagnoses.map(({ code }) => code);
        for (const part of [
          ...Object.values(person),
          ...Object.values(address),
          content.coverage.payerName,
          ...lower,
          ...codes,
        ])
          if (typeof part === 'string' && part !== person.birthDate) expect(text).toContain(letters(part));
      }
    },
  );

  it('every text of the stamp at its longest, with a responsible person, stands on every copy uncut', async () => {
    const of = (length: number) => `${'Abcdefghi '.repeat(12).slice(0, length - 1)}z`;
    const named = { family: of(45), given: of(45), title: of(100), affix: of(20), prefix: of(20) };
    const person = { ...example.issuer, ...named, qualification: of(99) };
    const { practice } = example;
    const address = { ...practice.address, street: of(46), houseNumber: '123456789', extra: of(40), city: of(40) };
    const content = {
      ...example,
      practice: { ...practice, name: of(60), phone: of(30), address },
      issuer: person,
      responsible: person,
    };
    for (const copy of copies) {
      const text = letters(pdfText(await drawn([slip(content, copy)])));
      for (const part of [
        content.practice.name,
        content.practice.phone,
        address.extra,
        person.qualification,
        person.title,
      ])
        expect(text).toContain(letters(part));
      expect(text.split(letters(person.title))).toHaveLength(3);
    }
  });

  it.each([
    'Groẞe Straße äöüÄÖÜß',
    'Łukasz Żółć Gęślą jaźń',
    'Öztürkoğlu İnanç ışık Şahin',
    'Șerbănescu Țuță Brâncuși',
    'Nguyễn Đức Thắng Ơ Ư ợ',
    'Дмитрий Щукин Їжак Ґалаґан',
    'Ælfþryð Ŵyn Ĳssel Ķēniņš ə',
    'Ωνάσης Ἀριστοτέλης',
  ])('sets «%s», to be copied as it is', async (name) => {
    expect(letters(pdfText(await drawn([slip(withName(name), 'V')])))).toContain(letters(name));
  });

  it('sets a letter with a mark that has no composed form', async () => {
    // Poppler sees a blank beside a mark's own pen movement: blanks don't count.
    expect(letters(pdfText(await drawn([slip(withName('Am̈bros C̀ora'), 'V')])))).toContain('Am̈brosC̀ora');
  });

  it.each<[Paper, SlipCopy]>([
    ['A5', 'KK'],
    ['A5', 'V'],
    ['A4', 'KK'],
    ['A4', 'AG'],
  ])('%s %s: nothing stands within 5 mm of the paper’s edge', async (paper, copy) => {
    const picture = pdfPicture(await drawn([slip(fullest, copy, { test: true })], paper), 100);
    const margin = Math.floor((5 / 25.4) * 100);
    expect(inkOutside(picture, margin)).toBe(0);
    expect(inkOutside(picture, margin + 3)).toBeGreaterThan(0);
  });

  it('A4 shows the same slip at the same place and size', async () => {
    const [large, small] = [
      pdfWords(await drawn([slip(example, 'KK')], 'A4')),
      pdfWords(await drawn([slip(example, 'KK')], 'A5')),
    ];
    expect(large.map(({ word }) => word)).toEqual(small.map(({ word }) => word));
    large.forEach(({ left, top, right }, index) => {
      expect(Math.abs(left - (small[index]?.left ?? 0))).toBeLessThan(0.05);
      expect(Math.abs(right - (small[index]?.right ?? 0))).toBeLessThan(0.05);
      expect(Math.abs(top - (small[index]?.top ?? 0))).toBeLessThan(0.05);
    });
  });

  it('says on a test document that it is one, and hides nothing for it', async () => {
    for (const copy of copies) {
      const marked = await drawn([slip(fullest, copy, { test: true })]);
      expect(pdfText(marked)).toContain('Übungswelt – Testdokument, nicht gültig');
      const plain = pdfWords(await drawn([slip(fullest, copy)]));
      const words = pdfWords(marked);
      for (const box of plain) expect(words).toContainEqual(box);
    }
  });

  it('prints a blank form, and one with only patient, practice and practitioner', async () => {
    const blank = pdfText(await drawn([slip(example, 'KK', { fill: 'blank' })]));
    for (const word of ['Königsstein', 'E10.20', '2022', '☒', '345678901']) expect(blank).not.toContain(word);
    expect(blank).toContain('Ausfertigung zur Vorlage bei der Krankenkasse');
    const partly = pdfText(await drawn([slip(example, 'KK', { fill: 'patient-and-practice' })]));
    for (const word of ['E10.20', '29.09.2022', '☒', exampleDocumentId]) expect(partly).not.toContain(word);
    for (const word of ['Königsstein', '345678901', '838382202', '22.06.1935']) expect(partly).toContain(word);
  });

  it('forms for the pen have fields for diagnoses 42 mm wide and 8 mm high, and stay on an A5 sheet within its margins', async () => {
    for (const copy of ['KK', 'V'] as const) {
      const pdf = await drawn([slip(example, copy, { fill: 'patient-and-practice', test: true })]);
      const labels = pdfWords(pdf).filter(({ word }) => word === 'ICD-10');
      expect(labels).toHaveLength(6);
      const [first, second, , below] = labels;
      expect((second?.left ?? 0) - (first?.left ?? 0)).toBeGreaterThan(42);
      expect((below?.top ?? 0) - (first?.top ?? 0)).toBeGreaterThan(8);
      const lowest = Math.max(...pdfWords(pdf).map(({ top }) => top));
      expect(lowest).toBeLessThan(200);
    }
  });

  it.skipIf(!hasReference)('reference cases: the barcode reads byte for byte at 300, 200 and 150 dpi', async () => {
    for (const [, content] of referenceCases()) {
      const pdf = await drawn([slip(content, 'KK', { test: true })]);
      for (const dpi of [300, 200, 150]) await expectBarcode(pdfPicture(pdf, dpi, aroundBarcode), content);
    }
  });

  it.skipIf(!hasReference)('reference cases: crooked, noisy scans read byte for byte too', async () => {
    for (const [index, [, content]] of referenceCases().entries())
      await expectScans(await drawn([slip(content, 'KK', { test: true })]), content, index);
  });

  it('a crooked, noisy scan of the fullest slip still reads byte for byte', async () => {
    const pdf = await drawn([slip(fullest, 'KK')]);
    for (let seed = 0; seed < 4; seed += 1) await expectScans(pdf, fullest, seed);
  });

  it('generated certificates: the barcode reads byte for byte at 300, 200 and 150 dpi', async () => {
    const contents = fc.sample(anyContent, { numRuns: Math.max(generatedRuns, 100), seed: 417 });
    const pdf = await drawn(contents.map((content) => slip(content, 'KK')));
    for (const dpi of [300, 200, 150]) {
      const pictures = pdfPictures(pdf, dpi, aroundBarcode);
      expect(pictures).toHaveLength(contents.length);
      for (const [index, content] of contents.entries()) await expectBarcode(pictures[index] ?? nothing, content);
    }
  });

  it('keeps at least 18 mm of stamp field under the tallest barcode', async () => {
    const words = pdfWords(await drawn([slip(fullest, 'KK')]));
    const first = words.find(({ word, left }) => word.startsWith('Hausarztpraxis') && left > 80);
    expect(71.0 - (first?.top ?? 71)).toBeGreaterThan(18);
  });
});

/** Barcode and quiet zone, with what stands near: a picture of the whole page only takes longer. */
const aroundBarcode = { x: 80, y: 24, width: 66, height: 32 };
const nothing: GreyPicture = { width: 0, height: 0, pixels: new Uint8Array() };

function inkOutside({ width, height, pixels }: GreyPicture, margin: number): number {
  return pixels.filter((grey, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return grey < 200 && (x < margin || y < margin || x >= width - margin || y >= height - margin);
  }).length;
}

/** The same slip from three scanners, turned by up to two degrees either way, with noise: every barcode says what it should. */
async function expectScans(pdf: Uint8Array, content: CertificateContent, seed: number): Promise<void> {
  const turns = [-2, -1, 1, 2];
  const degrees = turns[seed % turns.length] ?? 2;
  const page = pdfPicture(pdf, finest, aroundBarcode);
  await expectBarcode(scanned(page, { dpi: 300, degrees, noise: 20, seed }), content);
  await expectBarcode(scanned(page, { dpi: 200, degrees: -degrees, noise: 15, seed }), content);
  await expectBarcode(scanned(page, { dpi: 150, degrees, noise: 10, seed }), content);
}

async function expectBarcode(picture: GreyPicture, content: CertificateContent): Promise<void> {
  const found = await readBarcodes(rgba(picture), { formats: ['PDF417'], tryHarder: true, maxNumberOfSymbols: 1 });
  const read = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
  expect(found.map(({ bytes }) => read(bytes))).toEqual([read(barcodeContent(content))]);
}

describe('drawing slips', () => {
  it('gives the same bytes for the same slips, whatever was drawn before', async () => {
    const first = await drawn(copies.map((copy) => slip(example, copy)));
    await drawn([slip(withName('Дмитрий Żółć ễ'), 'KK')]);
    expect(await drawn(copies.map((copy) => slip(example, copy)))).toEqual(first);
    const other = await drawn([slip(withName('Żółć Дмитрий'), 'KK')]);
    expect(await drawn([slip(withName('Żółć Дмитрий'), 'KK')])).toEqual(other);
  });
  it('refuses a letter that no font has, and names it and its field', async () => {
    expect(
      await drawSlips([slip(example, 'V'), slip(withName('漢字 Li'), 'KK')], { paper: 'A5', fonts, decoder }),
    ).toEqual({
      kind: 'refused',
      reason: 'letter',
      slip: 1,
      field: 'patient.family',
      letters: ['漢', '字'],
    });
  });
  it('refuses letters that would need shaping rather than setting them wrong', async () => {
    const result = await drawSlips([slip(withName('محمد'), 'V')], { paper: 'A5', fonts, decoder });
    expect(result).toMatchObject({ kind: 'refused', reason: 'letter', field: 'patient.family' });
  });
  it('refuses text that fits at no size, by its field', async () => {
    const result = await drawSlips([slip(withName('Wort '.repeat(200)), 'V')], { paper: 'A5', fonts, decoder });
    expect(result).toEqual({ kind: 'refused', reason: 'space', slip: 0, field: 'patient' });
  });
  it('stops the print when a barcode reads back wrong', async () => {
    const wrong: BarcodeDecoder = async (bitmap) => (await decoder(bitmap))?.map((byte) => byte ^ 1) ?? null;
    expect(await drawSlips([slip(example, 'V'), slip(example, 'KK')], { paper: 'A5', fonts, decoder: wrong })).toEqual({
      kind: 'refused',
      reason: 'barcode',
      slip: 1,
    });
    const blind: BarcodeDecoder = async () => null;
    const result = await drawSlips([slip(example, 'KK')], { paper: 'A5', fonts, decoder: blind });
    expect(result).toMatchObject({ kind: 'refused', reason: 'barcode' });
  });
});
