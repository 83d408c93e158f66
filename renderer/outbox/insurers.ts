import { z } from 'zod';
import { todayInBerlin } from '../domain/calendar';
import type { Clock } from '../domain/clock';
import type { Payer } from '../domain/payer';
import { insurerEntrySchema, type InsurerFile } from '../master/insurer-file';
import {
  changesBetween,
  insurersOn,
  withOwnEntries,
  type InsurerChanges,
  type InsurerList,
} from '../master/insurer-list';
import type { PayerFileRow } from '../store/payers';
import { isSame } from '../store/plain-rows';
import type { Store } from '../store/store';

/** A version of the insurer file, looked at before it is put in force. */
export interface InsurerPreview {
  readonly list: InsurerList;
  /** The list as it would be, with what the practice entered itself. */
  readonly payers: readonly Payer[];
  readonly changes: InsurerChanges;
}

/** Says what these entries would make of the list today. Changes nothing. */
export async function previewInsurers(
  means: { store: Store; clock: Clock },
  entries: InsurerFile['entries'],
): Promise<InsurerPreview> {
  const before = await means.store.payers();
  const list = insurersOn(entries, todayInBerlin(means.clock.now()));
  const payers = withOwnEntries(list.payers, before);
  return { list, payers, changes: changesBetween(before, payers) };
}

/**
 * Keeps a version of the insurer file beside those that are here. The same file again is the same version: `known`, unless what stands here isn't in
 * the file: then the file's own takes its place.
 */
export async function keepInsurerFile(
  means: { store: Store; clock: Clock },
  file: InsurerFile,
  fileName: string,
): Promise<'kept' | 'known'> {
  const { insurers } = means.store;
  const { entries, ...about } = file;
  const known = (await insurers.files()).find(({ id }) => id === file.id);
  const isUnchanged = known !== undefined && isSame({ ...known, ...about, count: entries.length }, known);
  if (isUnchanged && isSame(await insurers.fileEntries(file.id), entries)) return 'known';
  const row: Omit<PayerFileRow, 'inForce'> = {
    ...about,
    fileName,
    importedAt: means.clock.now().toISOString(),
    count: entries.length,
  };
  await insurers.saveFile(row, entries);
  return 'kept';
}

/** A stored version's entries, parsed again; `null` where there is no such version. */
export async function storedInsurerEntries(store: Store, id: string): Promise<InsurerFile['entries'] | null> {
  const stored = await store.insurers.fileEntries(id);
  return stored === null ? null : z.array(insurerEntrySchema).parse(stored);
}

/** Puts a stored version in force, a newer one or an older. Returns what became of it; `null`: there is no such version. */
export async function putInForce(means: { store: Store; clock: Clock }, id: string): Promise<InsurerPreview | null> {
  const entries = await storedInsurerEntries(means.store, id);
  if (entries === null) return null;
  const preview = await previewInsurers(means, entries);
  const madeFor = todayInBerlin(means.clock.now());
  await means.store.insurers.replace(preview.payers, { fileId: id, madeFor, changesOn: preview.list.changesOn });
  return preview;
}

/** Insurers begin, end and merge on days that the file names beforehand: on such a day the list is made anew from the version in force. */
export async function followInsurerDays(means: { store: Store; clock: Clock }): Promise<void> {
  const inForce = await means.store.insurers.inForce();
  if (inForce === null || inForce.changesOn === null) return;
  if (todayInBerlin(means.clock.now()) < inForce.changesOn) return;
  await putInForce(means, inForce.fileId);
}

/** Name that the built-in world's insurer file goes by. */
const worldFileName = 'rehearsal';

/**
 * The built-in world's insurers, from its own insurer file. A version that the practice has put in force stays in force: then those of the world
 * that are missing are added, since its patients are insured there.
 */
export async function takeWorldInsurers(means: { store: Store; clock: Clock }, file: InsurerFile): Promise<void> {
  const { insurers } = means.store;
  const inForce = await insurers.inForce();
  const used = (await insurers.files()).find(({ id }) => id === inForce?.fileId);
  if (used === undefined || used.fileName === worldFileName) {
    await keepInsurerFile(means, file, worldFileName);
    if (inForce?.fileId !== file.id) await putInForce(means, file.id);
    return;
  }
  const known = new Set((await means.store.payers()).flatMap(({ iks }) => iks));
  const { payers } = insurersOn(file.entries, todayInBerlin(means.clock.now()));
  const missing = payers.filter(({ id }) => !known.has(id));
  if (missing.length > 0) await means.store.savePayers(missing);
}
