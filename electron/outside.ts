import type { Handlers } from './contract/serve';
import { createHandlers } from './handlers';
import { createRehearsal } from './rehearsal/rehearsal';
import { createServices } from './services/services';

export interface OutsideOptions {
  readonly kind: 'electron' | 'loopback';
  /** Where the folder printer writes. */
  readonly printFolder: string;
  /** Where journal, keys and backups are kept; left out: nowhere. */
  readonly dataFolder?: string;
  /** Told how many certificates are in flight, whenever the page says so. */
  readonly onInFlight: (count: number) => void;
  /** Gets technical lines; never patient data. */
  readonly log: (line: string) => void;
  /** The drill's simulated clock; the machine's unless said otherwise. */
  readonly clock?: { now(): Date };
}

export interface Outside {
  readonly handlers: Handlers;
  /** Finishes what is under way and closes every connection. */
  stop(): Promise<void>;
}

/** Puts together all that a host serves: the services, the rehearsal world, and what the host says about itself. */
export function createOutside({
  kind,
  printFolder,
  dataFolder,
  onInFlight,
  log,
  clock = { now: () => new Date() },
}: OutsideOptions): Outside {
  const services = createServices({ printFolder, dataFolder: dataFolder ?? null, log, clock });
  const rehearsal = createRehearsal({ log, clock });
  return {
    handlers: createHandlers({ kind, services, rehearsal: rehearsal.handlers, onInFlight }),
    stop: async () => {
      await services.close();
      await rehearsal.stop();
    },
  };
}
