import { readBfarmMetadata } from './diagnosis-catalogue-bfarm';
import type { CatalogueReading } from './diagnosis-catalogue-index';
import { readSdicd } from './diagnosis-catalogue-sdicd';

export { createCatalogue, type CatalogueFault, type CatalogueReading } from './diagnosis-catalogue-index';
export { yearInFileName } from './diagnosis-catalogue-bfarm';

/**
 * Reads an ICD-10-GM file: BfArM's metadata (`icd10gm2026syst_kodes.txt`, the year is in the name) or KBV's SDICD XML. Damaged and foreign
 * files are `unreadable`; never throws.
 */
export function readDiagnosisCatalogue(bytes: Uint8Array, fileName: string): CatalogueReading {
  const start = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 64))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return start.startsWith('<') ? readSdicd(bytes) : readBfarmMetadata(bytes, fileName);
}
