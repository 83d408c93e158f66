import type { SafeStorage } from 'electron';
import type { Handlers } from '../contract/serve';
import type { Result } from '../contract/call';

type Storage = Pick<
  SafeStorage,
  'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
>;

/**
 * The contract's keyring over Electron's `safeStorage`: DPAPI, the Mac's keychain, or Linux' secret service. Must not be asked before the
 * program is ready. On Linux without a secret service Electron would «encrypt» under a password that stands in its source: that is no keyring.
 */
export function createKeyring(storage: Storage, platform: NodeJS.Platform): Handlers['keyring'] {
  const isThere = (): boolean =>
    storage.isEncryptionAvailable() && (platform !== 'linux' || storage.getSelectedStorageBackend() !== 'basic_text');
  return {
    protect: async ({ secret }) => {
      if (!isThere()) return unsupported();
      return attempt(() => ({ kept: storage.encryptString(secret).toString('base64') }));
    },
    open: async ({ kept }) => {
      if (!isThere()) return unsupported();
      return attempt(() => ({ secret: storage.decryptString(Buffer.from(kept, 'base64')) }));
    },
  };
}

function unsupported(): Result<never> {
  return { kind: 'failed', failure: { reason: 'unsupported', code: null, text: 'This machine has no keyring.' } };
}

/** The keyring throws where it is locked, or where another user or machine had protected it. */
function attempt<T>(work: () => T): Result<T> {
  try {
    return { kind: 'ok', value: work() };
  } catch (error) {
    const text = error instanceof Error ? error.name : 'unknown';
    return { kind: 'failed', failure: { reason: 'refused', code: null, text: `The keyring does not open: ${text}` } };
  }
}
