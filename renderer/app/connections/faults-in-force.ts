import { z } from 'zod';
import { faultsSchema, noFaults, type Faults } from '../../../electron/contract/rehearsal';
import type { Office } from '../../outbox/office';
import { Kept } from '../parts/kept';

const storageKey = 'ersatzschein-rehearsal-faults';

const inForceSchema = z.object({
  /** The running world, by its connector's address: another world has another port, and starts in good health. */
  world: z.string(),
  faults: faultsSchema,
  /** Messages of the insurers before this position are counted already. */
  countedUpTo: z.number().int().nonnegative(),
});

/** The faults that the practice has put into the rehearsal world. The world can't be asked for them, so they are kept here. */
export type InForce = z.output<typeof inForceSchema>;

const kept = new WeakMap<Office, Kept<InForce>>();

/** The faults in force in this world; they outlive the screen, and a reload of the page. */
export function faultsInForce(office: Office, world: string): Kept<InForce> {
  const known = kept.get(office);
  if (known?.get().world === world) return known;
  const made = new Kept<InForce>(storedFor(world));
  kept.set(office, made);
  return made;
}

/** Puts faults into the world, and keeps them. Throws if the host is gone; then those before are still in force. */
export async function putFaults(
  office: Office,
  inForce: Kept<InForce>,
  change: (faults: Faults) => Faults,
): Promise<void> {
  await countAnswered(office, inForce);
  const faults = change(inForce.get().faults);
  await office.host.rehearsal.setFaults(faults);
  keep(inForce, { ...inForce.get(), faults });
}

/** Takes off what the world's insurers have answered with since the last look: an error is set for so many documents. */
export async function countAnswered(office: Office, inForce: Kept<InForce>): Promise<void> {
  const before = inForce.get();
  const messages = await office.host.rehearsal.received({ from: before.countedUpTo });
  const last = messages.at(-1);
  if (last === undefined) return;
  const insurerErrors = withoutAnswered(before.faults.insurerErrors, messages);
  keep(inForce, { ...before, faults: { ...before.faults, insurerErrors }, countedUpTo: last.position + 1 });
}

type InsurerErrors = Faults['insurerErrors'];

/** What is left of the errors after these verdicts. */
export function withoutAnswered(
  errors: InsurerErrors,
  messages: readonly { payerIk: string; verdict: string }[],
): InsurerErrors {
  const left = errors.map((error) => ({ ...error }));
  for (const { payerIk, verdict } of messages) {
    const used = left.find((error) => error.payerIk === payerIk && error.code === verdict && error.count > 0);
    if (used !== undefined) used.count -= 1;
  }
  return left.filter(({ count }) => count > 0);
}

/** How many things are broken. */
export function faultCount(faults: Faults): number {
  const { everything, connector, smtp, pop3, directory, lagebild, providers, insurerErrors } = faults;
  const doors = [connector, smtp, pop3, directory, lagebild].filter((fault) => fault !== 'none').length;
  return (everything ? 1 : 0) + doors + providers.length + insurerErrors.length;
}

function storedFor(world: string): InForce {
  const stored = sessionStorage.getItem(storageKey);
  const parsed = stored === null ? null : inForceSchema.safeParse(parseJson(stored));
  return parsed?.success === true && parsed.data.world === world
    ? parsed.data
    : { world, faults: noFaults, countedUpTo: 0 };
}

function keep(inForce: Kept<InForce>, value: InForce): void {
  inForce.set(value);
  sessionStorage.setItem(storageKey, JSON.stringify(value));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
