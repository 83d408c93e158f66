import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { enterRehearsal, expect, logInAs, practicePassphrase, test } from './fixtures';

// Log-in, lock and roles in the running program, by keyboard.

async function expectNoAxeFault(page: Page, where: string): Promise<void> {
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${where} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}

test('the lock hides everything and keeps what was typed', async ({ page, host, consoleErrors }) => {
  await enterRehearsal(page, host.url);
  const patient = page.getByLabel('Patientin oder Patient', { exact: true });
  await patient.fill('Beispiel');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('voraussichtlich bis').pressSequentially('+4');
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Gesperrt' })).toBeVisible();
  expect(await page.locator('body').innerText()).not.toContain('Beispiel, ');
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await expectNoAxeFault(page, 'lock');

  // A wrong passphrase says so; the shortcuts of the program behind do nothing.
  await page.keyboard.type('falsch');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('stimmt nicht');
  await page.keyboard.press('F4');
  await expect(page.getByRole('heading', { name: 'Gesperrt' })).toBeVisible();
  await page.getByLabel('Passphrase', { exact: true }).fill(practicePassphrase);
  await page.keyboard.press('Enter');
  await expect(patient).toHaveValue(/Beispiel/);
  await expect(page.getByLabel('voraussichtlich bis')).not.toHaveValue('');
  expect(consoleErrors).toEqual([]);
});

test('after failures one waits, also after the program was closed and opened again', async ({
  page,
  host,
  context,
}) => {
  await enterRehearsal(page, host.url);
  await page.keyboard.press('F9');
  const field = page.getByLabel('Passphrase', { exact: true });
  for (let count = 0; count < 3; count += 1) {
    await field.fill('falsch');
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('');
    await expect(page.getByRole('alert')).toContainText('stimmt nicht');
  }
  await expect(page.getByText('Zu viele Fehlversuche')).toBeVisible();
  await page.close();
  const again = await context.newPage();
  await again.goto(await host.newUrl());
  await expect(again.getByText('Zu viele Fehlversuche')).toBeVisible();
  await expect(again.getByRole('button', { name: 'Anmelden' })).toBeDisabled();
  await expect(again.getByRole('button', { name: 'Anmelden' })).toBeEnabled({ timeout: 10_000 });
  await logInAs(again, 'Ärztin, Arzt');
  await expect(again.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
});

test('an administrator sees no certificate; the doctor’s are there again afterwards', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(120_000);
  await enterRehearsal(page, host.url);
  await page.keyboard.press('F10');
  await logInAs(page, 'Verwaltung');
  await expect(page.getByText('Hier stünden Bescheinigungen')).toBeVisible();
  await expectNoAxeFault(page, 'administration');
  const links = await page.getByRole('navigation').getByRole('link').allInnerTexts();
  expect(links.map((text) => text.split('\n')[0])).toEqual(['Verbindungen', 'Einstellungen']);
  // The address bar leads no further than the navigation.
  for (const place of ['bescheinigungen', 'offen', 'ausstellen', 'stammdaten', 'stoerungen']) {
    await page.goto(`${host.origin}/#/${place}`);
    await expect(page.getByText('Hier stünden Bescheinigungen')).toBeVisible();
  }
  await page.goto(`${host.origin}/#/einstellungen/zugaenge`);
  await expect(page.getByText('Wer sich anmelden darf')).toBeVisible();
  await expectNoAxeFault(page, 'accounts');
  await page.goto(`${host.origin}/#/einstellungen/zugang`);
  await expectNoAxeFault(page, 'own account');

  await page.keyboard.press('F10');
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByRole('button', { name: /Angemeldet: Dr\. Anna/ })).toBeVisible();
  await page.keyboard.press('F2');
  await expect(page.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test('an administrator adds a doctor, who types a passphrase; the doctor consents', async ({ page, host }) => {
  await enterRehearsal(page, host.url);
  await page.keyboard.press('F10');
  await logInAs(page, 'Verwaltung');
  await page.getByRole('button', { name: 'Zu den Zugängen' }).click();
  await expect(page.getByRole('button', { name: 'Neuer Zugang' })).toBeVisible();
  await page.keyboard.press('Alt+n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Dr. Bodo Beispiel');
  await dialog.getByText('Ärztin, Arzt', { exact: true }).click();
  await dialog.getByLabel('Neue Passphrase').fill('Praxis123');
  await expect(dialog.getByText('leicht zu erraten')).toBeVisible();
  await dialog.getByLabel('Neue Passphrase').fill('neun stille Aufzüge warten');
  await expect(dialog.getByText('stark')).toBeVisible();
  await dialog.getByLabel('Noch einmal').fill('neun stille Aufzüge warten');
  await dialog.getByLabel('Deren Passphrase').fill('das ist sie nicht');
  await expectNoAxeFault(page, 'new account');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Die Passphrase stimmt nicht', { exact: false })).toBeVisible();
  await dialog.getByLabel('Deren Passphrase').fill(practicePassphrase);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();

  await page.keyboard.press('F10');
  await page.getByRole('radio', { name: /Bodo/ }).check({ force: true });
  await page.getByLabel('Passphrase', { exact: true }).fill('neun stille Aufzüge warten');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Angemeldet: Dr. Bodo Beispiel (Ärztin, Arzt)' })).toBeVisible();
});
