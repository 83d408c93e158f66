import type { Host } from '../../electron/contract/host';
import type { Clock } from '../domain/clock';
import type { Actor } from '../domain/roles';
import { createOffice } from '../outbox/create-office';
import { exclusivelyAmongWindows } from '../outbox/exclusively';
import type { FreshFactor } from '../outbox/fresh-factor';
import type { DrawingTools, Office } from '../outbox/office';
import { keepBackups } from '../store/archive/backup-schedule';
import { browserMemory } from '../store/archive/browser-memory';
import type { HostJournal } from '../store/archive/host-journal';
import { openArchivedStore } from '../store/archive/open-archived';
import type { StorageFailure } from '../store/failures';
import { followBeside } from '../store/follow-beside';
import type { OpenKeys } from '../store/open-keys';
import { askToKeep } from './browser-room';
import { ticking, whenFree } from '../store/when-free';
import { beOnlyWindow } from './one-window';

/** An office over an open store, with the second copy of everything on the host's disk. */
export interface OpenedOffice {
  readonly kind: 'open';
  readonly office: Office;
  /** `null`: the data are of a newer program and only read. */
  readonly journal: HostJournal | null;
  /** Ends backups and closes the database. */
  readonly close: () => void;
}

/** Opens the database and makes the office of this window, which is then the only one that writes. The drawing tools are fetched when first needed, once. */
export async function openOffice(
  name: string,
  host: Host,
  clock: Clock,
  keys: OpenKeys,
  actor: () => Actor,
  factor: FreshFactor,
): Promise<OpenedOffice | StorageFailure | { readonly kind: 'other-window' }> {
  const letGo = await beOnlyWindow(`${name}-window`, navigator.locks);
  if (letGo === null) return { kind: 'other-window' };
  const newId = () => crypto.randomUUID();
  const memory = browserMemory(name, localStorage, newId);
  const { archive } = host;
  const user = () => actor().name;
  const means = { clock, newId, keys, user, archive, memory, follow: followBeside };
  const opened = await whenFree(() => openArchivedStore(name, means), ticking);
  if (opened.kind !== 'open') {
    letGo();
    return opened;
  }
  // It may say no, then nothing changes.
  await askToKeep();
  // The host is the one who knows when a backup was made last, so several windows make none more.
  const ending = new AbortController();
  if (!opened.store.isReadOnly) void keepBackups(archive, clock, ending.signal);
  const office = createOffice({
    store: opened.store,
    host,
    clock,
    newId,
    actor,
    factor,
    drawingTools: once(loadDrawingTools),
    exclusively: exclusivelyAmongWindows(`${name}-outbox`, navigator.locks),
  });
  const close = () => {
    ending.abort();
    opened.close();
    letGo();
  };
  return { kind: 'open', office, journal: opened.journal, close };
}

/** Fonts and the barcode's decoder, from the program's own files. */
export async function loadDrawingTools(): Promise<DrawingTools> {
  const { loadBarcodeDecoder, loadFormFonts } = await import('../form/load-fonts-browser');
  const [fonts, decoder] = await Promise.all([loadFormFonts(), loadBarcodeDecoder()]);
  return { fonts, decoder };
}

/** Makes a loader load once; after a failure the next call tries again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
