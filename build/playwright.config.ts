import { defineConfig } from '@playwright/test';

// End-to-end tests: the built page in a real Chromium, the loopback host as a process of its own (see test/e2e/fixtures.ts).
export default defineConfig({
  testDir: '../test/e2e',
  outputDir: '../test-results',
  globalSetup: '../test/e2e/build-once.ts',
  // One after the other: a browser that was killed keeps its profile's database locked for a while where the machine is busy.
  workers: 1,
  // On a strange machine a walk that fails is walked once more; `npm test` names those that needed it.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
  use: { locale: 'de-DE', timezoneId: 'Europe/Berlin', trace: 'off' },
});
