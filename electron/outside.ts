import type { Handlers } from './contract/serve';
import { createRehearsal } from './rehearsal/rehearsal';
import { createServices } from './services/services';
import { version } from './version';

export interface OutsideOptions {
  readonly kind: 'electron' | 'loopback';
  /** Where the folder printer writes. */
  readonly printFolder: string;
  /** Told how many certificates are in flight, whenever the page says so. */
  readonly onInFlight: (count: number) => void;
  /** Gets technical lines; never patient data. */
  readonly log: (line: string) => void;
}

export interface Outside {
  readonly handlers: Handlers;
  /** Finishes what is under way and closes every connection. */
  stop(): Promise<void>;
}

/** Puts together all that a host serves: the services, the rehearsal world, and what the host says about itself. */
export function createOutside({ kind, printFolder, onInFlight, log }: OutsideOptions): Outside {
  const services = createServices({ printFolder, log });
  const rehearsal = createRehearsal({ log });
  return {
    handlers: {
      host: {
        describe: () => Promise.resolve({ kind, version, platform: process.platform }),
        setInFlight: ({ count }) => {
          onInFlight(count);
          return Promise.resolve({});
        },
      },
      mail: services.mail,
      connector: services.connector,
      directory: services.directory,
      printing: services.printing,
      rehearsal: rehearsal.handlers,
    },
    stop: async () => {
      await services.close();
      await rehearsal.stop();
    },
  };
}
