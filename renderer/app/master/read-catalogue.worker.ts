import { readDiagnosisCatalogue } from '../../master/diagnosis-catalogue';

/** Reads a catalogue file beside the page: the SDICD has some 30 MB, and nobody at the desk should wait for it. */
self.addEventListener('message', (event: MessageEvent<{ bytes: Uint8Array; fileName: string }>) => {
  const { bytes, fileName } = event.data;
  const reading = readDiagnosisCatalogue(bytes, fileName);
  // A catalogue's functions can't travel: its year and entries do.
  self.postMessage(
    reading.kind === 'catalogue'
      ? { kind: 'catalogue', year: reading.catalogue.year, entries: reading.catalogue.entries }
      : reading,
  );
});
