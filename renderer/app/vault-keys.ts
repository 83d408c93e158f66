import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Journal } from '../store/journal';
import type { OpenKeys } from '../store/open-keys';
import { newKey } from '../store/sealing';
import type { Store } from '../store/store';

/**
 * Where keys, user and journal come from as long as there is no log-in: keys of this browser in its local storage, the user from the settings,
 * no second copy. It protects nothing, and the log-in takes its place.
 */
export function interimVault(): {
  readonly means: { readonly keys: OpenKeys; readonly journal: Journal; readonly user: () => string };
  readonly follow: (store: Store) => void;
} {
  const journal: Journal = {
    append: () => Promise.resolve({ kind: 'written' }),
    keepPatientKey: () => Promise.resolve({ kind: 'written' }),
    forgetPatientKey: () => Promise.resolve({ kind: 'written' }),
  };
  return {
    means: { keys: { practice: interimKey('practice'), clinical: interimKey('clinical') }, journal, user: () => '' },
    follow: (store) => {
      store.watch(
        () => store.setup(),
        (setup) => store.setUser(setup?.settings.operator ?? ''),
        () => undefined,
      );
    },
  };
}

function interimKey(name: string): Uint8Array {
  const found = localStorage.getItem(`interim-${name}`);
  if (found !== null) return hexToBytes(found);
  const key = newKey();
  localStorage.setItem(`interim-${name}`, bytesToHex(key));
  return key;
}
