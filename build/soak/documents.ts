import fc from 'fast-check';
import { certificateKinds, issuerTypes, payerTypes, type CertificateContent } from '../../renderer/domain/certificate';
import { toIssuable } from '../../renderer/domain/issuable';
import { hasForbiddenCharacter } from '../../renderer/domain/rules/texts';
import { buildDocument } from '../../renderer/fhir/document';
import { sampleContent, sampleDay, sampleResponsible } from '../../test/unit/domain/sample';
import { arbitraryContent } from '../../test/unit/fhir/arbitrary-content';
import { hasReference, loadValidator } from '../../test/unit/fhir/validator';

/** What came of the certificates: each is refused by a rule, or its document is VALID; anything else is wrong. */
export interface DocumentCheck {
  readonly valid: number;
  readonly refused: number;
  readonly wrong: readonly string[];
}

/** The longest name that a patient may have (`family`, 45 UTF-16 units). */
const longest = 45;

/**
 * Makes certificates from the rules' edges, by the thousand (`random` of them by `seed`), then every combination of kind, payer, issuer, responsible person and
 * practice number with the longest names, then every letter of Unicode's first plane and some thousand of the others. `null` where the reference
 * validator isn't there. Bounded: about 20 ms a document.
 */
export async function checkDocuments(random: number, seed: number): Promise<DocumentCheck | null> {
  if (!hasReference) return null;
  const validator = await loadValidator();
  let [valid, refused] = [0, 0];
  const wrong: string[] = [];
  const check = (what: string, content: CertificateContent, mustBeIssued: boolean) => {
    try {
      const issuing = toIssuable(content, { today: sampleDay, catalogue: null });
      if (issuing.kind === 'refused') {
        refused += 1;
        const rules = issuing.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
        if (mustBeIssued || rules.length === 0) wrong.push(`${what}: refused by ${rules.join(', ') || 'no rule'}`);
        return;
      }
      const identity = { documentId: '0f4c2a3e-90c5-5d4e-8c55-0b6cbb6a2d11', timestamp: '2026-11-23T22:30:00.000Z' };
      const errors = validator.errorsOf(new TextDecoder().decode(buildDocument(issuing.certificate, identity)));
      if (errors.length === 0) valid += 1;
      else wrong.push(`${what}: ${errors.join('; ')}`);
    } catch (error) {
      wrong.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const [index, content] of fc.sample(arbitraryContent, { numRuns: random, seed }).entries())
    check(`certificate ${String(index)} of seed ${String(seed)}`, content, false);
  for (const { what, content } of combinations()) check(what, content, false);
  for (const letters of letterGroups(seed))
    check(`letters from U+${(letters.codePointAt(0) ?? 0).toString(16)}`, named(letters), true);
  return { valid, refused, wrong };
}

function* combinations(): Generator<{ what: string; content: CertificateContent }> {
  for (const kind of certificateKinds)
    for (const payerType of payerTypes)
      for (const type of issuerTypes)
        for (const responsible of [null, { ...sampleResponsible, family: 'Ö'.repeat(longest) }])
          for (const number of ['bsnr', 'ik', 'kzv', 'site'] as const)
            for (const legalBasis of ['00', '11'] as const)
              yield {
                what: [kind, payerType, type, responsible === null ? 'alone' : 'responsible', number, legalBasis].join(
                  ' ',
                ),
                content: sampleContent((content) => {
                  const { certificate, patient, coverage, issuer, practice } = content;
                  const isFirst = kind === 'ERST' || kind === 'ERST_END';
                  Object.assign(certificate, { kind, unfitSince: isFirst ? certificate.unfitSince : null });
                  Object.assign(patient, {
                    family: 'Ä'.repeat(longest),
                    given: 'ß'.repeat(longest),
                    title: 'D'.repeat(20),
                  });
                  Object.assign(patient, { affix: 'G'.repeat(20), prefix: 'v'.repeat(20) });
                  Object.assign(coverage, { payerType, legalBasis });
                  Object.assign(issuer, { type, lanr: type === '01' ? null : issuer.lanr });
                  Object.assign(issuer, { zanr: type === '01' ? '123456628' : null, title: 'D'.repeat(100) });
                  Object.assign(issuer, { asvTeam: legalBasis === '11' ? '012347567' : null });
                  content.responsible = responsible;
                  Object.assign(practice, { bsnr: null, name: 'P'.repeat(60), [number]: '123456789' });
                }),
              };
}

/** All letters that a name may have, as names of the full length: the first plane whole, of the others what the seed takes. */
function* letterGroups(seed: number): Generator<string> {
  let group = '';
  for (const letter of letters(seed)) {
    if (hasForbiddenCharacter(letter)) continue;
    if (group.length + letter.length > longest) {
      yield group;
      group = '';
    }
    // A name of spaces alone is none.
    group += group === '' ? `N${letter}` : letter;
  }
  yield group;
}

function* letters(seed: number): Generator<string> {
  for (let code = 0; code <= 0xffff; code += 1) if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
  for (let code = 0x10000 + (seed % 256); code <= 0x10ffff; code += 256) yield String.fromCodePoint(code);
}

function named(family: string): CertificateContent {
  return sampleContent((content) => void (content.patient.family = family));
}
