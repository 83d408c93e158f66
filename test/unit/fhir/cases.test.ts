import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificateContentSchema, type CertificateContent } from '../../../renderer/domain/certificate';
import { toIssuable } from '../../../renderer/domain/issuable';
import { sendingOf } from '../../../renderer/domain/sending';
import { buildCancellation } from '../../../renderer/fhir/cancellation';
import { buildDocument } from '../../../renderer/fhir/document';
import { documentIdOf } from '../../../renderer/fhir/document-identity';
import { readDocument } from '../../../renderer/fhir/read-document';
import { hasReference, loadValidator, specification, type Validator } from './validator';

const cases = join(specification, 'cases');
const names = hasReference
  ? readdirSync(cases)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.replace('.json', ''))
  : [];
const timestamp = '2026-11-23T09:41:07.123Z';
const namespace = 'c0d4e4a2-7d2b-4a4e-9f43-0f3b8f1f2a11';

const contentOf = (name: string): CertificateContent =>
  certificateContentSchema.parse(JSON.parse(readFileSync(join(cases, `${name}.json`), 'utf8')));
const issuableOf = (content: CertificateContent) =>
  toIssuable(content, { today: content.certificate.issuedOn ?? '', catalogue: null });
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

describe.skipIf(!hasReference)('KBV’s cases', () => {
  let validator: Validator;
  beforeAll(async () => {
    validator = await loadValidator();
  }, 180_000);

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(10);
  });

  it.each(names)('%s becomes its official document, valid', (name) => {
    const issuing = issuableOf(contentOf(name));
    if (issuing.kind !== 'issuable') throw new Error(JSON.stringify(issuing.findings));
    const documentId = documentIdOf(namespace, name, 1);
    const xml = textOf(buildDocument(issuing.certificate, { documentId, timestamp }));
    expect(validator.differences(readFileSync(join(cases, `${name}.expected.xml`), 'utf8'), xml)).toEqual([]);
    expect(validator.errorsOf(xml)).toEqual([]);
  });

  it.each(names)('%s can be cancelled by a valid document', (name) => {
    const issuing = issuableOf(contentOf(name));
    if (issuing.kind !== 'issuable') throw new Error(JSON.stringify(issuing.findings));
    const cancelledDocumentId = documentIdOf(namespace, name, 1);
    const documentId = documentIdOf(namespace, `${name} cancellation`, 1);
    const bytes = buildCancellation({ certificate: issuing.certificate, cancelledDocumentId, documentId, timestamp });
    expect(validator.errorsOf(textOf(bytes))).toEqual([]);
    expect(readDocument(bytes)).toMatchObject({ about: 'cancellation', documentId, cancelledDocumentId });
  });

  it('of which only the one without an insured id stays on paper', () => {
    const onPaper = names.filter((name) => sendingOf(contentOf(name)).kind === 'paper-only');
    expect(onPaper).toEqual(['Beispiel_13-eAU_ERST_SKT_KVK']);
  });

  it('notice a document that differs (the comparison can fail)', () => {
    const content = contentOf('Beispiel_1-eAU_ERST_GKV');
    content.certificate.unfitUntil = '2026-11-29';
    const issuing = issuableOf(content);
    if (issuing.kind !== 'issuable') throw new Error('refused');
    const documentId = documentIdOf(namespace, 'another', 1);
    const xml = textOf(buildDocument(issuing.certificate, { documentId, timestamp }));
    const expected = readFileSync(join(cases, 'Beispiel_1-eAU_ERST_GKV.expected.xml'), 'utf8');
    expect(validator.differences(expected, xml)).not.toEqual([]);
    expect(validator.errorsOf(xml.replace('value="e010"', 'value="e016"'))).not.toEqual([]);
  });
});
