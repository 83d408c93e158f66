import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

/**
 * The hidden page that turns a print job (`/job.pdf`) into images, one to a sheet, in the size the PDF names. Electron can't print a PDF
 * it shows itself (electron/electron#30947: blank sheets), but prints images. Served and awaited by printing.ts.
 */

declare global {
  interface Window {
    /** Resolves with the first sheet's size in points when all sheets are drawn. */
    jobIsDrawn?: Promise<{ width: number; height: number; sheets: number }>;
  }
}

/** Twice what the slip's barcode needs to be read (150 dpi). */
const dotsPerInch = 300;
const pointsPerInch = 72;

GlobalWorkerOptions.workerSrc = workerUrl;
window.jobIsDrawn = drawJob();

async function drawJob(): Promise<{ width: number; height: number; sheets: number }> {
  const response = await fetch('/job.pdf');
  const pdf = await getDocument({ data: new Uint8Array(await response.arrayBuffer()) }).promise;
  let size = { width: 0, height: 0 };
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const paper = page.getViewport({ scale: 1 });
    if (number === 1) size = { width: paper.width, height: paper.height };
    const viewport = page.getViewport({ scale: dotsPerInch / pointsPerInch });
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    await page.render({ canvas, viewport, intent: 'print' }).promise;
    await addSheet(canvas, paper.width, paper.height);
    page.cleanup();
  }
  return { ...size, sheets: pdf.numPages };
}

/** As a compressed image: the canvas' own pixels would take 17 MB a sheet. */
async function addSheet(canvas: HTMLCanvasElement, width: number, height: number): Promise<void> {
  const blob = await new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((result) => {
      if (result === null) reject(new Error('The sheet could not be drawn.'));
      else resolve(result);
    }, 'image/png');
  });
  canvas.width = 0;
  const sheet = document.createElement('img');
  sheet.src = URL.createObjectURL(blob);
  sheet.style.width = `${String(width)}pt`;
  sheet.style.height = `${String(height)}pt`;
  document.body.append(sheet);
  await sheet.decode();
}
