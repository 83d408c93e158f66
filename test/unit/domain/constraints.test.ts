import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { certificateContentSchema } from '../../../renderer/domain/certificate';
import { checkCertificate } from '../../../renderer/domain/check';
import { toIssuable } from '../../../renderer/domain/issuable';
import { buildDocument } from '../../../renderer/fhir/document';
import { documentIdOf } from '../../../renderer/fhir/document-identity';
import { mutated, mutatedCases } from '../../support/mutated-cases';
import { hasReference, loadValidator, specification, type Validator } from '../fhir/validator';
import { answers } from './constraint-reasons';
import { ruleCases } from './rules/all-cases';
import { context } from './rules/rule-case';
import { sampleContent } from './sample';

const file = join(specification, 'fhir/constraints.md');
const listed = existsSync(file)
  ? [...readFileSync(file, 'utf8').matchAll(/^\| `([^`]+)` \|/gm)].map(([, key]) => key ?? '')
  : [];

/** Every document that comes of KBV's cases and of what is made from them. */
function documents(): readonly string[] {
  const contentOf = (base: string): unknown =>
    JSON.parse(readFileSync(join(specification, 'cases', `${base}.json`), 'utf8'));
  const bases = readdirSync(join(specification, 'cases')).filter((name) => name.endsWith('.json'));
  const all = [
    ...bases.map((name) => contentOf(name.replace('.json', ''))),
    ...mutatedCases.map(({ base, change }) => mutated(contentOf(base), change)),
  ];
  return all.flatMap((entered, index) => {
    const content = certificateContentSchema.safeParse(entered);
    if (!content.success) return [];
    const today = content.data.certificate.issuedOn ?? '';
    const issuing = toIssuable(content.data, { today, catalogue: null });
    if (issuing.kind === 'refused') return [];
    const documentId = documentIdOf('c0d4e4a2-7d2b-4a4e-9f43-0f3b8f1f2a11', String(index), 1);
    const bytes = buildDocument(issuing.certificate, { documentId, timestamp: '2026-11-23T09:41:07.123Z' });
    return [new TextDecoder().decode(bytes)];
  });
}

describe.skipIf(!hasReference)('every constraint of the profiles (spec/fhir/constraints.md)', () => {
  let validator: Validator;
  let xmls: readonly string[];
  beforeAll(async () => {
    validator = await loadValidator();
    xmls = documents();
  }, 180_000);

  it('has its answer in the table, and the table no other', () => {
    expect(listed.length).toBeGreaterThan(80);
    expect(Object.keys(answers).toSorted()).toEqual(listed.toSorted());
  });

  it.each(listed)('%s', (constraint) => {
    const answer = answers[constraint];
    if (answer === undefined) throw new Error(`${constraint} is in no rule and has no reason.`);
    if (answer.kind === 'rule') {
      const { passes, fails } = ruleCases[answer.rule];
      const found = (change: (typeof passes)[number]) =>
        checkCertificate(sampleContent(change), context).filter((finding) => finding.rule === answer.rule);
      expect(passes.flatMap(found)).toEqual([]);
      expect(fails.length).toBeGreaterThan(0);
      for (const [, change] of fails) expect(found(change)).not.toEqual([]);
      return;
    }
    expect(answer.because.length).toBeGreaterThan(10);
    const { never } = answer;
    expect(xmls.length).toBeGreaterThan(60);
    if (never !== null) expect(xmls.filter((xml) => never.test(xml))).toEqual([]);
  });

  it('holds for every document that comes of the cases, as the validator sees it', () => {
    expect(xmls.flatMap((xml) => validator.errorsOf(xml))).toEqual([]);
  }, 60_000);
});

/** KBV's invalid instances, and the rule that refuses to make such a one. */
const refusedInstances: Readonly<Record<string, { rule: string; field: 'bsnr' | 'site' }>> = {
  'Beispiel_1-eAU_ERST_GKV-BSNR.xml': { rule: 'for-laengeBSNR', field: 'bsnr' },
  'Beispiel_1-eAU_ERST_GKV-KSN.xml': { rule: 'for-laengeStandortnummer', field: 'site' },
};
const invalid = join(specification, 'fhir/examples/invalid');
const instances = existsSync(invalid) ? readdirSync(invalid) : [];

describe.skipIf(!hasReference)('KBV’s invalid instances', () => {
  it('are all in the table, and the table has no other', () => {
    expect(instances.toSorted()).toEqual(Object.keys(refusedInstances).toSorted());
  });

  it.each(instances)('%s is nothing that we would make', async (instance) => {
    const validator = await loadValidator();
    const xml = readFileSync(join(invalid, instance), 'utf8');
    expect(validator.errorsOf(xml)).not.toEqual([]);
    const refused = refusedInstances[instance];
    if (refused === undefined) throw new Error(`${instance} is in no rule.`);
    const { rule, field } = refused;
    // The number in the instance, as a user would enter it.
    const practice = xml.slice(xml.indexOf('<Organization'), xml.indexOf('</Organization>'));
    const [, entered = ''] =
      /<identifier>(?:(?!<\/identifier>)[^])*<value value="([^"]*)"(?:(?!<\/identifier>)[^])*<\/identifier>/.exec(
        practice,
      ) ?? [];
    const findings = checkCertificate(
      sampleContent((content) => Object.assign(content.practice, { bsnr: null, [field]: entered })),
      context,
    );
    expect(entered).not.toBe('');
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });
});
