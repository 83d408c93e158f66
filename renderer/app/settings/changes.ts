import { useState } from 'react';
import { settingsSchema, type Settings } from '../../domain/settings';

/** What was entered and differs from what is stored; only these settings are written. */
export type SettingsChanges = Partial<Settings>;

/** The entered settings without those that are as stored. */
export function differing(stored: Settings, entered: SettingsChanges): SettingsChanges {
  const now = { ...stored, ...entered };
  const changes: SettingsChanges = {};
  for (const key of changedKeys(stored, entered)) Object.assign(changes, { [key]: now[key] });
  return changes;
}

/** Which settings were entered and differ, in the order of the stored ones. */
export function changedKeys(stored: Settings, entered: SettingsChanges): (keyof Settings)[] {
  const now = { ...stored, ...entered };
  return settingKeys.filter((key) => !isSame(stored[key], now[key]));
}

/** Whether two settings say the same, in whatever order their fields were written. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, inOrder(inner)]);
}

const settingKeys = settingsSchema.keyof().options;

export interface Draft {
  /** The settings as they stand in the fields. */
  readonly settings: Settings;
  readonly changes: SettingsChanges;
  readonly changed: readonly (keyof Settings)[];
  readonly change: (part: SettingsChanges) => void;
  readonly discard: () => void;
}

/** Settings as entered, over those stored: what is stored anew elsewhere shows at once where nothing was entered. */
export function useDraftSettings(stored: Settings): Draft {
  const [entered, setEntered] = useState<SettingsChanges>({});
  const changes = differing(stored, entered);
  // Saved, or typed back to what it was: no change any more, whatever is stored later.
  if (Object.keys(changes).length !== Object.keys(entered).length) setEntered(changes);
  return {
    settings: { ...stored, ...changes },
    changes,
    changed: changedKeys(stored, changes),
    change: (part) => setEntered((all) => ({ ...all, ...part })),
    discard: () => setEntered({}),
  };
}
