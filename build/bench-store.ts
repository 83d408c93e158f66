import { documentsAtOnce } from '../electron/contract/contract';
import { openStorePage } from './bench-store/open-page';

/** So many certificates lie in the store that is unlocked and searched. */
const certificates = 100_000;
/** So many are stored for the comparison, as many in raw IndexedDB. */
const stored = 480;
/** So many are on their way at a time, on both sides: as many as the program itself stores at a time when it submits what is owed. */
const atOnce = documentsAtOnce;

/**
 * The store’s figures on a real IndexedDB on disk: how fast it stores against raw IndexedDB (strict, the same rows; the store also seals them,
 * and writes and syncs its journal), many at a time and, as at the front desk, one after the other (`storeVsRawSingly`); and unlocking and searching a hundred thousand certificates. Unlocking: from keys in hand, in a fresh page, as
 * the log-in does it: compared with the archive (ten thousand patients' keys in it), opened, the search answers, the chain checked from the
 * last checkpoint. The archive's folder is opened before: that is the host's start.
 */
export async function measureStore(
  executablePath: string,
): Promise<{ storeVsRaw: number; storeVsRawSingly: number; searchMs: number; unlockMs: number }> {
  const opened = await openStorePage(executablePath);
  try {
    const { keys } = opened;
    const ask = { keys, certificates };
    const storing = async (count: number, many: number): Promise<number> => {
      const given = { keys, count, many };
      const times = await opened.page.evaluate((of) => window.vaultBench?.storing(of.keys, of.count, of.many), given);
      if (times === undefined) throw new Error('The page did not load its script.');
      return times.raw / times.store;
    };
    const storeVsRaw = await storing(stored, atOnce);
    const storeVsRawSingly = await storing(stored / 2, 1);
    await opened.page.evaluate(({ keys: hex, certificates: many }) => window.vaultBench?.fill(hex, many), ask);
    const page = await opened.reopen();
    const unlocking = await page.evaluate((hex) => window.vaultBench?.unlocking(hex), keys);
    if (unlocking === undefined) throw new Error('The page did not load its script.');
    if (unlocking.records !== certificates) throw new Error(`Only ${String(unlocking.records)} were found.`);
    return { storeVsRaw, storeVsRawSingly, searchMs: unlocking.search, unlockMs: unlocking.unlock };
  } finally {
    await opened.stop();
  }
}
