/** Spreadsheets take a cell that begins with one of these for a formula. */
const formulaStart = /^[=+\-@\t\r\n]/;

/** A cell's text as no spreadsheet takes it for a formula: with an apostrophe before what would begin one. */
export function guarded(cell: string): string {
  return formulaStart.test(cell) ? `'${cell}` : cell;
}

/**
 * Rows as a CSV file (RFC 4180) that German spreadsheets open by double click: semicolons, CRLF, UTF-8 with a byte order mark. Cells that look
 * like formulas are `guarded`.
 */
export function csvOf(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((row) => row.map((cell) => quoted(guarded(cell))).join(';'));
  return new TextEncoder().encode(`\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`);
}

function quoted(cell: string): string {
  return /[;"\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
