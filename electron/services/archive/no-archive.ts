import type { Handlers } from '../../contract/serve';
import { failed } from '../failure';

/** The calls of a host that was given no folder. */
export function noArchive(): Handlers['archive'] {
  const unsupported = () => Promise.resolve(failed('unsupported', 'This host keeps no archive.'));
  return {
    state: unsupported,
    open: unsupported,
    takeOver: unsupported,
    append: unsupported,
    read: unsupported,
    keepKeys: unsupported,
    forgetKey: unsupported,
    keys: unsupported,
    header: unsupported,
    saveHeader: unsupported,
    backup: unsupported,
    backups: unsupported,
    checkBackup: unsupported,
    restore: unsupported,
    startAnew: unsupported,
    setSecondPlace: unsupported,
  };
}
