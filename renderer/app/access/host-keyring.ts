import { fromByteArray, toByteArray } from 'base64-js';
import type { Host } from '../../../electron/contract/host';
import type { Keyring } from '../../store/access/keyring';

/** The host's keyring, where it has one. */
export function hostKeyring(host: Host): Keyring {
  return {
    async protect(secret) {
      const result = await host.keyring.protect({ secret: fromByteArray(secret) });
      return result.kind === 'ok' ? toByteArray(result.value.kept) : null;
    },
    async open(kept) {
      const result = await host.keyring.open({ kept: fromByteArray(kept) });
      return result.kind === 'ok' ? toByteArray(result.value.secret) : null;
    },
  };
}
