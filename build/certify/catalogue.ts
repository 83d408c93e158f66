import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { DiagnosisCatalogue } from '../../renderer/domain/diagnosis-catalogue';
import { readBfarmMetadata } from '../../renderer/master/diagnosis-catalogue-bfarm';

/** The ICD-10-GM that the cases' diagnoses are checked against. */
export type CatalogueAtHand =
  | { readonly kind: 'catalogue'; readonly catalogue: DiagnosisCatalogue; readonly file: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly file: string; readonly reason: string };

/**
 * Reads BfArM's metadata file (`icd10gm2026syst_kodes.txt`): the one named in `ERSATZSCHEIN_CATALOGUE`, else the newest in a `shared/data` folder beside the
 * program's own.
 */
export async function catalogueAtHand(root: string, named: string | undefined): Promise<CatalogueAtHand> {
  const file = named === undefined ? await newestIn(join(root, '..', 'shared', 'data')) : resolve(named);
  if (file === null) return { kind: 'none' };
  try {
    const reading = readBfarmMetadata(await readFile(file), basename(file));
    return reading.kind === 'catalogue'
      ? { kind: 'catalogue', catalogue: reading.catalogue, file: basename(file) }
      : { kind: 'unreadable', file: basename(file), reason: reading.reason };
  } catch (error) {
    return { kind: 'unreadable', file: basename(file), reason: error instanceof Error ? error.message : String(error) };
  }
}

async function newestIn(folder: string): Promise<string | null> {
  try {
    const names = (await readdir(folder)).filter((name) => /^icd10gm\d{4}syst_kodes\.txt$/i.test(name)).sort();
    const newest = names.at(-1);
    return newest === undefined ? null : join(folder, newest);
  } catch {
    return null;
  }
}
