import { deriveKeyHere } from './derive-key';
import type { Derivation } from './header';

/** Derives keys beside the page, so that it goes on drawing meanwhile. */
self.addEventListener('message', (event: MessageEvent<{ passphrase: string; derivation: Derivation }>) => {
  deriveKeyHere(event.data.passphrase, event.data.derivation).then(
    (key) => self.postMessage({ kind: 'key', key }),
    (error: unknown) => self.postMessage({ kind: 'failed', text: String(error) }),
  );
});
