/** What rotation has to know of a backup. */
export interface DatedBackup {
  readonly id: string;
  /** ISO instant by the clock of that moment. */
  readonly at: string;
  readonly why: 'schedule' | 'asked' | 'before-restore';
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** An erased patient's key is in no backup any more after so long. */
export const keptDays = 30;

/**
 * The backups that are past their time: of the last 24 hours one an hour is kept, before that the last one of each day, for 30 days; what was there before a restore
 * for 30 days; the newest always. `backups` in the order they were made, newest first: where a clock was set back, a backup is as old as the next one after it at most,
 * so that none is kept for ever because its clock was ahead.
 */
export function expiredBackups<T extends DatedBackup>(backups: readonly T[], now: Date): T[] {
  const expired: T[] = [];
  const seen = new Set<string>();
  let latest = now.getTime();
  for (const [place, backup] of backups.entries()) {
    const at = Date.parse(backup.at);
    latest = Math.min(latest, at);
    const age = now.getTime() - latest;
    const slot = age < dayMs ? `hour ${Math.floor(at / hourMs)}` : `day ${Math.floor(at / dayMs)}`;
    const isTooOld = age >= keptDays * dayMs;
    const isSpare = backup.why !== 'before-restore' && seen.has(slot);
    if (place > 0 && (isTooOld || isSpare)) expired.push(backup);
    if (backup.why !== 'before-restore') seen.add(slot);
  }
  return expired;
}
