import { drawPdfPages } from './pdf-pages';

/** Fine enough for the barcode: six dots a module of 10 mil. */
const printResolution = 600;
/** Milliseconds after which a dialog that never says that it closed counts as closed. */
const longestDialog = 300_000;

/**
 * Prints a PDF through the browser's own dialog, without a window of its own: its pages stand in the page while it prints. Resolves when the
 * dialog has closed; whether anything came out of a printer it doesn't tell.
 */
export async function printInPage(pdf: Uint8Array): Promise<void> {
  const pages = await drawPdfPages(pdf, printResolution);
  const [first] = pages;
  if (first === undefined) return;
  const sheets = document.createElement('div');
  sheets.className = 'print-sheets';
  for (const { canvas, width, height } of pages) {
    canvas.style.width = `${width.toFixed(2)}mm`;
    canvas.style.height = `${height.toFixed(2)}mm`;
    sheets.append(canvas);
  }
  const style = new CSSStyleSheet();
  style.replaceSync(`@page { size: ${first.width.toFixed(2)}mm ${first.height.toFixed(2)}mm; margin: 0 }`);
  document.adoptedStyleSheets.push(style);
  document.body.append(sheets);
  try {
    await printed();
  } finally {
    sheets.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== style);
  }
}

/** Shows the print dialog. In a browser `print()` returns when it is closed; elsewhere at once, so the event is what counts. */
function printed(): Promise<void> {
  return new Promise((resolve) => {
    const timer = window.setTimeout(resolve, longestDialog);
    window.addEventListener(
      'afterprint',
      () => {
        window.clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
    window.print();
  });
}
