import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDiagnosisCatalogue, yearInFileName } from '../../../renderer/master/diagnosis-catalogue';
import type { DiagnosisCatalogue } from '../../../renderer/domain/diagnosis-catalogue';

const official = new URL('../../../../shared/data/icd10gm2017syst_kodes.txt', import.meta.url).pathname;
const fileName = 'icd10gm2017syst_kodes.txt';
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function catalogueOf(bytes: Uint8Array, name: string): DiagnosisCatalogue {
  const reading = readDiagnosisCatalogue(bytes, name);
  if (reading.kind !== 'catalogue') throw new Error(JSON.stringify(reading));
  return reading.catalogue;
}

describe.skipIf(!existsSync(official))('BfArM’s metadata', () => {
  const catalogue = existsSync(official) ? catalogueOf(readFileSync(official), fileName) : null;
  const found = (words: string): string[] => catalogue?.search(words, 5).map((entry) => entry.code) ?? [];

  it('is read whole', () => {
    expect(catalogue?.year).toBe('2017');
    expect(catalogue?.entries.length).toBe(15_930);
  });
  it('finds codes with and without marks', () => {
    expect(catalogue?.find('N08.3*')).toMatchObject({ code: 'N08.3', notation: 'star', codable: true });
    expect(catalogue?.find('j06.9')?.title).toContain('oberen Atemwege');
    expect(catalogue?.find('A00.-')).toMatchObject({ code: 'A00', codable: false });
    expect(catalogue?.find('U07.3')).toMatchObject({ occupied: false });
    expect(catalogue?.find('B95.0!')).toMatchObject({ notation: 'exclamation' });
    expect(catalogue?.find('Z99.99')).toBeNull();
  });
  it('knows sex and age', () => {
    expect(catalogue?.find('O80')).toMatchObject({
      sex: { value: 'female' },
      age: { lowest: { unit: 'years', value: 12 }, highest: { unit: 'years', value: 55 }, strictness: 'may' },
    });
    expect(catalogue?.find('J06.9')).toMatchObject({ sex: null, age: null });
  });
  it('searches codes and words, umlauts or not, best first, codable only', () => {
    expect(found('J06.9')).toEqual(['J06.9']);
    expect(found('j069')).toEqual(['J06.9']);
    expect(found('husten')[0]).toBe('R05');
    expect(found('Rückenschmerz')).toEqual(found('rueckenschmerz'));
    expect(found('Rückenschmerz')[0]).toBe('M54.9');
    expect(found('bronchitis akut')).toContain('J20.0');
    expect(found('u07')).toEqual([]);
    expect(found('  ')).toEqual([]);
    expect(catalogue?.search('a', 3).length).toBe(3);
  });
  it('a damaged line makes it unreadable, with its number', () => {
    const lines = readFileSync(official, 'utf8').split('\r\n').slice(0, 9);
    const damaged = [...lines.slice(0, 4), '4;T;X;01;A00', ...lines.slice(5)].join('\r\n');
    expect(readDiagnosisCatalogue(bytesOf(damaged), fileName)).toEqual({
      kind: 'unreadable',
      reason: 'malformed',
      line: 5,
    });
  });
});

describe('BfArM’s newer layout', () => {
  // One form of each age limit instead of two.
  const line =
    '4;T;X;15;O80;O80;O80;O80;Spontangeburt eines Einlings;A;B;;P;P;1-002;2-001;3-003;4-002;001;W;K;j012;j055;K;N;J;N;N';
  it('is read alike', () => {
    const catalogue = catalogueOf(bytesOf(`\ufeff${line}\r\n`), 'icd10gm2026syst_kodes.txt');
    expect(catalogue.year).toBe('2026');
    expect(catalogue.find('O80')).toEqual({
      code: 'O80',
      title: 'Spontangeburt eines Einlings',
      notation: 'primary',
      codable: true,
      occupied: true,
      sex: { value: 'female', strictness: 'may' },
      age: { lowest: { unit: 'years', value: 12 }, highest: { unit: 'years', value: 55 }, strictness: 'may' },
    });
  });
  it('needs the year in its name', () => {
    expect(readDiagnosisCatalogue(bytesOf(line), 'kodes.txt')).toMatchObject({ reason: 'no-year' });
    expect(yearInFileName('ICD10GM2026SYST_KODES.TXT')).toBe('2026');
  });
  it.each([
    ['something else', bytesOf('Datum;Betrag\n1;2'), 'not-a-catalogue'],
    ['nothing', bytesOf('\r\n'), 'empty'],
    ['another encoding', Uint8Array.of(0x34, 0xe4, 0x3b), 'wrong-encoding'],
  ])('%s is unreadable', (_, bytes, reason) => {
    expect(readDiagnosisCatalogue(bytes, 'icd10gm2026syst_kodes.txt')).toMatchObject({ kind: 'unreadable', reason });
  });
});

describe('KBV’s SDICD', () => {
  const xml = `<?xml version="1.0" encoding="ISO-8859-15"?>
<ehd:ehd xmlns:ehd="urn:ehd/001" ehd_version="1.40"><ehd:header><ehd:service_tmr V="2026-01-01..2026-12-31"/></ehd:header>
<ehd:body><icd_stammdaten xmlns="urn:ehd/icd/001"><kapitel_liste><kapitel><bezeichnung V="Kapitel"/><gruppen_liste><gruppe>
<diagnosen_liste><diagnose><icd_code V="N08.-"/><bezeichnung V="Glomeruläre Krankheiten"/><abrechenbar V="n"/>
<diagnosen_liste><diagnose><icd_code V="N08.3"/><bezeichnung V="bei Diabetes €"/><abrechenbar V="j"/><notationskennzeichen V="*"/>
<geschlechtsbezug V="w"/><geschlechtsbezug_fehlerart V="m"/><untere_altersgrenze V="28" U="Tag"/><obere_altersgrenze V="124" U="Jahr"/>
<altersbezug_fehlerart V="k"/></diagnose></diagnosen_liste></diagnose>
<diagnose><icd_code V="A01.0+"/><bezeichnung V="Typhus"/><abrechenbar V="j"/><schlüsselnummer_mit_inhalt_belegt V="n"/></diagnose>
</diagnosen_liste></gruppe></gruppen_liste></kapitel></kapitel_liste></icd_stammdaten></ehd:body></ehd:ehd>`;
  const latin = (text: string): Uint8Array =>
    Uint8Array.from(Array.from(text), (character) => (character === '€' ? 0xa4 : character.charCodeAt(0)));

  it('is read, nested diagnoses in the order of their codes', () => {
    const catalogue = catalogueOf(latin(xml), 'SDICD.xml');
    expect(catalogue.year).toBe('2026');
    expect(catalogue.entries.map((entry) => entry.code)).toEqual(['A01.0', 'N08', 'N08.3']);
    expect(catalogue.find('N08.3')).toEqual({
      code: 'N08.3',
      title: 'bei Diabetes €',
      notation: 'star',
      codable: true,
      occupied: true,
      sex: { value: 'female', strictness: 'must' },
      age: { lowest: { unit: 'days', value: 28 }, highest: null, strictness: 'may' },
    });
    expect(catalogue.find('N08')).toMatchObject({ codable: false, title: 'Glomeruläre Krankheiten' });
    expect(catalogue.find('A01.0')).toMatchObject({ occupied: false });
  });
  it.each([
    ['half a file', xml.slice(0, 600), 'malformed'],
    ['a document type', xml.replace('<ehd:ehd', '<!DOCTYPE x [<!ENTITY a "b">]><ehd:ehd'), 'malformed'],
    ['another file', '<kts xmlns="urn:ehd/kts/001"/>', 'not-a-catalogue'],
    ['no year', xml.replace('service_tmr', 'other'), 'no-year'],
    ['no diagnosis', '<icd xmlns="urn:ehd/icd/001"><service_tmr V="2026"/></icd>', 'empty'],
    ['a code that is none', xml.replace('N08.3', 'NN8.3'), 'malformed'],
    ['an unknown encoding', xml.replace('ISO-8859-15', 'X-UNKNOWN'), 'wrong-encoding'],
  ])('%s is unreadable', (_, text, reason) => {
    expect(readDiagnosisCatalogue(latin(text), 'SDICD.xml')).toMatchObject({ kind: 'unreadable', reason });
  });
});
