import {
  createContext,
  startTransition,
  use,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import type { Noticing } from '../../outbox/watching';
import { useOffice } from './office-context';
import { useOutboxProgress } from './outbox-progress';
import { useMinute } from './standing';
import { useLive } from './use-live';

const NoticingContext = createContext<Noticing | null>(null);

/** Asks what the program has noticed, again whenever something was found, dismissed or sent, and every minute. */
export function NoticingProvider({ children }: { children: ReactNode }) {
  const office = useOffice();
  const minute = useMinute();
  const progress = useOutboxProgress();
  const [noticing, setNoticing] = useState<Noticing | null>(null);
  const asked = useRef(0);
  const changed = useLive(async () => {
    const [outages, found] = await Promise.all([office.store.outages(), office.store.noticing.stamp()]);
    return `${found} ${outages.map(({ id, endedAt }) => `${id}${endedAt ?? ''}`).join(' ')}`;
  });
  const ask = useEffectEvent(async () => {
    asked.current += 1;
    const mine = asked.current;
    const found = await office.noticing();
    if (mine === asked.current) startTransition(() => setNoticing(found));
  });
  const stamp = changed.kind === 'ready' ? changed.value : '';
  useEffect(() => {
    // What can't be told now is told at the next change; the screens that read the store themselves show that it fails.
    ask().catch(() => undefined);
  }, [minute, progress.kind, stamp]);
  return <NoticingContext value={noticing}>{children}</NoticingContext>;
}

/** What the program has noticed by itself; `null` until it is known. */
export function useNoticing(): Noticing | null {
  return use(NoticingContext);
}
