import { bytesToHex } from '@noble/hashes/utils.js';
import { InsurerFileReader } from '../../master/insurer-file';

/** After so many bytes it is said how far reading is. */
const pieceBytes = 256 * 1024;

/** Reads an insurer file beside the page, piece by piece, and says after each how far it is. */
self.addEventListener('message', (event: MessageEvent<{ file: File }>) => {
  void read(event.data.file);
});

async function read(file: File): Promise<void> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const reader = new InsurerFileReader(bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))));
    for (let done = 0; done < bytes.byteLength; done += pieceBytes) {
      const refused = reader.write(bytes.subarray(done, done + pieceBytes));
      if (refused !== null) {
        self.postMessage(refused);
        return;
      }
      self.postMessage({ kind: 'progress', done: Math.min(done + pieceBytes, file.size), total: file.size });
    }
    self.postMessage(reader.end());
  } catch (error) {
    self.postMessage({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });
  }
}
