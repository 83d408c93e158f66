import { startTransition, useEffect, useEffectEvent, useState } from 'react';
import type { RestorationView } from '../../outbox/restoration';
import { useMinute, useOffice, useOutboxProgress } from '../parts';

/** While certificates go out, the health of insurers is read so often. */
const everySeconds = 2;

/** How every insurer stands that isn't well or to whom something is owed; `null` until it is known. `again` asks anew at once. */
export function useRestoration(): { view: RestorationView | null; again: () => void } {
  const office = useOffice();
  const minute = useMinute();
  const { kind } = useOutboxProgress();
  const [view, setView] = useState<RestorationView | null>(null);
  // A store that can't be read says so on the screen already.
  const ask = () =>
    void office.restoration().then(
      (found) => startTransition(() => setView(found)),
      () => undefined,
    );
  const asked = useEffectEvent(ask);
  useEffect(() => {
    asked();
    if (kind === 'idle') return undefined;
    const timer = window.setInterval(() => asked(), everySeconds * 1000);
    return () => window.clearInterval(timer);
  }, [minute, kind]);
  return { view, again: ask };
}
