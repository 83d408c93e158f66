import { useCallback, useEffect, useState } from 'react';
import type { Obstacle, Office } from '../outbox/office';
import type { Person, Session } from '../store/access/access';
import type { StorageFailure } from '../store/failures';
import type { FirstStartResult } from './first-start/first-start';
import { LogInScreen } from './access/log-in-screen';
import { Vault } from './access/vault';
import { chosenVault, vaultPlaces } from './access/vault-places';
import type { VaultKind } from '../store/access/header';
import { ticking, whenFree } from '../store/when-free';
import { Button, useTexts, Waiting } from './parts';
import { Kept, useKept } from './parts/kept';

// Screens that come when they are needed. They stand in the state: React would show one that it has to wait for some 300 ms late.
const firstStart = async () => (await import('./first-start/first-start')).default;
const desk = async () => (await import('./access/desk')).default;

type Started =
  | { readonly kind: 'opening' }
  | StorageFailure
  | { readonly kind: 'host-gone'; readonly text: string }
  | { readonly kind: 'other-window' }
  | { readonly kind: 'header-lost' }
  | { readonly kind: 'header-damaged'; readonly text: string }
  | {
      readonly kind: 'first-start';
      readonly FirstStart: Awaited<ReturnType<typeof firstStart>>;
      readonly vault: Vault;
      readonly needs: 'everything' | 'accounts' | 'setup';
      /** What may be begun: the one vault is there already, or neither. */
      readonly offers: readonly VaultKind[];
    }
  | { readonly kind: 'log-in'; readonly vault: Vault; readonly people: readonly Person[] }
  /** `obstacle`: something outside did not come up; recording and printing go on. */
  | {
      readonly kind: 'ready';
      readonly Desk: Awaited<ReturnType<typeof desk>>;
      readonly vault: Vault;
      readonly office: Office;
      readonly obstacle: Obstacle | null;
    };

/** Until when it is tried to open what another process holds, by `performance.now`; `null`: nobody holds it. */
const held = new Kept<number | null>(null);

// Begun before anything is drawn.
const firstLook = whenFree(look, ticking, (left) => held.set(performance.now() + left));

/** Opens the vault: the assistant at the first start, then the log-in, then the program. */
export function Start() {
  const [started, setStarted] = useState<Started>({ kind: 'opening' });
  const t = useTexts();
  useEffect(() => {
    let isCurrent = true;
    firstLook.then(
      (found) => {
        if (isCurrent) setStarted(found);
      },
      (error: unknown) => {
        // A bug: the page says so.
        setStarted(() => {
          throw error;
        });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  const enter = useCallback(async (vault: Vault, session: Session, result: FirstStartResult | null = null) => {
    const [opened, Desk] = await Promise.all([vault.enter(session, result?.setup ?? null), desk()]);
    if (opened.kind === 'ready') {
      vault.keepGoing();
      setStarted({ kind: 'ready', Desk, vault, office: opened.office, obstacle: opened.obstacle });
    } else if (opened.kind === 'first-start') {
      const offers = vault.place.kind === 'live' ? (['live'] as const) : (['rehearsal'] as const);
      setStarted({ kind: 'first-start', FirstStart: await firstStart(), vault, needs: 'setup', offers });
    } else setStarted(opened);
  }, []);
  const logOff = useCallback(async (vault: Vault) => {
    await vault.logOff();
    setStarted({ kind: 'log-in', vault, people: await vault.access.people() });
  }, []);

  switch (started.kind) {
    case 'opening':
      return <Opening />;
    case 'storage-failed':
      return (
        <CannotStart
          title={t(`app.start.failed.${started.reason}`)}
          words={t(`app.start.failedLong.${started.reason}`)}
          text={started.text}
        />
      );
    case 'host-gone':
      return <CannotStart title={t('app.start.hostGone')} words={t('app.start.hostGoneLong')} text={started.text} />;
    case 'other-window':
      return <CannotStart title={t('app.start.otherWindow')} words={t('app.start.otherWindowLong')} text="" />;
    case 'header-lost':
      return <CannotStart title={t('access.headerLost.title')} words={t('access.headerLost.words')} text="" />;
    case 'header-damaged':
      return (
        <CannotStart
          title={t('access.headerDamaged.title')}
          words={t('access.headerDamaged.words')}
          text={started.text}
        />
      );
    case 'first-start': {
      const { FirstStart, vault, needs, offers } = started;
      return (
        <FirstStart
          vault={vault}
          needs={needs}
          offers={offers}
          onDone={async (result) => {
            // A set-up begins the vault that it belongs to.
            const begun = result.setup === null ? vault : vaultFor(result.setup.settings.mode, vault);
            const session = await begun.begin(result.accounts);
            if (session === null) setStarted({ kind: 'log-in', vault: begun, people: await begun.access.people() });
            else await enter(begun, session, result);
          }}
        />
      );
    }
    case 'log-in': {
      const { vault, people } = started;
      return (
        <LogInScreen
          vault={vault}
          people={people}
          locked={null}
          onSession={(session) => enter(vault, session)}
          onLogOff={() => undefined}
        />
      );
    }
    case 'ready': {
      const { Desk, vault, office, obstacle } = started;
      return (
        <Desk
          vault={vault}
          office={office}
          obstacle={obstacle}
          onSession={(session) => enter(vault, session)}
          onLogOff={() => logOff(vault)}
        />
      );
    }
  }
}

/** The vault that there is, or that of the other kind. */
function vaultFor(kind: VaultKind, vault: Vault): Vault {
  if (vault.place.kind === kind) return vault;
  return new Vault(vaultPlaces[kind]);
}

/** The vault to open: the one that was chosen; else the practice's own, where there is one, else the rehearsal's. */
async function look(): Promise<Started> {
  // Nothing in this browser: most likely the first start, which comes while the host is asked.
  // Tells at once, too, whether another process has the browser's files open.
  const names = await indexedDB.databases();
  if (names.length === 0) void firstStart();
  const live = new Vault(vaultPlaces.live);
  const rehearsal = new Vault(vaultPlaces.rehearsal);
  const [ofLive, ofRehearsal] = await Promise.all([live.standing(), rehearsal.standing()]);
  const chosen = chosenVault() ?? (ofLive.kind === 'new' ? 'rehearsal' : 'live');
  const [vault, standing, other] =
    chosen === 'live' ? ([live, ofLive, ofRehearsal] as const) : ([rehearsal, ofRehearsal, ofLive] as const);
  switch (standing.kind) {
    case 'new': {
      const offers = other.kind === 'new' && !other.isUpgrade ? (['rehearsal', 'live'] as const) : ([chosen] as const);
      return {
        kind: 'first-start',
        FirstStart: await firstStart(),
        vault,
        needs: standing.isUpgrade ? 'accounts' : 'everything',
        offers,
      };
    }
    case 'closed':
      return { kind: 'log-in', vault, people: await vault.access.people() };
    case 'header-lost':
    case 'header-damaged':
      return standing;
  }
}

/** Usually too short to be seen, but for what a browser that has just ended still holds. */
function Opening() {
  const t = useTexts();
  const until = useKept(held);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(performance.now()), 500);
    return () => window.clearInterval(timer);
  }, []);
  if (until === null) return <Waiting>{t('app.start.opening')}</Waiting>;
  return (
    <div className="broken">
      <h1 className="page-title">{t('app.start.held')}</h1>
      <p>{t('app.start.heldLong')}</p>
      <Waiting>{t('app.start.heldLeft', { count: Math.max(1, Math.ceil((until - now) / 1000)) })}</Waiting>
    </div>
  );
}

function CannotStart({ title, words, text }: { title: string; words: string; text: string }) {
  const t = useTexts();
  return (
    <div className="broken" role="alert">
      <h1 className="page-title">{title}</h1>
      <p>{words}</p>
      <Button kind="primary" onPress={() => window.location.reload()}>
        {t('app.start.again')}
      </Button>
      {text === '' ? null : (
        <details>
          <summary>{t('parts.details')}</summary>
          <pre>{text}</pre>
        </details>
      )}
    </div>
  );
}
