import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createBarcodeDecoder, type BarcodeDecoder } from '../renderer/form/barcode-check';
import { fontFiles, type FontKey, type FormFonts } from '../renderer/form/fonts';

const require = createRequire(import.meta.url);

async function read(key: FontKey): Promise<Uint8Array> {
  const found = fontFiles.find((entry) => entry.key === key);
  if (found === undefined) throw new Error(`No font file for ${key}`);
  const { file, source } = found;
  const path =
    source === 'own'
      ? new URL(`../renderer/form/fonts/${file}`, import.meta.url)
      : require.resolve(`dejavu-fonts-ttf/ttf/${file}`);
  return new Uint8Array(await readFile(path));
}

/** The font files, read in Node: for the commands and tests that draw slips without a page. */
export async function loadFormFonts(): Promise<FormFonts> {
  return {
    sans: await read('sans'),
    sansBold: await read('sansBold'),
    sansItalic: await read('sansItalic'),
    sansBoldItalic: await read('sansBoldItalic'),
    mono: await read('mono'),
    wideSans: await read('wideSans'),
    wideSansBold: await read('wideSansBold'),
    wideMono: await read('wideMono'),
  };
}

/** The barcode decoder, in Node. */
export async function loadBarcodeDecoder(): Promise<BarcodeDecoder> {
  return createBarcodeDecoder(new Uint8Array(await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'))));
}
