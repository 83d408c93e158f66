import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { hasEnded, predecessorWithIk } from '../../../renderer/domain/payer';
import { outagesConcerning } from '../../../renderer/domain/outage';
import { isSameProvider } from '../../../renderer/domain/provider';
import { asRunning, providersOf } from '../../../renderer/app/outages/scope';
import { InsurerFileReader, readInsurerFile, type InsurerEntry } from '../../../renderer/master/insurer-file';
import { changesBetween, insurersOn, withOwnEntries } from '../../../renderer/master/insurer-list';
import { insurerFile, largeInsurerFile, type MadeInsurer } from '../../support/insurer-file';

const day = '2026-11-26';

function entriesOf(...insurers: MadeInsurer[]): readonly InsurerEntry[] {
  const reading = readInsurerFile(insurerFile(insurers));
  if (reading.kind === 'unreadable') throw new Error(`${reading.reason} ${reading.what}`);
  return reading.file.entries;
}
const payersOf = (...insurers: MadeInsurer[]) => insurersOn(entriesOf(...insurers), day).payers;
const one: MadeInsurer = { vknr: '40001', name: 'BKK Übung', iks: ['104940005'] };
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const faultOf = (bytes: Uint8Array) => {
  const reading = readInsurerFile(bytes);
  return reading.kind === 'unreadable' ? reading.reason : reading.kind;
};

describe('reading the insurer file', () => {
  it('takes names, IKs with validity, addresses, providers and the name on the form', () => {
    const [entry] = entriesOf({
      ...one,
      shortName: 'BKK Ü',
      searchName: 'UEBUNG',
      formName: 'BKK Übung Form',
      iks: [
        { ik: '104940005', isBilling: true },
        { ik: '104940016', valid: '2001-01-01..2010-12-31' },
      ],
      addresses: [{ kind: 'postfach', line: '12 34', postalCode: '12345', city: 'Köln' }],
      providers: [{ name: 'BITMARCK & SÖHNE', ik: '104027544' }],
    });
    expect(entry).toMatchObject({
      vknr: '40001',
      name: 'BKK Übung',
      shortName: 'BKK Ü',
      searchName: 'UEBUNG',
      group: '04',
      from: '1995-01-01',
      until: null,
      iks: [
        { ik: '104940005', isBilling: true, from: '1995-01-01', until: null },
        { ik: '104940016', isBilling: false, from: '2001-01-01', until: '2010-12-31' },
      ],
      addresses: [{ kind: 'postfach', line: 'Postfach 12 34', postalCode: '12345', city: 'Köln' }],
      providers: [{ name: 'BITMARCK & SÖHNE', role: 'FB3-Kasse', ik: '104027544' }],
      formNames: [
        { area: '01', name: 'SVA' },
        { area: '00', name: 'BKK Übung Form' },
      ],
    });
  });

  it('reads the same in pieces of any size', () => {
    const bytes = insurerFile([one, { vknr: '40002', name: 'Jägerkasse', iks: ['104940016'] }]);
    const whole = readInsurerFile(bytes);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length }), (size) => {
        const reader = new InsurerFileReader();
        for (let at = 0; at < bytes.length; at += size) expect(reader.write(bytes.subarray(at, at + size))).toBeNull();
        expect(reader.end()).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('finds out in pieces of any size that it says ISO 8859-1 and is UTF-8', () => {
    const latinText = textOf(insurerFile([{ vknr: '40002', name: 'Jägerkasse', iks: ['104940016'] }]));
    const bytes = new TextEncoder().encode(latinText);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length }), (size) => {
        const reader = new InsurerFileReader();
        for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
        expect(reader.end()).toMatchObject({ kind: 'unreadable', reason: 'wrong-encoding', what: 'UTF-8' });
      }),
      { numRuns: 60 },
    );
  });

  it('takes the hash that the machine’s own code has made', () => {
    const reader = new InsurerFileReader('ab'.repeat(32));
    reader.write(insurerFile([one]));
    expect(reader.end()).toMatchObject({ kind: 'insurers', file: { id: 'ab'.repeat(32) } });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'empty'],
    ['a PDF', latin('%PDF-1.7 and more'), 'not-an-insurer-file'],
    ['another XML', latin('<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"/>'), 'not-an-insurer-file'],
    [
      "KBV's diagnoses",
      latin(textOf(insurerFile([one])).replaceAll('urn:ehd/kts/001', 'urn:ehd/icd/001')),
      'not-an-insurer-file',
    ],
    ['no insurers', insurerFile([]), 'empty'],
    ['a file cut off', insurerFile([one]).subarray(0, 700), 'truncated'],
    ['broken nesting', latin(textOf(insurerFile([one])).replace('</bezeichnung>', '</beschreibung>')), 'malformed'],
    ['UTF-8 that says ISO 8859-1', new TextEncoder().encode(textOf(insurerFile([one]))), 'wrong-encoding'],
    ['UTF-16', latin(textOf(insurerFile([one])).replace('ISO-8859-1', 'UTF-16')), 'wrong-encoding'],
    ['an IK of letters', insurerFile([{ ...one, iks: ['10494OOO5'] }]), 'bad-entry'],
    ['a VKNR of four digits', insurerFile([{ ...one, vknr: '4001' }]), 'bad-entry'],
    ['a nameless insurer', insurerFile([{ ...one, name: '' }]), 'bad-entry'],
    ['a validity without sense', insurerFile([{ ...one, valid: 'immer' }]), 'bad-entry'],
    ['one VKNR twice', insurerFile([one, one]), 'twice'],
    [
      'entities that grow',
      latin(
        textOf(insurerFile([one])).replace(
          '<ehd:ehd',
          '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><ehd:ehd',
        ),
      ),
      'document-type',
    ],
    [
      'depth without end',
      latin(`${textOf(insurerFile([])).split('<kostentraeger_liste>')[0]}${'<a>'.repeat(1000)}`),
      'malformed',
    ],
  ])('refuses %s', (_, bytes, reason) => {
    expect(faultOf(bytes)).toBe(reason);
  });

  it('never throws and never takes a damaged file for a whole one', () => {
    const bytes = insurerFile([one, { vknr: '40002', name: 'Zweite', iks: ['104940016'] }]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 20 }), (length) => {
        expect(readInsurerFile(bytes.subarray(0, length)).kind).toBe('unreadable');
      }),
      { numRuns: 100 },
    );
  });

  it('reads a file of the real size', { timeout: 120_000 }, () => {
    const bytes = largeInsurerFile();
    expect(bytes.length).toBeGreaterThan(12_000_000);
    const reading = readInsurerFile(bytes);
    if (reading.kind !== 'insurers') throw new Error(reading.reason);
    expect(reading.file.entries).toHaveLength(4000);
    const { payers, lostMergers } = insurersOn(reading.file.entries, day);
    expect(lostMergers).toEqual([]);
    expect(providersOf(payers)[0]?.provider).toMatch(/^bitmarck.service gmbh$/i);
    expect(new Set(payers.flatMap(({ iks }) => iks)).size).toBe(8000);
  });
});

describe('insurers in force', () => {
  const merged = (vknr: string, into: string, ik: string, name = `BKK ${vknr}`): MadeInsurer => ({
    vknr,
    name,
    iks: [ik],
    valid: '1995-01-01..2025-12-31',
    ended: { kind: 'F', into },
  });

  it('P2-220: follows mergers, however many lie between', () => {
    const [payer, ...more] = payersOf(
      merged('40002', '40003', '104940016', 'BKK Früher'),
      merged('40003', '40001', '104940027'),
      one,
    );
    expect(more).toEqual([]);
    expect(payer?.iks).toEqual(['104940005', '104940016', '104940027']);
    expect(payer === undefined ? null : predecessorWithIk(payer, '104940016')).toMatchObject({
      name: 'BKK Früher',
      endedOn: '2025-12-31',
    });
  });

  it('does not lose itself in mergers that go in a circle or nowhere', () => {
    const list = insurersOn(
      entriesOf(
        merged('40002', '40003', '104940016'),
        merged('40003', '40002', '104940027'),
        merged('40004', '49999', '104940038'),
        one,
      ),
      day,
    );
    expect(list.lostMergers).toEqual(['40002', '40003', '40004']);
    // They have ended, and the practice is told so, instead of losing their patients' insurer without a word.
    expect(list.payers.filter((payer) => hasEnded(payer, day)).map(({ vknr }) => vknr)).toEqual([
      '40002',
      '40003',
      '40004',
    ]);
  });

  it('knows an insurer that ended, one that will, and one that begins later', () => {
    const entries = entriesOf(
      { ...one, valid: '1995-01-01..2026-12-31', ended: { kind: 'F', into: '40002' } },
      { vknr: '40002', name: 'Nachfolgerin', iks: ['104940016'], valid: '2027-01-01..' },
      { vknr: '40003', name: 'Aufgelöst', iks: ['104940027'], valid: '1995-01-01..2026-06-30', ended: { kind: 'A' } },
    );
    const now = insurersOn(entries, day);
    expect(now.payers.map(({ id }) => id)).toEqual(['104940005', '104940027']);
    expect(now.payers.map((payer) => hasEnded(payer, day))).toEqual([false, true]);
    expect(now.changesOn).toBe('2027-01-01');
    const then = insurersOn(entries, '2027-01-01').payers;
    expect(then.find(({ id }) => id === '104940016')?.iks).toEqual(['104940016', '104940005']);
  });

  it('P5-02: the IKs in force come first, the billing IK before all', () => {
    const [payer] = payersOf({
      ...one,
      iks: [{ ik: '104940016', valid: '1995-01-01..2010-12-31' }, '104940027', { ik: '104940005', isBilling: true }],
    });
    expect(payer?.iks).toEqual(['104940005', '104940027', '104940016']);
  });

  it('counts an outage at a provider however its name is spelled, and by any place in the dav_liste', () => {
    const payers = payersOf(
      { ...one, providers: [{ name: 'BITMARCK SERVICE GMBH' }] },
      { vknr: '40002', name: 'Zwei', iks: ['104940016'], providers: [{ name: 'Bitmarck Service G.m.b.H.' }] },
      { vknr: '40003', name: 'Drei', iks: ['104940027'], providers: [{ name: 'BITMARCK SERVICE GMBH' }] },
      {
        vknr: '40004',
        name: 'Vier',
        iks: ['104940038'],
        providers: [
          { name: 'Anders', role: 'FB3-Kasse' },
          { name: 'Bitmarck-Service GmbH', role: 'ASV' },
        ],
      },
      { vknr: '40005', name: 'Fünf', iks: ['104940049'], providers: [{ name: 'GKV INFORMATIK' }] },
      { vknr: '40006', name: 'Sechs', iks: ['104940050'], providers: [{ name: 'BM Service', ik: '104027544' }] },
      {
        vknr: '40007',
        name: 'Sieben',
        iks: ['104940061'],
        providers: [{ name: 'BITMARCK SERVICE GMBH', ik: '104027544' }],
      },
    );
    const outage = asRunning({ kind: 'provider', provider: 'Bitmarck Service GmbH' });
    const hit = payers.filter((payer) => outagesConcerning([outage], payer).length > 0).map(({ name }) => name);
    expect(hit).toEqual(['BKK Übung', 'Zwei', 'Drei', 'Vier', 'Sechs', 'Sieben']);
    expect(providersOf(payers)[0]).toEqual({ provider: 'BITMARCK SERVICE GMBH', count: 6 });
    expect(isSameProvider('Übungsrechenzentrum Süd GmbH & Co. KG', 'UEBUNGSRECHENZENTRUM SUED')).toBe(true);
  });

  it('says what another version changes', () => {
    const before = [
      ...payersOf(
        { ...one, name: 'Alter Name', providers: [{ name: 'A' }] },
        { vknr: '40002', name: 'Bald fort', iks: ['104940016'] },
        { vknr: '40003', name: 'Bald fusioniert', iks: ['104940027'] },
      ),
      { id: '104940038', name: 'Von Hand', iks: ['104940038'], provider: null, vknr: null, address: null },
      { id: '104940049', name: 'Bleibt von Hand', iks: ['104940049'], provider: null, vknr: null, address: null },
    ];
    const fromFile = payersOf(
      { ...one, name: 'Neuer Name', providers: [{ name: 'B' }] },
      merged('40003', '40001', '104940027'),
      { vknr: '40004', name: 'Aus der Datei', iks: ['104940038'] },
      { vknr: '40005', name: 'Neu', iks: ['104940050'] },
    );
    const after = withOwnEntries(fromFile, before);
    const changes = changesBetween(before, after);
    expect(changes.appeared.map(({ name }) => name)).toEqual(['Neu']);
    expect(changes.gone.map(({ name }) => name)).toEqual(['Bald fort']);
    expect(changes.renamed.map((pair) => [pair.before.name, pair.after.name])).toEqual([['Alter Name', 'Neuer Name']]);
    expect(changes.merged.map((pair) => [pair.before.name, pair.into.name])).toEqual([
      ['Bald fusioniert', 'Neuer Name'],
    ]);
    expect(changes.otherProvider.map((pair) => [pair.before.provider, pair.after.provider])).toEqual([['A', 'B']]);
    expect(changes.takenOver.map((pair) => pair.after.name)).toEqual(['Aus der Datei']);
    expect(after.some(({ name }) => name === 'Bleibt von Hand')).toBe(true);
  });

  it('P6-40: an address that the practice corrected stays through the next version', () => {
    const address = { line: 'Hauptstr. 1', postalCode: '12345', city: 'Köln' };
    const file = payersOf({ ...one, addresses: [{ kind: 'anschrift', ...address }] });
    const [payer] = file;
    if (payer?.file === undefined) throw new Error('The insurer is missing.');
    const own = { line: 'Nebenstr. 2', postalCode: '54321', city: 'Bonn' };
    const corrected = { ...payer, address: own, file: { ...payer.file, replacedAddress: payer.address } };
    expect(withOwnEntries(file, [corrected])[0]).toMatchObject({ address: own, file: { replacedAddress: address } });
  });
});
