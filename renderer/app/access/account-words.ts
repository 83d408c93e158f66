import type { AccountChange } from '../../store/access/administration';
import type { Wording } from '../parts';
import { waitingWords } from './waiting';

/** Why an account stayed as it was; `null` where it changed. */
export function accountTrouble(t: Wording, change: AccountChange): string | null {
  switch (change.kind) {
    case 'changed':
      return null;
    case 'refused':
      return t(`access.refused.${change.reason}`);
    case 'waiting':
      return waitingWords(t, change.waitMs);
    case 'wrong-passphrase':
    case 'wrong-code':
    case 'used-code':
    case 'code-not-kept':
    case 'header-changed':
    case 'accounts-newer':
    case 'keyring-lost':
      return t(`access.trouble.${change.kind}`);
  }
}
