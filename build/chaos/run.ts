import { rehearsalPayers } from '../../renderer/outbox/rehearsing';
import type { Office } from '../../renderer/outbox/office';
import type { Setup } from '../../renderer/store/store';
import { accountOf, type Account } from './account';
import { changedWeather } from './changing-weather';
import { modelDescription, modelSetup } from './model-practice';
import { fairWeather, ModelWorld } from './model-world';
import { MortalProgram } from './mortal-program';
import { SeededRandom } from './random';
import { recordOne } from './recording';
import { StepClock } from './step-clock';

/** What became of one run. */
export interface ChaosOutcome extends Account {
  readonly seed: number;
  readonly kills: number;
  readonly recorded: number;
}

export interface ChaosOptions {
  readonly seed: number;
  readonly certificates?: number;
  readonly kills?: number;
  /** Days of trouble before the calm. */
  readonly days?: number;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Monday, an hour before the practice opens. */
const beginning = new Date('2026-11-23T07:00:00Z').getTime();
const usualDays = 4;
/** After the troubles: long enough for what bounced last to be tried again, or to be on the posting list. */
const calmDays = 5;

/**
 * A week of trouble in a model of the world, decided by a seed: providers go down and come back and fall again, mails bounce and vanish, the
 * connector goes in the middle, and the program is killed at any call to the outside. The program itself is the real one, over a real
 * database (in memory). At the end its own account is held against what the world knows.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const { seed, certificates = 24, kills = 3, days = usualDays } = options;
  const random = new SeededRandom(seed);
  const clock = new StepClock(beginning);
  const world = new ModelWorld(modelDescription(), { random, now: () => clock.now().getTime() });
  const program = new MortalProgram({ random, clock, world, kills });
  const week = new Week({ random, clock, world, program, certificates, days });
  try {
    await week.live();
    const { recordedIds } = week;
    const store = await program.open();
    const account = await accountOf(store, world, recordedIds);
    store.close();
    const wrong = [...program.wrong, ...account.wrong];
    return { ...account, seed, kills: program.kills, recorded: recordedIds.length, wrong };
  } finally {
    program.close();
  }
}

class Week {
  readonly #random: SeededRandom;
  readonly #clock: StepClock;
  readonly #world: ModelWorld;
  readonly #program: MortalProgram;
  readonly #setup: Setup;
  readonly #certificates: number;
  readonly #days: number;
  readonly #recordedIds: string[] = [];

  constructor(means: {
    random: SeededRandom;
    clock: StepClock;
    world: ModelWorld;
    program: MortalProgram;
    certificates: number;
    days: number;
  }) {
    this.#random = means.random;
    this.#clock = means.clock;
    this.#world = means.world;
    this.#program = means.program;
    this.#setup = modelSetup(means.world.description);
    this.#certificates = means.certificates;
    this.#days = means.days;
  }

  get recordedIds(): readonly string[] {
    return this.#recordedIds;
  }

  async live(): Promise<void> {
    const first = await this.#program.open();
    await first.saveSetup(this.#setup);
    await first.savePayers(rehearsalPayers(this.#world.description));
    first.close();
    await this.#program.start();
    const providers = [...new Set(this.#world.description.payers.map(({ provider }) => provider))];
    const end = beginning + this.#days * day;
    while (this.#clock.now().getTime() < end) {
      await this.#program.pass((5 + this.#random.below(85)) * minute);
      this.#world.weather = changedWeather(this.#world.weather, providers, this.#random);
      await this.#staff();
    }
    // The last kills come at the latest when everything is sent at once.
    this.#world.weather = fairWeather;
    this.#program.planKill();
    await this.#program.act(async (office) => {
      for (const outage of await office.store.outages()) if (outage.endedAt === null) await office.endOutage(outage.id);
      await office.resumeRestoration(null);
    });
    for (let left = calmDays * 4; left > 0; left -= 1) {
      await this.#program.pass(6 * hour);
      await this.#dailyTasks();
      if (this.#program.killsLeft > 0) this.#program.planKill();
    }
  }

  async #staff(): Promise<void> {
    const random = this.#random;
    if (this.#recordedIds.length < this.#certificates && random.chance(0.5)) {
      const count = 1 + random.below(4);
      for (let number = 0; number < count; number += 1) await this.#program.act((office) => this.#record(office));
      if (random.chance(0.5))
        await this.#program.act(async (office) => {
          await office.submit();
        });
    }
    if (random.chance(0.15)) await this.#program.act((office) => this.#declare(office));
    if (random.chance(0.2))
      await this.#program.act(async (office) => {
        const running = (await office.store.outages()).filter(({ endedAt }) => endedAt === null);
        if (running.length > 0) await office.endOutage(random.pick(running).id);
      });
    if (random.chance(0.04))
      await this.#program.act((office) => office.pauseRestoration(random.chance(0.5) ? null : this.#anyPayer()));
    if (random.chance(0.1))
      await this.#program.act(async (office) => {
        await office.resumeRestoration(null);
      });
    if (random.chance(0.15)) await this.#dailyTasks();
    if (this.#program.killsLeft > 0 && random.chance(0.08)) this.#program.planKill();
  }

  #anyPayer(): string {
    return this.#random.pick(this.#world.description.payers).ik;
  }

  #record(office: Office): Promise<void> {
    const means = { random: this.#random, setup: this.#setup, description: this.#world.description };
    return recordOne(office, means, (id) => this.#recordedIds.push(id));
  }

  async #declare(office: Office): Promise<void> {
    const random = this.#random;
    const [troubled] = [...this.#world.weather.providers.keys()];
    const which = random.below(4);
    if (which < 2 && troubled !== undefined)
      await office.declareOutage({ kind: 'provider', provider: troubled }, 'Rückläufer');
    else if (which === 2) await office.declareOutage({ kind: 'payer', payerIk: this.#anyPayer() }, 'Rückläufer');
    else if (which === 3) await office.declareOutage({ kind: 'all' }, 'Leitung');
  }

  async #dailyTasks(): Promise<void> {
    await this.#program.act(async (office) => {
      const { postToday, needsAction } = await office.agenda();
      for (const { id } of postToday) await office.notePaper(id, 'posted');
      for (const { id, state } of needsAction) if (state.stage === 'rejected') await office.takeNextStep(id);
    });
  }
}
