/** So often progress is told; milliseconds. */
const tellEvery = 10_000;

/** Says every few seconds how many of a number are done, how fast it goes and how long it still takes. */
export class Pace {
  readonly #what: string;
  readonly #total: number;
  readonly #say: (line: string) => Promise<void>;
  readonly #started = performance.now();
  #toldAt = this.#started;

  constructor(what: string, total: number, say: (line: string) => Promise<void>) {
    this.#what = what;
    this.#total = total;
    this.#say = say;
  }

  async reached(done: number): Promise<void> {
    const now = performance.now();
    if (now - this.#toldAt < tellEvery || done === 0) return;
    this.#toldAt = now;
    const perSecond = (done / (now - this.#started)) * 1000;
    const left = Math.ceil((this.#total - done) / perSecond);
    await this.#say(
      `  ${String(done)} of ${String(this.#total)} ${this.#what}, ${perSecond.toFixed(1)} a second, ${String(left)} s left`,
    );
  }
}
