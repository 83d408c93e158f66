import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/** Draws PDF pages into canvases. Imported only where it is needed: pdf.js is large. */

GlobalWorkerOptions.workerSrc = workerUrl;

/** Points (1/72 inch) to CSS pixels. */
const cssPixelsPerPoint = 96 / 72;

export interface DrawnPage {
  readonly canvas: HTMLCanvasElement;
  /** Millimetres. */
  readonly width: number;
  readonly height: number;
}

/**
 * Draws the pages, at most so many of them, at this resolution (dots per inch) and returns them in order. The bytes are copied: pdf.js takes what it is given.
 * Throws on what is no PDF.
 */
export async function drawPdfPages(pdf: Uint8Array, dotsPerInch: number, atMost = Infinity): Promise<DrawnPage[]> {
  const loading = getDocument({ data: pdf.slice() });
  try {
    const document = await loading.promise;
    const pages: DrawnPage[] = [];
    for (let number = 1; number <= Math.min(document.numPages, atMost); number += 1) {
      const page = await document.getPage(number);
      const viewport = page.getViewport({ scale: (dotsPerInch / 96) * cssPixelsPerPoint });
      const canvas = window.document.createElement('canvas');
      canvas.width = Math.round(viewport.width);
      canvas.height = Math.round(viewport.height);
      await page.render({ canvas, viewport }).promise;
      const [, , width = 0, height = 0] = page.view;
      pages.push({ canvas, width: (width / 72) * 25.4, height: (height / 72) * 25.4 });
    }
    return pages;
  } finally {
    await loading.destroy();
  }
}
