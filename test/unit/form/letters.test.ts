import { beforeAll, describe, expect, it } from 'vitest';
import { loadBarcodeDecoder, loadFormFonts } from '../../../build/form-fonts';
import type { BarcodeDecoder } from '../../../renderer/form/barcode-check';
import { drawCorrectionLetter, type CorrectionLetter } from '../../../renderer/form/correction-letter';
import type { FormFonts } from '../../../renderer/form/fonts';
import { drawPosting, type Posting } from '../../../renderer/form/posting';
import { drawReport, type OutageReport } from '../../../renderer/form/report';
import { example, exampleDocumentId } from './example';
import { hasPoppler, pdfText, pdfWords } from './poppler';

let fonts: FormFonts;
let decoder: BarcodeDecoder;
beforeAll(async () => {
  fonts = await loadFormFonts();
  decoder = await loadBarcodeDecoder();
});

const sender = {
  name: 'Hausarztpraxis Dr. Topp-Glücklich',
  street: 'Musterstr. 2',
  postalCode: '10623',
  city: 'Berlin',
  phone: '030 1234567',
  practitioner: 'Dr. med. Hans Topp-Glücklich',
};
const addressee = {
  name: 'AOK Rheinland/Hamburg',
  ik: '104212059',
  address: { line: 'Kasernenstr. 61', postalCode: '40213', city: 'Düsseldorf' },
};

const posting: Posting = {
  sender,
  date: '2026-11-23',
  test: true,
  envelopes: [1, 2].map((count) => ({
    addressee: { ...addressee, name: `Kasse ${count}` },
    slips: Array.from({ length: count }, () => ({
      content: example,
      copy: 'KK' as const,
      documentId: exampleDocumentId,
      test: true,
      fill: 'full' as const,
    })),
  })),
};

const correction: CorrectionLetter = {
  sender,
  addressee,
  date: '2026-11-23',
  patient: { name: 'Ludger Königsstein', birthDate: '1935-06-22', insuredId: 'X234567890' },
  withdrawn: { documentId: 'withdrawn-id', issuedOn: '2026-11-20', assessedOn: '2026-11-20', unfitUntil: '2026-11-27' },
  replacement: { documentId: 'new-id', issuedOn: '2026-11-23', assessedOn: '2026-11-20', unfitUntil: '2026-11-30' },
  test: false,
};

const report = (certificates: number): OutageReport => ({
  practice: sender.name,
  outage: {
    startedAt: '2026-11-23T08:12:05Z',
    endedAt: null,
    scope: '14 Krankenkassen bei BITMARCK',
    reason: 'Angriff',
    declaredBy: 'Sabine Kurz',
    duration: '2 Tage',
  },
  madeAt: '2026-11-25T23:30:00Z',
  counts: { recorded: 9, printed: 8, signed: 7, sent: 6, delivered: 5, paperOnly: 1, posted: 1, settled: 0, owed: 2 },
  payers: [
    {
      payer: 'AOK Nordost',
      recorded: 9,
      delivered: 5,
      paperOnly: 1,
      posted: 1,
      settled: 0,
      owed: 2,
      lastReceiptAt: '2026-11-25T10:00:00Z',
    },
  ],
  certificates: Array.from({ length: certificates }, (_, index) => ({
    documentId: `TEAU0_${String(index).padStart(4, '0')}`,
    patient: `Patient-${index}`,
    payer: 'AOK Nordost',
    issuedOn: '2026-11-23',
    state: 'zugestellt',
    way: 'digital',
    reachedAt: '2026-11-23T08:14:59Z',
    proof: `0000${String(index).padStart(4, '0')}-ab12-5cd3-8ef4-0123456789ab`,
    isOpen: false,
    steps: [
      { at: '2026-11-23T08:12:05Z', step: 'Signiert', by: 'Dr. Topp-Glücklich', proof: [`XML ${'0f'.repeat(32)}`] },
    ],
  })),
  chain: { sequence: 812, hash: 'ab'.repeat(32) },
  test: true,
});

async function pdfOf(result: Promise<{ kind: 'drawn'; pdf: Uint8Array; pages: number } | { kind: 'refused' }>) {
  const drawn = await result;
  if (drawn.kind !== 'drawn') throw new Error(JSON.stringify(drawn));
  return drawn;
}

describe.skipIf(!hasPoppler)('letters and reports, as other programs read them', () => {
  it('P6-05: the posting bundle holds a letter an insurer, its KK copies, and a list of all', async () => {
    const { pdf, pages } = await pdfOf(drawPosting(posting, { fonts, decoder }));
    expect(pages).toBe(2 + 3 + 1);
    const text = pdfText(pdf);
    expect(text.match(/Sehr geehrte/g)).toHaveLength(2);
    expect(text.match(/Ausfertigung zur Vorlage bei der Krankenkasse/g)).toHaveLength(3);
    expect(text).toContain('2 Umschläge · 3 Ausfertigungen');
    expect(text).toContain('Anlage: 1 Ausfertigung');
  });
  it('DIN 5008: the address stands in the window', async () => {
    const { pdf } = await pdfOf(drawCorrectionLetter(correction, fonts));
    for (const word of ['Rheinland/Hamburg', 'Kasernenstr.', '40213', 'Düsseldorf']) {
      const box = pdfWords(pdf).find((each) => each.word === word);
      expect(box?.left).toBeGreaterThanOrEqual(20);
      expect(box?.right).toBeLessThanOrEqual(105);
      expect(box?.top).toBeGreaterThan(62);
      expect(box?.top).toBeLessThan(87);
    }
  });
  it('DIN 5008: a long insurer’s name wraps inside the window; without an address there are two lines to write on', async () => {
    const name =
      'Betriebskrankenkasse der Vereinigten Stadtwerke Niedersachsen, Bremen und Umgebung – Die Gesundheitskasse';
    const inWindow = ({ left, right, top }: { left: number; right: number; top: number }) =>
      left >= 20 && right <= 105 && top > 62 && top < 87.5;
    for (const address of [addressee.address, null]) {
      const letter = { ...correction, addressee: { name, ik: null, address } };
      const shown = pdfWords((await pdfOf(drawCorrectionLetter(letter, fonts))).pdf).filter(inWindow);
      const expected = address === null ? name : `${name} ${address.line} ${address.postalCode} ${address.city}`;
      expect(shown.map(({ word }) => word).join(' ')).toBe(expected);
    }
  });
  it('long names wrap in a report’s headings and keep clear of the page number', async () => {
    const base = report(1);
    const patient = 'Schmidt-Müller-Lüdenscheid von der Hohenfelde, Maximilian Alexander Ferdinand Johann-Baptist';
    const long = {
      ...base,
      practice: 'W'.repeat(60),
      certificates: base.certificates.map((one) => ({ ...one, patient, payer: 'Betriebskrankenkasse der Stadtwerke' })),
    };
    const { pdf } = await pdfOf(drawReport(long, fonts, { withSteps: false }));
    for (const { right } of pdfWords(pdf)) expect(right).toBeLessThan(191);
    expect(pdfText(pdf)).toContain('Seite 1 von');
  });
  it('a report says first what remains, then how it stands with each insurer', async () => {
    const base = report(3);
    const nothing = pdfText((await pdfOf(drawReport(base, fonts, { withSteps: false }))).pdf);
    expect(nothing).toContain('Was offen bleibt Nichts.');
    expect(nothing).toMatch(/AOK Nordost 9 5 1 1 – 2 25\.11\.2026, 11:00/);
    const [first, ...rest] = base.certificates;
    if (first === undefined) throw new Error('no certificate');
    const open = { ...base, certificates: [{ ...first, state: 'abgelehnt', isOpen: true }, ...rest] };
    const text = pdfText((await pdfOf(drawReport(open, fonts, { withSteps: false }))).pdf);
    expect(text).toContain(
      'Was offen bleibt Patient Krankenkasse Ausgestellt Stand Patient-0 AOK Nordost 23.11.2026 abgelehnt',
    );
  });
  it('the correction names the withdrawn certificate and the one in its place', async () => {
    const text = pdfText((await pdfOf(drawCorrectionLetter(correction, fonts))).pdf);
    expect(text).toMatch(/Zurückgezogen.*withdrawn-id.*An ihre Stelle tritt.*new-id/);
    const alone = pdfText((await pdfOf(drawCorrectionLetter({ ...correction, replacement: null }, fonts))).pdf);
    expect(alone).toContain('tritt keine andere');
  });
  it('a report of 200 certificates to 20 insurers takes at most 8 pages; the steps are an annex', async () => {
    const base = report(200);
    const name = (index: number) => `AOK Nordost – Die Gesundheitskasse ${index}`;
    const [payer] = base.payers;
    if (payer === undefined) throw new Error('no insurer');
    const long = {
      ...base,
      payers: Array.from({ length: 20 }, (_, index) => ({ ...payer, payer: name(index) })),
      certificates: base.certificates.map((one, index) => ({
        ...one,
        payer: name(index % 20),
        patient: `Schmidt-Lüdenscheid, Maximilian ${index}`,
      })),
    };
    const { pages, pdf } = await pdfOf(drawReport(long, fonts, { withSteps: false }));
    expect(pages).toBeLessThanOrEqual(8);
    expect(pdfText(pdf)).not.toContain('Signiert');
    const withSteps = await pdfOf(drawReport(long, fonts, { withSteps: true }));
    expect(withSteps.pages).toBeGreaterThan(20);
    expect(pdfText(withSteps.pdf).match(/Signiert/g)).toHaveLength(200);
  });
  it('a report says what was cancelled or replaced, where anything was', async () => {
    const base = report(1);
    const settled = { ...base, counts: { ...base.counts, settled: 3 } };
    expect(pdfText((await pdfOf(drawReport(settled, fonts, { withSteps: false }))).pdf)).toContain(
      'Entfallen: storniert',
    );
    expect(pdfText((await pdfOf(drawReport(base, fonts, { withSteps: false }))).pdf)).not.toContain('storniert');
  });
  it('a report says German time, repeats its table’s head, numbers its pages and loses no row', async () => {
    const { pdf, pages } = await pdfOf(drawReport(report(120), fonts, { withSteps: false }));
    const text = pdfText(pdf);
    expect(pages).toBeGreaterThan(2);
    expect(text).toContain('26.11.2026, 00:30:00');
    expect(text).toContain('dauert an');
    expect(text).toContain(`Seite ${pages} von ${pages}`);
    expect(text.match(/Patient Krankenkasse Ausgestellt Zugegangen Nachweis/g)?.length).toBeGreaterThan(1);
    for (let index = 0; index < 120; index += 1)
      expect(text).toContain(
        `Patient-${index} AOK Nordost 23.11.2026 digital 23.11.2026, 09:14:59 0000${String(index).padStart(4, '0')}-`,
      );
    expect(text.replace(/\s/g, '')).toContain('ab'.repeat(32));
    for (const { left, right, top } of pdfWords(pdf)) {
      expect(left).toBeGreaterThan(20);
      expect(right).toBeLessThan(191);
      expect(top).toBeLessThan(290);
    }
  });
});

describe('letters and reports', () => {
  it('give the same bytes for the same input', async () => {
    const first = await pdfOf(drawReport(report(3), fonts, { withSteps: false }));
    expect(await pdfOf(drawReport(report(3), fonts, { withSteps: false }))).toEqual(first);
  });
  it('take a report without certificates', async () => {
    expect((await pdfOf(drawReport({ ...report(0), chain: null }, fonts, { withSteps: false }))).pages).toBe(1);
  });
  it('refuse a letter that no font has', async () => {
    const patient = { ...correction.patient, name: '漢 Li' };
    expect(await drawCorrectionLetter({ ...correction, patient }, fonts)).toEqual({
      kind: 'refused',
      reason: 'letter',
      field: 'Versicherte',
      letters: ['漢'],
    });
    const sick = { ...posting, sender: { ...sender, name: 'Praxis 漢' } };
    expect(await drawPosting(sick, { fonts, decoder })).toMatchObject({ kind: 'refused', reason: 'letter', slip: -1 });
  });
});
