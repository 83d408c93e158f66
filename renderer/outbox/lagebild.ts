import { z } from 'zod';
import { failureSchema } from '../../electron/contract/call';
import { lagebildSchema, type Lagebild } from '../../electron/contract/lagebild';
import type { LagebildRow } from '../store/database';

/** The last look at the TI-Lagebild as it is kept. */
export const lagebildLookSchema = z.object({
  askedAt: z.string(),
  found: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ok'), value: lagebildSchema }),
    z.object({ kind: z.literal('failed'), failure: failureSchema }),
  ]),
});
export type LagebildLook = z.output<typeof lagebildLookSchema>;

/** Rows that are older say nothing about now. */
const staleMinutes = 15;
/** A clock that goes wrong, ours or theirs: rows from the future say nothing either. */
const futureMinutes = 15;
const minute = 60_000;

/** A component outside that did not answer gematik. */
export interface DownComponent {
  readonly organization: string;
  readonly product: string;
}

/** gematik's word, one witness among others. Unreachable, stale or not understood is «no word», never «all well». */
export type LagebildWord =
  | {
      readonly kind: 'no-word';
      readonly why: 'off' | 'not-asked' | 'unreachable' | 'stale' | 'not-understood';
      /** When it was last asked. */
      readonly askedAt: string | null;
    }
  | {
      readonly kind: 'word';
      /** When gematik probed. */
      readonly at: string;
      readonly services: Lagebild['services'];
      readonly components: number;
      readonly down: readonly DownComponent[];
      readonly announcements: Lagebild['announcements'];
    };

/** What a look says now. `null`: nobody has looked yet. */
export function wordOf(look: LagebildLook | null, now: Date): LagebildWord {
  if (look === null) return { kind: 'no-word', why: 'not-asked', askedAt: null };
  const { askedAt, found } = look;
  if (found.kind === 'failed')
    return { kind: 'no-word', why: found.failure.reason === 'protocol' ? 'not-understood' : 'unreachable', askedAt };
  const age = ({ at }: { at: string }) => now.getTime() - new Date(at).getTime();
  const fresh = found.value.components.filter(
    (row) => age(row) <= staleMinutes * minute && age(row) >= -futureMinutes * minute,
  );
  const newest = fresh.reduce<string | null>((latest, { at }) => (latest === null || at > latest ? at : latest), null);
  if (newest === null) return { kind: 'no-word', why: 'stale', askedAt };
  return {
    kind: 'word',
    at: newest,
    services: found.value.services,
    components: fresh.length,
    down: distinct(fresh.filter(({ isAvailable }) => !isAvailable)),
    announcements: found.value.announcements,
  };
}

/** What is kept of a word for 14 days. */
export function rowOf(word: Extract<LagebildWord, { kind: 'word' }>): LagebildRow {
  const services: LagebildRow['services'] = {};
  for (const { service, outage } of word.services) if (outage !== 'none') services[service] = outage;
  return { at: word.at, services, down: word.down.map(({ organization, product }) => ({ organization, product })) };
}

function distinct(components: readonly DownComponent[]): DownComponent[] {
  const found = new Map(
    components.map(({ organization, product }) => [`${organization}\n${product}`, { organization, product }]),
  );
  return [...found.values()];
}

/** gematik probes every five minutes; a minute later the result is there. */
const gridMinutes = 5;
const graceMinutes = 1;

/**
 * When to look next: a minute after the next of gematik's probes, and up to a minute more, so that practices don't all come at once. `share`
 * in [0, 1) is this start's own; while it stays, looks are five minutes apart.
 */
export function nextLookAt(now: Date, share: number): Date {
  const grid = gridMinutes * minute;
  const probe = Math.floor((now.getTime() - graceMinutes * minute) / grid) * grid + grid;
  return new Date(probe + graceMinutes * minute + Math.floor(share * minute));
}

/** Legal forms and words that many firms have in their names. */
const commonWords = new Set(
  'GMBH MBH AG KG KGAA GBR EG SE CO UND & DER DIE DAS FÜR SERVICE SERVICES TECHNIK GESELLSCHAFT HOLDING'.split(' '),
);

/**
 * Whether two names are those of one house: «BITMARCK Technik GmbH» in the Lagebild is «BITMARCK SERVICE GMBH» in the insurer file. What is
 * left of one name without legal forms and common words must all be in the other.
 */
export function isSameHouse(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  return fewer.some((word) => word.length >= 4) && fewer.every((word) => more.includes(word));
}

function wordsOf(name: string): string[] {
  const words = name.toLocaleUpperCase('de').split(/[^\p{L}\p{N}&]+/u);
  return words.filter((word) => word !== '' && !commonWords.has(word));
}

/** Whether a component of this provider's did not answer, in what was kept or said. */
export function isProviderDown(provider: string, down: readonly DownComponent[]): boolean {
  return down.some(({ organization }) => isSameHouse(organization, provider));
}
