// Draws slip.svg in Chromium in the sizes that the systems want and packs icon.png, icon.ico and icon.icns: node build/icons/draw.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { ensureChromium } from '../setup.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const svg = readFileSync(join(folder, 'slip.svg'), 'utf8');
const executablePath = await ensureChromium();
const browser = await chromium.launch({ executablePath: executablePath ?? undefined, args: ['--no-sandbox'] });
const page = await browser.newPage();
const pngs = new Map();
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
  pngs.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();

writeFileSync(join(folder, 'icon.png'), pngs.get(512));
writeFileSync(join(folder, 'icon.ico'), packIco([16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  join(folder, 'icon.icns'),
  packIcns({ icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }),
);

mkdirSync(join(folder, 'page'), { recursive: true });
writeFileSync(join(folder, 'page', 'favicon.ico'), packIco([16, 32, 48]));

/** ICO: a directory of entries, then the PNGs; a side of 256 is written as 0. */
function packIco(sizes) {
  const header = Buffer.alloc(6 + 16 * sizes.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(sizes.length, 4);
  let offset = header.length;
  sizes.forEach((size, index) => {
    const entry = 6 + 16 * index;
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(pngs.get(size).length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += pngs.get(size).length;
  });
  return Buffer.concat([header, ...sizes.map((size) => pngs.get(size))]);
}

/** ICNS: `icns`, the length, then a type, a length and a PNG for each size. */
function packIcns(types) {
  const parts = Object.entries(types).map(([type, size]) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(pngs.get(size).length + 8, 4);
    return Buffer.concat([head, pngs.get(size)]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
