import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { institutionNumber } from '../../electron/rehearsal/check-digits';
import { insurerFile, largeInsurerFile, type MadeInsurer } from '../support/insurer-file';
import { enterRehearsal, expect, test } from './fixtures';

// The insurer file in the running program: a file of the real size read with progress, what it changes, and what is refused.

const folder = process.env['ERSATZSCHEIN_PICTURES'];

/** For who wants to look at each state. */
async function picture(page: Page, name: string): Promise<void> {
  if (folder !== undefined) await page.screenshot({ path: join(folder, `insurer-file-${name}.png`) });
}

async function choose(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page
    .getByLabel('Datei einlesen …')
    .first()
    .setInputFiles({ name, mimeType: 'text/xml', buffer: Buffer.from(bytes) });
}

test('a file of 13 MB: progress, what changes, versions side by side; what is no insurer file leaves the list as it is', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(180_000);
  await enterRehearsal(page, host.url);
  await page.evaluate(() => {
    location.hash = '#/stammdaten/kassen';
  });
  await expect(page.getByRole('button', { name: 'Kassendatei' })).toBeVisible();
  await page.keyboard.press('Alt+k');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Übungswelt')).toBeVisible();
  await picture(page, '1-before');

  // What is refused says why, and that the list is as it was.
  const whole = largeInsurerFile();
  const refusals: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['halb.xml', whole.subarray(0, 400_000), /unvollständig/],
    ['fremd.xml', new TextEncoder().encode('<?xml version="1.0"?><liste><eintrag/></liste>'), /keine Kostenträger/],
    [
      'kaputt.xml',
      Buffer.from(Buffer.from(insurerFile([])).toString('latin1').replace('<ehd:body>', '<ehd:body <'), 'latin1'),
      /beschädigt/,
    ],
  ];
  for (const [name, bytes, why] of refusals) {
    await choose(page, name, bytes);
    await expect(dialog.getByText(why)).toBeVisible();
    await expect(dialog.getByText('Die Kassenliste ist geblieben, wie sie war.')).toBeVisible();
  }
  await picture(page, '2-refused');

  // The real size: progress is seen, the page goes on, and nothing changes before somebody says so.
  await page.evaluate(() => {
    const seen: number[] = [];
    Object.assign(window, { seenProgress: seen });
    new MutationObserver(() => {
      const bar = document.querySelector<HTMLProgressElement>('progress.insurer-progress');
      if (bar !== null) seen.push(bar.value);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const started = Date.now();
  await choose(page, 'KTStamm-2026-4.xml', whole);
  await expect(dialog.getByText(/Noch ist nichts geändert/)).toBeVisible({ timeout: 60_000 });
  test.info().annotations.push({ type: 'read in', description: `${String(Date.now() - started)} ms` });
  const seen = await page.evaluate((): unknown => Reflect.get(window, 'seenProgress'));
  expect(Array.isArray(seen) ? new Set(seen).size : 0).toBeGreaterThan(2);
  await expect(dialog.getByText(/nicht mehr vorhanden/)).toBeVisible();
  await picture(page, '3-preview');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText(/In Kraft: [\d.]+ Kassen\./)).toBeVisible({ timeout: 60_000 });
  await picture(page, '4-taken');

  // The next quarter: one merged, one renamed, one ended, one new. Old and new stand side by side, and one can go back.
  const small: readonly MadeInsurer[] = [
    {
      vknr: '10000',
      name: 'BKK Müsterhäusen 0 plus',
      iks: [institutionNumber('10200000'), institutionNumber('10300000')],
    },
    {
      vknr: '10005',
      name: 'BKK Müsterhäusen 1',
      valid: '1995-01-01..2026-09-30',
      ended: { kind: 'F', into: '10000' },
      iks: [institutionNumber('10200001'), institutionNumber('10300001')],
    },
    {
      vknr: '99990',
      name: 'Übungskasse Neuland',
      iks: [institutionNumber('10999010')],
      providers: [{ name: 'ITSCARE' }],
    },
  ];
  await choose(page, 'KTStamm-2027-1.xml', insurerFile(small, { validity: '2027-01-01..2027-03-31' }));
  await expect(dialog.getByText(/Noch ist nichts geändert/)).toBeVisible();
  for (const group of ['fusioniert', 'nicht mehr vorhanden', 'umbenannt', 'neu'])
    await expect(dialog.locator('summary', { hasText: group })).toBeVisible();
  await picture(page, '5-next-quarter');
  await expect(dialog.getByText(/^\d\d\.\d\d\.\d{4} –/)).toHaveCount(3);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByLabel('Kasse suchen').fill('Müsterhäusen 12');
  await expect(page.getByText('BKK Müsterhäusen 12', { exact: true })).toBeVisible();
  await picture(page, '6-list');
  expect(consoleErrors).toEqual([]);
});
