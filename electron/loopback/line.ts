import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Transport } from '../contract/host';
import { lineCallSchema, lineLimit, type LineAnswer, type LineCall } from '../contract/line';
import { RefusedCall } from '../contract/serve';
import { describeWithoutData } from '../failure-log';

/** The lines of the pages that are open: one WebSocket each. Who may have one was decided before. */
export interface Lines {
  /** Makes a line of a request whose sender may have one. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends them all, at once. */
  stop(): void;
}

/** Codes of RFC 6455, section 7.4.1, with which a line is ended. */
const notText = 1003;
const notACall = 1008;

/** Answers calls by `transport`. What is no call, or larger than the contract's limit (1009), ends the line, and the log says so without quoting it. */
export function createLines(transport: Transport, log: (line: string) => void): Lines {
  // Nothing is compressed: it never leaves the machine.
  const server = new WebSocketServer({ noServer: true, maxPayload: lineLimit, perMessageDeflate: false });
  server.on('connection', (line) => {
    line.on('error', (error) => log(`line ended: ${describeWithoutData(error)}`));
    line.on('message', (data, isBinary) => {
      const call = isBinary ? null : readCall(data);
      if (call === null) {
        log(`line ended: ${isBinary ? 'bytes' : 'no call'}`);
        line.close(isBinary ? notText : notACall);
        return;
      }
      void answer(line, call);
    });
  });

  async function answer(line: WebSocket, { number, group, name, argument }: LineCall): Promise<void> {
    try {
      const result = await transport(group, name, argument);
      send(line, { kind: 'result', number, result });
    } catch (error) {
      const kind = error instanceof RefusedCall ? 'refused' : 'failed';
      log(`call ${group}.${name} ${kind}: ${describeWithoutData(error)}`);
      send(line, { kind, number });
    }
  }

  return {
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (line) => server.emit('connection', line, request)),
    stop: () => server.clients.forEach((line) => line.terminate()),
  };
}

/** A page that was closed meanwhile hears nothing, and needs nothing. */
function send(line: WebSocket, answer: LineAnswer): void {
  if (line.readyState === line.OPEN) line.send(JSON.stringify(answer));
}

/** `null` for what is no call. */
function readCall(data: RawData): LineCall | null {
  try {
    const text = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
    return lineCallSchema.safeParse(JSON.parse(text.toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
