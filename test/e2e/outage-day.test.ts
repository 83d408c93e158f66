import { readdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import { enterRehearsal, expect, logInAs, test, typeCertificate } from './fixtures';

// One outage day as the front desk lives it, by keyboard, in the running program with its rehearsal world.

async function openCount(page: Page): Promise<string> {
  return (
    (await page
      .getByRole('link', { name: /offen$/ })
      .or(page.getByText(/^(nichts|\d+) offen$/))
      .first()
      .textContent()) ?? ''
  );
}

/** What can be pressed and lies under an announcement, however little of it. */
async function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.announcement')].map((one) => one.getBoundingClientRect());
    const pressable =
      'a[href], button, input, select, textarea, summary, label, [role=button], [role=row], [role=option]';
    return [...document.querySelectorAll(pressable)]
      .filter((one) => one.closest('.announcements') === null && one.checkVisibility())
      .filter((one) => {
        const at = one.getBoundingClientRect();
        return boxes.some(
          (box) => at.left < box.right && at.right > box.left && at.top < box.bottom && at.bottom > box.top,
        );
      })
      .map((one) => one.outerHTML.slice(0, 120));
  });
}

test('an outage: recorded, printed, handed out, held back, submitted, delivered', async ({
  page,
  host,
  consoleErrors,
}) => {
  test.setTimeout(120_000);
  await enterRehearsal(page, host.url);

  // The outage is declared, whole TI.
  await page.keyboard.press('F5');
  await expect(page.getByRole('heading', { name: 'Störungen' })).toBeVisible();
  // Tab goes on in the screen, not at the top of the page.
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Alt+n');
  // An insurer that is typed and not chosen isn't left out unsaid.
  await page.getByRole('dialog').getByText('Einzelne Kassen').click();
  await page.getByRole('combobox', { name: 'Kasse' }).fill('Hasel');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('«Hasel» ist nicht gewählt')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Kasse' })).toBeFocused();
  await page.getByRole('dialog').getByText('Alles (TI)').click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('status', { name: 'Lage' })).toContainText('Telematikinfrastruktur gestört seit');

  // Two certificates, each with its KK copy.
  for (const patient of ['Probefall', 'Beispiel']) {
    await typeCertificate(page, patient);
    await expect(page.getByText(/Gedruckt werden/)).toContainText('KK, AG und V');
    await page.keyboard.press('Control+Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('Auf jedem Blatt unterschreibt')).toBeVisible();
    await expect(dialog.getByRole('radio', { name: 'jetzt mit dem Patienten' })).toBeChecked();
    await expect(dialog.getByRole('button', { name: /3 Blätter drucken/ })).toBeEnabled();
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByText('3 Blätter gedruckt').first()).toBeVisible();
    await expect(page.locator('.announcement').first()).toBeVisible();
    expect(await covered(page)).toEqual([]);
  }
  expect(readdirSync(host.printFolder).filter((name) => name.endsWith('.pdf'))).toHaveLength(2);

  // Both are owed and wait.
  await page.keyboard.press('F3');
  await expect(page.getByText('Warten auf das Ende der Störung: 2')).toBeVisible();
  expect(await openCount(page)).toContain('2');

  // The outage ends: everything is signed, sent and delivered.
  await page.keyboard.press('F5');
  await page
    .getByRole('button', { name: /Störung beenden/ })
    .first()
    .click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('2 von 2 zugestellt')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('nichts offen')).toBeVisible();

  // The way of one of them, with its proof.
  await page.keyboard.press('F4');
  await page.getByRole('row', { name: /Probefall/ }).click();
  await expect(page.getByText('Zugestellt (Zustellbestätigung)')).toBeVisible();

  // What is said about it stands clear of its buttons.
  await page.getByRole('button', { name: 'KK zur Post gegeben' }).click();
  await expect(page.locator('.announcement', { hasText: 'Post' })).toBeVisible();
  expect(await covered(page)).toEqual([]);
  expect(consoleErrors).toEqual([]);
});

test('a draft survives closing the browser and the program', async ({ page, host, context, consoleErrors }) => {
  await enterRehearsal(page, host.url);
  await typeCertificate(page, 'Beispiel');
  await expect(page.getByText(/Entwurf gesichert/)).toBeVisible();
  await page.close();
  const again = await context.newPage();
  await again.goto(await host.newUrl());
  await logInAs(again, 'Ärztin, Arzt');
  await expect(again.getByText('Erkältung')).toBeVisible();
  await expect(again.getByLabel('Patientin oder Patient', { exact: true })).toHaveValue(/Beispiel/);
  expect(consoleErrors).toEqual([]);
});

test('a certificate that is left before its first words were written is still on the desk', async ({
  page,
  host,
  consoleErrors,
}) => {
  await enterRehearsal(page, host.url);
  const patient = page.getByRole('combobox', { name: 'Patientin oder Patient', exact: true });
  await patient.fill('Beispiel');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('F3');
  await expect(page.getByRole('heading', { level: 1, name: 'Offen', exact: true })).toBeVisible();
  await page.keyboard.press('F2');
  await expect(patient).toHaveValue(/^Beispiel, /);
  expect(consoleErrors).toEqual([]);
});

test('wrong input: the rule in plain words beside the field, and nothing is lost', async ({ page, host }) => {
  await enterRehearsal(page, host.url);

  // A name that was typed and left without choosing anybody.
  const patient = page.getByRole('combobox', { name: 'Patientin oder Patient', exact: true });
  await patient.fill('Beispi');
  await patient.press('Tab');
  await expect(page.getByText('Mit «Beispi» ist noch niemand gewählt').first()).toBeVisible();
  await expect(patient).toHaveValue('Beispi');

  await typeCertificate(page, 'Beispiel');
  const until = page.getByLabel('voraussichtlich bis');
  await until.fill('+60');
  await until.press('Tab');
  const diagnosis = page.getByRole('combobox', { name: /^Diagnose suchen/ });
  await diagnosis.fill('R51');
  await diagnosis.press('Tab');
  await expect(page.getByText('«R51» ist nicht übernommen').first()).toBeVisible();
  await expect(diagnosis).toHaveValue('R51');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/höchstens 31 Tage/).first()).toBeVisible();
  await expect(page.getByText('Erkältung')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  await until.fill('+4');

  // A second diagnosis that is typed and not chosen: nothing is issued or laid aside over it, and it is where it was after every other way out.
  for (const keys of ['Control+Enter', 'Alt+n']) {
    await diagnosis.fill('R51');
    await page.keyboard.press(keys);
    await expect(diagnosis).toBeFocused();
    await expect(page.getByText('«R51» ist nicht übernommen').first()).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.keyboard.press('F3');
  await expect(page.getByRole('heading', { level: 1, name: 'Offen', exact: true })).toBeVisible();
  await page.keyboard.press('F2');
  await expect(diagnosis).toHaveValue('R51');
  await page.keyboard.press('F10');
  await logInAs(page, 'Assistenz');
  await expect(diagnosis).toHaveValue('R51');
  await page.keyboard.press('F9');
  await logInAs(page, 'Ärztin, Arzt');
  await expect(diagnosis).toHaveValue('R51');
  await page.getByRole('button', { name: 'Ausstellen und 2 Blätter drucken' }).click();
  await expect(diagnosis).toBeFocused();
  await expect(page.getByRole('dialog')).toBeHidden();

  // Another name beside somebody who is chosen isn't dropped by leaving the field, and doesn't go out under the one before.
  await patient.fill('Probefall');
  await page.keyboard.press('Alt+b');
  await expect(patient).toBeFocused();
  await expect(page.getByText('«Probefall» ist nicht gewählt, es gilt noch Beispiel').first()).toBeVisible();
  await expect(page.getByLabel('Nachname')).toBeHidden();
  await expect(page.getByRole('dialog')).toBeHidden();
  await patient.fill('');
  await patient.press('Tab');
  await expect(patient).toHaveValue(/^Beispiel/);

  // Enter opens the list again and takes the first; then it goes out, with both.
  await diagnosis.scrollIntoViewIfNeeded();
  await diagnosis.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('R51', { exact: true })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog').getByText('Auf jedem Blatt unterschreibt')).toBeVisible();
});

test('no screen has an accessibility fault that axe can find', async ({ page, host }) => {
  test.setTimeout(120_000);
  await enterRehearsal(page, host.url);
  const screens = {
    F2: 'Bescheinigung ausstellen',
    F3: 'Offen',
    F4: 'Bescheinigungen',
    F5: 'Störungen',
    F6: 'Stammdaten',
    F7: 'Verbindungen',
    F8: 'Einstellungen',
  };
  for (const [key, title] of Object.entries(screens)) {
    await page.keyboard.press(key);
    // Its own heading: the one before may stand there for a moment longer.
    await expect(page.getByRole('main').getByRole('heading', { level: 1, name: title, exact: true })).toBeVisible();
    // What is still being looked up settles: no busy mark left.
    await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${key} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
});
