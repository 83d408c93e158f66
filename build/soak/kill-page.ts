import { hexToBytes } from '@noble/hashes/utils.js';
import { connectHost } from '../../renderer/app/host-connection';
import type { RecordEvent } from '../../renderer/domain/event';
import { browserMemory } from '../../renderer/store/archive/browser-memory';
import { openArchivedStore } from '../../renderer/store/archive/open-archived';
import { exampleContent } from '../../test/support/content';
import { happened } from '../../test/support/events';
import type { HexKeys } from '../bench-store/page';

// What the browser does that is killed: it opens by itself, looks at what it was told to have, and goes on recording until it is killed again.

declare global {
  interface Window {
    /** Node's side: takes what was acknowledged, the record's id and how many of its steps. */
    readonly killTold?: (id: string, steps: number) => Promise<void>;
    killed?: typeof killed;
  }
}

/** What looking at the store after a kill showed. */
export interface KillFinding {
  readonly lost: number;
  readonly doubled: number;
  /** The browser had thrown its database away, and it was made anew from the archive. */
  readonly isRebuilt: boolean;
  /** In words, what must not be besides. */
  readonly wrong: readonly string[];
}

const newId = () => crypto.randomUUID();
const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
const name = 'kills';
/** So many certificates are on their way at a time: more than go into one transaction. */
const recordedAtOnce = 12;
/** The steps of each certificate, one write each. */
const steps: readonly RecordEvent['detail'][] = [happened.issued, happened.signed(), { type: 'paper-given' }];

async function open({ practice, clinical }: HexKeys) {
  const opened = await openArchivedStore(name, {
    ...{ clock, newId, keys: { practice: hexToBytes(practice), clinical: hexToBytes(clinical) }, user: () => 'AB' },
    archive: connectHost().archive,
    memory: browserMemory(name, localStorage, newId),
  });
  if (opened.kind !== 'open') throw new Error(`${opened.reason} ${opened.text}`);
  return opened;
}

const killed = {
  /** Opens the store and holds it against what was acknowledged: by record, how many steps. */
  async look(keys: HexKeys, told: readonly (readonly [string, number])[]): Promise<KillFinding> {
    const { store, journal, close } = await open(keys);
    const wrong: string[] = [];
    let [lost, doubled] = [0, 0];
    for (const [id, count] of told) {
      const events = await store.records.events(id);
      if ((await store.records.get(id)) === null || events.length < count) lost += 1;
      if (new Set(events.map(({ detail }) => detail.type)).size < events.length) doubled += 1;
    }
    const all = await store.records.list();
    const found = await store.searchCertificates('');
    doubled += found.length - new Set(found).size;
    if (found.length !== all.length) wrong.push(`search knows ${found.length} of ${all.length}`);
    const chain = await store.checkChain('start');
    if (chain.kind !== 'held') wrong.push(`chain ${JSON.stringify(chain)}`);
    for (const damage of store.damages()) wrong.push(`damage ${JSON.stringify(damage)}`);
    const standing = journal?.standing;
    if (standing?.kind !== 'in-step') wrong.push(`archive ${standing?.kind ?? 'none'}`);
    const notes = standing?.kind === 'in-step' ? standing.notes.map(({ what }) => what) : [];
    // A Chromium killed in the first seconds of a profile's life may begin its database anew at the next start: that is what the archive is for.
    for (const what of notes) if (!['replayed', 'pushed', 'rebuilt'].includes(what)) wrong.push(`archive ${what}`);
    close();
    return { lost, doubled, isRebuilt: notes.includes('rebuilt'), wrong };
  },

  /** Records, many at a time, so that writes share a transaction, and tells each step that was acknowledged, until the end. */
  async work(keys: HexKeys): Promise<void> {
    const { store } = await open(keys);
    const record = async () => {
      for (;;) {
        const id = newId();
        const content = exampleContent({
          coverage: { insuredId: `A${String(100_000_000 + Math.floor(Math.random() * 50))}` },
        });
        const created = await store.records.create(
          { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
          [happened.recorded],
        );
        if (created.kind !== 'written') throw new Error(created.kind);
        await window.killTold?.(id, 1);
        for (const [at, step] of steps.entries()) {
          const appended = await store.records.append(id, [step]);
          if (appended.kind !== 'written') throw new Error(appended.kind);
          await window.killTold?.(id, at + 2);
        }
      }
    };
    await Promise.all(Array.from({ length: recordedAtOnce }, record));
  },
};

window.killed = killed;
