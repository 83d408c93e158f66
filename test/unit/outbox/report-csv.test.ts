import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvOf, guarded } from '../../../renderer/outbox/csv';
import { openPractice, type TestPractice } from '../../support/practice';

/** Reads RFC 4180 with semicolons, letter by letter, as strictly as it is written. */
function read(bytes: Uint8Array): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  expect(text.startsWith('\uFEFF')).toBe(true);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (letter === '"') {
      expect(cell).toBe('');
      isQuoted = true;
    } else if (letter === ';') {
      row.push(cell);
      cell = '';
    } else if (letter === '\r') {
      expect(text.charAt(at + 1)).toBe('\n');
      at += 1;
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += letter;
  }
  expect([isQuoted, row, cell]).toEqual([false, [], '']);
  return rows;
}

const nastyCell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ';', '"', "'", ' ', 'ä') }),
);

describe('CSV (RFC 4180)', () => {
  it('whatever stands in the cells comes back, and no cell begins a formula', () => {
    const rows = fc.array(fc.array(nastyCell, { minLength: 1, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (given) => {
        const back = read(csvOf(given));
        expect(back).toEqual(given.map((row) => row.map(guarded)));
        for (const cell of back.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });

  it.each(['=1+1', '+49 30', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is text, not a formula', (cell) => {
    expect(guarded(cell)).toBe(`'${cell}`);
  });
});

describe('the report of an outage as a table', () => {
  let practice: TestPractice;
  beforeAll(async () => {
    practice = await openPractice();
  });
  afterAll(() => practice.stop());

  it('has a line for each certificate: insurer, state, way, proof and paper', async () => {
    const { office } = practice;
    const outage = await office.declareOutage({ kind: 'all' }, '=HYPERLINK("x")');
    const first = await practice.issue(practice.content(0));
    const second = await practice.issue(practice.content(1));
    await office.notePaper(second.id, 'given');
    practice.confirmFactor();
    const during = await office.writeOutageReport(outage.id);
    if (during.kind !== 'written') throw new Error(during.what);
    const [header = [], ...owed] = read(during.csv);
    const column = (row: readonly string[] | undefined, name: string) => row?.[header.indexOf(name)];
    expect(owed.map((row) => [column(row, 'Bescheinigung'), column(row, 'Zugegangen'), column(row, 'Papier')])).toEqual(
      expect.arrayContaining([
        [first.id, 'noch nicht', 'nicht ausgegeben'],
        [second.id, 'Papier über die versicherte Person', 'ausgehändigt'],
      ]),
    );
    expect(column(owed[0], 'Grund')).toBe(`'=HYPERLINK("x")`);
    await office.endOutage(outage.id);
    await practice.answered(first.id, 'issued', 'signed', 'handed-over');
    practice.confirmFactor();
    const after = await office.writeOutageReport(outage.id);
    if (after.kind !== 'written') throw new Error(after.what);
    const row = read(after.csv).find((cells) => cells.includes(first.id));
    expect(column(row, 'Zugegangen')).toBe('digital (KIM)');
    expect(column(row, 'Dokument')).toMatch(/^TEAU0_/);
    expect(column(row, 'Zustellbestätigung')).not.toBe('');
    expect(column(row, 'SHA-256 (signiert)')).toMatch(/^[0-9a-f]{64}$/);
    practice.confirmFactor();
    expect(await office.writeOutageReport('no such outage')).toMatchObject({ kind: 'obstacle', what: 'missing' });
  });
});
