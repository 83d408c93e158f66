import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The built page as both hosts serve it: which files there are, of what type, and under which rules the browser runs them. */

/** One file of the built page. */
export interface PageFile {
  /** Absolute path on disk. */
  readonly path: string;
  /** MIME type for `Content-Type`. */
  readonly type: string;
  /** The name carries a hash of the content: it may be kept for ever. */
  readonly immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
  pdf: 'application/pdf',
};

/**
 * Lists the built page once, as a map from URL path (`/`, `/assets/index-1a2b.js`) to file. Only what is in the map is ever served:
 * a path that climbs out of the folder can't be in it, whatever its encoding. Symbolic links are left out.
 * Throws where the folder lacks the page itself (`index.html` unless said).
 */
export function readPage(folder: string, indexName = 'index.html'): ReadonlyMap<string, PageFile> {
  const page = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const urlPath = `/${relative(folder, path).split(sep).join('/')}`;
    const type = types[entry.name.split('.').pop() ?? ''] ?? 'application/octet-stream';
    page.set(urlPath, { path, type, immutable: urlPath.startsWith('/assets/') });
  }
  const index = page.get(`/${indexName}`);
  if (index === undefined) throw new Error(`There is no built page in ${folder}: build it first.`);
  page.set('/', index);
  return page;
}

/**
 * The only inline style there is: react-aria's rule for pressable elements, which it adds by itself. It is allowed by its hash, so that
 * a changed text shows up as a console error in the end-to-end tests instead of as a wider policy.
 */
export const pressableStyle = `@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}`;
const pressableStyleHash = 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=';

/** Content-Security-Policy of the page: its own files and nothing else; WebAssembly may be compiled, strings may not be run. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src 'self' '${pressableStyleHash}'`,
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every answer of either host. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // The page asks for none of them; what a later script might ask for is denied too.
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), payment=()',
};
