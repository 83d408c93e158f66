import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

// Unit tests run in Node; what needs a real IndexedDB (`*.browser.test.ts`) in Chromium; what needs real servers in `test/integration`.
const chromium =
  process.env['ERSATZSCHEIN_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);
const root = new URL('..', import.meta.url).pathname;

export default defineConfig({
  root,
  test: {
    projects: [
      {
        root,
        test: {
          name: 'unit',
          environment: 'node',
          // No test replaces a module: what a hundred files import is made once a worker, not once a file.
          isolate: false,
          // Before anything else: Dexie takes what there is when it is loaded.
          setupFiles: ['fake-indexeddb/auto'],
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        root,
        optimizeDeps: { include: ['dexie', 'zod', 'uuid', '@noble/hashes/sha2.js'] },
        test: {
          name: 'browser',
          include: ['test/unit/**/*.browser.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium === undefined ? {} : { executablePath: chromium }),
                args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        root,
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
