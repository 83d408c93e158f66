import { canonicalJson } from '../domain/event-chain';

/** A plain row as the program works with it: without the number of its write. */
export function withoutWrite<T extends { write: number }>(row: T): Omit<T, 'write'> {
  const copy: Omit<T, 'write'> & { write?: number } = { ...row };
  delete copy.write;
  return copy;
}

/** Whether two values are the same as JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
