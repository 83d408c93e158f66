import { createHost, type Host, type Transport } from '../../electron/contract/host';

declare global {
  interface Window {
    /** What the preload script exposes in Electron; absent in a browser. */
    readonly ersatzschein?: { readonly call: Transport };
  }
}

/** Connects the page to whichever host it was opened by: Electron's bridge where there is one, else the loopback host over HTTP. */
export function connectHost(): Host {
  return createHost(window.ersatzschein?.call ?? overHttp);
}

/** Rejects with the HTTP status when the loopback host refuses a call or is gone. */
const overHttp: Transport = async (group, name, argument) => {
  const response = await fetch(`/call/${group}/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(argument),
  });
  if (!response.ok) throw new Error(`${group}.${name}: HTTP ${String(response.status)} ${await response.text()}`);
  const result: unknown = await response.json();
  return result;
};
