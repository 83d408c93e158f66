import { hexToBytes } from '@noble/hashes/utils.js';
import type { Faults } from '../../electron/contract/rehearsal';
import { noFaults } from '../../electron/contract/rehearsal';
import { connectHost } from '../../renderer/app/host-connection';
import type { OutageScope } from '../../renderer/domain/outage';
import { loadBarcodeDecoder, loadFormFonts } from '../../renderer/form/load-fonts-browser';
import { createOffice } from '../../renderer/outbox/create-office';
import { exclusivelyAmongWindows } from '../../renderer/outbox/exclusively';
import type { Office } from '../../renderer/outbox/office';
import { browserMemory } from '../../renderer/store/archive/browser-memory';
import { openArchivedStore } from '../../renderer/store/archive/open-archived';
import { runChaosLife } from './chaos';
import { chaosOptionsSchema, optionsSchema, type DrillOptions, type Outcome } from './figures';
import { leaveFiles } from './files';
import { Pace } from './pace';
import { enterWorld, material, recordAndPrint } from './practice';
import { SimulatedClock } from './simulated-clock';
import { tally } from './tally';

// The main job in the page, by the office's own functions: record in the outage, print, restore, submit, collect receipts.

declare global {
  interface Window {
    /** Both are put here by the drill's Node side. */
    readonly drillMoveClock: (instant: string) => Promise<void>;
    readonly drillKeepFile: (name: string, base64: string) => Promise<void>;
    readonly drillSay: (line: string) => Promise<void>;
    /** How far the chaos drill has got: kept outside, as the page may die at any time. */
    readonly drillPhase: (phase: number) => Promise<void>;
    runDrill?: (options: unknown) => Promise<Outcome>;
    /** One life of the program in the chaos drill: goes on where the last one died. */
    runChaos?: (options: unknown) => Promise<Outcome>;
  }
}

const minute = 60_000;
const hour = 60 * minute;
/** So often the drill looks into the mailbox after the outage before it counts what is there. */
const looks = 60;

/** So many desks record at the same time. */
const desks = 4;

window.runDrill = async (given) => {
  const options = optionsSchema.parse(given);
  const { office, clock } = await openOffice(options);
  const { store, host } = office;

  const setup = await enterWorld(office);
  const contents = await material(office, setup, options, clock);
  const outage = await beginOutage(office, options.outage);
  await window.drillSay(`Outage declared (${options.outage}); recording ${String(contents.length)} certificates …`);
  const recordedIds: string[] = [];
  // Several desks record side by side, as in a practice with so many certificates; each takes the next patient.
  const waiting = contents.entries();
  let recorded = 0;
  const pace = new Pace('recorded', contents.length, window.drillSay);
  const desk = async () => {
    for (const [place, content] of waiting) {
      recordedIds[place] = await recordAndPrint(office, content);
      recorded += 1;
      await pace.reached(recorded);
      await clock.sleep((3 * minute) / desks);
    }
  };
  await Promise.all(Array.from({ length: desks }, desk));
  // What the outage doesn't concern goes out while it lasts.
  await office.submit();
  await clock.sleep(4 * hour);

  await host.rehearsal.setFaults(noFaults);
  await window.drillSay('Services are back; submitting everything that is owed …');
  const stopTelling = tellProgress(office);
  const run = await office.endOutage(outage.id);
  stopTelling();
  if (run.kind === 'stopped')
    await window.drillSay(`Stopped: ${run.obstacle.what} ${run.obstacle.values['text'] ?? ''}`);
  for (let look = 0; look < looks; look += 1) {
    await office.collect();
    if ((await office.agenda()).owed.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clock.sleep(minute);
  }

  await window.drillSay('Counting what became of each certificate …');
  const received = await host.rehearsal.received({ from: 0 });
  const outcome = await tally({ store, recordedIds, received });
  if (options.withFiles)
    await leaveFiles(office, { recordedIds, received, outageId: outage.id }, outcome, window.drillKeepFile);
  return outcome;
};

/** Says how far signing and sending are, with rate and time left. */
function tellProgress(office: Office): () => void {
  let pace: { readonly step: string; readonly of: Pace } | null = null;
  return office.onProgress(() => {
    const now = office.progress();
    if (now.kind === 'idle' || now.step === 'collecting' || now.total === 0) return;
    if (pace?.step !== now.step || now.done === 0)
      pace = { step: now.step, of: new Pace(now.step === 'signing' ? 'signed' : 'sent', now.total, window.drillSay) };
    void pace.of.reached(now.done);
  });
}

/** Breaks the world and declares the outage, as a practice would on that morning. */
async function beginOutage(office: Office, named: string) {
  const { host, store } = office;
  if (named.startsWith('provider:')) {
    const beginning = named.slice('provider:'.length).toLowerCase();
    const payers = await store.payers();
    const provider =
      payers.map((payer) => payer.provider).find((name) => name?.toLowerCase().startsWith(beginning) === true) ?? null;
    if (provider === null)
      throw new Error(`No insurer of the world has a provider whose name begins with «${beginning}».`);
    await host.rehearsal.setFaults({ ...noFaults, providers: [{ provider, mode: 'bounce' }] });
    return office.declareOutage({ kind: 'provider', provider }, 'Übung');
  }
  const faults: Faults = { ...noFaults, everything: true };
  await host.rehearsal.setFaults(faults);
  const scope: OutageScope = named === 'practice' ? { kind: 'practice' } : { kind: 'all' };
  return office.declareOutage(scope, 'Übung');
}

window.runChaos = async (given) => {
  const options = chaosOptionsSchema.parse(given);
  const { office, clock } = await openOffice(options);
  const outcome = await runChaosLife(office, clock, options, {
    reached: window.drillPhase,
    say: window.drillSay,
    keepFile: window.drillKeepFile,
  });
  return outcome;
};

async function openOffice({
  startedAt,
  keys,
}: Pick<DrillOptions, 'startedAt' | 'keys'>): Promise<{ office: Office; clock: SimulatedClock }> {
  const clock = new SimulatedClock(new Date(startedAt), window.drillMoveClock);
  const host = connectHost();
  const newId = () => crypto.randomUUID();
  const opened = await openArchivedStore('drill', {
    clock,
    newId,
    keys: { practice: hexToBytes(keys.practice), clinical: hexToBytes(keys.clinical) },
    user: () => 'Übung',
    archive: host.archive,
    memory: browserMemory('drill', localStorage, newId),
  });
  if (opened.kind !== 'open') throw new Error(opened.text);
  const { store } = opened;
  const drawingTools = Promise.all([loadFormFonts(), loadBarcodeDecoder()]).then(([fonts, decoder]) => ({
    fonts,
    decoder,
  }));
  const office = createOffice({
    store,
    host,
    clock,
    newId,
    actor: () => ({ name: 'Übung', role: 'doctor' }),
    drawingTools: () => drawingTools,
    exclusively: exclusivelyAmongWindows('drill', navigator.locks),
  });
  return { office, clock };
}
