import { X } from 'lucide-react';
import { createContext, use, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTexts } from './texts-context';

interface Announcement {
  readonly id: number;
  readonly kind: 'good' | 'error';
  readonly text: string;
}
type Announce = (text: string, kind?: Announcement['kind']) => void;

const AnnounceContext = createContext<Announce | null>(null);
const showsFor = { good: 6_000, error: 20_000 } as const;

/** `isHidden`: locked, nothing of what was said stays in the page. Shows short words below the navigation, where they cover nothing, and reads them out: things that happened, none that asks for an answer. */
export function Announcer({ isHidden = false, children }: { isHidden?: boolean; children: ReactNode }) {
  const t = useTexts();
  const [shown, setShown] = useState<readonly Announcement[]>([]);
  const nextId = useRef(1);
  const timers = useRef(new Set<number>());
  useEffect(() => {
    const running = timers.current;
    return () => running.forEach((timer) => window.clearTimeout(timer));
  }, []);
  const remove = useCallback((id: number) => setShown((all) => all.filter((one) => one.id !== id)), []);
  const announce = useCallback<Announce>(
    (text, kind = 'good') => {
      const id = nextId.current;
      nextId.current += 1;
      setShown((all) => [...all.slice(-2), { id, kind, text }]);
      const timer = window.setTimeout(() => {
        timers.current.delete(timer);
        remove(id);
      }, showsFor[kind]);
      timers.current.add(timer);
    },
    [remove],
  );
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="announcements" role="status" aria-live="polite" aria-label={t('parts.announcements')}>
        {(isHidden ? [] : shown).map(({ id, kind, text }) => (
          <div key={id} className={`announcement announcement-${kind}`}>
            <span>{text}</span>
            <AriaButton className="icon-button" aria-label={t('parts.close')} onPress={() => remove(id)}>
              <X size={16} aria-hidden />
            </AriaButton>
          </div>
        ))}
      </div>
    </AnnounceContext>
  );
}

/** Says that something happened: `announce('Entwurf verworfen.')`. */
export function useAnnounce(): Announce {
  const announce = use(AnnounceContext);
  if (announce === null) throw new Error('useAnnounce outside an Announcer.');
  return announce;
}
