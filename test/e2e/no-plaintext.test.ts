import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Page } from '@playwright/test';
import { patients } from '../../electron/rehearsal/people';
import { closeBrowser, openBrowser } from './browsers';
import { choosePatient, enterRehearsal, expect, logInAs, startHost, test } from './fixtures';

// What a thief of the disk would find, and somebody who looks at a locked screen with the developer tools.

const freeText = 'Zwerchfellhochstand links';
const draftText = 'Knollenblätterpilzgericht';
const control = 'Kontrollwort4711';
/** A patient's name that is a word of the program too, and so stands in its files; the full name is looked for all the same. */
const ordinaryWord = 'Beispiel';
/** Everything that says who it is: of each patient of the world, whether a certificate was issued or not. */
const secrets = [
  freeText,
  draftText,
  ...patients.flatMap(({ family, given, insuredId, street, houseNumber }) => [
    ...(family === ordinaryWord ? [] : [family]),
    `${given} ${family}`,
    `${family}, ${given}`,
    insuredId,
    `${street} ${houseNumber}`,
  ]),
];

/** Every file below a folder that holds one of the words, in any way in which a program writes text. */
function filesWith(
  folder: string,
  words: readonly string[],
  except: (path: string) => boolean = () => false,
): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !except(path))
    .flatMap((path) => {
      const bytes = readFileSync(path);
      const found = words.filter((word) =>
        [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)].some((form) =>
          (['utf8', 'utf16le', 'latin1'] as const).some((encoding) => {
            const wanted = Buffer.from(form, encoding);
            // Latin-1 has no letter for some names: what would be searched for then is another word.
            return wanted.toString(encoding) === form && bytes.includes(wanted);
          }),
        ),
      );
      return found.map((word) => `${relative(folder, path)}: ${word}`);
    });
}

async function beginCertificate(page: Page, family: string): Promise<void> {
  await page.keyboard.press('F2');
  await choosePatient(page, family);
  await page.getByLabel('voraussichtlich bis').pressSequentially('+4');
}

/** What the page holds that a person or a script could read: its tree with what is typed in it, its storages, its address. */
function readPage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const typed = [...document.querySelectorAll('input, textarea, select')].map((field) =>
      'value' in field ? String(field.value) : '',
    );
    const frames = [...document.querySelectorAll('iframe')].map((frame) => frame.src);
    return [
      document.documentElement.outerHTML,
      ...typed,
      ...frames,
      document.title,
      window.location.href,
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
    ].join('\n');
  });
}

const found = (text: string) => secrets.filter((word) => text.includes(word));

/** Locks, looks, and unlocks again. */
async function expectNothingWhileLocked(page: Page, where: string): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Gesperrt' })).toBeVisible();
  await expect(page.locator('.frame'), where).toHaveCount(0);
  await expect(page.getByRole('dialog'), where).toHaveCount(0);
  expect(found(await readPage(page)), where).toEqual([]);
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByRole('heading', { name: 'Gesperrt' })).toHaveCount(0);
}

test('no word about a patient stands on the disk, in the logs, in temporary files, or in the page while it is locked', async () => {
  test.setTimeout(240_000);
  const scratch = mkdtempSync(join(tmpdir(), 'ersatzschein-plaintext-'));
  const [temporary, profile, data] = ['tmp', 'profile', 'data'].map((name) => join(scratch, name));
  if (temporary === undefined || profile === undefined || data === undefined) throw new Error('No folders.');
  mkdirSync(temporary);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  const host = await startHost(0, data);
  const context = await openBrowser(profile);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await enterRehearsal(page, host.url);
    await page.evaluate((word) => localStorage.setItem('control', word), control);

    // An issued and printed one, with a code and words of its own.
    await beginCertificate(page, 'Denemeo');
    await page.keyboard.press('Alt+g');
    await page.keyboard.type('J06.9');
    await expect(page.getByRole('option').first()).toBeVisible();
    await page.keyboard.press('Enter');
    await page.getByLabel('Freitext zu den Diagnosen').fill(freeText);
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('button', { name: /Blätter drucken/ })).toBeEnabled();
    // The slips' preview stands in a dialog outside of the screen: it goes too.
    await expectNothingWhileLocked(page, 'preview of slips');
    await page.goto(`${host.origin}/#/bescheinigungen`);
    await page.getByRole('row', { name: /Denemeo/ }).click();
    await page
      .getByRole('button', { name: /Drucken/ })
      .first()
      .click();
    await dialog
      .getByRole('button', { name: /drucken/i })
      .last()
      .click();
    await expect(dialog).toBeHidden({ timeout: 15_000 });
    await expect.poll(() => readdirSync(host.printFolder).length).toBeGreaterThan(0);
    await expectNothingWhileLocked(page, 'one certificate');

    // A draft that was not finished: kept when it is locked at once after the last key, and there again.
    await page.keyboard.press('F2');
    await beginCertificate(page, 'Testowska');
    await page.getByLabel('Freitext zu den Diagnosen').fill(draftText);
    await expectNothingWhileLocked(page, 'draft');
    await expect(page.getByLabel('Freitext zu den Diagnosen')).toHaveValue(draftText);
    await expect(page.getByLabel('Patientin oder Patient', { exact: true })).toHaveValue(/Testowska/);

    // One patient's data as a file: it goes where the user wants it, and nowhere else.
    await page.goto(`${host.origin}/#/einstellungen/aufbewahrung`);
    await page.getByLabel('Name oder Versichertennummer').fill('Denemeo');
    await page.getByRole('button', { name: /^Auskunft …/ }).click();
    const shown = (await dialog.getByText('Code in der Übung jetzt').textContent()) ?? '';
    await dialog.getByLabel('Code aus der App').fill(/\d{6}/.exec(shown)?.[0] ?? '');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(readFileSync(await download.path(), 'utf8')).toContain(freeText);
    await download.delete();
    await page.goto(`${host.origin}/#/einstellungen/sicherung`);
    await page.getByRole('button', { name: 'Jetzt sichern' }).click();
    await expect(page.getByText('Gesichert: Dieser Rechner.')).toBeVisible();
    await page.keyboard.press('F9');
    await expect(page.getByRole('heading', { name: 'Gesperrt' })).toBeVisible();
    expect(found(await readPage(page))).toEqual([]);

    await closeBrowser(profile, context);
    expect(found(host.errors()), 'log').toEqual([]);
    const printed = relative(scratch, host.printFolder);
    // What a practice's printer gets is paper; here it is a folder.
    const isPaper = (path: string) => relative(scratch, path).startsWith(printed);
    expect(filesWith(scratch, [control], isPaper), 'the search finds what is there').not.toEqual([]);
    expect(filesWith(scratch, secrets, isPaper)).toEqual([]);
    expect(readdirSync(data).length).toBeGreaterThan(0);
  } finally {
    await closeBrowser(profile, context);
    await host.stop();
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(scratch, { recursive: true, force: true });
  }
});
