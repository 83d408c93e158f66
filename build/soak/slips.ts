import fc from 'fast-check';
import { readBarcodes } from 'zxing-wasm/reader';
import { barcodeContent } from '../../renderer/form/barcode';
import { drawSlips } from '../../renderer/form/slip';
import { anyContent } from '../../test/unit/form/certificates';
import { hasPoppler, pdfPictures, rgba } from '../../test/unit/form/poppler';
import { loadBarcodeDecoder, loadFormFonts } from '../form-fonts';

/** Barcode and quiet zone, mm. */
const aroundBarcode = { x: 80, y: 24, width: 66, height: 32 };
const resolutions = [300, 200, 150];
const inOneFile = 100;

/**
 * Draws the KK copies of so many generated certificates, has poppler turn the pages into pictures, and reads every barcode back, byte for
 * byte. Gives what was wrong, a line each, or `null` where poppler is missing.
 */
export async function readSlipsBack(count: number, seed: number): Promise<string[] | null> {
  if (!hasPoppler) return null;
  const fonts = await loadFormFonts();
  const decoder = await loadBarcodeDecoder();
  const contents = fc.sample(anyContent, { numRuns: count, seed });
  const wrong: string[] = [];
  for (let start = 0; start < contents.length; start += inOneFile) {
    const some = contents.slice(start, start + inOneFile);
    const slips = some.map((content) => {
      return { content, copy: 'KK' as const, documentId: '', test: true, fill: 'full' as const };
    });
    const drawn = await drawSlips(slips, { paper: 'A5', fonts, decoder });
    if (drawn.kind === 'refused') {
      wrong.push(`slip ${String(start + drawn.slip)} was refused: ${drawn.reason}`);
      continue;
    }
    const dpi = resolutions[(start / inOneFile) % resolutions.length] ?? 300;
    const pictures = pdfPictures(drawn.pdf, dpi, aroundBarcode);
    for (const [index, content] of some.entries()) {
      const picture = pictures[index];
      const options = { formats: ['PDF417' as const], tryHarder: true, maxNumberOfSymbols: 1 };
      const [found] = picture === undefined ? [] : await readBarcodes(rgba(picture), options);
      if (found === undefined || !Buffer.from(found.bytes).equals(barcodeContent(content)))
        wrong.push(`slip ${String(start + index)} at ${String(dpi)} dpi says something else`);
    }
  }
  return wrong;
}
