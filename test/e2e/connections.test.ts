import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { enterRehearsal, expect, test, typeCertificate } from './fixtures';

// Connections in the running program: cards, comfort signature, the trial run, and the practice's card where the doctor's is missing.

async function issue(page: Page, patient: string): Promise<void> {
  await typeCertificate(page, patient);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

const hasNoAxeFindings = async (page: Page) =>
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);

test('connections: every component and card, comfort signature, a trial run that arrives', async ({
  page,
  host,
  consoleErrors,
}) => {
  await enterRehearsal(page, host.url);
  await page.getByRole('link', { name: 'Verbindungen' }).click();
  await expect(page.getByText('antwortet', { exact: true })).toHaveCount(4);
  await expect(page.getByText(/^zuletzt erreicht/)).toHaveCount(4);
  await expect(page.getByText('noch nicht freigeschaltet')).toBeVisible();
  await page.getByRole('button', { name: /^Karte von .* freischalten$/ }).click();
  await expect(page.getByText('freigeschaltet', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Komfortsignatur für .* einschalten$/ }).click();
  await expect(page.getByText(/^Komfort: noch 250/)).toBeVisible();
  await hasNoAxeFindings(page);
  await page.screenshot({ path: test.info().outputPath('connections.png') });
  await page.getByRole('button', { name: /^Komfortsignatur für .* ausschalten$/ }).click();
  await expect(page.getByText('PIN beim Signieren')).toBeVisible();

  await page.getByRole('button', { name: 'Probelauf …' }).click();
  await page.getByRole('button', { name: 'Probelauf starten' }).click();
  await expect(page.getByText('Alles geht: Signieren, Senden und Empfangen funktionieren.')).toBeVisible();
  await hasNoAxeFindings(page);
  await page.screenshot({ path: test.info().outputPath('trial-run.png') });
  await page.getByRole('dialog').getByRole('button', { name: 'Schließen' }).click();
  expect(consoleErrors).toEqual([]);
});

test('the doctor’s card is missing: the reason is told, and the practice’s card signs with a reason of its own', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(120_000);
  await enterRehearsal(page, host.url);
  await page.getByRole('link', { name: 'Verbindungen' }).click();
  await page.getByRole('button', { name: 'in Ordnung Konnektor' }).click();
  await page.getByRole('option', { name: 'PIN gesperrt' }).click();
  await page.getByRole('button', { name: 'Alle prüfen' }).click();
  await expect(page.getByText('PIN gesperrt', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Probelauf …' }).click();
  await page.getByRole('button', { name: 'Probelauf starten' }).click();
  await expect(page.getByText('Der Probelauf ist nicht durchgekommen.', { exact: false })).toBeVisible();
  await expect(page.getByText('Die PIN der Karte ist gesperrt.', { exact: false })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('trial-run-failed.png') });
  await page.getByRole('dialog').getByRole('button', { name: 'Schließen' }).click();

  await issue(page, 'Probefall');
  await page
    .getByRole('link', { name: /^Offen/ })
    .first()
    .click();
  await page.getByRole('button', { name: '1 jetzt senden' }).click();
  await expect(page.getByText('Die PIN der Karte ist gesperrt.', { exact: false }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Verbindungen' }).click();
  await page.getByRole('button', { name: 'Alles wieder heil' }).click();
  await page
    .getByRole('link', { name: /^Offen/ })
    .first()
    .click();
  await page.screenshot({ path: test.info().outputPath('signing-failed.png') });
  await page.getByRole('button', { name: 'Mit Praxisausweis signieren …' }).first().click();
  await page.getByRole('button', { name: '1 signieren und senden' }).click();
  await expect(page.getByText('Bitte angeben.')).toBeVisible();
  await page.getByRole('button', { name: /Warum nicht mit dem Heilberufsausweis/ }).click();
  await page.getByRole('option', { name: 'Heilberufsausweis verloren' }).click();
  await hasNoAxeFindings(page);
  await page.screenshot({ path: test.info().outputPath('practice-card.png') });
  await page.getByRole('button', { name: '1 signieren und senden' }).click();
  await expect(page.getByText('1 Bescheinigung übergeben.', { exact: false })).toBeVisible();
  await page.getByRole('link', { name: 'Bescheinigungen' }).click();
  await page.getByText('Probefall').first().click();
  const reason = page.getByText('Praxisausweis statt Heilberufsausweis: Heilberufsausweis verloren');
  // What proves an event unfolds in the timeline.
  await page.locator('details', { has: reason }).locator('summary').first().click();
  await expect(reason).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('timeline.png') });
  expect(consoleErrors).toEqual([]);
});
