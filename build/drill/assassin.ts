import type { Handlers } from '../../electron/contract/serve';
import { SeededRandom } from '../chaos/random';

/** So often the chaos drill kills the program. */
const killsInChaos = 3;

/** Kills the program at calls that the seed picks: while it signs, sends or looks into the mailbox. */
export class Assassin {
  readonly #callsUntilKill: number[];
  #strike: (() => Promise<void>) | null = null;
  #isDone: (value: 'killed') => void = () => undefined;
  isAtWork = false;

  constructor(seedNumber: number, count: number) {
    const random = new SeededRandom(seedNumber);
    this.#callsUntilKill = Array.from(
      { length: killsInChaos },
      () => 2 + random.below(Math.max(4, Math.round(count / 2))),
    );
  }

  get killsLeft(): number {
    return this.#callsUntilKill.length;
  }

  /** Takes over the killing of this life; resolves when it is dead. */
  hire(strike: () => Promise<void>): Promise<'killed'> {
    this.isAtWork = false;
    this.#strike = strike;
    return new Promise((resolve) => {
      this.#isDone = resolve;
    });
  }

  watch(handlers: Handlers): Handlers {
    const { mail, connector } = handlers;
    return {
      ...handlers,
      mail: {
        ...mail,
        submit: async (argument) => {
          this.#count();
          return mail.submit(argument);
        },
      },
      connector: {
        ...connector,
        sign: async (argument) => {
          this.#count();
          return connector.sign(argument);
        },
      },
    };
  }

  /** Strikes while the call goes on: its effect may or may not have happened, and nobody is told. */
  #count(): void {
    const [left] = this.#callsUntilKill;
    if (left === undefined || this.#strike === null) return;
    this.#callsUntilKill[0] = left - 1;
    if (left > 1) return;
    this.#callsUntilKill.shift();
    const strike = this.#strike;
    this.#strike = null;
    this.isAtWork = true;
    void strike().then(() => this.#isDone('killed'));
  }
}
