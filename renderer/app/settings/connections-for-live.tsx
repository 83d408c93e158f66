import { useState } from 'react';
import type { Connections } from '../../../electron/contract/connections';
import { OwnConnections } from '../first-start/own-connections';
import { connectionsOf, noConnections, type ConnectionEntries } from '../first-start/own-setup';
import { Notice, useTexts } from '../parts';
import { Kept, useKept } from '../parts/kept';
import { missingEntries } from './live-readiness';

/** What was typed stays while one looks something up on another screen. */
const typed = new Kept<ConnectionEntries>(noConnections);

/** The connections are in use: what was typed is no longer needed here. */
export function forgetTypedConnections(): void {
  typed.set(noConnections);
}

/** On the way to live: how to reach connector, KIM and directory. Here nothing may wait. */
export function ConnectionsForLive({
  onBack,
  onDone,
}: {
  onBack: () => void;
  onDone: (connections: Connections) => void;
}) {
  const t = useTexts();
  const entries = useKept(typed);
  const [wasTried, setTried] = useState(false);
  const missing = missingEntries(entries);
  const go = () => {
    setTried(true);
    const made = connectionsOf(entries);
    if (missing.length === 0 && made.kind === 'connections') onDone(made.connections);
  };
  return (
    <div className="live-connections">
      {wasTried && missing.length > 0 ? (
        <Notice kind="error" assertive>
          {t('settings.mode.missing', {
            fields: missing.map((key) => t(`settings.mode.entries.${key}`)).join(', '),
          })}
        </Notice>
      ) : null}
      <OwnConnections
        entries={entries}
        isSaving={false}
        onChange={(changed) => typed.set(changed)}
        onBack={onBack}
        onStart={go}
        words={t('settings.mode.connectionsWords')}
        confirm={t('firstStart.next')}
      />
    </div>
  );
}
