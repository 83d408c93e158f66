import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { payers } from '../../electron/rehearsal/people';
import { toIssuable } from '../../renderer/domain/issuable';
import { addDays, todayInBerlin } from '../../renderer/domain/calendar';
import { buildDocument } from '../../renderer/fhir/document';
import { documentIdOf } from '../../renderer/fhir/document-identity';
import { exampleContent } from '../support/content';
import { enterRehearsal, expect, test } from './fixtures';

// What the practice software left unsent: dropped on «Offen», checked, marked, due by its own issue date, discarded with a reason.

const folder = process.env['ERSATZSCHEIN_PICTURES'];

/** For who wants to look at each state. */
async function picture(page: Page, name: string): Promise<void> {
  if (folder !== undefined) await page.screenshot({ path: join(folder, `import-${name}.png`) });
}

/** An eAU of another program, issued so many days ago. */
function eau(family: string, daysAgo: number): { readonly name: string; readonly text: string } {
  const day = addDays(todayInBerlin(new Date()), -daysAgo);
  const [payer] = payers;
  const content = exampleContent({
    certificate: { issuedOn: day, unfitSince: day, assessedOn: day, unfitUntil: addDays(day, 7) },
    patient: { family },
    coverage: { payerIk: payer?.ik ?? '', payerName: payer?.name ?? '' },
  });
  const issuing = toIssuable(content, { today: day, catalogue: null });
  if (issuing.kind === 'refused') throw new Error(JSON.stringify(issuing.findings));
  const documentId = documentIdOf(crypto.randomUUID(), 'made elsewhere', 1);
  const xml = buildDocument(issuing.certificate, { documentId, timestamp: `${day}T09:00:00Z` });
  return { name: `TEAU0_${documentId}.xml`, text: new TextDecoder().decode(xml) };
}

/** Holds files over the screen, and lets go. */
async function drag(page: Page, files: readonly { name: string; text: string }[], what: 'dragenter' | 'drop') {
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const { name, text } of given) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.locator('.owed-screen').dispatchEvent(what, { dataTransfer });
}

test('files are dropped on «Offen»: checked one by one, marked, due by their issue date, and can be discarded', async ({
  page,
  host,
  consoleErrors,
}) => {
  await enterRehearsal(page, host.url);
  await page.keyboard.press('F3');
  await expect(page.getByRole('heading', { name: 'Offen' })).toBeVisible();
  const files = [eau('Altfall', 8), eau('Neufall', 0), { name: 'Brief.xml', text: '<brief/>' }];
  await drag(page, files, 'dragenter');
  await expect(page.getByText('Loslassen, um die Dateien der Praxissoftware einzulesen')).toBeVisible();
  await picture(page, '1-over');
  await drag(page, files, 'drop');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/Übernommen für Altfall/)).toBeVisible();
  await expect(dialog.getByText(/Übernommen für Neufall/)).toBeVisible();
  await expect(dialog.getByText(/Der Dateiname ist nicht der einer eAU/)).toBeVisible();
  await picture(page, '2-results');
  await dialog.getByRole('button', { name: 'Schließen' }).last().click();

  // The old one has to be posted today, the new one waits; both say where they come from.
  await expect(page.locator('#task-post')).toContainText('Altfall');
  await expect(page.locator('#task-post')).not.toContainText('Neufall');
  await expect(page.locator('#task-post')).toContainText('Praxissoftware');
  await expect(page.locator('#task-post')).toContainText(/Ausgestellt am .*, eingelesen/);
  await picture(page, '3-listed');

  await page
    .locator('#task-post')
    .getByRole('link', { name: /Altfall/ })
    .click();
  await page
    .getByRole('button', { name: /Verwerfen/ })
    .first()
    .click();
  const asking = page.getByRole('alertdialog');
  await asking.getByRole('textbox').fill('falsche Patientin');
  await picture(page, '4-discard');
  await asking.getByRole('button', { name: /Verwerfen/ }).click();
  await expect(asking).toBeHidden();
  await expect(page.getByText('falsche Patientin').first()).toBeVisible();
  await picture(page, '5-discarded');
  expect(consoleErrors).toEqual([]);
});
