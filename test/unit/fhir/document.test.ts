import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toIssuable } from '../../../renderer/domain/issuable';
import { buildCancellation } from '../../../renderer/fhir/cancellation';
import { buildDocument } from '../../../renderer/fhir/document';
import { readDocument } from '../../../renderer/fhir/read-document';
import { sampleContent, sampleDay } from '../domain/sample';
import { arbitraryContent } from './arbitrary-content';
import { hasReference, loadValidator, type Validator } from './validator';

// ERSATZSCHEIN_CASES: how many certificates to make (thousands in the slow suite); ERSATZSCHEIN_SEED: which.
const numRuns = Number(process.env['ERSATZSCHEIN_CASES'] ?? '300');
const seed = Number(process.env['ERSATZSCHEIN_SEED'] ?? '20261123');
const context = { today: sampleDay, catalogue: null };
const identity = { documentId: '0f4c2a3e-90c5-5d4e-8c55-0b6cbb6a2d11', timestamp: '2026-11-23T22:30:00.000Z' };
const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

describe('buildDocument', () => {
  const plain = () => {
    const issuing = toIssuable(sampleContent(), context);
    if (issuing.kind !== 'issuable') throw new Error(JSON.stringify(issuing.findings));
    return issuing.certificate;
  };

  it('makes the same bytes twice', () => {
    fc.assert(
      fc.property(arbitraryContent, (content) => {
        const issuing = toIssuable(content, context);
        if (issuing.kind === 'refused') return;
        const first = buildDocument(issuing.certificate, identity);
        expect(buildDocument(structuredClone(issuing.certificate), { ...identity })).toEqual(first);
      }),
      { numRuns: 100, seed },
    );
  });

  it('makes other ids for another document', () => {
    const ids = (documentId: string): string[] =>
      textOf(buildDocument(plain(), { ...identity, documentId })).match(/(?<=<id value=")[^"]+/g) ?? [];
    const [one, other] = [ids(identity.documentId), ids('7a1f2a3e-90c5-5d4e-8c55-0b6cbb6a2d11')];
    expect(new Set([...one, ...other]).size).toBe(one.length + other.length);
    expect(one.length).toBeGreaterThan(6);
  });

  it('P310-14: names the document by its UUID and starts without a byte order mark', () => {
    const bytes = buildDocument(plain(), identity);
    expect(Array.from(bytes.subarray(0, 5))).toEqual(Array.from(new TextEncoder().encode('<?xml')));
    expect(textOf(bytes)).toContain(`<value value="urn:uuid:${identity.documentId}"/>`);
    expect(textOf(bytes)).toContain('<timestamp value="2026-11-23T22:30:00Z"/>');
  });

  it('reads back what was written, hostile letters included', () => {
    const content = sampleContent((changed) => {
      changed.patient.family = `O'Neill & <Söhne> "]]>" 😀 {{patient}}`;
      changed.coverage.payerName = 'Kasse <&> "X"';
    });
    const issuing = toIssuable(content, context);
    if (issuing.kind !== 'issuable') throw new Error(JSON.stringify(issuing.findings));
    expect(readDocument(buildDocument(issuing.certificate, identity))).toEqual({
      kind: 'document',
      about: 'certificate',
      profile: 'https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_Bundle|1.2',
      documentId: identity.documentId,
      timestamp: '2026-11-23T22:30:00Z',
      issuedOn: sampleDay,
      payerIk: '109719018',
      payerName: 'Kasse <&> "X"',
      patient: { family: content.patient.family, given: 'Eva', birthDate: '1970-12-24' },
      insuredId: 'K220635158',
      cancelledDocumentId: null,
    });
  });

  it('P310-12: dates a cancellation by the German day, also shortly before midnight UTC', () => {
    const bytes = buildCancellation({
      certificate: plain(),
      cancelledDocumentId: identity.documentId,
      documentId: '7a1f2a3e-90c5-5d4e-8c55-0b6cbb6a2d11',
      timestamp: '2026-11-23T23:30:00.000Z',
    });
    expect(readDocument(bytes)).toMatchObject({ issuedOn: '2026-11-24', cancelledDocumentId: identity.documentId });
  });
});

describe.skipIf(!hasReference)('every certificate', () => {
  let validator: Validator;
  beforeAll(async () => {
    validator = await loadValidator();
  }, 180_000);

  it(
    'is either refused by a rule or becomes a valid document',
    () => {
      let [issued, refused] = [0, 0];
      fc.assert(
        fc.property(arbitraryContent, (content) => {
          const issuing = toIssuable(content, context);
          if (issuing.kind === 'refused') {
            refused += 1;
            return;
          }
          issued += 1;
          expect(validator.errorsOf(textOf(buildDocument(issuing.certificate, identity)))).toEqual([]);
        }),
        { numRuns, seed },
      );
      expect(issued).toBeGreaterThan(numRuns / 5);
      expect(refused).toBeGreaterThan(numRuns / 10);
    },
    60_000 + numRuns * 400,
  );
});
