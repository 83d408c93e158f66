import fc from 'fast-check';
import { rehearsalPayers } from '../../renderer/outbox/rehearsing';
import { accountOf } from './account';
import { doToday, steps, type Model, type Real } from './model-commands';
import { modelDescription, modelSetup } from './model-practice';
import { fairWeather, ModelWorld } from './model-world';
import { MortalProgram } from './mortal-program';
import { SeededRandom } from './random';
import { StepClock } from './step-clock';

const hour = 3_600_000;
/** A Monday, an hour before the practice opens. */
const beginning = new Date('2026-11-23T07:00:00Z').getTime();
/** After the troubles: long enough for what bounced last to be tried again, or to be on the posting list. */
const calmHours = 5 * 24;
/** The program may be killed so often in one run. */
const mostKills = 4;

/** What became of one seed. `failure`: the smallest steps that go wrong, with what it takes to see them again. */
export interface ModelOutcome {
  readonly seed: number;
  readonly failure: string | null;
}

/**
 * Steps of practice, world and death in any order, decided by a seed, against a plain model (fast-check's commands). After each step the model
 * is compared; at the end, when all is well again for days, the program's account is held against what the world knows. A failure is shrunk.
 */
export async function runModel(seed: number, options: { readonly steps?: number } = {}): Promise<ModelOutcome> {
  const description = modelDescription();
  const anyWorld = new ModelWorld(description, { random: new SeededRandom(seed), now: () => beginning });
  const commands = fc.commands(steps(anyWorld), { maxCommands: options.steps ?? 40, size: 'max' });
  const property = fc.asyncProperty(commands, async (taken) => {
    await liveThrough(seed, taken);
  });
  const { failed, errorInstance, counterexample, counterexamplePath } = await fc.check(property, { seed, numRuns: 1 });
  if (!failed) return { seed, failure: null };
  const text = [
    `seed ${String(seed)}, path ${counterexamplePath ?? '?'}`,
    `steps: ${fc.stringify(counterexample?.[0])}`,
    errorInstance instanceof Error ? errorInstance.message : fc.stringify(errorInstance),
  ];
  return { seed, failure: text.join('\n') };
}

async function liveThrough(seed: number, commands: Iterable<fc.AsyncCommand<Model, Real, boolean>>): Promise<void> {
  const random = new SeededRandom(seed);
  const clock = new StepClock(beginning);
  const world = new ModelWorld(modelDescription(), { random, now: () => clock.now().getTime() });
  const program = new MortalProgram({ random, clock, world, kills: mostKills });
  const setup = modelSetup(world.description);
  const store = await program.open();
  const real: Real = { program, world, setup, random, recordedIds: [], store };
  try {
    await store.saveSetup(setup);
    await store.savePayers(rehearsalPayers(world.description));
    await program.start();
    const model: Model = { recorded: 0, outages: new Map(), isPaused: false };
    await fc.asyncModelRun(() => ({ model, real }), commands);
    await becomeCalm(real);
    const { wrong } = await accountOf(store, world, real.recordedIds);
    const all = [...program.wrong, ...wrong];
    if (all.length > 0) throw new Error(all.join('\n'));
  } finally {
    store.close();
    program.close();
  }
}

/** All is well again; a person ends the outages and does each day what the agenda says. */
async function becomeCalm({ program, world }: Real): Promise<void> {
  world.weather = fairWeather;
  await program.act(async (office) => {
    for (const outage of await office.store.outages()) if (outage.endedAt === null) await office.endOutage(outage.id);
    await office.resumeRestoration(null);
  });
  for (let passed = 0; passed < calmHours; passed += 12) {
    await program.pass(12 * hour);
    await program.act(doToday);
  }
}
