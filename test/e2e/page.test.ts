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

test('English is fetched when somebody chooses it', async ({ page, host, consoleErrors }) => {
  await page.goto(host.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Willkommen bei Ersatzschein');
  await page.getByText('English').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Welcome to Ersatzschein');
  await page.getByText('Deutsch').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Willkommen bei Ersatzschein');
  expect(consoleErrors).toEqual([]);
});

test('the page loads at most 300 kB of JavaScript, gzipped, until somebody can log in', () => {
  expect(firstJavaScriptKb()).toBeGreaterThan(10);
  expect(firstJavaScriptKb()).toBeLessThanOrEqual(300);
});
