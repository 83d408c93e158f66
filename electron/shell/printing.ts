import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type Session, type WebContents } from 'electron';
import { z } from 'zod';
import type { Result } from '../contract/call';
import type { Handlers } from '../contract/serve';
import { readPage, securityHeaders } from '../page';
import { appScheme, appUrl, pageAnswer } from './app-scheme';
import { guardDownloads, guardNavigation, guardNetwork, guardPermissions } from './guards';

/** Windows' own printing. Everywhere else the services' CUPS prints. */

/** Marks the printers that this file prints to, among those of the services. */
const prefix = 'windows:';
const micronsPerPoint = 25_400 / 72;
const drawnSchema = z.object({
  width: z.number().positive(),
  height: z.number().positive(),
  sheets: z.number().int().positive(),
});

/** What asks Windows for its printers: any web page of ours. */
export interface PrinterSource {
  getPrintersAsync(): Promise<readonly { readonly name: string; readonly displayName: string }[]>;
}

/**
 * Adds Windows' printers to those of the services.
 * `printPageFolder` holds the built print page.
 */
export function withWindowsPrinters(
  services: Handlers['printing'],
  contents: () => PrinterSource,
  printPageFolder: string,
): Handlers['printing'] {
  return {
    printers: async (argument) => {
      const found = await contents().getPrintersAsync();
      const windows = found.map(({ name, displayName }) => ({
        id: `${prefix}${name}`,
        name: displayName === '' ? name : displayName,
        // Chromium no longer tells which one Windows would choose.
        isDefault: false,
        // Nor does it tell of trays.
        trays: [],
      }));
      return [...windows, ...(await services.printers(argument))];
    },
    print: async (argument) => {
      if (!argument.printerId.startsWith(prefix)) return services.print(argument);
      const deviceName = argument.printerId.slice(prefix.length);
      const pdf = Buffer.from(argument.pdf, 'base64');
      return printOnWindows({ deviceName, jobName: argument.jobName, pdf, printPageFolder });
    },
  };
}

interface Job {
  readonly deviceName: string;
  readonly jobName: string;
  readonly pdf: Buffer;
  readonly printPageFolder: string;
}

/** Draws the PDF in a hidden window and hands the sheets to the printer; resolves when Windows' spooler has them. */
async function printOnWindows({
  deviceName,
  jobName,
  pdf,
  printPageFolder,
}: Job): Promise<Result<{ jobId: string; done: boolean }>> {
  const jobId = randomUUID();
  // A session of its own, in memory: the slip is not left in any cache, and the job sees nothing of the program's data.
  const jobSession = session.fromPartition(`print-${jobId}`);
  serveJob(jobSession, printPageFolder, pdf);
  guardPermissions(jobSession);
  guardNetwork(jobSession);
  guardDownloads(jobSession);
  const window = new BrowserWindow({
    show: false,
    title: jobName,
    webPreferences: {
      session: jobSession,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      backgroundThrottling: false,
    },
  });
  guardNavigation(window.webContents);
  try {
    await window.loadURL(`${appUrl}print.html`);
    const drawn: unknown = await window.webContents.executeJavaScript('window.jobIsDrawn');
    const { width, height } = drawnSchema.parse(drawn);
    return await printSheets(window.webContents, deviceName, { width, height }, jobId);
  } catch (error) {
    const text = error instanceof Error ? error.name : 'unknown';
    return { kind: 'failed', failure: { reason: 'printer', code: null, text: `The job could not be drawn: ${text}` } };
  } finally {
    window.destroy();
  }
}

function serveJob(jobSession: Session, printPageFolder: string, pdf: Buffer): void {
  const page = readPage(printPageFolder, 'print.html');
  jobSession.protocol.handle(appScheme, async (request) => {
    const path = new URL(request.url).pathname;
    if (path === '/job.pdf') return new Response(new Uint8Array(pdf), { headers: { ...securityHeaders } });
    return pageAnswer(page, path);
  });
}

function printSheets(
  contents: WebContents,
  deviceName: string,
  size: { width: number; height: number },
  jobId: string,
): Promise<Result<{ jobId: string; done: boolean }>> {
  return new Promise((resolve) => {
    contents.print(
      {
        silent: true,
        deviceName,
        printBackground: true,
        margins: { marginType: 'none' },
        scaleFactor: 100,
        pageSize: {
          width: Math.round(size.width * micronsPerPoint),
          height: Math.round(size.height * micronsPerPoint),
        },
      },
      (success, reason) => {
        // The spooler has it. Whether the printer has paper, Chromium doesn't tell: the page asks.
        if (success) resolve({ kind: 'ok', value: { jobId, done: false } });
        else resolve({ kind: 'failed', failure: { reason: 'printer', code: 'gone', text: reason } });
      },
    );
  });
}
