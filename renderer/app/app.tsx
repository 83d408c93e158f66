import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import type { Obstacle } from '../outbox/office';
import type { Setup } from '../store/store';
import { formatCount } from '../texts/counts';
import { useIdleLock } from './access/locking';
import { useAtWork, useMay } from './access/session-context';
import { HeldAfterRestore } from './held-after-restore';
import { hashOf, screens, type ScreenName } from './navigation';
import {
  Announcer,
  ErrorBoundary,
  goTo,
  StandingProvider,
  TextsProvider,
  useAgenda,
  useLive,
  useOffice,
  useOutboxProgress,
  usePlace,
  useShortcut,
  useTexts,
  Waiting,
} from './parts';
import { Notifier } from './notifier';
import { NoticingProvider, useNoticing } from './parts/noticing';
import { SecondCopyNews } from './second-copy-news';
import { StatusLine } from './status-line';
import { ChainAlert } from './trail/chain-card';

const imports: Readonly<Record<ScreenName, () => Promise<{ default: ComponentType }>>> = {
  issue: () => import('./issue/screen'),
  owed: () => import('./owed/screen'),
  certificates: () => import('./certificates/screen'),
  outages: () => import('./outages/screen'),
  master: () => import('./master/screen'),
  connections: () => import('./connections/screen'),
  settings: () => import('./settings/screen'),
};
const screenOf: Readonly<Record<ScreenName, ComponentType>> = {
  issue: lazy(imports.issue),
  owed: lazy(imports.owed),
  certificates: lazy(imports.certificates),
  outages: lazy(imports.outages),
  master: lazy(imports.master),
  connections: lazy(imports.connections),
  settings: lazy(imports.settings),
};

/**
 * Fetches the other screens while nobody waits: React shows one that it had to wait for some 300 ms late. And reads which stage every certificate is in,
 * which is asked for with the first list: of a hundred thousand that takes its time once.
 */
function useScreensBeforehand(seesCertificates: boolean): void {
  const { store } = useOffice();
  useEffect(() => {
    const handle = requestIdleCallback(() => {
      // What can't be fetched or read is told when it is to be shown.
      for (const load of Object.values(imports)) load().catch(() => undefined);
      if (seesCertificates) store.records.stages().catch(() => undefined);
    });
    return () => cancelIdleCallback(handle);
  }, [store, seesCertificates]);
}

const AdministrationScreen = lazy(() => import('./access/administration-screen'));
/** What an administrator has to do with: nothing on it is sealed under the clinical key. */
const administrationScreens: ReadonlySet<ScreenName> = new Set(['connections', 'settings']);

/** The program after the first start: status line, navigation, one screen. */
export function App({ obstacle }: { obstacle: Obstacle | null }) {
  const office = useOffice();
  const setup = useLive(() => office.store.setup());
  if (setup.kind !== 'ready' || setup.value === null) return <Waiting />;
  return <Frame setup={setup.value} obstacle={obstacle} />;
}

function Frame({ setup, obstacle }: { setup: Setup; obstacle: Obstacle | null }) {
  const { screen } = usePlace();
  const { language, lockMinutes } = setup.settings;
  const { isLocked, isPutAway, lock } = useAtWork();
  const seesCertificates = useMay('see-certificates');
  const mayReadTrail = useMay('audit-trail');
  const Screen = seesCertificates || administrationScreens.has(screen) ? screenOf[screen] : AdministrationScreen;
  useIdleLock(lockMinutes, isLocked, lock);
  useScreensBeforehand(seesCertificates);
  useShortcut('F9', () => lock(), { enabled: !isLocked, inDialog: true });
  useShortcut('F10', () => lock(true), { enabled: !isLocked, inDialog: true });
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <TextsProvider language={language}>
      <Announcer isHidden={isPutAway}>
        <StandingProvider setup={setup}>
          <NoticingProvider>
            {isPutAway ? null : (
              <div className="frame">
                <StatusLine obstacle={obstacle} />
                <Navigation current={screen} />
                <main className="main" id="main" tabIndex={-1}>
                  <ChainAlert mayLook={mayReadTrail} />
                  <HeldAfterRestore />
                  <ErrorBoundary resetKey={screen}>
                    <Suspense fallback={<Waiting />}>
                      <Screen />
                      <Arrived key={screen} />
                    </Suspense>
                  </ErrorBoundary>
                </main>
                <SecondCopyNews />
              </div>
            )}
            <InFlight />
            <Notifier />
          </NoticingProvider>
        </StandingProvider>
      </Announcer>
    </TextsProvider>
  );
}

/** By a function key the focus goes with the screen before. Tab then begins in the new one, not at the top of the page. */
function Arrived() {
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }, []);
  return null;
}

function Navigation({ current }: { current: ScreenName }) {
  const t = useTexts();
  const office = useOffice();
  const agenda = useAgenda();
  const seesCertificates = useMay('see-certificates');
  const offered = screens.filter(({ name }) => seesCertificates || administrationScreens.has(name));
  const outages = useLive(async () => (await office.store.outages()).filter(({ endedAt }) => endedAt === null).length);
  useEffect(() => {
    document.title = `${t(`app.nav.${current}`)} · ${t('app.name')}`;
  }, [current, t]);
  const noticing = useNoticing();
  const noticed = (noticing?.proposals.length ?? 0) + (noticing?.endOffers.length ?? 0);
  const counts: Partial<Record<ScreenName, number>> = {
    owed: agenda.kind === 'ready' ? agenda.value.owed.length : 0,
    outages: (outages.kind === 'ready' ? outages.value : 0) + noticed,
  };
  return (
    <nav className="nav" aria-label={t('app.nav.label')}>
      <ul>
        {offered.map(({ name, key }) => (
          <li key={name} className={name === 'master' ? 'nav-second' : undefined}>
            <a
              className="nav-link"
              href={hashOf({ screen: name, detail: null })}
              aria-current={name === current ? 'page' : undefined}
              aria-keyshortcuts={key}
            >
              <span>{t(`app.nav.${name}`)}</span>
              {(counts[name] ?? 0) > 0 ? (
                <span className="nav-count">{formatCount(counts[name] ?? 0, t.language)}</span>
              ) : null}
              <kbd className="nav-key" aria-hidden>
                {key}
              </kbd>
            </a>
            <FunctionKey keys={key} screen={name} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function FunctionKey({ keys, screen }: { keys: string; screen: ScreenName }) {
  useShortcut(keys, () => goTo(screen));
  return null;
}

/** While certificates are being sent, closing the window asks first: the host's window, and the browser's tab. */
function InFlight() {
  const { host } = useOffice();
  const progress = useOutboxProgress();
  const count = progress.kind === 'running' && progress.step !== 'collecting' ? progress.total - progress.done : 0;
  useEffect(() => {
    void host.host.setInFlight({ count });
    if (count === 0) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [host, count]);
  return null;
}
