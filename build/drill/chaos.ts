import { noFaults, type Faults } from '../../electron/contract/rehearsal';
import type { Clock } from '../../renderer/domain/clock';
import type { Office } from '../../renderer/outbox/office';
import type { ChaosOptions, Outcome } from './figures';
import { leaveFiles } from './files';
import { enterWorld, material, recordAndPrint } from './practice';
import { tally } from './tally';

const minute = 60_000;
/** The program looks around so often while hours pass. */
const step = 15 * minute;
/** After all is well again: long enough for what bounced last to be tried after four hours, and for a day's posting. */
const settlingSteps = 4 * 24 * 4;
const trouble = (faults: Partial<Faults>): Faults => ({ ...noFaults, ...faults });

/** What a phase does, and what is broken outside meanwhile. */
interface Phase {
  readonly says: string;
  readonly faults: (provider: string) => Faults;
  /** This share of all certificates is recorded by its end. */
  readonly recorded: number;
  readonly outage?: 'declared' | 'ended';
  readonly hours: number;
}

const phases: readonly Phase[] = [
  {
    says: 'A provider is down and declared; the others go on.',
    faults: (provider) => trouble({ providers: [{ provider, mode: 'bounce' }] }),
    recorded: 0.4,
    outage: 'declared',
    hours: 2,
  },
  {
    says: 'The connector goes in the middle of signing.',
    faults: (provider) => trouble({ connector: 'dies-mid-batch', providers: [{ provider, mode: 'bounce' }] }),
    recorded: 0.6,
    hours: 1,
  },
  {
    says: 'The outage is declared over too early: mails vanish (first relapse).',
    faults: (provider) => trouble({ providers: [{ provider, mode: 'vanish' }] }),
    recorded: 0.6,
    outage: 'ended',
    hours: 3,
  },
  { says: 'The provider is back.', faults: () => noFaults, recorded: 0.7, hours: 2 },
  {
    says: 'It falls again, unnoticed: mails bounce (second relapse).',
    faults: (provider) => trouble({ providers: [{ provider, mode: 'bounce' }] }),
    recorded: 0.9,
    hours: 3,
  },
  {
    says: 'The mail server takes mails over without a word.',
    faults: () => trouble({ smtp: 'drop-after-data' }),
    recorded: 1,
    hours: 1,
  },
  { says: 'All is well again.', faults: () => noFaults, recorded: 1, hours: 1 },
];

/**
 * One life of the program in a day of trouble: provider down, mails bouncing and vanishing, two relapses, the connector gone in the middle.
 * Whoever runs it kills the page at will and starts the next life, which goes on with the store as it finds it.
 */
export async function runChaosLife(
  office: Office,
  clock: Clock,
  options: ChaosOptions,
  outside: {
    reached: (phase: number) => Promise<void>;
    say: (line: string) => Promise<void>;
    keepFile: (name: string, base64: string) => Promise<void>;
  },
): Promise<Outcome> {
  const { host, store } = office;
  const awake = await office.wakeUp();
  if (awake.kind === 'obstacle') throw new Error(`It did not wake up: ${awake.what}`);
  const setup = awake.kind === 'first-start' ? await enterWorld(office) : await store.setup();
  if (setup === null) throw new Error('It is awake without a set-up.');
  const contents = await material(office, setup, options, clock);
  const provider = (await store.payers()).map((payer) => payer.provider).find((name) => name?.startsWith('BITMARCK'));
  if (provider === undefined || provider === null) throw new Error('The world has no provider to break.');

  for (const [number, phase] of phases.entries()) {
    if (number < options.phase) continue;
    await outside.reached(number);
    await outside.say(phase.says);
    await host.rehearsal.setFaults(phase.faults(provider));
    const running = (await store.outages()).filter(({ endedAt }) => endedAt === null);
    if (phase.outage === 'declared' && running.length === 0)
      await office.declareOutage({ kind: 'provider', provider }, 'Übung');
    if (phase.outage === 'ended') for (const { id } of running) await office.endOutage(id);
    for (let next = await issuedCount(office); next < Math.ceil(contents.length * phase.recorded); next += 1) {
      const content = contents[next];
      if (content !== undefined) await recordAndPrint(office, content);
    }
    for (let passed = 0; passed < phase.hours * 60 * minute; passed += step) {
      await lookAround(office);
      await clock.sleep(step);
    }
  }
  await outside.reached(phases.length);
  await host.rehearsal.setFaults(noFaults);
  for (let left = settlingSteps; left > 0 && (await office.agenda()).owed.length > 0; left -= 1) {
    await lookAround(office);
    for (const { id } of (await office.agenda()).postToday) await office.notePaper(id, 'posted');
    await clock.sleep(step);
  }
  const records = await store.records.list();
  const recordedIds = records.filter(({ state }) => state.stage !== 'recorded').map(({ id }) => id);
  const received = await host.rehearsal.received({ from: 0 });
  const outcome = await tally({ store, recordedIds, received });
  const outage = (await store.outages()).at(0);
  if (options.withFiles && outage !== undefined)
    await leaveFiles(office, { recordedIds, received, outageId: outage.id }, outcome, outside.keepFile);
  return outcome;
}

/** What the program does by itself every few minutes, and a user who presses «send» now and then. */
async function lookAround(office: Office): Promise<void> {
  await office.collect();
  await office.submit();
}

async function issuedCount(office: Office): Promise<number> {
  return (await office.store.records.list()).filter(({ state }) => state.stage !== 'recorded').length;
}
