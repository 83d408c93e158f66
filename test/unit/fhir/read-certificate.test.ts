import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificateContentSchema, type CertificateContent } from '../../../renderer/domain/certificate';
import { toIssuable, type IssuableCertificate } from '../../../renderer/domain/issuable';
import { buildCancellation } from '../../../renderer/fhir/cancellation';
import { buildDocument } from '../../../renderer/fhir/document';
import { largestDocument, readCertificate } from '../../../renderer/fhir/read-certificate';
import { sampleContent, sampleDay } from '../domain/sample';
import { arbitraryContent } from './arbitrary-content';
import { hasReference, specification } from './validator';

const identity = { documentId: '0f4c2a3e-90c5-5d4e-8c55-0b6cbb6a2d11', timestamp: '2026-11-23T22:30:00.000Z' };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function issuableOf(content: CertificateContent): IssuableCertificate {
  const issuing = toIssuable(content, { today: content.certificate.issuedOn ?? sampleDay, catalogue: null });
  if (issuing.kind === 'refused') throw new Error(JSON.stringify(issuing.findings));
  return issuing.certificate;
}

function readBack(bytes: Uint8Array): CertificateContent {
  const reading = readCertificate(bytes);
  if (reading.kind === 'unusable') throw new Error(`${reading.reason}: ${reading.detail}`);
  return reading.content;
}

/** The content as far as the document carries it. */
function carried(content: IssuableCertificate): unknown {
  const { patient, coverage, practice, issuer, responsible } = content;
  const { street, houseNumber, poBox } = patient.address;
  const hasStreet = street !== null || houseNumber !== null;
  const isPostal = poBox !== null && !hasStreet;
  return {
    ...content,
    patient: {
      ...without(patient, 'sex'),
      address: {
        ...patient.address,
        poBox: isPostal ? poBox : null,
        extra: isPostal ? null : patient.address.extra,
      },
    },
    coverage: {
      ...coverage,
      kvkNumber: coverage.insuredId === null ? coverage.kvkNumber : null,
      insuredAbroad: false,
    },
    issuer,
    responsible: responsible === null ? null : { ...responsible, asvTeam: null },
    practice: { ...practice, address: { ...practice.address, poBox: null } },
  };
}

function without(fields: object, name: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

describe('readCertificate', () => {
  it('reads back whatever buildDocument writes, and the same bytes come of it', () => {
    let read = 0;
    fc.assert(
      fc.property(arbitraryContent, (content) => {
        const issuing = toIssuable(content, { today: sampleDay, catalogue: null });
        // Who pays alone has no insurer: such a document is never sent.
        if (issuing.kind === 'refused' || issuing.certificate.coverage.payerIk === null) return;
        read += 1;
        const bytes = buildDocument(issuing.certificate, identity);
        const back = readBack(bytes);
        expect(back).toEqual(carried(issuing.certificate));
        expect(decode(buildDocument(issuableOf(back), identity))).toBe(decode(bytes));
      }),
      { numRuns: 300, seed: 20261123 },
    );
    expect(read).toBeGreaterThan(50);
  });

  const cases = join(specification, 'cases');
  const names = hasReference ? readdirSync(cases).filter((name) => name.endsWith('.expected.xml')) : [];
  it.each(names)('reads the official document %s as its case', (name) => {
    const json = readFileSync(join(cases, name.replace('.expected.xml', '.json')), 'utf8');
    const content = certificateContentSchema.parse(JSON.parse(json));
    expect(readBack(readFileSync(join(cases, name)))).toEqual(carried(issuableOf(content)));
  });

  const good = decode(buildDocument(issuableOf(sampleContent()), identity));
  const reasonOf = (bytes: Uint8Array): string => {
    const reading = readCertificate(bytes);
    return reading.kind === 'certificate' ? 'none' : reading.reason;
  };

  it('tells the document by its id and its time', () => {
    expect(readCertificate(encode(good))).toMatchObject({
      kind: 'certificate',
      documentId: identity.documentId,
      timestamp: '2026-11-23T22:30:00Z',
    });
  });

  it.each([
    ['not-well-formed', encode(good.slice(0, -20))],
    ['not-well-formed', new Uint8Array([0xff, 0xfe, 0x00])],
    ['not-well-formed', encode(`<!DOCTYPE x [<!ENTITY a "b">]>${good}`)],
    ['not-well-formed', new Uint8Array()],
    ['too-large', new Uint8Array(largestDocument + 1)],
    ['not-eau', encode('<Bundle xmlns="http://hl7.org/fhir"/>')],
    ['not-eau', encode('<html/>')],
    ['not-eau', encode(good.replace('KBV_PR_EAU_Bundle', 'KBV_PR_ERP_Bundle'))],
    ['other-version', encode(good.replace('KBV_PR_EAU_Bundle|1.2', 'KBV_PR_EAU_Bundle|1.1.0'))],
    ['incomplete', encode(good.replace(/<onsetPeriod>.*?<\/onsetPeriod>/s, ''))],
    ['incomplete', encode(good.replace(/<payor>.*?<\/payor>/s, ''))],
    ['incomplete', encode(good.replace(/<birthDate [^>]*>/, ''))],
  ])('refuses what is %s', (reason, bytes) => {
    expect(reasonOf(bytes)).toBe(reason);
  });

  it('refuses a cancellation', () => {
    const bytes = buildCancellation({
      certificate: issuableOf(sampleContent()),
      cancelledDocumentId: identity.documentId,
      documentId: '7a1f2a3e-90c5-5d4e-8c55-0b6cbb6a2d11',
      timestamp: identity.timestamp,
    });
    expect(reasonOf(bytes)).toBe('cancellation');
  });

  it('says what is missing', () => {
    const bytes = encode(good.replace(/<birthDate [^>]*>/, ''));
    expect(readCertificate(bytes)).toMatchObject({ detail: 'patient.birthDate' });
  });
});
