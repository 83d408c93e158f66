import type { Handlers } from './contract/serve';
import { version } from './version';

export interface HandlerParts {
  readonly kind: 'electron' | 'loopback';
  readonly services: Pick<
    Handlers,
    'mail' | 'connector' | 'directory' | 'lagebild' | 'printing' | 'archive' | 'liveArchive'
  >;
  readonly rehearsal: Handlers['rehearsal'];
  /** Told how many certificates are in flight, whenever the page says so. */
  readonly onInFlight: (count: number) => void;
}

/** No keyring, as in a browser: the page does without. */
const noKeyring = () =>
  Promise.resolve({
    kind: 'failed' as const,
    failure: { reason: 'unsupported' as const, code: null, text: 'This host has no keyring.' },
  });

/** Puts a host's handlers together: the services, the rehearsal world, and what the host says about itself. */
export function createHandlers({ kind, services, rehearsal, onInFlight }: HandlerParts): Handlers {
  return {
    host: {
      describe: () => Promise.resolve({ kind, version, platform: process.platform }),
      setInFlight: ({ count }) => {
        onInFlight(count);
        return Promise.resolve({});
      },
      awaitPause: () => Promise.resolve({ kind: 'none' }),
    },
    keyring: { protect: noKeyring, open: noKeyring },
    mail: services.mail,
    connector: services.connector,
    directory: services.directory,
    lagebild: services.lagebild,
    printing: services.printing,
    archive: services.archive,
    liveArchive: services.liveArchive,
    rehearsal,
  };
}
