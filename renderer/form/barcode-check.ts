import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { quietZone, rowHeight, type BarcodeModules } from './barcode';

/** A picture in black and white: RGBA bytes. */
export interface BarcodeBitmap {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Reads the PDF417 symbol in a picture; `null` where there is none it can read. */
export type BarcodeDecoder = (bitmap: BarcodeBitmap) => Promise<Uint8Array | null>;

/**
 * A decoder that we did not write: ZXing, as WebAssembly.
 *
 * @param wasm the bytes of `zxing-wasm/reader/zxing_reader.wasm`, handed in so that nothing is fetched.
 */
export async function createBarcodeDecoder(wasm: Uint8Array): Promise<BarcodeDecoder> {
  const wasmBinary = new Uint8Array(wasm).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return async ({ data, width, height }) => {
    const found = await readBarcodes(
      { data, width, height, colorSpace: 'srgb' },
      {
        formats: ['PDF417'],
        // The picture holds the bare symbol, upright.
        isPure: true,
        tryRotate: false,
        tryInvert: false,
        tryDownscale: false,
        maxNumberOfSymbols: 1,
      },
    );
    return found[0]?.isValid === true ? found[0].bytes : null;
  };
}

/** Draws the very bars that go into the PDF, at so many pixels a module. */
export function barcodeBitmap({ columns, rows, bars }: BarcodeModules, scale = 1): BarcodeBitmap {
  const width = (columns + 2 * quietZone) * scale;
  const height = (rows * rowHeight + 2 * quietZone) * scale;
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const pixels = new Uint32Array(data.buffer);
  // Opaque black in either byte order: only alpha is set.
  const black = new Uint32Array(new Uint8Array([0, 0, 0, 255]).buffer)[0] ?? 0;
  for (const bar of bars) {
    const left = (bar.x + quietZone) * scale;
    const top = (bar.y * rowHeight + quietZone) * scale;
    for (let y = top; y < top + bar.height * rowHeight * scale; y += 1) {
      const row = y * width + left;
      pixels.fill(black, row, row + bar.width * scale);
    }
  }
  return { data, width, height };
}

/** Whether the symbol says exactly these bytes. A slip whose barcode says anything else must not leave the program. */
export async function barcodeSays(
  decoder: BarcodeDecoder,
  modules: BarcodeModules,
  bytes: Uint8Array,
): Promise<boolean> {
  const read = await decoder(barcodeBitmap(modules));
  return read !== null && read.length === bytes.length && read.every((byte, index) => byte === bytes[index]);
}
