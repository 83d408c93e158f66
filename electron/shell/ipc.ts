import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { z } from 'zod';
import type { Transport } from '../contract/host';
import { RefusedCall } from '../contract/serve';
import { describeWithoutData } from '../failure-log';
import { texts } from '../texts';
import { isOwnUrl } from './app-scheme';
import { callChannel } from './channel';

const messageSchema = z.tuple([z.string(), z.string(), z.unknown()]);

/**
 * Serves the contract to the page of one window. A message from any other sender, frame or address is refused, and so is one the contract
 * does not allow; what a handler threw is logged without patient data and not told to the page.
 */
export function serveCalls(page: WebContents, transport: Transport, log: (line: string) => void): void {
  ipcMain.handle(callChannel, async (event: IpcMainInvokeEvent, ...message: unknown[]) => {
    if (!isFromPage(event, page)) {
      log('call refused: foreign sender');
      throw new Error(texts.refusedCall);
    }
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) {
      log('call refused: not a call');
      throw new Error(texts.refusedCall);
    }
    const [group, name, argument] = parsed.data;
    try {
      return await transport(group, name, argument);
    } catch (error) {
      const refused = error instanceof RefusedCall;
      log(
        `call ${printable(group)}.${printable(name)} ${refused ? 'refused' : 'failed'}: ${describeWithoutData(error)}`,
      );
      throw new Error(refused ? texts.refusedCall : texts.failedCall);
    }
  });
}

/** Ends serving, so that a new window can be served. */
export function stopServingCalls(): void {
  ipcMain.removeHandler(callChannel);
}

/** The top frame of our window, showing our address at this moment. */
function isFromPage(event: IpcMainInvokeEvent, page: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === page && frame !== null && frame === page.mainFrame && isOwnUrl(frame.url);
}

function printable(name: string): string {
  return name.replace(/[^a-zA-Z]/g, '?').slice(0, 40);
}
