import { useSyncExternalStore } from 'react';
import { hashOf, placeOf, type Place, type ScreenName } from '../navigation';

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

/** Where the user is, from the address. */
export function usePlace(): Place {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return placeOf(hash);
}

/** Leads to a screen, and there to one thing: `goTo('certificates', id)`. `goTo('issue', id)` opens a draft. */
export function goTo(screen: ScreenName, detail: string | null = null): void {
  window.location.hash = hashOf({ screen, detail });
}
