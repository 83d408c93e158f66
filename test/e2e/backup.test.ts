import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { BrowserContext, Page } from '@playwright/test';
import { closeBrowser, killBrowser, openBrowser } from './browsers';
import { enterRehearsal, expect, logInAs, test, typeCertificate } from './fixtures';

// The second copy in the running program: the browser's profile gone, the browser killed, a backup put back.

/** An outage of everything: what is issued stays owed, and nothing is sent meanwhile. */
async function declareOutage(page: Page): Promise<void> {
  await page.keyboard.press('F5');
  await expect(page.getByRole('heading', { name: 'Störungen' })).toBeVisible();
  await page.keyboard.press('Alt+n');
  await page.getByRole('dialog').getByText('Alles (TI)').click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status', { name: 'Lage' })).toContainText('gestört seit');
}

async function issue(page: Page, patient: string): Promise<void> {
  await typeCertificate(page, patient);
  await expect(page.getByText(/Gedruckt werden/)).toContainText('KK, AG und V');
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: /3 Blätter drucken/ })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}

async function expectOpen(page: Page, count: string): Promise<void> {
  await expect(page.locator('.owed strong')).toHaveText(count);
}

async function openAgain(context: BrowserContext, url: string): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(url);
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByRole('heading', { name: 'Bescheinigung ausstellen' })).toBeVisible();
  return page;
}

test('the browser’s profile deleted: after the log-in everything is there again', async ({ host }) => {
  test.setTimeout(150_000);
  const profile = mkdtempSync(join(tmpdir(), 'ersatzschein-profile-'));
  const context = await openBrowser(profile);
  const page = context.pages()[0] ?? (await context.newPage());
  await enterRehearsal(page, host.url);
  await declareOutage(page);
  await issue(page, 'Probefall');
  await expectOpen(page, '1 offen');
  await closeBrowser(profile, context);
  rmSync(profile, { recursive: true, force: true });

  const fresh = await openBrowser(profile);
  const again = await openAgain(fresh, await host.newUrl());
  await expect(again.getByText('Datenbank wiederhergestellt')).toBeVisible();
  await expectOpen(again, '1 offen');
  await again.keyboard.press('F4');
  await expect(again.getByText(/Probefall/).first()).toBeVisible();
  await closeBrowser(profile, fresh);
  rmSync(profile, { recursive: true, force: true });
});

test('a backup is made, checked and put back; afterwards sending rests', async ({ page, host, consoleErrors }) => {
  test.setTimeout(150_000);
  await enterRehearsal(page, host.url);
  await page.goto(`${host.origin}/#/einstellungen/sicherung`);
  await expect(page.getByText('Alles ist auch auf der Festplatte')).toBeVisible();
  await page.getByRole('button', { name: 'Jetzt sichern' }).click();
  await expect(page.getByText('Gesichert: Dieser Rechner.')).toBeVisible();
  const rows = page.getByRole('grid', { name: 'Sicherungen' }).getByRole('row');
  await expect(rows.filter({ hasText: 'auf Wunsch' })).toHaveCount(1);
  await page
    .getByRole('button', { name: /^Sicherung vom .* prüfen$/ })
    .first()
    .click();
  await expect(page.getByText('Die Sicherung ist vollständig und unverändert')).toBeVisible();
  await page.getByLabel('Ordner (vollständiger Pfad)').fill('nicht/vollständig');
  await page.getByRole('button', { name: 'Prüfen und verwenden' }).click();
  // Copies would leave this computer: the second factor comes first.
  const consent = page.getByRole('dialog');
  const shown = (await consent.getByText('Code in der Übung jetzt').textContent()) ?? '';
  await consent.getByLabel('Code aus der App').fill(/\d{6}/.exec(shown)?.[0] ?? '');
  await page.keyboard.press('Enter');
  await expect(consent.getByRole('alert').filter({ hasText: 'kann nicht verwendet werden' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(consent).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  // Issued after the backup: gone once it is put back.
  await declareOutage(page);
  await issue(page, 'Beispiel');
  await expectOpen(page, '1 offen');
  await page.goto(`${host.origin}/#/einstellungen/sicherung`);
  await page.getByText('Eine Sicherung zurückspielen …').click();
  await page.getByRole('button', { name: 'Zurückspielen …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Zurückspielen' }).click();
  await expect(page.getByLabel('Passphrase', { exact: true })).toBeVisible();
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByText('Sicherung zurückgespielt:').first()).toBeVisible();
  await expectOpen(page, 'nichts offen');
  // Not an outage that anybody may end, but a decision of its own.
  await page.getByRole('button', { name: 'Entscheiden …' }).click();
  const decision = page.getByRole('alertdialog');
  await expect(decision).toContainText('kann im verlorenen Stand schon gesendet worden sein');
  await expect(decision.getByRole('button', { name: 'Wieder senden' })).toBeDisabled();
  await decision.getByRole('button', { name: 'Erst Antworten holen' }).click();
  await expect(decision.getByText('Nichts Neues', { exact: false })).toBeVisible();
  await decision.getByText('Ich habe geprüft, was gesendet wurde').click();
  await decision.getByRole('button', { name: 'Wieder senden' }).click();
  await expect(page.getByText('Senden ruht seit')).toHaveCount(0);
  await page.goto(`${host.origin}/#/einstellungen/sicherung`);
  await expect(rows.filter({ hasText: 'vor dem Zurückspielen' })).toHaveCount(1);
  expect(consoleErrors).toEqual([]);
});

test('the browser killed three times while recording: nothing acknowledged is lost', async ({ host }) => {
  test.setTimeout(240_000);
  const profile = mkdtempSync(join(tmpdir(), 'ersatzschein-profile-'));
  let context = await openBrowser(profile);
  let page = context.pages()[0] ?? (await context.newPage());
  await enterRehearsal(page, host.url);
  await declareOutage(page);
  for (let kill = 1; kill <= 3; kill += 1) {
    await typeCertificate(page, 'Probefall');
    await page.keyboard.press('Control+Enter');
    // The dialog to print comes only after «issued» was acknowledged.
    await expect(page.getByRole('dialog').getByRole('button', { name: /3 Blätter drucken/ })).toBeVisible();
    await killBrowser(profile, context);
    context = await openBrowser(profile);
    page = await openAgain(context, await host.newUrl());
    await expectOpen(page, `${String(kill)} offen`);
  }
  await closeBrowser(profile, context);
  rmSync(profile, { recursive: true, force: true });
});
