import { WebSocket } from 'ws';
import { createHost, type Host } from '../../electron/contract/host';
import { linePath } from '../../electron/contract/line';
import { overLine } from '../../renderer/app/host-line';

/** What a browser adds by itself when a page opens the line. */
export interface LineHeaders {
  readonly cookie?: string;
  readonly origin?: string;
  readonly host?: string;
}

/** Opens the one-time link as a browser would. Returns the session's cookie. */
export async function cookieOf(link: string): Promise<string> {
  const opened = await fetch(link, { redirect: 'manual' });
  return opened.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** A socket that asks for the line with exactly these headers. */
export function askForLine(origin: string, headers: LineHeaders, path = linePath): WebSocket {
  return new WebSocket(`${origin.replace(/^http/, 'ws')}${path}`, {
    headers: { ...headers },
    perMessageDeflate: false,
  });
}

/** What came of asking: an open line, or the HTTP status with which it was refused (0: nothing was said). */
export async function openLine(
  origin: string,
  headers: LineHeaders,
  path?: string,
): Promise<
  { readonly kind: 'open'; readonly socket: WebSocket } | { readonly kind: 'refused'; status: number; text: string }
> {
  const socket = askForLine(origin, headers, path);
  return new Promise((resolve) => {
    socket.on('open', () => resolve({ kind: 'open', socket }));
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', () =>
        resolve({ kind: 'refused', status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    socket.on('error', () => resolve({ kind: 'refused', status: 0, text: '' }));
  });
}

/** Sends a text or bytes. Returns the first answer as text, or the code with which the line was ended. */
export async function sayOnLine(socket: WebSocket, data: string | Buffer): Promise<string | number> {
  return new Promise((resolve) => {
    socket.once('message', (answer: Buffer) => resolve(answer.toString('utf8')));
    socket.once('close', (code) => resolve(code));
    socket.on('error', () => undefined);
    socket.send(data);
  });
}

/** The host as a browser with this session has it. The line is opened by the first call and lives as long as the process. */
export function hostOverLine(origin: string, cookie: string): Host {
  return createHost(
    overLine(() => {
      const socket = askForLine(origin, { cookie, origin });
      // A browser’s socket tells of an error by its end alone.
      socket.on('error', () => undefined);
      return socket;
    }),
  );
}
