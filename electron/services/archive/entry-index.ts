import type { NumberRange } from '../../contract/archive';

/** Where an entry's line is. */
export interface LinePlace {
  readonly file: number;
  readonly offset: number;
  readonly length: number;
}

/** Numbers may run ahead of the highest one by so much: two windows write at once, and a journal may have been away for a while. */
const furthestAhead = 1_000_000;

/** Which write stands where. Numbers are dense from 1, so that it is three plain arrays: 20 bytes for each write. */
export class EntryIndex {
  #files = new Uint32Array(1024);
  #offsets = new Float64Array(1024);
  #lengths = new Uint32Array(1024);
  #last = 0;
  #count = 0;

  get lastNumber(): number {
    return this.#last;
  }

  accepts(number: number): boolean {
    return Number.isSafeInteger(number) && number >= 1 && number <= this.#last + furthestAhead;
  }

  find(number: number): LinePlace | null {
    const length = this.#lengths[number] ?? 0;
    if (length === 0) return null;
    return { file: this.#files[number] ?? 0, offset: this.#offsets[number] ?? 0, length };
  }

  add(number: number, place: LinePlace): void {
    this.#makeRoom(number);
    if ((this.#lengths[number] ?? 0) === 0) this.#count += 1;
    this.#files[number] = place.file;
    this.#offsets[number] = place.offset;
    this.#lengths[number] = place.length;
    this.#last = Math.max(this.#last, number);
  }

  /** Takes out an entry that turned out to be damaged: its number is a gap from here on. */
  remove(number: number): void {
    if (this.find(number) === null) return;
    this.#lengths[number] = 0;
    this.#count -= 1;
  }

  /** The numbers above `after` that are there, ascending. */
  *after(number: number): Generator<number> {
    for (let next = number + 1; next <= this.#last; next += 1) if ((this.#lengths[next] ?? 0) > 0) yield next;
  }

  gaps(): NumberRange[] {
    const gaps: NumberRange[] = [];
    if (this.#count === this.#last) return gaps;
    let from = 0;
    for (let number = 1; number <= this.#last; number += 1) {
      const isGap = (this.#lengths[number] ?? 0) === 0;
      if (isGap && from === 0) from = number;
      if (!isGap && from > 0) {
        gaps.push({ from, to: number - 1 });
        from = 0;
      }
    }
    if (from > 0) gaps.push({ from, to: this.#last });
    return gaps;
  }

  #makeRoom(number: number): void {
    if (number < this.#lengths.length) return;
    const size = Math.max(number + 1, this.#lengths.length * 2);
    const files = new Uint32Array(size);
    const offsets = new Float64Array(size);
    const lengths = new Uint32Array(size);
    files.set(this.#files);
    offsets.set(this.#offsets);
    lengths.set(this.#lengths);
    this.#files = files;
    this.#offsets = offsets;
    this.#lengths = lengths;
  }
}
