import { openStorePage } from './bench-store/open-page';

/** So many certificates lie in the store that is unlocked and searched. */
const certificates = 100_000;
/** So many are stored for the comparison, each after one in raw IndexedDB. */
const stored = 200;

/**
 * The store’s figures on a real IndexedDB on disk: how fast it stores against raw IndexedDB (strict, the same rows; the store also seals them,
 * and writes and syncs its journal), and unlocking and searching a hundred thousand certificates. Unlocking: from keys in hand, in a fresh page, as
 * the log-in does it: compared with the archive (ten thousand patients' keys in it), opened, the search answers, the chain checked from the
 * last checkpoint. The archive's folder is opened before: that is the host's start.
 */
export async function measureStore(
  executablePath: string,
): Promise<{ storeVsRaw: number; searchMs: number; unlockMs: number }> {
  const opened = await openStorePage(executablePath);
  try {
    const { keys } = opened;
    const ask = { keys, stored, certificates };
    await opened.page.evaluate(({ keys: hex }) => window.vaultBench?.storing(hex, 20), ask);
    const storing = await opened.page.evaluate(
      ({ keys: hex, stored: many }) => window.vaultBench?.storing(hex, many),
      ask,
    );
    await opened.page.evaluate(({ keys: hex, certificates: many }) => window.vaultBench?.fill(hex, many), ask);
    const page = await opened.reopen();
    const unlocking = await page.evaluate((hex) => window.vaultBench?.unlocking(hex), keys);
    if (storing === undefined || unlocking === undefined) throw new Error('The page did not load its script.');
    if (unlocking.records !== certificates) throw new Error(`Only ${String(unlocking.records)} were found.`);
    return { storeVsRaw: storing.raw / storing.store, searchMs: unlocking.search, unlockMs: unlocking.unlock };
  } finally {
    await opened.stop();
  }
}
