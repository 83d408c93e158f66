import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createKeyring, type KeyringStorage } from '../../../electron/shell/keyring';
import { createPauses } from '../../../electron/shell/pauses';

/** `safeStorage` as Electron documents it. It proves our side of it, not the system's keyring. */
function storageWith(parts: {
  isThere?: boolean;
  backend?: ReturnType<KeyringStorage['getSelectedStorageBackend']>;
  isLocked?: boolean;
}) {
  const storage: KeyringStorage = {
    isAsyncEncryptionAvailable: () => Promise.resolve(parts.isThere ?? true),
    getSelectedStorageBackend: () => parts.backend ?? 'gnome_libsecret',
    encryptStringAsync: (text) => Promise.resolve(Buffer.from(`kept:${text}`)),
    decryptStringAsync: (bytes) =>
      parts.isLocked === true || !bytes.toString().startsWith('kept:')
        ? Promise.reject(new Error('Error while decrypting the ciphertext'))
        : Promise.resolve({ shouldReEncrypt: false, result: bytes.toString().slice('kept:'.length) }),
  };
  return storage;
}

describe('the keyring', () => {
  it('gives back what it protected', async () => {
    const keyring = createKeyring(storageWith({}), 'win32');
    const kept = await keyring.protect({ secret: 'c2VjcmV0' });
    if (kept.kind !== 'ok') throw new Error(kept.failure.text);
    expect(kept.value.kept).not.toContain('c2VjcmV0');
    expect(await keyring.open(kept.value)).toEqual({ kind: 'ok', value: { secret: 'c2VjcmV0' } });
  });

  it('is none where the system has none, nor where Linux would only pretend', async () => {
    for (const keyring of [
      createKeyring(storageWith({ isThere: false }), 'win32'),
      createKeyring(storageWith({ backend: 'basic_text' }), 'linux'),
    ]) {
      expect(await keyring.protect({ secret: 'AAAA' })).toMatchObject({ failure: { reason: 'unsupported' } });
      expect(await keyring.open({ kept: 'AAAA' })).toMatchObject({ failure: { reason: 'unsupported' } });
    }
  });

  it('that is locked, or another’s, is a result', async () => {
    const keyring = createKeyring(storageWith({ isLocked: true }), 'darwin');
    expect(await keyring.open({ kept: 'AAAA' })).toMatchObject({ kind: 'failed', failure: { reason: 'refused' } });
  });
});

describe('pauses of the machine', () => {
  it('suspend and the locked screen answer whoever waits, once', async () => {
    const source = new EventEmitter();
    const awaitPause = createPauses(source);
    const both = Promise.all([awaitPause({}), awaitPause({})]);
    source.emit('suspend');
    expect(await both).toEqual([{ kind: 'paused' }, { kind: 'paused' }]);
    const next = awaitPause({});
    source.emit('lock-screen');
    expect(await next).toEqual({ kind: 'paused' });
  });
});
