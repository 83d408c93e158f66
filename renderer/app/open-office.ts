import type { Host } from '../../electron/contract/host';
import type { Clock } from '../domain/clock';
import type { Actor } from '../domain/roles';
import { createOffice } from '../outbox/create-office';
import { exclusivelyAmongWindows } from '../outbox/exclusively';
import type { DrawingTools, Office } from '../outbox/office';
import type { StorageFailure } from '../store/failures';
import type { Journal } from '../store/journal';
import type { OpenKeys } from '../store/open-keys';
import { Store } from '../store/store';

/** Opens the database and makes the office of this window. The drawing tools are fetched when first needed, once. */
export async function openOffice(
  name: string,
  host: Host,
  clock: Clock,
  keys: OpenKeys,
  journal: Journal,
  actor: () => Actor,
): Promise<{ readonly kind: 'open'; readonly office: Office } | StorageFailure> {
  const newId = () => crypto.randomUUID();
  const opened = await Store.open(name, { clock, newId, keys, journal, user: () => actor().name });
  if (opened.kind !== 'open') return opened;
  // Asks the browser never to clear the database when room gets short; it may say no, then nothing changes.
  await navigator.storage.persist();
  const office = createOffice({
    store: opened.store,
    host,
    clock,
    newId,
    actor,
    drawingTools: once(loadDrawingTools),
    exclusively: exclusivelyAmongWindows(`${name}-outbox`, navigator.locks),
  });
  return { kind: 'open', office };
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
