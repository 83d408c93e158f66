import type { Result } from '../../contract/call';
import { failed } from '../failure';
import { printToSystem, systemPrinters, type SystemPrinter } from './cups';
import type { Patience } from './cups-job';
import { printToFolder } from './folder';

/** The folder printer's id. No CUPS destination is taken for it: where a folder is set, the folder it is. */
export const folderPrinterId = 'folder';

/** The printers of this machine, and the folder where one is set; then it is the default unless the system has one. */
export async function listPrinters(printFolder: string | null, log: (line: string) => void): Promise<SystemPrinter[]> {
  const system: SystemPrinter[] = process.platform === 'win32' ? [] : await systemPrinters(log);
  if (printFolder === null) return system;
  const isDefault = !system.some((printer) => printer.isDefault);
  const folder = { id: folderPrinterId, name: printFolder, isDefault, trays: [] };
  return [...system.filter(({ id }) => id !== folderPrinterId), folder];
}

/** Prints a PDF. Fails with `printer`, or with `unsupported` where this host can't reach the system's printers. */
export async function printPdf(
  printFolder: string | null,
  job: { printerId: string; tray: string | null; paper: 'A5' | 'A4'; jobName: string; pdf: Buffer },
  patience?: Patience,
): Promise<Result<{ jobId: string; done: boolean }>> {
  if (!job.pdf.subarray(0, 1024).includes('%PDF-')) return failed('printer', 'What is to be printed is no PDF.');
  if (job.printerId === folderPrinterId && printFolder !== null)
    return printToFolder(printFolder, job.jobName, job.pdf);
  if (process.platform === 'win32')
    return failed('unsupported', "Windows' printers are reached through Electron, not by this service.");
  return printToSystem(job, patience);
}
