import { createOffice } from '../../renderer/outbox/create-office';
import type { Office } from '../../renderer/outbox/office';
import { Store } from '../../renderer/store/store';
import { MemoryJournal, testKeys } from '../../test/support/memory-journal';
import type { ModelWorld } from './model-world';
import type { SeededRandom } from './random';
import type { StepClock } from './step-clock';

/** One life of the program: from its start to its being killed. */
interface Life {
  readonly office: Office;
  readonly killed: Promise<'killed'>;
  readonly kill: () => void;
  isDead: boolean;
}

/** The real program over a database in memory, in front of the model's world. It can be killed at any call to the outside, and starts again. */
export class MortalProgram {
  readonly #random: SeededRandom;
  readonly #clock: StepClock;
  readonly #world: ModelWorld;
  // Of this run alone: a seed that is run again must not find the database of its last run.
  readonly #name = `chaos-${crypto.randomUUID()}`;
  readonly #keys = testKeys();
  readonly #journal = new MemoryJournal();
  /** What must not be, in words. */
  readonly wrong: string[] = [];
  killsLeft: number;
  kills = 0;
  /** The program dies at this call to the outside. */
  #callsToLive = Infinity;
  #life: Life | null = null;

  constructor(means: { random: SeededRandom; clock: StepClock; world: ModelWorld; kills: number }) {
    this.#random = means.random;
    this.#clock = means.clock;
    this.#world = means.world;
    this.killsLeft = means.kills;
    this.#world.onCall = () => this.#beCalled();
  }

  /** Lets the program die soon, if it may die once more. */
  planKill(): void {
    if (this.killsLeft > 0) this.#callsToLive = 1 + this.#random.below(30);
  }

  /** Opens the program's database. */
  async open(): Promise<Store> {
    const opened = await Store.open(this.#name, {
      clock: this.#clock,
      newId: () => this.#random.uuid(),
      keys: this.#keys,
      journal: this.#journal,
      user: () => 'AB',
    });
    if (opened.kind !== 'open') throw new Error(opened.text);
    return opened.store;
  }

  close(): void {
    this.#life?.office.store.close();
    this.#clock.forget();
  }

  /** Starts the program, as often as it takes: it may be killed while it starts. */
  async start(): Promise<void> {
    this.#clock.forget();
    const store = await this.open();
    let die: (value: 'killed') => void = () => undefined;
    const killed = new Promise<'killed'>((resolve) => {
      die = resolve;
    });
    let busy = false;
    const office = createOffice({
      store,
      host: this.#world.host(),
      clock: this.#clock,
      newId: () => this.#random.uuid(),
      actor: () => ({ name: 'AB', role: 'doctor' }),
      drawingTools: () => Promise.reject(new Error('Nothing is drawn here.')),
      exclusively: async (work) => {
        if (busy) return null;
        busy = true;
        try {
          return await work();
        } finally {
          busy = false;
        }
      },
    });
    const life: Life = {
      office,
      killed,
      isDead: false,
      kill: () => {
        life.isDead = true;
        store.close();
        die('killed');
      },
    };
    this.#life = life;
    const waking = office.wakeUp().catch((error: unknown) => {
      if (!life.isDead) throw error;
      return { kind: 'first-start' } as const;
    });
    const awake = await Promise.race([waking, killed]);
    if (awake === 'killed' || life.isDead) return this.start();
    if (awake.kind !== 'ready') this.wrong.push(`It did not wake up: ${awake.kind}.`);
    const stop = office.keepGoing((error) => {
      // What a dead program stumbles over counts no more.
      if (life.isDead) void stop();
      else this.wrong.push(String(error));
    });
  }

  /** Lets time pass; the program does meanwhile what it does by itself. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#clock.now().getTime() + milliseconds;
    for (;;) {
      await this.#orKilled(this.#clock.idle());
      if (!this.#clock.wakeNext(until)) return;
    }
  }

  /** Somebody does something with the program. If it is killed meanwhile, it is started again, and what they did is done or not. */
  async act(what: (office: Office) => Promise<void>): Promise<void> {
    await this.#orKilled(this.#clock.idle());
    const life = this.#life;
    if (life === null) throw new Error('The program is running.');
    await this.#orKilled(
      what(life.office).catch((error: unknown) => {
        // What a dead program says counts no more.
        if (!life.isDead) throw error;
      }),
    );
  }

  async #orKilled(work: Promise<void>): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    if ((await Promise.race([work, life.killed])) === 'killed') await this.start();
  }

  async #beCalled(): Promise<void> {
    const life = this.#life;
    this.#callsToLive -= 1;
    if (this.#callsToLive > 0) return;
    this.#callsToLive = Infinity;
    this.killsLeft -= 1;
    this.kills += 1;
    life?.kill();
    return new Promise<void>(() => undefined);
  }
}
