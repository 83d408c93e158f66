import type { Result } from '../../electron/contract/call';
import type { Setup } from '../store/store';
import { failureObstacle, obstacle } from './obstacles';
import type { Obstacle } from './office';
import type { OutboxMeans } from './outbox';

/** What is done with a card in a terminal, beside signing. The PIN is typed at the terminal; the call lasts until then. */
export interface CardDesk {
  /** Has the practice card's PIN entered, so that the mailbox can be decrypted and the card may sign. */
  unlockCard(iccsn: string): Promise<{ readonly kind: 'done' } | Obstacle>;
  /** Comfort signature (Komfortsignatur): the doctor enters the PIN once for many batches. Refused to whoever may not sign. */
  startComfort(iccsn: string): Promise<{ readonly kind: 'done' } | Obstacle>;
  endComfort(iccsn: string): Promise<{ readonly kind: 'done' } | Obstacle>;
}

/** Makes the desk over the connector that is set up. */
export function createCardDesk(
  { host, maySign }: Pick<OutboxMeans, 'host' | 'maySign'>,
  setupNow: () => Promise<Setup>,
): CardDesk {
  const { connector } = host;
  const ended = (result: Result<unknown>) =>
    result.kind === 'ok' ? ({ kind: 'done' } as const) : failureObstacle('connector', result.failure);
  const connection = async () => (await setupNow()).connections.connector;
  return {
    unlockCard: async (iccsn) => ended(await connector.unlock({ connection: await connection(), iccsn })),
    async startComfort(iccsn) {
      if (!maySign()) return obstacle('role-sign');
      return ended(await connector.startComfort({ connection: await connection(), iccsn }));
    },
    endComfort: async (iccsn) => ended(await connector.endComfort({ connection: await connection(), iccsn })),
  };
}
