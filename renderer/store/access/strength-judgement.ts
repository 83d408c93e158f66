/** What the estimate says of a passphrase. */
export interface Strength {
  /** Quarters of what is asked for: 0 (guessed at once) to 4. */
  readonly score: number;
  /** Whether it may be used. */
  readonly isEnough: boolean;
}

/** So many letters at least: what is shorter is watched over a shoulder. */
export const shortestPassphrase = 10;
/** Guesses as a power of ten. At 64 MiB each, a rented farm that makes 10,000 guesses a second needs fifteen years for half of them. */
const fewestGuesses = 13;

/** What so many guesses mean for a passphrase. */
export function judgement(passphrase: string, guessesLog10: number): Strength {
  const parts = Math.max(0, Math.min(4, Math.floor((guessesLog10 / fewestGuesses) * 4)));
  const isLong = passphrase.normalize('NFKC').length >= shortestPassphrase;
  // Four of four is shown only for what may be used.
  return { score: isLong ? parts : Math.min(3, parts), isEnough: isLong && parts === 4 };
}
