import { z } from 'zod';
import { connectionsSchema } from '../../electron/contract/connections';
import { canonicalJson } from '../domain/event-chain';
import { settingsSchema } from '../domain/settings';

export const setupSchema = z.object({ settings: settingsSchema, connections: connectionsSchema });
/** What the program is set to: the practice's settings and how to reach the components outside. */
export type Setup = z.output<typeof setupSchema>;

export const restorationPausesSchema = z.object({ everything: z.boolean(), payers: z.array(z.string()) });
/** What of the restoration the user has stopped for the time being. Kept, so that it holds after a restart. */
export type RestorationPauses = z.output<typeof restorationPausesSchema>;

export const restoredHoldSchema = z.object({
  reason: z.literal('restored'),
  since: z.iso.datetime(),
  place: z.string(),
});
/** Nothing is sent: a backup was put back, and nobody knows what was sent since it was made. A person's decision ends it, and nothing else. */
export type RestoredHold = z.output<typeof restoredHoldSchema>;

/** The settings (and `connections`) that differ, by name. */
export function changedNames(before: Setup | null, after: Setup): string[] {
  const old: Readonly<Record<string, unknown>> = { ...before?.settings, connections: before?.connections };
  const now: Readonly<Record<string, unknown>> = { ...after.settings, connections: after.connections };
  return Object.keys(now).filter((name) => canonicalJson(old[name] ?? null) !== canonicalJson(now[name] ?? null));
}
