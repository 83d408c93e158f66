import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/setup.mjs';
import { mutated, mutatedCases } from '../support/mutated-cases';
import { hasReference, loadValidator, specification, type Validator } from '../unit/fhir/validator';

// The certification package as a whole: the command itself, on KBV's cases and on some 170 that are made from them.

const official = join(specification, 'cases');
const names = hasReference
  ? readdirSync(official)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.replace('.json', ''))
  : [];
const copies = ['KK', 'AG', 'V'];
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const hasCatalogue = existsSync(join(specification, '../data'));
const refusal = z.strictObject({ rule: z.string().min(1), message: z.string().min(10) });
const onPaper = z.strictObject({ rule: z.string().min(1), reason: z.string().min(10) });

describe.skipIf(!hasReference)('npm run certify', () => {
  let [work, out] = ['', ''];
  let printed = '';
  let validator: Validator;
  const read = (name: string) => readFileSync(join(out, name));
  const made = (id: string) =>
    readdirSync(out)
      .filter((name) => name.startsWith(`${id}.`) || copies.some((copy) => name === `${id}_${copy}.pdf`))
      .map((name) => name.slice(id.length))
      .sort();
  const idOf = (index: number) => `mutated-${String(index).padStart(3, '0')}`;

  beforeAll(async () => {
    validator = await loadValidator();
    work = mkdtempSync(join(tmpdir(), 'certify-'));
    out = join(work, 'out');
    mkdirSync(join(work, 'cases'));
    for (const name of names)
      writeFileSync(join(work, 'cases', `${name}.json`), readFileSync(join(official, `${name}.json`)));
    mutatedCases.forEach(({ base, change }, index) => {
      const content: unknown = JSON.parse(readFileSync(join(official, `${base}.json`), 'utf8'));
      writeFileSync(join(work, 'cases', `${idOf(index)}.json`), JSON.stringify(mutated(content, change)));
    });
    const script = join(root, 'build/certify.ts');
    const run = spawnSync(process.execPath, ['--import', 'tsx', script, join(work, 'cases'), out], {
      cwd: root,
      encoding: 'utf8',
      timeout: 300_000,
    });
    printed = `${run.stdout}${run.stderr}`;
    expect(`${String(run.status)} ${printed}`).toMatch(/^0 /);
  }, 480_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('makes every case, and counts them', () => {
    expect(printed).toContain(`${names.length + mutatedCases.length} cases: `);
    expect(printed).toContain(' 0 failed.');
  });

  it.each(names)('%s: the document is the official one, and valid', (name) => {
    const xml = read(`${name}.xml`).toString();
    expect(validator.differences(readFileSync(join(official, `${name}.expected.xml`), 'utf8'), xml)).toEqual([]);
    expect(validator.errorsOf(xml)).toEqual([]);
  });

  it.each(names)('%s: three slips of one page each, and signature and mail or the reason why not', async (name) => {
    const isSent = name !== 'Beispiel_13-eAU_ERST_SKT_KVK';
    const slips = copies.map((copy) => `_${copy}.pdf`);
    expect(made(name)).toEqual([...(isSent ? ['.eml', '.p7s'] : ['.paper-only.json']), '.xml', ...slips].sort());
    for (const slip of slips) expect((await PDFDocument.load(read(`${name}${slip}`))).getPageCount()).toBe(1);
    if (!isSent)
      expect(onPaper.parse(JSON.parse(read(`${name}.paper-only.json`).toString())).rule).toBe('skt-without-insured-id');
  });

  it.skipIf(!hasOpenssl)('every signed file is verified by openssl and holds the XML’s very bytes (P4-01)', () => {
    const signed = readdirSync(out).filter((name) => name.endsWith('.p7s'));
    expect(signed.length).toBeGreaterThan(50);
    for (const name of signed) {
      const content = join(work, 'content.xml');
      const verify = [
        'cms',
        '-verify',
        '-binary',
        '-noverify',
        '-inform',
        'DER',
        '-in',
        join(out, name),
        '-out',
        content,
      ];
      const { status, stderr } = spawnSync('openssl', verify, { encoding: 'utf8' });
      expect(`${name} ${String(status)} ${stderr}`).toContain(`${name} 0 `);
      expect(readFileSync(content).equals(read(name.replace('.p7s', '.xml')))).toBe(true);
    }
  });

  it('every mail has the headers of a delivery and exactly the signed file (P5-02)', async () => {
    const mails = readdirSync(out).filter((name) => name.endsWith('.eml'));
    expect(mails.length).toBeGreaterThan(50);
    const messageIds = new Set<string>();
    for (const name of mails) {
      const mail = await PostalMime.parse(read(name), { attachmentEncoding: 'arraybuffer' });
      const header = (key: string) => mail.headers.filter((one) => one.key === key).map(({ value }) => value);
      const [, documentId = ''] = /urn:uuid:([0-9a-f-]{36})/.exec(read(name.replace('.eml', '.xml')).toString()) ?? [];
      expect(documentId[14]).toBe('5');
      expect(mail.subject).toBe(`TEAU0_${documentId}`);
      expect(header('x-kim-dienstkennung')).toEqual(['eAU;Lieferung;V1.2']);
      expect(header('x-kim-sendersystem')[0]).toMatch(/^[^;]+;[^;]+$/);
      expect(header('x-kim-support')).toHaveLength(1);
      expect([mail.to?.length, header('cc').length, header('bcc').length]).toEqual([1, 0, 0]);
      expect(mail.replyTo?.[0]?.address).toBe(mail.from?.address);
      expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}\.[0-9a-f-]{36}@[a-z]+>$/);
      messageIds.add(mail.messageId ?? '');
      const [attachment, second] = mail.attachments;
      expect(second).toBeUndefined();
      expect(attachment).toMatchObject({
        filename: `TEAU0_${documentId}.p7s`,
        mimeType: 'application/octet-stream',
        disposition: 'attachment',
        description: 'eAU',
      });
      if (!(attachment?.content instanceof ArrayBuffer)) throw new Error(name);
      expect(Buffer.from(attachment.content).equals(read(name.replace('.eml', '.p7s')))).toBe(true);
    }
    expect(messageIds.size).toBe(mails.length);
  });

  it.skipIf(!hasCatalogue).each(mutatedCases.map((one, index) => [one.name, one.expected, index] as const))(
    '%s: %s',
    (_name, expected, index) => {
      const id = idOf(index);
      const files = made(id);
      const slips = copies.map((copy) => `_${copy}.pdf`);
      if (expected === 'sent') {
        expect(files).toEqual(['.eml', '.p7s', '.xml', ...slips].sort());
      } else if (expected.startsWith('paper-only ')) {
        expect(files).toEqual(['.paper-only.json', '.xml', ...slips].sort());
        expect(`paper-only ${onPaper.parse(JSON.parse(read(`${id}.paper-only.json`).toString())).rule}`).toBe(expected);
      } else {
        expect(files).toEqual(['.error.json']);
        expect(`refused ${refusal.parse(JSON.parse(read(`${id}.error.json`).toString())).rule}`).toBe(expected);
        return;
      }
      expect(validator.errorsOf(read(`${id}.xml`).toString())).toEqual([]);
    },
  );
});
