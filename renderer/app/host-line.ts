import type { Transport } from '../../electron/contract/host';
import { lineAnswerSchema, type LineAnswer, type LineCall } from '../../electron/contract/line';

/** What the line needs of a WebSocket. */
export interface LineSocket {
  readonly readyState: number;
  readonly OPEN: number;
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

interface Waiting {
  readonly called: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One WebSocket and the calls that wait for their answers on it. */
interface Line {
  readonly socket: LineSocket;
  readonly opened: Promise<void>;
  readonly waiting: Map<number, Waiting>;
}

/**
 * Carries calls to the loopback host over one WebSocket, opened by the first call and again by the next one after it was lost. A call rejects
 * where the host can't be reached, refuses it or fails, and where the line is lost before its answer: whether it was done is unknown then.
 * (A request over HTTP takes Chromium some five times as long, and every write waits for one.)
 */
export function overLine(connect: () => LineSocket): Transport {
  let line: Line | null = null;
  let lastNumber = 0;

  const open = (): Line => {
    const socket = connect();
    const waiting = new Map<number, Waiting>();
    const opened = new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('close', () => {
        line = null;
        reject(new Error('The host can’t be reached.'));
        for (const { called, reject: lose } of waiting.values()) lose(new Error(`${called}: the line was lost.`));
      });
    });
    socket.addEventListener('message', ({ data }) => {
      const answer = readAnswer(data);
      if (answer !== null) settle(waiting, answer);
      // Whatever it is, it is not our host: its calls are lost.
      else socket.close();
    });
    return { socket, opened, waiting };
  };

  return async (group, name, argument) => {
    line ??= open();
    const { socket, opened, waiting } = line;
    await opened;
    const number = (lastNumber += 1);
    const call: LineCall = { number, group, name, argument };
    const text = JSON.stringify(call);
    return new Promise((resolve, reject) => {
      const called = `${group}.${name}`;
      // Lost between opening and now: a closed socket would take the text and say nothing.
      if (socket.readyState !== socket.OPEN) {
        reject(new Error(`${called}: the line was lost.`));
        return;
      }
      waiting.set(number, { called, resolve, reject });
      socket.send(text);
    });
  };
}

/** `null` for what is no answer. */
function readAnswer(data: unknown): LineAnswer | null {
  try {
    return lineAnswerSchema.safeParse(typeof data === 'string' ? JSON.parse(data) : null).data ?? null;
  } catch {
    return null;
  }
}

function settle(waiting: Map<number, Waiting>, answer: LineAnswer): void {
  const call = waiting.get(answer.number);
  waiting.delete(answer.number);
  if (answer.kind === 'result') call?.resolve(answer.result);
  else call?.reject(new Error(`${call.called}: ${answer.kind}`));
}
