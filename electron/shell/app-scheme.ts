import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { readPage, securityHeaders, type PageFile } from '../page';

/** Where the page lives in Electron: `app://ersatzschein/`. A scheme of its own, because module scripts don't run from `file:`. */
export const appScheme = 'app';
export const appOrigin = `${appScheme}://ersatzschein`;
export const appUrl = `${appOrigin}/`;

/** Whether an address is the page's own: this scheme, this host, nothing that merely begins like it. */
export function isOwnUrl(url: string): boolean {
  return URL.canParse(url) && new URL(url).href.startsWith(appUrl);
}

/** Makes the scheme an ordinary secure origin (WebCrypto, IndexedDB, workers). Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page's files to a session under the scheme, and no other file. */
export function serveApp(session: Session, pageFolder: string): void {
  const page = readPage(pageFolder);
  session.protocol.handle(appScheme, (request) =>
    isOwnUrl(request.url) && request.method === 'GET'
      ? pageAnswer(page, new URL(request.url).pathname)
      : Promise.resolve(notFound()),
  );
}

/** The answer to a request for a path of a built page: the file with the security headers, or 404. */
export async function pageAnswer(page: ReadonlyMap<string, PageFile>, path: string): Promise<Response> {
  const file = page.get(path);
  if (file === undefined) return notFound();
  const bytes = new Uint8Array(await readFile(file.path));
  return new Response(bytes, { headers: { ...securityHeaders, 'Content-Type': file.type } });
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
