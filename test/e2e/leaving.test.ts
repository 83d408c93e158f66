import type { Page } from '@playwright/test';
import { enterRehearsal, expect, logInAs, practicePassphrase, test, typeCertificate } from './fixtures';

// Somebody who could see certificates leaves: the next doctor gives everybody who stays a new key.

/** The header as the browser keeps it. */
async function keptHeader(page: Page, put: unknown = null): Promise<unknown> {
  return page.evaluate(
    (header) =>
      new Promise<unknown>((resolve, reject) => {
        const request = indexedDB.open('ersatzschein-access');
        request.onerror = () => reject(request.error ?? new Error('not opened'));
        request.onsuccess = () => {
          const database = request.result;
          const headers = database.transaction('headers', 'readwrite').objectStore('headers');
          if (header !== null) headers.put({ key: 'header', header });
          const read = headers.get('header');
          read.onsuccess = () => {
            database.close();
            const row: unknown = read.result;
            resolve(typeof row === 'object' && row !== null && 'header' in row ? row.header : null);
          };
        };
      }),
    put,
  );
}

test('when an assistant leaves, the next doctor renews the key: all stays readable, and the old accounts let nobody in', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(120_000);
  await enterRehearsal(page, host.url);
  await typeCertificate(page, 'Probefall');
  await expect(page.getByText(/Entwurf gesichert/)).toBeVisible();
  const before = await keptHeader(page);

  await page.keyboard.press('F10');
  await logInAs(page, 'Verwaltung');
  await page.getByRole('button', { name: 'Zu den Zugängen' }).click();
  await page.getByRole('button', { name: 'Entfernen: Mia Mustermann' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/^Der Schlüssel zu den Bescheinigungen ist zu erneuern/)).toBeVisible();
  await page.keyboard.press('F10');
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByText(/^Nicht mehr dabei: Mia Mustermann/)).toBeVisible();
  if (process.env['SHOT'] !== undefined) await page.screenshot({ path: `${process.env['SHOT']}-renew.png` });
  await page.keyboard.press('Control+Enter');
  const list = page.getByRole('grid', { name: 'Bescheinigungen' });
  await expect(page.getByRole('navigation', { name: 'Bereiche', exact: true })).toBeVisible();
  await page.keyboard.press('F4');
  await expect(list.getByText(/Probefall/)).toBeVisible();
  await page.goto(`${host.origin}/#/einstellungen/protokoll`);
  await expect(page.getByText(/Schlüssel zu den Bescheinigungen erneuert/).first()).toBeVisible();

  // The accounts of before, put back in the browser: the copy beside the journal knows better, and so does the program then.
  await keptHeader(page, before);
  await page.goto(host.origin);
  await page.getByRole('radio', { name: 'Assistenz' }).check({ force: true });
  await page.getByLabel('Passphrase', { exact: true }).fill(practicePassphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('jetzt gilt auch hier der neue Stand');
  if (process.env['SHOT'] !== undefined) await page.screenshot({ path: `${process.env['SHOT']}-newer.png` });
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Verwaltung' })).toBeAttached();
  await expect(page.getByRole('radio', { name: 'Assistenz' })).toHaveCount(0);
  await logInAs(page, 'Ärztin, Arzt');
  await expect(page.getByRole('navigation', { name: 'Bereiche', exact: true })).toBeVisible();
  await page.keyboard.press('F4');
  await expect(list.getByText(/Probefall/)).toBeVisible();
  expect(consoleErrors).toEqual([]);
});
