import { createHost, type Host, type Transport } from '../../electron/contract/host';
import { linePath } from '../../electron/contract/line';
import { overLine } from './host-line';

declare global {
  interface Window {
    /** What the preload script exposes in Electron; absent in a browser. */
    readonly ersatzschein?: { readonly call: Transport };
  }
}

/** Connects the page to whichever host it was opened by: Electron's bridge where there is one, else the loopback host over one line for the whole page. */
export function connectHost(): Host {
  return createHost(window.ersatzschein?.call ?? lineOfThePage);
}

const lineOfThePage = overLine(() => new WebSocket(`${location.origin.replace(/^http/, 'ws')}${linePath}`));
