import 'fake-indexeddb/auto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBarcodeDecoder, loadFormFonts } from '../../build/form-fonts';
import { noFaults, type Faults, type RehearsalWorld } from '../../electron/contract/rehearsal';
import type { Host } from '../../electron/contract/host';
import { createOutside } from '../../electron/outside';
import type { CertificateContent } from '../../renderer/domain/certificate';
import type { Clock } from '../../renderer/domain/clock';
import type { CertificateRecord, StoredRecord } from '../../renderer/domain/record';
import type { Role } from '../../renderer/domain/roles';
import { createOffice } from '../../renderer/outbox/create-office';
import type { Exclusively } from '../../renderer/outbox/exclusively';
import { FreshFactor } from '../../renderer/outbox/fresh-factor';
import type { Office } from '../../renderer/outbox/office';
import { rehearsalPatients } from '../../renderer/outbox/rehearsing';
import { Store } from '../../renderer/store/store';
import { MemoryJournal, testKeys } from './memory-journal';

/** A practice in a test: the office over a database in memory, the real services, and a rehearsal world of its own. */
export interface TestPractice {
  readonly office: Office;
  readonly world: RehearsalWorld;
  readonly clock: TestClock;
  /** Somebody else sits down at the desk: a doctor does at first. */
  as(role: Role): void;
  /** Whoever is at the desk has just confirmed their second factor. */
  confirmFactor(): void;
  /** Breaks the world in some ways, the rest is well. */
  break(faults: Partial<Faults>): Promise<void>;
  /** A complete content of the world's patient number so and so. */
  content(patient?: number, change?: Partial<CertificateContent['certificate']>): CertificateContent;
  /** Records and issues a certificate. */
  issue(content?: CertificateContent): Promise<CertificateRecord>;
  /** Looks into the mailbox until a record has left these stages, for at most some seconds. */
  answered(id: string, ...waiting: readonly StoredRecord['state']['stage'][]): Promise<StoredRecord>;
  /** Another office over the same database and world, as after a crash and a new start. */
  restart(): Promise<Office>;
  stop(): Promise<void>;
}

/** A clock that stands until it is moved. */
export class TestClock implements Clock {
  #now = new Date('2026-11-23T08:00:00Z').getTime();
  now(): Date {
    return new Date(this.#now);
  }
  move(milliseconds: number): void {
    this.#now += milliseconds;
  }
  sleep(milliseconds: number): Promise<void> {
    this.move(milliseconds);
    return Promise.resolve();
  }
}

export const minutes = 60_000;
export const hours = 60 * minutes;
export const days = 24 * hours;

const tools = Promise.all([loadFormFonts(), loadBarcodeDecoder()]).then(([fonts, decoder]) => ({ fonts, decoder }));

/** One at a time, in this process. */
function exclusivelyHere(): Exclusively {
  let busy = false;
  return async (work) => {
    if (busy) return null;
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  };
}

/** Opens a practice in rehearsal, set up and awake. `host` may wrap the host, to watch or to break it. */
export async function openPractice(wrap: (host: Host) => Host = (host) => host): Promise<TestPractice> {
  const clock = new TestClock();
  const folder = await mkdtemp(join(tmpdir(), 'ersatzschein-test-'));
  const outside = createOutside({
    kind: 'loopback',
    printFolder: folder,
    dataFolder: join(folder, 'data'),
    onInFlight: () => undefined,
    log: () => undefined,
    clock,
  });
  const name = `practice-${crypto.randomUUID()}`;
  const stores: Store[] = [];
  const keys = testKeys();
  const journal = new MemoryJournal();
  let role: Role = 'doctor';
  const factor = new FreshFactor(() => clock.now().getTime());
  const open = async (): Promise<Office> => {
    const opened = await Store.open(name, { clock, newId: () => crypto.randomUUID(), keys, journal, user: () => 'AB' });
    if (opened.kind !== 'open') throw new Error(opened.text);
    stores.push(opened.store);
    return createOffice({
      store: opened.store,
      host: wrap(outside.handlers),
      clock,
      newId: () => crypto.randomUUID(),
      actor: () => ({ name: 'AB', role }),
      factor,
      drawingTools: () => tools,
      exclusively: exclusivelyHere(),
    });
  };
  const office = await open();
  const proposed = await office.proposeRehearsal();
  if ('kind' in proposed) throw new Error(proposed.what);
  const setup = { ...proposed, settings: { ...proposed.settings, printerId: 'folder' } };
  await office.saveSetup(setup);
  const world = await outside.handlers.rehearsal.start({});

  const practice: TestPractice = {
    office,
    world,
    clock,
    as: (next) => {
      role = next;
    },
    confirmFactor: () => factor.confirm('AB'),
    break: async (faults) => {
      await outside.handlers.rehearsal.setFaults({ ...noFaults, ...faults });
    },
    content: (patient = 0, change = {}) => {
      const row = rehearsalPatients(world, '')[patient];
      if (row === undefined) throw new Error('The world has ten patients.');
      const base = office.emptyContent(setup.settings);
      return {
        ...base,
        patient: row.patient,
        coverage: row.coverage,
        certificate: {
          ...base.certificate,
          unfitUntil: '2026-11-27',
          diagnoses: [{ code: 'J06.9', certainty: 'G', side: null, catalogue: '2026' }],
          ...change,
        },
      };
    },
    issue: async (content = practice.content()) => {
      const draft = await office.startDraft(content);
      if (draft.kind !== 'written') throw new Error(draft.kind);
      const issued = await office.issue(draft.record.id, { confirmed: office.check(content), byHand: false });
      if (issued.kind !== 'issued') throw new Error(JSON.stringify(issued));
      return issued.record;
    },
    answered: async (id, ...waiting) => {
      for (let look = 0; look < 100; look += 1) {
        await office.collect();
        const record = await office.store.records.get(id);
        if (record !== null && !waiting.includes(record.state.stage)) return record;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No answer to ${id} in two seconds.`);
    },
    restart: open,
    stop: async () => {
      stores.forEach((store) => store.close());
      await outside.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return practice;
}
