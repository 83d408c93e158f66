import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentIdOf, fileNameOf } from '../../../renderer/fhir/document-identity';
import { readInsurerError } from '../../../renderer/fhir/insurer-error';
import { readDocument } from '../../../renderer/fhir/read-document';
import { escapeXml } from '../../../renderer/fhir/xml';
import { hasReference, specification } from './validator';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const outcome = (inside: string, start = ''): string => `${start}<OperationOutcome xmlns="http://hl7.org/fhir">
  <id value="f135ed4d-ac50-4a85-aec1-1ba5786344cc"/>${inside}</OperationOutcome>`;
const issue = (code: string, identifier: string): string => `<issue>
  <extension url="https://fhir.kbv.de/StructureDefinition/KBV_EX_EAU_health_insurance_Practitioner_Identifier">${identifier}</extension>
  <severity value="fatal"/><code value="processing"/>
  <details><coding><system value="s"/><code value="${code}"/><display value="Titel &amp; Text"/></coding></details></issue>`;
const byDocument =
  '<extension url="Bundle-Identifier"><valueIdentifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:96D6A790-afc2-4556-ab73-301e51a7bf30"/></valueIdentifier></extension>';
const byMail =
  '<extension url="Message-ID"><valueIdentifier><value value="&lt;96d6@kim.de&gt;"/></valueIdentifier></extension>';

describe('readInsurerError (P5-04)', () => {
  it('matches by document', () => {
    expect(readInsurerError(bytesOf(outcome(issue('101', byDocument))))).toEqual({
      kind: 'insurer-error',
      code: '101',
      display: 'Titel & Text',
      bundleIdentifier: '96d6a790-afc2-4556-ab73-301e51a7bf30',
      messageId: null,
      outcomeId: 'f135ed4d-ac50-4a85-aec1-1ba5786344cc',
    });
  });
  it('matches by mail', () => {
    expect(readInsurerError(bytesOf(outcome(issue('301', byMail))))).toMatchObject({
      bundleIdentifier: null,
      messageId: '96d6@kim.de',
    });
  });
  it.each([
    ['an entity bomb', outcome('', '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'), 'document-type'],
    ['an outside entity', outcome('', '<!DOCTYPE b SYSTEM "file:///etc/passwd">'), 'document-type'],
    ['an undeclared entity', outcome('&b;'), 'not-well-formed'],
    ['half a file', outcome(issue('101', byDocument)).slice(0, 300), 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
    ['something else', '<html xmlns="http://www.w3.org/1999/xhtml"/>', 'unexpected-content'],
    ['another namespace', outcome(issue('101', byDocument)).replace('hl7.org', 'example.org'), 'unexpected-content'],
    ['no issue', outcome(''), 'unexpected-content'],
    ['no code', outcome(issue('', byDocument)), 'unexpected-content'],
    ['a code of another kind', outcome(issue('abc', byDocument)), 'unexpected-content'],
    ['a deep one', outcome('<a>'.repeat(100_000)), 'too-deep'],
  ])('%s is unreadable', (_, text, reason) => {
    expect(readInsurerError(bytesOf(text))).toEqual({ kind: 'unreadable', reason });
  });
  it('a file of 20 MB and one in another encoding are unreadable', () => {
    expect(readInsurerError(new Uint8Array(20_000_000))).toEqual({ kind: 'unreadable', reason: 'too-large' });
    const latin = Uint8Array.from(Array.from(outcome('<a value="ü"/>')), (character) => character.charCodeAt(0));
    expect(readInsurerError(latin)).toEqual({ kind: 'unreadable', reason: 'not-utf8' });
  });
  it('never throws, whatever the bytes', () => {
    const whole = outcome(issue('101', byDocument));
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.uint8Array(),
        (at, put, raw) => {
          for (const bytes of [bytesOf(whole.slice(0, at) + put + whole.slice(at)), bytesOf(whole.slice(at)), raw]) {
            expect(['insurer-error', 'unreadable']).toContain(readInsurerError(bytes).kind);
            expect(['document', 'unreadable']).toContain(readDocument(bytes).kind);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
  it.skipIf(!hasReference).each([
    ['Beispiel_eAU_Fehler_1', { code: '301', messageId: '96d6a790-afc2-4556-ab73-301e51a7bf30@kim.de' }],
    ['Beispiel_eAU_Fehler_2', { code: '100', bundleIdentifier: '96d6a790-afc2-4556-ab73-301e51a7bf30' }],
    ['Beispiel_eAU_Nachricht', { code: '301', bundleIdentifier: '96d6a790-afc2-4556-ab73-301e51a7bf30' }],
  ])('reads the official %s', (name, expected) => {
    const bytes = readFileSync(join(specification, 'fhir/examples/other', `${name}.xml`));
    expect(readInsurerError(bytes)).toMatchObject({ kind: 'insurer-error', ...expected });
  });
});

describe('readDocument', () => {
  it.skipIf(!hasReference)('reads the official cancellation and an official certificate', () => {
    const official = (path: string) => readDocument(readFileSync(join(specification, 'fhir/examples', path)));
    expect(official('other/Beispiel_Storno.xml')).toMatchObject({
      about: 'cancellation',
      documentId: '03687cfc-88ee-48e0-89d4-6d3673ab04cf',
      cancelledDocumentId: '2ed6995a-ddcb-4af9-af62-80dac413408b',
      payerIk: null,
      patient: null,
    });
    expect(official('valid/Beispiel_14-eAU_ERST_ASV.xml')).toMatchObject({
      about: 'certificate',
      payerIk: '109719018',
      insuredId: 'K220635158',
      patient: { family: 'Kluge', given: 'Eva', birthDate: '1970-12-24' },
    });
  });
  it('an insurer error is no document', () => {
    expect(readDocument(bytesOf(outcome(issue('101', byDocument))))).toEqual({
      kind: 'unreadable',
      reason: 'unexpected-content',
    });
  });
});

describe('document identity', () => {
  const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
  it('P310-14: a UUID version 5 of record and number', () => {
    // What Python's uuid5 and util-linux's uuidgen give for the name «record/1» in the URL namespace.
    expect(documentIdOf(namespace, 'record', 1)).toBe('d06dd8bb-9127-5b26-b678-5c09ef7b1529');
    expect(documentIdOf(namespace, 'record', 2)).not.toBe(documentIdOf(namespace, 'record', 1));
    expect(documentIdOf(namespace, 'other', 1)).not.toBe(documentIdOf(namespace, 'record', 1));
  });
  it('P310-03, P310-10: file names, with T for tests only', () => {
    expect(fileNameOf('id', { kind: 'certificate', test: true })).toBe('TEAU0_id');
    expect(fileNameOf('id', { kind: 'certificate', test: false })).toBe('EEAU0_id');
    expect(fileNameOf('id', { kind: 'cancellation', test: true })).toBe('TEAU0_Storno_id');
    expect(fileNameOf('id', { kind: 'cancellation', test: false })).toBe('EEAU0_Storno_id');
  });
});

describe('escapeXml', () => {
  it('escapes what an attribute needs, and throws on what XML lacks', () => {
    expect(escapeXml('a&b<c>"d"\te\n😀')).toBe('a&amp;b&lt;c&gt;&quot;d&quot;&#9;e&#10;😀');
    for (const text of ['\u0000', '\u001f', '\ud800', '\udc00', '\ufffe', '\uffff'])
      expect(() => escapeXml(text)).toThrow();
  });
});
