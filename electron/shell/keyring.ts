import type { SafeStorage } from 'electron';
import type { Result } from '../contract/call';
import type { Handlers } from '../contract/serve';

/** What of Electron's `safeStorage` is used. */
export type KeyringStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

/**
 * The contract's keyring over Electron's `safeStorage`: DPAPI, the Mac's keychain, or Linux' secret service. Must not be asked before the
 * program is ready. On Linux without a secret service Electron would «encrypt» under a password that stands in its source: that is no keyring.
 */
export function createKeyring(storage: KeyringStorage, platform: NodeJS.Platform): Handlers['keyring'] {
  const isThere = async (): Promise<boolean> =>
    (await storage.isAsyncEncryptionAvailable()) &&
    (platform !== 'linux' || storage.getSelectedStorageBackend() !== 'basic_text');
  return {
    protect: ({ secret }) =>
      attempt(isThere, async () => ({ kept: (await storage.encryptStringAsync(secret)).toString('base64') })),
    open: ({ kept }) =>
      attempt(isThere, async () => ({
        secret: (await storage.decryptStringAsync(Buffer.from(kept, 'base64'))).result,
      })),
  };
}

/** The keyring throws where it is locked, or where another user or machine had protected it. */
async function attempt<T>(isThere: () => Promise<boolean>, work: () => Promise<T>): Promise<Result<T>> {
  try {
    if (await isThere()) return { kind: 'ok', value: await work() };
    return { kind: 'failed', failure: { reason: 'unsupported', code: null, text: 'This machine has no keyring.' } };
  } catch (error) {
    const text = error instanceof Error ? error.name : 'unknown';
    return { kind: 'failed', failure: { reason: 'refused', code: null, text: `The keyring does not open: ${text}` } };
  }
}
