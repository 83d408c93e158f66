import wideMono from 'dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf?url';
import wideSans from 'dejavu-fonts-ttf/ttf/DejaVuSans.ttf?url';
import wideSansBold from 'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf?url';
import decoderWasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { createBarcodeDecoder, type BarcodeDecoder } from './barcode-check';
import type { FormFonts } from './fonts';
import mono from './fonts/LiberationMono-Regular.ttf?url';
import sans from './fonts/LiberationSans-Regular.ttf?url';
import sansBold from './fonts/LiberationSans-Bold.ttf?url';
import sansBoldItalic from './fonts/LiberationSans-BoldItalic.ttf?url';
import sansItalic from './fonts/LiberationSans-Italic.ttf?url';

async function bytesOf(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** The font files, from the program's own files. Load them once and keep the object: derived data is kept with it. */
export async function loadFormFonts(): Promise<FormFonts> {
  const [files, wide] = await Promise.all([
    Promise.all([sans, sansBold, sansItalic, sansBoldItalic, mono].map(bytesOf)),
    Promise.all([wideSans, wideSansBold, wideMono].map(bytesOf)),
  ]);
  const of = (list: readonly Uint8Array[], index: number): Uint8Array => {
    const bytes = list[index];
    if (bytes === undefined) throw new Error('A font file is missing');
    return bytes;
  };
  return {
    sans: of(files, 0),
    sansBold: of(files, 1),
    sansItalic: of(files, 2),
    sansBoldItalic: of(files, 3),
    mono: of(files, 4),
    wideSans: of(wide, 0),
    wideSansBold: of(wide, 1),
    wideMono: of(wide, 2),
  };
}

/** The barcode decoder, its WebAssembly from the program's own files. */
export async function loadBarcodeDecoder(): Promise<BarcodeDecoder> {
  return createBarcodeDecoder(await bytesOf(decoderWasm));
}
