// How the page is built: renderer/app → dist/page.
import { fileURLToPath } from 'node:url';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('../renderer/app'),
  cacheDir: path('../node_modules/.vite'),
  publicDir: path('./icons/page'),
  // Of the components' own words only the two languages that the program speaks, not all thirty.
  plugins: [react(), optimizeLocales.vite({ locales: ['de-DE', 'en-US'] })],
  worker: { format: 'es' },
  build: {
    outDir: path('../dist/page'),
    emptyOutDir: true,
    // Electron's Chromium and any browser of the last two years.
    target: 'chrome130',
    sourcemap: false,
    // data: addresses would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    // pdf-lib, fontkit, the barcode and pdf.js come into chunks of their own by being imported where they are first needed.
    chunkSizeWarningLimit: 1000,
  },
});
