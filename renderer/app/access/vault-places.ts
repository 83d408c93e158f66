import type { Host } from '../../../electron/contract/host';
import type { VaultKind } from '../../store/access/header';

/** Where a vault stands: its databases in the browser's storage, and its archive on the host's disk. */
export interface VaultPlace {
  readonly kind: VaultKind;
  /** What its databases' names begin with. */
  readonly database: string;
  readonly archive: 'archive' | 'liveArchive';
}

/** The rehearsal's vault and the practice's own: keys, users, database and archive of the one are nowhere in the other's. */
export const vaultPlaces: Readonly<Record<VaultKind, VaultPlace>> = {
  rehearsal: { kind: 'rehearsal', database: 'ersatzschein', archive: 'archive' },
  live: { kind: 'live', database: 'ersatzschein-live', archive: 'liveArchive' },
};

/** The host as this vault sees it: with its own archive, and no way to the other's. */
export function hostFor(host: Host, place: VaultPlace): Host {
  return { ...host, archive: host[place.archive] };
}

const key = 'ersatzschein-vault';

/** Which vault this tab was told to open; `null`: none, so the practice's own where there is one. */
export function chosenVault(): VaultKind | null {
  const chosen = sessionStorage.getItem(key);
  return chosen === 'live' || chosen === 'rehearsal' ? chosen : null;
}

/**
 * Opens the other vault: the page begins anew, so that nothing of this one is left in its memory but what somebody wanted to take along (text by its
 * key in the tab's memory). Nobody may be logged in any more.
 */
export function openVault(kind: VaultKind, along: Readonly<Record<string, string>> = {}): void {
  sessionStorage.clear();
  sessionStorage.setItem(key, kind);
  for (const [name, text] of Object.entries(along)) sessionStorage.setItem(name, text);
  window.history.replaceState(null, '', window.location.pathname);
  window.location.reload();
}
