import { hash } from 'node:crypto';
import type { z } from 'zod';
import { readIfThere, replaceFile, type Disk } from './disk';

/** What a file that is kept twice says. `damaged`: neither of the two is what was written. */
export type Kept<T> =
  | { readonly kind: 'there'; readonly value: T; readonly repaired: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' };

/**
 * A small file kept twice beside each other, each with its digest: where one of them is damaged or missing, the other is read and the first written again.
 * `name` is its path without the ending.
 */
export class CheckedFile<T> {
  readonly #disk: Disk;
  readonly #paths: readonly [string, string];
  readonly #schema: z.ZodType<T>;

  constructor(disk: Disk, path: string, schema: z.ZodType<T>) {
    this.#disk = disk;
    this.#paths = [`${path}.json`, `${path}-copy.json`];
    this.#schema = schema;
  }

  /** The first of the two. */
  get path(): string {
    return this.#paths[0];
  }

  async read(): Promise<Kept<T>> {
    const found = await Promise.all(this.#paths.map((path) => readIfThere(this.#disk, path)));
    const values = found.map((bytes) => (bytes === null ? null : this.#parse(bytes)));
    // The first is written first: where both are whole and differ, a crash came between them, and the first is the newer one.
    const value = values[0] ?? values[1] ?? null;
    if (value === null) return { kind: found.every((bytes) => bytes === null) ? 'missing' : 'damaged' };
    const wanted = this.#format(value.value);
    let repaired = false;
    for (const [place, path] of this.#paths.entries()) {
      if (found[place]?.equals(wanted) === true) continue;
      // On a full or read-only disk it stays as it is: reading goes on all the same.
      repaired = await replaceFile(this.#disk, path, wanted).then(
        () => true,
        () => false,
      );
    }
    return { kind: 'there', value: value.value, repaired };
  }

  async write(value: T): Promise<void> {
    const bytes = this.#format(value);
    for (const path of this.#paths) await replaceFile(this.#disk, path, bytes);
  }

  #format(value: T): Buffer {
    const body = JSON.stringify(value);
    return Buffer.from(`${hash('sha256', body, 'hex')} ${body}\n`);
  }

  #parse(bytes: Buffer): { value: T } | null {
    const text = bytes.toString('utf8');
    const body = text.slice(65, -1);
    if (text !== `${hash('sha256', body, 'hex')} ${body}\n`) return null;
    const json: unknown = JSON.parse(body);
    const parsed = this.#schema.safeParse(json);
    return parsed.success ? { value: parsed.data } : null;
  }
}
