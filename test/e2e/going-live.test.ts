import type { Locator, Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { enterRehearsal, expect, logInAs, practicePassphrase, test } from './fixtures';

// From the rehearsal to the practice's own vault and back: two sets of keys, accounts and data on one machine.

const doctorPassphrase = 'sieben Regenrinnen singen nachts';
const administratorPassphrase = 'Kabelkanal hinter zwölf Heizungen';

async function type(field: Locator, text: string): Promise<void> {
  await field.fill(text);
}

/** The assistant of the own practice, from its first fields to the recovery key. Returns the administrator's secret. */
async function setUpOwnPractice(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Eigene Praxis einrichten' }).click();
  // What was typed in the rehearsal is there, what is the made-up practice's is not.
  await expect(page.getByText('Aus der Übung mitgenommen')).toBeVisible();
  await expect(page.getByLabel('Name der Praxis')).toHaveValue('Praxis am Prüfstand');
  await expect(page.getByLabel('BSNR')).toHaveValue('');
  await expect(page.getByLabel('Nachname')).toHaveValue('');
  if (process.env['SHOT'] !== undefined) await page.screenshot({ path: `${process.env['SHOT']}-carried.png` });
  await type(page.getByLabel('BSNR'), '123456700');
  await type(page.getByLabel('Telefon'), '030 1234567');
  await type(page.getByLabel('Straße'), 'Musterweg');
  await type(page.getByLabel('Nr.', { exact: true }), '7');
  await type(page.getByLabel('PLZ'), '10115');
  await type(page.getByLabel('Ort', { exact: true }), 'Berlin');
  await type(page.getByLabel('Prüfnummer'), 'Y/400/2212/36/001');
  await type(page.getByLabel('Vorname'), 'Petra');
  await type(page.getByLabel('Nachname'), 'Prüfling');
  await type(page.getByLabel('LANR'), '838382202');
  await type(page.getByLabel('Berufsbezeichnung'), 'Fachärztin für Allgemeinmedizin');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByLabel('Adresse des Konnektors')).toBeVisible();
  await page.keyboard.press('Control+Enter');

  // What everybody can read is too weak here.
  const chosen = page.getByLabel('Neue Passphrase');
  await type(chosen, practicePassphrase);
  await type(page.getByLabel('Noch einmal'), practicePassphrase);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { name: 'Ärztin, Arzt' })).toBeVisible();
  await type(chosen, doctorPassphrase);
  await type(page.getByLabel('Noch einmal'), doctorPassphrase);
  await expect(page.getByText('stark')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await type(page.getByLabel('Name', { exact: true }), 'Alma Echt');
  await type(page.getByLabel('Neue Passphrase'), administratorPassphrase);
  await type(page.getByLabel('Noch einmal'), administratorPassphrase);
  await expect(page.getByText('stark')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const secret = ((await page.locator('.factor-secret').textContent()) ?? '').replaceAll(' ', '');
  await type(page.getByLabel('Code aus der App'), new TOTP({ secret }).generate());
  await page.keyboard.press('Control+Enter');
  const groups = await page.locator('.recovery-key code').allTextContents();
  expect(groups).toHaveLength(14);
  for (const field of await page.getByLabel(/Gruppe \d+ vom Bogen/).all()) {
    const id = (await field.getAttribute('id')) ?? '';
    const label = await page.locator(`label[for="${id}"]`).textContent();
    await type(field, groups[Number(/\d+/.exec(label ?? '')?.[0] ?? '1') - 1] ?? '');
  }
  await page.keyboard.press('Control+Enter');
  return secret;
}

async function issueOne(page: Page): Promise<void> {
  await page.getByLabel('Patientin oder Patient', { exact: true }).fill('Beispiel');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByLabel('voraussichtlich bis').pressSequentially('+4');
  await page.keyboard.press('Tab');
}

test('going live begins a vault of its own; the made-up accounts open nothing there, and each world keeps its data', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(180_000);
  await enterRehearsal(page, host.url);
  await issueOne(page);
  await page.keyboard.press('F10');
  await logInAs(page, 'Verwaltung');
  await page.goto(`${host.origin}/#/einstellungen/praxis`);
  await type(page.getByLabel('Name der Praxis'), 'Praxis am Prüfstand');
  await page.getByRole('button', { name: 'Speichern', exact: true }).click();
  await page.goto(`${host.origin}/#/einstellungen/betrieb`);
  await page.getByRole('button', { name: 'In den Echtbetrieb …' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Aus der Übung kommt nichts mit');
  await page.getByRole('checkbox', { name: 'Meine Praxisangaben aus der Übung mitnehmen' }).check({ force: true });
  if (process.env['SHOT'] !== undefined) await page.screenshot({ path: `${process.env['SHOT']}-along.png` });
  await page.getByRole('button', { name: 'Zum Echtbetrieb' }).click();

  await expect(page.getByText('Der Echtbetrieb beginnt neu')).toBeVisible();
  await setUpOwnPractice(page);
  await expect(page.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Angemeldet: Petra Prüfling/ })).toBeVisible();

  // Nothing came along: no draft, no patient, no account.
  await page.getByLabel('Patientin oder Patient', { exact: true }).fill('Beispiel');
  await expect(page.getByRole('option', { name: /Beispiel, / })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: 'Gesperrt' })).toBeVisible();
  const people = await page.getByRole('radio').count();
  expect(people).toBe(2);
  await expect(page.getByText('Übungsärztin')).toHaveCount(0);
  await expect(page.getByText(practicePassphrase)).toHaveCount(0);
  await page.getByLabel('Passphrase', { exact: true }).fill(practicePassphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('stimmt nicht');
  await page.getByRole('button', { name: 'Abmelden' }).click();
  // The name typed above was never chosen: it would be gone, so logging off asks.
  await page.getByRole('alertdialog').getByRole('button', { name: 'Abmelden' }).click();

  // Back to the drill, by the log-in screen: its accounts, its data.
  await page.getByRole('button', { name: 'Zur Übungswelt' }).click();
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByRole('button', { name: /Angemeldet: Dr\. Anna/ })).toBeVisible();
  await expect(page.getByLabel('Patientin oder Patient', { exact: true })).toHaveValue(/Beispiel/);
  await expect(page.getByLabel('voraussichtlich bis')).not.toHaveValue('');
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());
  expect(databases).toEqual(expect.arrayContaining(['ersatzschein-live-vault', 'ersatzschein-vault']));

  // A new start opens the practice's own vault, by its own passphrase.
  const again = await page.context().newPage();
  await page.close();
  await again.goto(await host.newUrl());
  await expect(again.getByRole('radio', { name: /Petra Prüfling/ })).toBeVisible();
  await again.getByRole('radio', { name: /Petra Prüfling/ }).check({ force: true });
  await again.getByLabel('Passphrase', { exact: true }).fill(doctorPassphrase);
  await again.keyboard.press('Enter');
  await expect(again.getByRole('button', { name: /Angemeldet: Petra Prüfling/ })).toBeVisible();
  await again.goto(`${host.origin}/#/bescheinigungen`);
  await expect(again.getByText('Beispiel, ')).toHaveCount(0);
  expect(consoleErrors).toEqual([]);
});
