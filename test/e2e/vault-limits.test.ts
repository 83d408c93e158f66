import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { closeBrowser, openBrowser } from './browsers';
import { enterRehearsal, expect, logInAs, test, typeCertificate } from './fixtures';

// Where the vault must hold back: no room, a second window, another browser, data of a newer program. What is said, and that reading goes on.

/** Takes nearly all the browser's room from the program; `null`: gives it back. */
async function limitRoom(page: Page, quotaSize: number | null): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize === null ? {} : { quotaSize }) });
}

/** From the next load on not a byte can be written: small ones find room for a while after the browser has said that there is none. */
async function refuseEveryByte(page: Page): Promise<void> {
  await page.evaluate(() => sessionStorage.setItem('not-a-byte', ''));
  await page.addInitScript(() => {
    const { prototype } = IDBObjectStore;
    const put = Reflect.get(prototype, 'put');
    prototype.put = function (...given) {
      if (sessionStorage.getItem('not-a-byte') !== null) throw new DOMException('no room', 'QuotaExceededError');
      return Reflect.apply(put, this, given);
    };
  });
}

/** The list of certificates has the one that was typed: reading goes on. */
async function expectReadable(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Bereiche', exact: true })).toBeVisible();
  await page.keyboard.press('F4');
  await expect(page.getByRole('grid', { name: 'Bescheinigungen' }).getByText(/Probefall/)).toBeVisible();
}

/** What the status line warns of. */
const safety = (page: Page) => page.getByRole('banner').getByRole('alert');

test('without room, in a second window, beside another browser, over data of a newer program: it is said, and reading goes on', async ({
  page,
  context,
  host,
}) => {
  test.setTimeout(180_000);
  await enterRehearsal(page, host.url);
  await typeCertificate(page, 'Probefall');
  await expect(page.getByText(/Entwurf gesichert/)).toBeVisible();
  await expectReadable(page);

  await test.step('no room in the browser: said before anything is typed, refused, and no reason not to log in', async () => {
    await limitRoom(page, 1_000);
    await page.keyboard.press('F2');
    const full = page.getByRole('main').getByText('Der Speicher des Browsers ist voll');
    await expect(full).toBeVisible();
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/^Nicht ausgestellt: Der Speicher des Browsers ist voll/)).toBeVisible();
    await expectReadable(page);
    await page.reload();
    await logInAs(page, 'Ärztin, Arzt');
    await expect(safety(page)).toHaveText('Der Speicher des Browsers ist voll');
    await expectReadable(page);
    // Administration has its second factor, and sees where the data are and what can be done.
    await refuseEveryByte(page);
    await page.reload();
    await logInAs(page, 'Verwaltung');
    await expect(safety(page)).toHaveText('Der Speicher des Browsers ist voll');
    await page.goto(`${host.origin}/#/einstellungen/sicherung`);
    await expect(page.getByRole('button', { name: 'Jetzt sichern' })).toBeVisible();
    await page.evaluate(() => sessionStorage.removeItem('not-a-byte'));
    await page.reload();
    await logInAs(page, 'Ärztin, Arzt');
    await expectReadable(page);
    await limitRoom(page, null);
    await page.keyboard.press('F2');
    await expect(page.getByLabel('Patientin oder Patient', { exact: true })).toHaveValue(/Probefall/);
    await expect(full).toBeHidden();
  });

  await test.step('a draft that cannot be written stays on the desk behind other screens, and is not logged off from unsaid', async () => {
    await page.evaluate(() => sessionStorage.setItem('not-a-byte', ''));
    const until = page.getByLabel('voraussichtlich bis');
    await until.fill('+3');
    await until.press('Tab');
    const day = await until.inputValue();
    await expect(page.getByText('Der Entwurf ist nicht gesichert.')).toBeVisible();
    await page.keyboard.press('F3');
    await expect(page.getByRole('heading', { level: 1, name: 'Offen', exact: true })).toBeVisible();
    await page.keyboard.press('F2');
    await expect(until).toHaveValue(day);
    await page.getByRole('button', { name: /^Angemeldet/ }).click();
    await page.getByRole('menuitem', { name: 'Abmelden' }).click();
    await expect(page.getByRole('alertdialog')).toContainText('konnte nicht gesichert werden');
    await page.keyboard.press('Escape');
    await page.evaluate(() => sessionStorage.removeItem('not-a-byte'));
    await page.keyboard.press('F3');
    await page.keyboard.press('F2');
    await expect(until).toHaveValue(day);
    await expect(page.getByText('Der Entwurf ist nicht gesichert.')).toBeHidden();
  });

  const second = await context.newPage();
  await test.step('a second window is told, and takes over when the first one is closed', async () => {
    await second.goto(host.origin);
    await logInAs(second, 'Ärztin, Arzt');
    await expect(second.getByRole('alert')).toContainText('schon in einem anderen Fenster offen');
    await page.close();
    await second.getByRole('button', { name: 'Neu laden' }).click();
    await logInAs(second, 'Ärztin, Arzt');
    await expectReadable(second);
  });

  await test.step('another browser over the same folder takes over: the first one says so, records nothing, and is read', async () => {
    const otherProfile = mkdtempSync(join(tmpdir(), 'ersatzschein-profile-'));
    const other = await openBrowser(otherProfile);
    const there = other.pages()[0] ?? (await other.newPage());
    await there.goto(await host.newUrl());
    await logInAs(there, 'Ärztin, Arzt');
    await expectReadable(there);
    // Whoever comes back to the first window is told before the first key; what is typed nevertheless is written nowhere.
    await second.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(safety(second)).toHaveText('Ein anderes Fenster hat diese Praxis übernommen');
    await second.keyboard.press('F2');
    await second.getByLabel('voraussichtlich bis').fill('+5');
    await second.keyboard.press('Tab');
    await expect(second.getByText('Der Entwurf ist nicht gesichert.')).toBeVisible();
    await second.keyboard.press('Control+Enter');
    await expect(second.getByText(/^Nicht ausgestellt: Ein anderes Fenster hat diese Praxis übernommen/)).toBeVisible();
    await expectReadable(second);
    // The other one goes on meanwhile; loaded again, the first one has what was recorded there.
    await there.keyboard.press('F2');
    await there.getByLabel('voraussichtlich bis').fill('+6');
    await there.keyboard.press('Tab');
    await expect(there.getByText(/Entwurf gesichert/)).toBeVisible();
    const day = await there.getByLabel('voraussichtlich bis').inputValue();
    await second.reload();
    await logInAs(second, 'Ärztin, Arzt');
    await expectReadable(second);
    await expect(safety(second)).toBeHidden();
    await second.keyboard.press('F2');
    await expect(second.getByLabel('voraussichtlich bis')).toHaveValue(day);
    await closeBrowser(otherProfile, other);
    rmSync(otherProfile, { recursive: true, force: true });
  });

  await test.step('data of a newer program are read and searched, and stay as they are', async () => {
    const later = 30;
    // Nobody may have it open: a page of the same origin that runs nothing.
    await second.goto(`${host.origin}/favicon.ico`);
    await second.evaluate(
      (version) =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.open('ersatzschein-vault', version);
          request.onupgradeneeded = () => request.result.createObjectStore('later');
          request.onsuccess = () => {
            request.result.close();
            resolve();
          };
          request.onerror = () => reject(request.error ?? new Error('not opened'));
          request.onblocked = () => reject(new Error('still open'));
        }),
      later,
    );
    await second.goto(host.origin);
    await logInAs(second, 'Ärztin, Arzt');
    await expect(safety(second)).toHaveText('Die Daten stammen von einer neueren Programmversion');
    await expectReadable(second);
    const databases = await second.evaluate(() => indexedDB.databases());
    expect(databases.find(({ name }) => name === 'ersatzschein-vault')?.version).toBe(later);
  });
});
