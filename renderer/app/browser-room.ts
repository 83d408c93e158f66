/** What is asked of the browser: `navigator.storage`, or a test's stand-in. */
export type BrowserStorage = Pick<StorageManager, 'estimate' | 'getDirectory'>;

/** Asks the browser never to clear the database when room gets short. Whether it agreed; one that can't be asked doesn't. */
export async function askToKeep(storage: Pick<StorageManager, 'persist'> = navigator.storage): Promise<boolean> {
  return storage.persist().catch(() => false);
}

/** The folder in the browser's private file system that the measure is taken in. */
const folder = 'room';
/** The measured room is at most so many bytes below the true one. */
const grain = 5_000_000;

let asking: Promise<number | null> | null = null;

/**
 * Bytes that the browser still takes for this program, as far as `enough` (more is not looked for); `null`: it doesn't say. Who asks while another
 * asks gets the same answer: two measures at once would take each other's room.
 */
export async function roomInBrowser(
  enough: number,
  storage: BrowserStorage = navigator.storage,
): Promise<number | null> {
  asking ??= ask(enough, storage).finally(() => {
    asking = null;
  });
  return asking;
}

async function ask(enough: number, storage: BrowserStorage): Promise<number | null> {
  const rooms = await Promise.all([estimated(storage), measured(enough, storage)]);
  const known = rooms.filter((room) => room !== null);
  return known.length === 0 ? null : Math.min(...known);
}

/** What the browser says. Chromium says 10 GB more than what is used, whatever its limit is. */
async function estimated(storage: BrowserStorage): Promise<number | null> {
  // A browser that can't say rejects: no reason to keep anybody from recording.
  const { quota, usage } = await storage.estimate().catch((): StorageEstimate => ({}));
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
}

/** What the browser would give a file: it is made longer, which its limit is asked for and nothing written, and thrown away. */
async function measured(enough: number, storage: BrowserStorage): Promise<number | null> {
  try {
    const root = await storage.getDirectory();
    // A program that was killed while it measured would have left its file there.
    await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
    const directory = await root.getDirectoryHandle(folder, { create: true });
    const file = await directory.getFileHandle('trial', { create: true });
    const takes = async (bytes: number) => {
      const writable = await file.createWritable();
      try {
        await writable.truncate(bytes);
        // Else the browser goes on counting it for a while.
        await writable.truncate(0);
        return true;
      } catch (error) {
        if (isFull(error)) return false;
        throw error;
      } finally {
        await writable.abort().catch(() => undefined);
      }
    };
    if (await takes(enough)) return enough;
    let [taken, refused] = [0, enough];
    while (refused - taken > grain) {
      const middle = Math.floor((taken + refused) / 2);
      if (await takes(middle)) taken = middle;
      else refused = middle;
    }
    return taken;
  } catch (error) {
    // Not even the empty file; or a browser without such files.
    return isFull(error) ? 0 : null;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
