import type { Session, WebContents } from 'electron';
import { isOwnUrl } from './app-scheme';

/** What the page may do: nothing that leaves it. */

/** The only permissions the page needs, of the many there are: keeping its database, copying a text out, and telling what is to be done. */
const allowedPermissions: ReadonlySet<string> = new Set([
  'persistent-storage',
  'clipboard-sanitized-write',
  'notifications',
]);

/** Denies every permission but those allowed, to everyone but our own page; devices and screen capture altogether. */
export function guardPermissions(session: Session): void {
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => isOwnUrl(`${origin.replace(/\/$/, '')}/`) && allowedPermissions.has(permission),
  );
  session.setPermissionRequestHandler((_contents, permission, allow, details) => {
    allow(isOwnUrl(details.requestingUrl) && allowedPermissions.has(permission));
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
}

/**
 * Blocks every request of the page but those for its own files and for data it made itself (`blob:`, `data:`, `devtools:` is not among
 * them). Mail, connector and directory are reached by the host services, never by the page.
 */
export function guardNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    const own = isOwnUrl(details.url) || details.url.startsWith('data:') || isOwnBlob(details.url);
    decide({ cancel: !own });
  });
}

function isOwnBlob(url: string): boolean {
  return url.startsWith('blob:') && isOwnUrl(url.slice('blob:'.length));
}

/** Denies new windows, navigation away from the page (in any frame), redirects, and embedded web views. */
export function guardNavigation(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

/** Lets the page save what it made itself (a backup, a report); cancels any other download. */
export function guardDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    if (!isOwnBlob(item.getURL())) event.preventDefault();
  });
}
