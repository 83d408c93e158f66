import type { CertificateContent } from '../../renderer/domain/certificate';
import type { Clock } from '../../renderer/domain/clock';
import { sha256Hex } from '../../renderer/domain/event-chain';
import type { StoredRecord } from '../../renderer/domain/record';
import { createOffice } from '../../renderer/outbox/create-office';
import { emptyContent } from '../../renderer/outbox/issuing';
import type { Office } from '../../renderer/outbox/office';
import { rehearsalPayers } from '../../renderer/outbox/rehearsing';
import { Store, type Setup } from '../../renderer/store/store';
import { MemoryJournal, testKeys } from '../../test/support/memory-journal';
import { modelDescription, modelSetup } from './model-practice';
import { fairWeather, ModelWorld, type Weather } from './model-world';
import { SeededRandom } from './random';

/** What became of one run; `wrong` says in words what must not be. */
export interface ChaosOutcome {
  readonly seed: number;
  readonly kills: number;
  readonly recorded: number;
  readonly delivered: number;
  readonly posted: number;
  readonly owed: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrong: readonly string[];
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
  const random = new SeededRandom(options.seed);
  const clock = new StepClock(beginning);
  const world = new ModelWorld(modelDescription(), { random, now: () => clock.now().getTime() });
  const setup = modelSetup(world.description);
  const week = new Week({
    random,
    clock,
    world,
    setup,
    certificates: options.certificates ?? 24,
    kills: options.kills ?? 3,
    days: options.days ?? usualDays,
  });
  try {
    await week.live();
    return await week.account(options.seed);
  } finally {
    week.close();
  }
}

/** Time stands until `pass` lets it go on; whoever sleeps is woken in their order. */
class StepClock implements Clock {
  #now: number;
  #sleepers: { due: number; wake: () => void }[] = [];
  #fellAsleep: () => void = () => undefined;

  constructor(start: number) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const sleeper = { due: this.#now + milliseconds, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      });
      this.#fellAsleep();
    });
  }

  /** Resolves when the program has nothing left to do until time passes. */
  async idle(): Promise<void> {
    if (this.#sleepers.length > 0) return;
    await new Promise<void>((resolve) => {
      this.#fellAsleep = resolve;
    });
    this.#fellAsleep = () => undefined;
  }

  /** Wakes the next sleeper who is due by then; else time is `until`. */
  wakeNext(until: number): boolean {
    this.#sleepers.sort((a, b) => a.due - b.due);
    const [next] = this.#sleepers;
    if (next === undefined || next.due > until) {
      this.#now = until;
      return false;
    }
    this.#sleepers.shift();
    this.#now = Math.max(this.#now, next.due);
    next.wake();
    return true;
  }

  forget(): void {
    this.#sleepers = [];
  }
}

/** One life of the program: from its start to its being killed. */
interface Life {
  readonly office: Office;
  readonly killed: Promise<'killed'>;
  readonly kill: () => void;
  isDead: boolean;
}

class Week {
  readonly #random: SeededRandom;
  readonly #clock: StepClock;
  readonly #world: ModelWorld;
  readonly #setup: Setup;
  readonly #certificates: number;
  readonly #days: number;
  readonly #name: string;
  readonly #keys = testKeys();
  readonly #journal = new MemoryJournal();
  readonly #recordedIds: string[] = [];
  readonly #wrong: string[] = [];
  #killsLeft: number;
  #kills = 0;
  /** The program dies at this call to the outside. */
  #callsToLive = Infinity;
  #life: Life | null = null;

  constructor(means: {
    random: SeededRandom;
    clock: StepClock;
    world: ModelWorld;
    setup: Setup;
    certificates: number;
    kills: number;
    days: number;
  }) {
    this.#random = means.random;
    this.#clock = means.clock;
    this.#world = means.world;
    this.#setup = means.setup;
    this.#certificates = means.certificates;
    this.#killsLeft = means.kills;
    this.#days = means.days;
    // Of this run alone: a seed that is run again must not find the database of its last run.
    this.#name = `chaos-${crypto.randomUUID()}`;
    this.#world.onCall = () => this.#beCalled();
  }

  async live(): Promise<void> {
    const first = await this.#open();
    await first.store.saveSetup(this.#setup);
    await first.store.savePayers(rehearsalPayers(this.#world.description));
    first.store.close();
    await this.#start();
    const end = beginning + this.#days * day;
    while (this.#clock.now().getTime() < end) {
      await this.#pass((5 + this.#random.below(85)) * minute);
      this.#changeWeather();
      await this.#staff();
    }
    // The last kills come at the latest when everything is sent at once.
    this.#world.weather = fairWeather;
    this.#planKill();
    await this.#act(async (office) => {
      for (const outage of await office.store.outages()) if (outage.endedAt === null) await office.endOutage(outage.id);
      await office.resumeRestoration(null);
    });
    for (let left = calmDays * 4; left > 0; left -= 1) {
      await this.#pass(6 * hour);
      await this.#dailyTasks();
      if (this.#killsLeft > 0) this.#planKill();
    }
  }

  close(): void {
    this.#life?.office.store.close();
    this.#clock.forget();
  }

  async #staff(): Promise<void> {
    const random = this.#random;
    if (this.#recordedIds.length < this.#certificates && random.chance(0.5)) {
      const count = 1 + random.below(4);
      for (let number = 0; number < count; number += 1) await this.#act((office) => this.#record(office));
      if (random.chance(0.5))
        await this.#act(async (office) => {
          await office.submit();
        });
    }
    if (random.chance(0.15)) await this.#act((office) => this.#declare(office));
    if (random.chance(0.2))
      await this.#act(async (office) => {
        const running = (await office.store.outages()).filter(({ endedAt }) => endedAt === null);
        if (running.length > 0) await office.endOutage(random.pick(running).id);
      });
    if (random.chance(0.04))
      await this.#act((office) => office.pauseRestoration(random.chance(0.5) ? null : this.#anyPayer()));
    if (random.chance(0.1))
      await this.#act(async (office) => {
        await office.resumeRestoration(null);
      });
    if (random.chance(0.15)) await this.#dailyTasks();
    if (this.#killsLeft > 0 && random.chance(0.08)) this.#planKill();
  }

  #planKill(): void {
    if (this.#killsLeft > 0) this.#callsToLive = 1 + this.#random.below(30);
  }

  #anyPayer(): string {
    return this.#random.pick(this.#world.description.payers).ik;
  }

  async #record(office: Office): Promise<void> {
    const person = this.#random.pick(this.#world.description.patients);
    const payer = this.#random.pick(this.#world.description.payers);
    const base = emptyContent(this.#setup.settings, this.#clock.now());
    const content: CertificateContent = {
      ...base,
      certificate: {
        ...base.certificate,
        unfitUntil: base.certificate.issuedOn,
        diagnoses: [{ code: 'J06.9', certainty: 'G', side: null, catalogue: '2026' }],
      },
      patient: {
        ...base.patient,
        family: person.family,
        given: person.given,
        birthDate: person.birthDate,
        address: {
          ...base.patient.address,
          street: 'Musterweg',
          houseNumber: '1',
          postalCode: '00001',
          city: 'Musterstadt',
        },
      },
      coverage: { ...base.coverage, payerIk: payer.ik, payerName: payer.name, insuredId: person.insuredId },
    };
    const id = this.#random.uuid();
    // Without drawing slips: that is other tests' affair and takes a hundred times as long.
    const created = await office.store.records.create(
      { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
      [{ type: 'recorded' }, { type: 'issued', byHand: false }],
    );
    if (created.kind === 'written') this.#recordedIds.push(id);
    if (created.kind === 'written' && this.#random.chance(0.4)) await office.notePaper(id, 'given');
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
    await this.#act(async (office) => {
      const { postToday, needsAction } = await office.agenda();
      for (const { id } of postToday) await office.notePaper(id, 'posted');
      for (const { id, state } of needsAction) if (state.stage === 'rejected') await office.takeNextStep(id);
    });
  }

  #changeWeather(): void {
    const random = this.#random;
    if (!random.chance(0.3)) return;
    const providers = new Map(this.#world.weather.providers);
    const provider = random.pick([...new Set(this.#world.description.payers.map((payer) => payer.provider))]);
    if (random.chance(0.4)) providers.delete(provider);
    else providers.set(provider, random.pick(['bounce', 'vanish', 'vanish', 'kim-error'] as const));
    const mostlyUp = <T>(...troubles: T[]): T | 'up' => (random.chance(0.6) ? 'up' : random.pick(troubles));
    const weather: Weather = {
      providers,
      connector: mostlyUp('down' as const),
      mailServer: mostlyUp('down' as const, 'answer-lost' as const, 'cut-before-data' as const),
      mailbox: mostlyUp('down' as const),
      directory: mostlyUp('down' as const, 'empty' as const),
    };
    this.#world.weather = weather;
  }

  /** Lets time pass; the program does meanwhile what it does by itself. */
  async #pass(milliseconds: number): Promise<void> {
    const until = this.#clock.now().getTime() + milliseconds;
    for (;;) {
      await this.#orKilled(this.#clock.idle());
      if (!this.#clock.wakeNext(until)) return;
    }
  }

  /** Somebody does something with the program. If it is killed meanwhile, it is started again, and what they did is done or not. */
  async #act(what: (office: Office) => Promise<void>): Promise<void> {
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
    if ((await Promise.race([work, life.killed])) === 'killed') await this.#start();
  }

  async #beCalled(): Promise<void> {
    const life = this.#life;
    this.#callsToLive -= 1;
    if (this.#callsToLive > 0) return;
    this.#callsToLive = Infinity;
    this.#killsLeft -= 1;
    this.#kills += 1;
    life?.kill();
    return new Promise<void>(() => undefined);
  }

  async #open(): Promise<{ store: Store }> {
    const opened = await Store.open(this.#name, {
      clock: this.#clock,
      newId: () => this.#random.uuid(),
      keys: this.#keys,
      journal: this.#journal,
      user: () => 'AB',
    });
    if (opened.kind !== 'open') throw new Error(opened.text);
    return opened;
  }

  async #start(): Promise<void> {
    this.#clock.forget();
    const { store } = await this.#open();
    let die: (value: 'killed') => void = () => undefined;
    const killed = new Promise<'killed'>((resolve) => {
      die = resolve;
    });
    let busy = false;
    const host = this.#world.host();
    const office = createOffice({
      store,
      host,
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
    if (awake === 'killed' || life.isDead) return this.#start();
    if (awake.kind !== 'ready') this.#wrong.push(`It did not wake up: ${awake.kind}.`);
    const stop = office.keepGoing((error) => {
      // What a dead program stumbles over counts no more.
      if (life.isDead) void stop();
      else this.#wrong.push(String(error));
    });
  }

  /** Holds the program's account against the world's. */
  async account(seed: number): Promise<ChaosOutcome> {
    const wrong = this.#wrong;
    const { store } = await this.#open();
    const records = new Map((await store.records.list()).map((record) => [record.id, record]));
    const events = await store.records.chain();
    if ((await store.checkChain('start')).kind !== 'held') wrong.push('The chain of events is broken.');
    let lost = 0;
    let doubled = 0;
    const xmlOf = new Map<string, string>();
    for (const id of this.#recordedIds) {
      const record = records.get(id);
      const documents = await store.records.documents(id);
      if (record === undefined || ('document' in record.state && documents.length === 0)) {
        lost += 1;
        wrong.push(`${id} is lost.`);
        continue;
      }
      for (const { signedSha256, xml } of documents) xmlOf.set(signedSha256, sha256Hex(xml));
      const ids = new Set(documents.map(({ documentId }) => documentId));
      const asked = events.filter(
        ({ recordId, detail }) => recordId === id && detail.type === 'rejected' && /^10[1-5]$/.test(detail.error.code),
      );
      const askedFor = new Set(asked.map(({ detail }) => ('documentId' in detail ? detail.documentId : ''))).size;
      if (ids.size > 1 + askedFor) {
        doubled += 1;
        wrong.push(`${id}: ${ids.size} documents, ${askedFor} errors that ask for one.`);
      }
      if (record.state.stage === 'delivered' || record.state.stage === 'closed') {
        const { documentId, signedSha256 } = record.state.document;
        const there = this.#world.arrived.some(
          (one) => one.documentId === documentId && one.signedSha256 === signedSha256 && one.verdict === 'accepted',
        );
        if (!there) wrong.push(`${id} is said to be delivered, and isn't.`);
      }
    }
    const xmlSent = new Map<string, string | undefined>();
    for (const { documentId, signedSha256 } of this.#world.sent) {
      const xml = xmlOf.get(signedSha256);
      if (xml === undefined) wrong.push(`${documentId}: what was sent isn't stored.`);
      if (xmlSent.has(documentId) && xmlSent.get(documentId) !== xml) {
        doubled += 1;
        wrong.push(`${documentId} was sent with differing XML.`);
      }
      xmlSent.set(documentId, xml);
    }
    const counted = this.#recordedIds.flatMap((id) => records.get(id) ?? []);
    const delivered = counted.filter(isDelivered).length;
    const posted = counted.filter((record) => !isDelivered(record) && record.state.paper === 'posted').length;
    // What the patient has on paper isn't posted; a person is asked about it.
    const owed = counted.length - delivered - posted;
    for (const record of counted) {
      if (!isDelivered(record) && record.state.paper === 'none')
        wrong.push(`${record.id} is neither delivered nor posted, but ${record.state.stage}.`);
    }
    store.close();
    return {
      seed,
      kills: this.#kills,
      recorded: this.#recordedIds.length,
      delivered,
      posted,
      owed,
      lost,
      doubled,
      wrong,
    };
  }
}

function isDelivered({ state }: StoredRecord): boolean {
  return state.stage === 'delivered' || state.stage === 'closed';
}
