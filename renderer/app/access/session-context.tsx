import { createContext, use } from 'react';
import { may, type Permission } from '../../domain/roles';
import type { Session } from '../../store/access/access';
import type { Vault } from './vault';

/** Who is logged in, and what they can do about it. */
export interface AtWork {
  readonly vault: Vault;
  readonly session: Session;
  readonly isLocked: boolean;
  /** Locked, and what was typed is written: the screens are taken away, no word of a patient is left in the page. */
  readonly isPutAway: boolean;
  /** Hides the screens; everything goes on behind. `isSwitching`: somebody else sits down. */
  readonly lock: (isSwitching?: boolean) => void;
  /** Ends the session; asks first while certificates are on their way. */
  readonly logOff: () => void;
}

export const AtWorkContext = createContext<AtWork | null>(null);

/** Who is at work. Throws outside of the program behind the log-in, which is a bug. */
export function useAtWork(): AtWork {
  const atWork = use(AtWorkContext);
  if (atWork === null) throw new Error('useAtWork before anybody is logged in.');
  return atWork;
}

/** Whether the user at work may do this: what they may not is not offered. */
export function useMay(permission: Permission): boolean {
  return may(useAtWork().session.user.role, permission);
}
