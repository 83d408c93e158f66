import type { Page } from '@playwright/test';
import type { Host } from '../../electron/contract/host';
import { noFaults } from '../../electron/contract/rehearsal';
import { hostOverLine } from '../support/line-client';
import { choosePatient, enterRehearsal, expect, test } from './fixtures';

// A cancellation that the insurer rejects, as the practice meets it: in the running program with its rehearsal world.

/** Records and issues a certificate for a patient of the world, without printing; `isFollowUp`: one that follows. */
async function issue(page: Page, patient: string, isFollowUp = false): Promise<void> {
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
  await choosePatient(page, patient);
  if (isFollowUp) await page.getByRole('radio', { name: 'Folge' }).check({ force: true });
  await page.getByLabel('voraussichtlich bis').pressSequentially(isFollowUp ? '+9' : '+4');
  await page.keyboard.press('Alt+g');
  await page.keyboard.type('J06.9');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Erkältung')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await dialogOf(page).getByRole('button', { name: 'Später drucken' }).click();
  await expect(dialogOf(page)).toBeHidden();
}

const dialogOf = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'));

/** The host as the page itself has it. */
async function hostOf(page: Page): Promise<Host> {
  const { origin } = new URL(page.url());
  const cookies = await page.context().cookies(origin);
  return hostOverLine(origin, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
}

async function sendAll(page: Page): Promise<void> {
  await page.keyboard.press('F3');
  await page
    .getByRole('button', { name: /jetzt senden$/ })
    .first()
    .click();
}

test('a rejected cancellation: named before, told on the certificate, with its next step', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(120_000);
  await enterRehearsal(page, host.url);
  await issue(page, 'Probefall');
  await sendAll(page);
  await expect(page.getByRole('link', { name: 'nichts offen' })).toBeVisible({ timeout: 30_000 });
  await issue(page, 'Probefall', true);

  // What follows is named before anything is confirmed.
  await page.keyboard.press('F4');
  await page
    .getByRole('row', { name: /Probefall/ })
    .filter({ hasText: 'zugestellt' })
    .click();
  await page.getByRole('button', { name: 'Stornieren …' }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByText(/folgt 1 Bescheinigung, die dann allein steht/)).toBeVisible();
  await expect(dialog.getByText(/^Folgebescheinigung vom/)).toBeVisible();
  if (process.env['LOOK'] !== undefined) await page.screenshot({ path: `${process.env['LOOK']}/cancel-dialog.png` });
  await dialog.getByRole('button', { name: 'Stornieren' }).click();
  await expect(page.getByText(/Storno erfasst .*noch nicht gesendet/)).toBeVisible();

  // The insurer rejects it.
  const { rehearsal } = await hostOf(page);
  const world = await rehearsal.start({});
  const payerIk = world.patients.find(({ family }) => family.includes('Probefall'))?.payerIk ?? '';
  await rehearsal.setFaults({ ...noFaults, insurerErrors: [{ payerIk, code: '102', count: 1 }] });
  await page.getByText('Zum Storno').click();
  await page.getByRole('button', { name: 'Jetzt senden …' }).click();
  await dialogOf(page).getByRole('button', { name: 'Senden' }).click();
  await expect(page.getByRole('button', { name: 'Neu erstellen und senden' })).toBeVisible({ timeout: 30_000 });
  await page.getByText('Storniert diese Bescheinigung').click();
  await expect(page.getByText('Nicht storniert: die Krankenkasse hat das Storno abgewiesen')).toBeVisible();
  await expect(page.getByText('Storno abgewiesen').first()).toBeVisible();
  await expect(page.getByText('Code 102')).toBeVisible();
  if (process.env['LOOK'] !== undefined) await page.screenshot({ path: `${process.env['LOOK']}/rejected.png` });

  // Its one next step cancels the certificate after all.
  await page.getByRole('button', { name: 'Neu erstellen und senden' }).click();
  await expect(page.getByText(/^Storniert .*das Storno ist bei .* zugestellt/)).toBeVisible({ timeout: 30_000 });
  if (process.env['LOOK'] !== undefined) await page.screenshot({ path: `${process.env['LOOK']}/cancelled.png` });
  await expect(page.getByText(/folgt noch 1 gültige Folgebescheinigung/)).toBeVisible();
  expect(consoleErrors).toEqual([]);
});
