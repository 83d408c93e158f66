import fc from 'fast-check';
import { sha256Hex } from '../../renderer/domain/event-chain';
import { outagesConcerning, type Outage, type OutageScope } from '../../renderer/domain/outage';
import type { Office } from '../../renderer/outbox/office';
import type { Setup, Store } from '../../renderer/store/store';
import type { ModelWorld, SentMessage, Weather } from './model-world';
import type { MortalProgram } from './mortal-program';
import type { SeededRandom } from './random';
import { recordOne } from './recording';

/** What a practice and the world did so far, as plain as it can be said: against this the program is held after every step. */
export interface Model {
  recorded: number;
  /** Scopes of the running outages, by their ids. */
  outages: ReadonlyMap<string, OutageScope>;
  isPaused: boolean;
}

/** The program, and the world in front of it. */
export interface Real {
  readonly program: MortalProgram;
  readonly world: ModelWorld;
  readonly setup: Setup;
  /** Decides what is left to chance: names, delays, which mail is lost. */
  readonly random: SeededRandom;
  readonly recordedIds: string[];
  /** A window of its own on the program's database, which only reads. */
  readonly store: Store;
}

/** A step that somebody or something takes. Commands hold nothing but plain values, so that a failure is shrunk and printed. */
type Command = fc.AsyncCommand<Model, Real>;

const minute = 60_000;

/** What may not happen, whichever step was taken. `mayInsist`: a person may send to an insurer although an outage is declared. */
async function holds(
  real: Real,
  model: Model,
  before: { readonly model: Model; readonly sent: number },
  options: { readonly mayInsist?: boolean } = {},
): Promise<void> {
  const { store, world, recordedIds } = real;
  const stored = await store.records.getMany(recordedIds);
  if (stored.length !== model.recorded)
    throw new Error(`${String(model.recorded)} recorded, ${String(stored.length)} in the store.`);
  const sentNow = world.sent.slice(before.sent);
  for (const message of sentNow) await isStored(real, message);
  if (options.mayInsist === true) return;
  if (before.model.isPaused && model.isPaused && sentNow.length > 0)
    throw new Error(`${String(sentNow.length)} sent while everything is paused.`);
  // An outage that ran before the step and runs after it ran in between.
  const running = [...before.model.outages].filter(([id]) => model.outages.has(id));
  for (const { payerIk, documentId } of sentNow) {
    const against = running.find(([, scope]) => concerns(world, scope, payerIk));
    if (against !== undefined) throw new Error(`${documentId} was sent to ${payerIk} in an outage that concerns it.`);
  }
}

function concerns(world: ModelWorld, scope: OutageScope, payerIk: string): boolean {
  const payer = world.description.payers.find(({ ik }) => ik === payerIk);
  const outage: Outage = {
    id: '',
    scope,
    reason: '',
    declaredBy: '',
    startedAt: '',
    endedAt: null,
    confirmedAt: null,
  };
  return outagesConcerning([outage], { iks: [payerIk], provider: payer?.provider ?? null }).length > 0;
}

/** What left is stored, byte for byte, and belongs to the document it says. */
async function isStored({ store }: Real, { documentId, signedSha256 }: SentMessage): Promise<void> {
  const stored = await store.records.document(signedSha256);
  if (stored === null || sha256Hex(stored.signed) !== signedSha256)
    throw new Error(`${documentId}: what was sent isn't stored.`);
  if (stored.documentId !== documentId) throw new Error(`${documentId} was sent as ${stored.documentId}.`);
}

/** A step of a person at the program. Killed in the middle it is done or not: the model then takes over what the store says. */
abstract class Step implements Command {
  /** Whether it can be taken now. */
  protected readonly isPossible: (model: Readonly<Model>) => boolean = () => true;

  check(model: Readonly<Model>): boolean {
    return this.isPossible(model);
  }

  async run(model: Model, real: Real): Promise<void> {
    const before = { model: { ...model }, sent: real.world.sent.length };
    await this.take(model, real);
    await followStore(model, real);
    await holds(real, model, before, { mayInsist: this.mayInsist });
  }

  abstract take(model: Model, real: Real): Promise<void>;

  abstract toString(): string;

  protected readonly mayInsist: boolean = false;
}

/** Outages and pauses are what the store says: what a person did in the moment of a kill happened or not, and either is right. */
async function followStore(model: Model, { store, recordedIds }: Real): Promise<void> {
  const outages = await store.outages();
  model.outages = new Map(
    outages.flatMap(({ id, scope, endedAt }) => (endedAt === null ? [[id, scope] as const] : [])),
  );
  model.isPaused = (await store.restorationPauses()).everything;
  model.recorded = recordedIds.length;
}

class Record extends Step {
  constructor(readonly count: number) {
    super();
  }

  async take(_model: Model, real: Real): Promise<void> {
    const { program, random, setup, world, recordedIds } = real;
    for (let number = 0; number < this.count; number += 1)
      await program.act((office) =>
        recordOne(office, { random, setup, description: world.description }, (id) => recordedIds.push(id)),
      );
  }

  toString(): string {
    return `record(${String(this.count)})`;
  }
}

class Pass extends Step {
  constructor(readonly minutes: number) {
    super();
  }

  async take(_model: Model, { program }: Real): Promise<void> {
    await program.pass(this.minutes * minute);
  }

  toString(): string {
    return `pass(${String(this.minutes)} min)`;
  }
}

/** Something breaks or is mended outside. */
class Change extends Step {
  constructor(
    readonly name: string,
    readonly change: (weather: Weather) => Weather,
  ) {
    super();
  }

  take(_model: Model, { world }: Real): Promise<void> {
    world.weather = this.change(world.weather);
    return Promise.resolve();
  }

  toString(): string {
    return this.name;
  }
}

/** The program dies at one of its next calls to the outside. */
class Kill extends Step {
  take(_model: Model, { program }: Real): Promise<void> {
    program.planKill();
    return Promise.resolve();
  }

  toString(): string {
    return 'killSoon';
  }
}

/** Somebody presses something. */
class Act extends Step {
  protected override readonly mayInsist: boolean;
  protected override readonly isPossible: (model: Readonly<Model>) => boolean;

  constructor(
    readonly name: string,
    readonly what: (office: Office) => Promise<unknown>,
    options: { readonly when?: (model: Readonly<Model>) => boolean; readonly mayInsist?: boolean } = {},
  ) {
    super();
    this.isPossible = options.when ?? (() => true);
    this.mayInsist = options.mayInsist ?? false;
  }

  async take(_model: Model, { program }: Real): Promise<void> {
    await program.act(async (office) => {
      await this.what(office);
    });
  }

  toString(): string {
    return this.name;
  }
}

/** The day's post and what insurers rejected, as the agenda says it. */
export async function doToday(office: Office): Promise<void> {
  const { postToday, needsAction } = await office.agenda();
  for (const { id } of postToday) await office.notePaper(id, 'posted');
  for (const { id, state } of needsAction) if (state.stage === 'rejected') await office.takeNextStep(id);
}

/** Every step there is, with its values. */
export function steps(world: ModelWorld): fc.Arbitrary<Command>[] {
  const { payers } = world.description;
  const provider = fc.constantFrom(...new Set(payers.map((payer) => payer.provider)));
  const trouble = fc.constantFrom('bounce', 'vanish', 'kim-error');
  const part = <Part extends 'connector' | 'mailServer' | 'mailbox' | 'directory'>(
    name: Part,
    ...states: readonly Weather[Part][]
  ) => fc.constantFrom(...states).map((state) => new Change(`${name}=${state}`, (now) => ({ ...now, [name]: state })));
  const scope: fc.Arbitrary<OutageScope> = fc.oneof(
    fc.constant({ kind: 'all' } as const),
    fc.constant({ kind: 'practice' } as const),
    provider.map((name) => ({ kind: 'provider', provider: name }) as const),
    fc.constantFrom(...payers).map(({ ik }) => ({ kind: 'payer', payerIk: ik }) as const),
  );
  return [
    fc.integer({ min: 1, max: 3 }).map((count) => new Record(count)),
    fc.oneof(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 120, max: 1_440 })).map((value) => new Pass(value)),
    fc
      .tuple(provider, trouble)
      .map(([name, kind]) => new Change(`${name}: ${kind}`, (now) => withProvider(now, name, kind))),
    provider.map((name) => new Change(`${name}: up`, (now) => withProvider(now, name, null))),
    part('connector', 'up', 'down'),
    part('mailServer', 'up', 'down', 'answer-lost', 'cut-before-data'),
    part('mailbox', 'up', 'down'),
    part('directory', 'up', 'down', 'empty'),
    fc.constant(new Act('submit', (office) => office.submit())),
    scope.map(
      (value) => new Act(`declare(${JSON.stringify(value)})`, (office) => office.declareOutage(value, 'Übung')),
    ),
    fc.nat(5).map(
      (place) =>
        new Act(`end(${String(place)})`, (office) => endOne(office, place), {
          when: ({ outages }) => outages.size > 0,
        }),
    ),
    fc.constant(new Act('pause', (office) => office.pauseRestoration(null), { when: ({ isPaused }) => !isPaused })),
    fc.constant(new Act('resume', (office) => office.resumeRestoration(null), { when: ({ isPaused }) => isPaused })),
    fc.constant(new Act('doToday', doToday, { mayInsist: true })),
    fc.constant(new Kill()),
  ];
}

function withProvider(now: Weather, name: string, trouble: 'bounce' | 'vanish' | 'kim-error' | null): Weather {
  const providers = new Map(now.providers);
  if (trouble === null) providers.delete(name);
  else providers.set(name, trouble);
  return { ...now, providers };
}

async function endOne(office: Office, place: number): Promise<void> {
  const running = (await office.store.outages()).filter(({ endedAt }) => endedAt === null);
  const outage = running[place % Math.max(1, running.length)];
  if (outage !== undefined) await office.endOutage(outage.id);
}
