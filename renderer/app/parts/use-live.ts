import { startTransition, useEffect, useEffectEvent, useState, type DependencyList } from 'react';
import { useOffice } from './office-context';

export type Live<T> =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * What a query over the store says, again whenever what it read changes. `deps`: what the query itself uses; until a changed query has its
 * first answer, the last one stays.
 */
export function useLive<T>(query: () => Promise<T>, deps: DependencyList = []): Live<T> {
  const { store } = useOffice();
  const [live, setLive] = useState<Live<T>>({ kind: 'waiting' });
  const ask = useEffectEvent(query);
  useEffect(
    () =>
      store.watch(
        // An async function in the engine's own sense: only then does Dexie see what is read after the first await.
        async () => ask(),
        // Drawing thousands of rows gives way to what is typed meanwhile.
        (value) => startTransition(() => setLive({ kind: 'ready', value })),
        (error) => setLive({ kind: 'failed', error }),
      ),
    // eslint checks lists it can read; the caller's list is what the query depends on.
    [store, ...deps],
  );
  return live;
}
