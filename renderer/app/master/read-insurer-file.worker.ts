import { InsurerFileReader } from '../../master/insurer-file';

/** Reads an insurer file beside the page, piece by piece as it comes from the disk, and says after each how far it is. */
self.addEventListener('message', (event: MessageEvent<{ file: File }>) => {
  void read(event.data.file);
});

async function read(file: File): Promise<void> {
  const reader = new InsurerFileReader();
  const pieces = file.stream().getReader();
  let done = 0;
  try {
    for (;;) {
      const piece = await pieces.read();
      if (piece.done) break;
      const refused = reader.write(piece.value);
      if (refused !== null) {
        self.postMessage(refused);
        return;
      }
      done += piece.value.byteLength;
      self.postMessage({ kind: 'progress', done, total: file.size });
    }
    self.postMessage(reader.end());
  } catch (error) {
    self.postMessage({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });
  }
}
