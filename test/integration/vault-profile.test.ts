import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStorePage } from '../../build/bench-store/open-page';
import { ensureChromium } from '../../build/setup.mjs';
import { exampleContent } from '../support/content';

const executablePath = await ensureChromium();

/** All bytes of all files under a folder. */
async function bytesOf(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Buffer.concat(await Promise.all(files.map(async (file) => readFile(file))));
}

const holds = (bytes: Buffer, word: string) =>
  (['utf8', 'utf16le', 'latin1'] as const).some((encoding) => bytes.includes(Buffer.from(word, encoding)));

describe.skipIf(executablePath === null)('the bytes of the browser’s profile and of the journal', () => {
  it('hold no name, insured id or diagnosis; a word in the open is found; without room writing is a result', async () => {
    const opened = await openStorePage(executablePath ?? '');
    try {
      const content = exampleContent({
        patient: { family: 'Xylophonski', given: 'Ottokarine' },
        coverage: { insuredId: 'Q918273645' },
        certificate: {
          diagnosisText: 'Zwerchfellhochstand',
          // A code that stands in no catalogue here: those are public and in the open.
          diagnoses: [{ code: 'Z99.81', certainty: 'G', side: null, catalogue: '2026' }],
        },
      });
      const ask = { keys: opened.keys, content, control: 'Kontrollwort4711' };
      await opened.page.evaluate(
        (given) => window.vaultBench?.writeSecrets(given.keys, given.content, given.control),
        ask,
      );
      const bytes = await bytesOf(opened.profile);
      expect(holds(bytes, 'Kontrollwort4711')).toBe(true);
      const secrets = ['Xylophonski', 'Ottokarine', 'Q918273645', 'Zwerchfellhochstand', 'Z99.81'];
      expect(secrets.filter((word) => holds(bytes, word))).toEqual([]);

      // In a new browser: the one that has just written remembers how much room there was.
      const page = await opened.reopen();
      const session = await page.context().newCDPSession(page);
      const origin = new URL(page.url()).origin;
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000 });
      const without = await page.evaluate((keys) => window.vaultBench?.writeWithoutRoom(keys), opened.keys);
      expect(without).toEqual({ reason: 'full', hasRoom: false, read: true });
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await expect.poll(() => page.evaluate(() => window.vaultBench?.hasRoomAgain())).toBe(true);
    } finally {
      await opened.stop();
    }
  });

  it('two browsers over one archive: the first is superseded, and a fork is said and written over by nobody', async () => {
    const opened = await openStorePage(executablePath ?? '');
    try {
      expect(await opened.page.evaluate((keys) => window.vaultBench?.forking(keys), opened.keys)).toEqual({
        superseded: 'superseded',
        noted: 'written',
        issued: 'not-journaled',
        fork: 'forked',
        kept: 1,
      });
    } finally {
      await opened.stop();
    }
  });
});
