import { firstJavaScriptKb } from '../../build/bundle.mjs';
import { expect, test } from './fixtures';

test('the page opens: a first screen, and nothing on the console', async ({ page, host, consoleErrors }) => {
  await page.goto(host.url);
  await expect(page).toHaveTitle(/Ersatzschein/);
  await expect(page.getByRole('main').or(page.getByRole('dialog')).first()).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test('a reload shows the page again, without the used link', async ({ page, host, consoleErrors }) => {
  await page.goto(host.url);
  expect(page.url()).toBe(`${host.origin}/`);
  await page.reload();
  await expect(page.getByRole('main').or(page.getByRole('dialog')).first()).toBeVisible();
  expect(consoleErrors).toEqual([]);
});

test('the page loads at most 300 kB of JavaScript, gzipped, before it shows anything', () => {
  expect(firstJavaScriptKb()).toBeGreaterThan(10);
  expect(firstJavaScriptKb()).toBeLessThanOrEqual(300);
});
