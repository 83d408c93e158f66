/** So long a confirmed code counts: the time from its check to the click's own work. Milliseconds. */
const freshFor = 60_000;

/**
 * The second factor of the user at work, as the office asks for it before data leave the program: confirmed just now, by the same user, and used up
 * by the one thing that it lets out.
 */
export class FreshFactor {
  readonly #ticks: () => number;
  #confirmed: { readonly user: string; readonly at: number } | null = null;

  /** `ticks`: milliseconds that only ever go up, such as `performance.now`. */
  constructor(ticks: () => number) {
    this.#ticks = ticks;
  }

  /** To be called where this user's code was found right, and nowhere else. */
  confirm(user: string): void {
    this.#confirmed = { user, at: this.#ticks() };
  }

  /** Whether this user's code was confirmed just now. It counts once. */
  take(user: string): boolean {
    const confirmed = this.#confirmed;
    this.#confirmed = null;
    return confirmed !== null && confirmed.user === user && this.#ticks() - confirmed.at < freshFor;
  }
}
