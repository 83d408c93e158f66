import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../failure';
import { CheckedFile } from './checked-file';
import { diskFailure, type Disk } from './disk';

/** `turn` is another one each time that a browser profile takes over; who only opens the folder leaves it. Files of before have none. */
const writerSchema = z.object({
  program: z.string(),
  writerId: z.string().nullable(),
  turn: z.string().nullable().default(null),
});

/** The browser profile that writes, and its turn. `null`: nobody has taken over yet. */
export type Writer = Pick<z.output<typeof writerSchema>, 'writerId' | 'turn'>;

/** Whether this program may write: it may; it found no room to say so; the folder is gone; another program has been opened since. */
type Claim = 'ours' | 'no-room' | 'gone' | 'others';

/**
 * The small file in an archive's folder that says who writes there. No lock: a crash could leave that behind and keep the program from opening. Errors of the disk reject, but
 * for a full one.
 */
export class WriterFile {
  readonly #disk: Disk;
  readonly #file: CheckedFile<z.output<typeof writerSchema>>;
  readonly #program = randomUUID();
  /** Which file it is, as we wrote it: another one was written by another program. `null`: there was no room to write it. */
  #stamp: string | null = null;

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#file = new CheckedFile(disk, join(folder, 'writer'), writerSchema);
  }

  /** There was room to say that this program writes. */
  get isClaimed(): boolean {
    return this.#stamp !== null;
  }

  async read(): Promise<Writer> {
    const kept = await this.#file.read();
    return kept.kind === 'there' ? kept.value : { writerId: null, turn: null };
  }

  /** Says that this program writes from here on, for this writer. `false`: there is no room to say it. */
  async claim({ writerId, turn }: Writer): Promise<boolean> {
    this.#stamp = null;
    try {
      await this.#file.write({ program: this.#program, writerId, turn });
    } catch (error) {
      if (diskFailure(error).reason === 'full') return false;
      throw error;
    }
    this.#stamp = await this.#stampNow();
    return true;
  }

  async standing(): Promise<Claim> {
    if (this.#stamp === null) return 'no-room';
    const now = await this.#stampNow();
    if (now === null) return 'gone';
    return now === this.#stamp ? 'ours' : 'others';
  }

  /** The browser profile that has taken over in another program since this turn; `null`: none, though another program may have been started over the folder. */
  async successorOf(turn: Writer['turn']): Promise<string | null> {
    if ((await this.standing()) !== 'others') return null;
    const writer = await this.read();
    return writer.turn === turn ? null : writer.writerId;
  }

  async #stampNow(): Promise<string | null> {
    try {
      const { ino, mtimeNs } = await this.#disk.stat(this.#file.path, { bigint: true });
      return `${String(ino)} ${String(mtimeNs)}`;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }
}
