import { expect, test } from '@playwright/test';
import { killBrowsers } from '../../build/soak/browser-kills';
import { ensureChromium } from '../../build/setup.mjs';

test('the browser killed 10 times at random moments while it records: nothing acknowledged is lost, nothing doubled, it opens by itself', async () => {
  test.setTimeout(180_000);
  const executablePath = await ensureChromium();
  test.skip(executablePath === null, 'There is no browser.');
  const { kills, acknowledged, lost, doubled, rebuilt, wrong } = await killBrowsers(executablePath ?? '', 10, 1);
  expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] });
  expect(kills).toBe(10);
  expect(rebuilt, 'the database itself nearly always outlives the browser').toBeLessThan(3);
  expect(acknowledged, 'the kills came while it recorded').toBeGreaterThan(20);
});
