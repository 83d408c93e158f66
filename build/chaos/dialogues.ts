import type { Direction, Trouble } from './proxy';
import { shuffled, troublesFor, type Bytes } from './troubled-bytes';
import { dialogueNames, openTroubledWorld, type DialogueName, type TroubledWorld } from './troubled-dialogues';

/** What is done to the dialogues. */
export interface TroublePlan {
  /** Where they are cut. */
  readonly cuts: Bytes;
  /** Where foreign and doubled bytes come, below TLS. */
  readonly below: Bytes;
  /** Other bytes for another seed, and another order. */
  readonly seed?: number;
  /** So many worlds side by side; two unless said. */
  readonly lanes?: number;
  /** Of several processes that share the work: which one this is. */
  readonly part?: { readonly index: number; readonly of: number };
  /** Whether to leave the rest. */
  readonly isOver?: () => boolean;
}

/** How far one direction of one dialogue was gone through. */
export interface Reached {
  /** So long it is, in bytes. */
  readonly bytes: number;
  /** At so many different bytes it was cut. */
  readonly cut: number;
}

/** What came of troubling the dialogues with the components outside. */
export interface DialogueOutcome {
  /** Dialogues that were troubled. */
  readonly dialogues: number;
  /** What must not be, in words. */
  readonly wrong: readonly string[];
  /** How often each dialogue came to a result in spite of its trouble, or was told to have failed. */
  readonly kinds: Readonly<Record<string, number>>;
  /** By `<dialogue> <direction>`. */
  readonly reached: Readonly<Record<string, Reached>>;
}

interface Task {
  readonly name: DialogueName;
  readonly trouble: Trouble;
}

/**
 * Cuts each dialogue (mailbox, connector, directory, sending) with the rehearsal world in both directions, delays it, lets it drip byte by byte, and
 * troubles it below TLS. Whatever happens, a result must be right: every message byte for byte and each one once, every signature
 * verified, every address the right one, and what is said to be sent or not sent is so; else a failure, in time, and never an exception.
 */
export async function troubleDialogues(plan: TroublePlan): Promise<DialogueOutcome> {
  const { lanes = 2, part = { index: 0, of: 1 }, seed = 0, isOver = () => false } = plan;
  const worlds: TroubledWorld[] = [];
  const wrong: string[] = [];
  const kinds: Record<string, number> = {};
  const cuts = new Map<string, Set<number>>();
  let dialogues = 0;

  const hold = async (world: TroubledWorld, { name, trouble }: Task): Promise<void> => {
    const { proxy, hold: talk } = world.dialogues[name];
    proxy.set(trouble);
    dialogues += 1;
    if (trouble.kind === 'cut') cuts.get(`${name} ${trouble.direction}`)?.add(trouble.after);
    const came = await talk().catch((error: unknown) => `wrong: ${String(error)}`);
    if (came.startsWith('wrong')) wrong.push(`${name}, ${JSON.stringify(trouble)}: ${came}`);
    const key = `${name}: ${came.startsWith('wrong') ? 'wrong' : came}`;
    kinds[key] = (kinds[key] ?? 0) + 1;
  };

  try {
    for (let lane = 0; lane < lanes; lane += 1) worlds.push(await openTroubledWorld());
    const lengths: Record<string, number> = {};
    const tasks: Task[] = [];
    for (const name of dialogueNames) {
      const seen: Record<Direction, number> = { up: 0, down: 0 };
      for (const world of worlds) {
        await hold(world, { name, trouble: { kind: 'none' } });
        const { proxy } = world.dialogues[name];
        for (const direction of ['up', 'down'] as const)
          seen[direction] = Math.max(seen[direction], proxy.seen[direction]);
      }
      for (const direction of ['up', 'down'] as const) {
        cuts.set(`${name} ${direction}`, new Set());
        lengths[`${name} ${direction}`] = seen[direction];
      }
      tasks.push(...troublesFor(seen, { ...plan, shift: seed }).map((trouble) => ({ name, trouble })));
    }
    const mine = shuffled(tasks, seed).filter((_, index) => index % part.of === part.index);
    let next = 0;
    await Promise.all(
      worlds.map(async (world) => {
        for (;;) {
          const task = isOver() ? undefined : mine[next];
          next += 1;
          if (task === undefined) break;
          await hold(world, task);
        }
        // The wire is well again: nothing of all that lingers.
        for (const name of dialogueNames) await hold(world, { name, trouble: { kind: 'none' } });
        wrong.push(...(await world.wrongArrivals()));
      }),
    );
    const reached = Object.fromEntries(
      [...cuts].map(([key, set]) => [key, { bytes: lengths[key] ?? 0, cut: set.size }] as const),
    );
    return { dialogues, wrong, kinds, reached };
  } finally {
    await Promise.all(worlds.map((world) => world.close()));
  }
}
