import { useState } from 'react';
import type { Connections } from '../../../electron/contract/connections';
import { OwnConnections } from '../first-start/own-connections';
import { connectionsOf, noConnections } from '../first-start/own-setup';
import { Notice, useTexts } from '../parts';
import { missingEntries } from './live-readiness';

/** On the way to live: how to reach connector, KIM and directory. Here nothing may wait. */
export function ConnectionsForLive({
  onBack,
  onDone,
}: {
  onBack: () => void;
  onDone: (connections: Connections) => void;
}) {
  const t = useTexts();
  const [entries, setEntries] = useState(noConnections);
  const [wasTried, setTried] = useState(false);
  const missing = missingEntries(entries);
  const go = () => {
    setTried(true);
    const made = connectionsOf(entries);
    if (missing.length === 0 && made.kind === 'connections') onDone(made.connections);
  };
  return (
    <div className="live-connections">
      <Notice kind="info" title={t('settings.mode.connections')}>
        {t('settings.mode.connectionsWords')}
      </Notice>
      {wasTried && missing.length > 0 ? (
        <Notice kind="error" assertive>
          {t('settings.mode.missing', {
            fields: missing.map((key) => t(`settings.mode.entries.${key}`)).join(', '),
          })}
        </Notice>
      ) : null}
      <OwnConnections entries={entries} isSaving={false} onChange={setEntries} onBack={onBack} onStart={go} />
    </div>
  );
}
