import type { Handlers } from '../../../electron/contract/serve';
import { noArchive } from '../../../electron/services/archive/no-archive';

/** Handlers for tests of the hosts: those given, and for all other calls one that fails the test by rejecting. */
export function handlersWith(parts: {
  describe?: Handlers['host']['describe'];
  setInFlight?: Handlers['host']['setInFlight'];
  printers?: Handlers['printing']['printers'];
  print?: Handlers['printing']['print'];
}): Handlers {
  const unexpected = (): Promise<never> => Promise.reject(new Error('This call is not part of the test.'));
  return {
    host: {
      describe: parts.describe ?? (() => Promise.resolve({ kind: 'loopback', version: '1.2.3', platform: 'test' })),
      setInFlight: parts.setInFlight ?? (() => Promise.resolve({})),
      awaitPause: () => Promise.resolve({ kind: 'none' }),
    },
    keyring: { protect: unexpected, open: unexpected },
    mail: { submit: unexpected, collect: unexpected, checkSubmission: unexpected, checkMailbox: unexpected },
    connector: {
      handOver: unexpected,
      sign: unexpected,
      outcomes: unexpected,
      stopSigning: unexpected,
      openSigned: unexpected,
      cards: unexpected,
      certificates: unexpected,
      unlock: unexpected,
      startComfort: unexpected,
      endComfort: unexpected,
      check: unexpected,
    },
    directory: { find: unexpected, check: unexpected },
    lagebild: { read: unexpected },
    printing: { printers: parts.printers ?? unexpected, print: parts.print ?? unexpected },
    archive: noArchive(),
    liveArchive: noArchive(),
    rehearsal: {
      start: unexpected,
      insertCards: unexpected,
      addPayers: unexpected,
      setFaults: unexpected,
      received: unexpected,
    },
  };
}
