import { z } from 'zod';
import { codeLifetime } from './second-factor';

/** The other windows of this browser, which ought to know what this one can't write down. */
export interface OtherWindows {
  tell(used: unknown): void;
  onTold(listener: (used: unknown) => void): void;
}

const usedSchema = z.object({ userId: z.string(), step: z.number().int() });

/**
 * The codes that were used, as this window knows it: what could not be written down for want of room counts here, and in the other windows that are open. A program that has
 * just been started can't know what was used right before it and written nowhere: until every such code has run out, one that can't be written down is not accepted.
 */
export class UsedCodes {
  readonly #ticks: () => number;
  readonly #windows: OtherWindows | null;
  readonly #began: number;
  readonly #steps = new Map<string, number>();

  /** `ticks`: milliseconds that only ever go up. */
  constructor(ticks: () => number, windows: OtherWindows | null) {
    this.#ticks = ticks;
    this.#windows = windows;
    this.#began = ticks();
    windows?.onTold((told) => {
      const used = usedSchema.safeParse(told);
      if (used.success) this.#keep(used.data.userId, used.data.step);
    });
  }

  /** The last step of this user whose code was used; `written`: as the header has it. */
  lastStep(userId: string, written: number): number {
    return Math.max(written, this.#steps.get(userId) ?? 0);
  }

  note(userId: string, step: number): void {
    this.#keep(userId, step);
    this.#windows?.tell({ userId, step });
  }

  /** Milliseconds until a code may be accepted that can't be written down. */
  get waitMs(): number {
    return Math.max(0, codeLifetime - (this.#ticks() - this.#began));
  }

  #keep(userId: string, step: number): void {
    this.#steps.set(userId, this.lastStep(userId, step));
  }
}

/** The windows of this browser that have the same vault open, by its database's name. */
export function windowsOf(name: string): OtherWindows {
  const channel = new BroadcastChannel(`${name}-codes`);
  return {
    tell: (used) => channel.postMessage(used),
    onTold: (listener) => {
      channel.onmessage = ({ data }: MessageEvent<unknown>) => listener(data);
    },
  };
}
