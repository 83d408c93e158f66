import type { BackupPlace } from '../../../electron/contract/archive';

const key = 'ersatzschein-restored-from';

/** From which place a backup was just put back: kept over the reload that follows, for the audit trail. */
export const restoredFrom = {
  get: (): string | null => sessionStorage.getItem(key),
  set: (place: BackupPlace | null): void => {
    if (place === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, place);
  },
};
