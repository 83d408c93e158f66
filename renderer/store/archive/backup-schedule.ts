import type { BackupPlaceState } from '../../../electron/contract/archive';
import type { Host } from '../../../electron/contract/host';
import type { Clock } from '../../domain/clock';

const hourMs = 3_600_000;
/** So often it is looked whether one is due: a computer that was asleep makes it soon after. */
const lookEveryMs = 5 * 60_000;

/**
 * Whether a place needs a backup: it can be read, something was written since its last one, and that one is an hour old. Where the clock was set back behind the last one, the clock
 * proves nothing, and a backup is made.
 */
export function isBackupDue(places: readonly BackupPlaceState[], lastNumber: number, now: Date): boolean {
  return places.some(({ backups }) => {
    if (backups.kind === 'failed') return false;
    const [newest] = backups.value;
    if (newest === undefined) return lastNumber > 0;
    const age = now.getTime() - Date.parse(newest.at);
    return newest.lastNumber !== lastNumber && (age >= hourMs || age < 0);
  });
}

/** Looks every few minutes whether a backup is due, until `signal` ends it. What a backup came to, the list of backups tells; a host that is away is asked again. */
export async function keepBackups(archive: Host['archive'], clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await backUpIfDue(archive, clock.now()).catch(() => false);
    await clock.sleep(lookEveryMs, signal);
  }
}

/** Makes a backup if one is due. Whether it was tried. Rejects where no host answers. */
export async function backUpIfDue(archive: Host['archive'], now: Date): Promise<boolean> {
  const state = await archive.state({});
  const places = await archive.backups({});
  if (state.kind === 'failed' || places.kind === 'failed') return false;
  if (!isBackupDue(places.value, state.value.lastNumber, now)) return false;
  await archive.backup({ why: 'schedule' });
  return true;
}
