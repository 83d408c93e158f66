import { useEffect, useState } from 'react';
import type { Finding } from '../../domain/finding';
import type { Settings } from '../../domain/settings';
import type { Office } from '../../outbox/office';
import { useOffice, useSetup } from '../parts';

/** Settings as they are being changed: kept until they are saved or taken back, also when another screen is shown in between. */
const kept = new WeakMap<Office, Settings>();

export interface SettingsDraft {
  readonly draft: Settings;
  readonly isChanged: boolean;
  readonly change: (part: Partial<Settings>) => void;
  /** Back to what is stored. */
  readonly takeBack: () => void;
}

/** The draft over what is stored; what is changed elsewhere at the same time (the language) shows through. */
export function useSettingsDraft(): SettingsDraft {
  const office = useOffice();
  const { settings } = useSetup();
  const [draft, setDraft] = useState<Settings>(() => kept.get(office) ?? settings);
  const isChanged = !sameSettings(draft, settings);
  useEffect(() => {
    if (isChanged) kept.set(office, draft);
    else kept.delete(office);
  }, [office, draft, isChanged]);
  return {
    draft,
    isChanged,
    change: (part) => setDraft((before) => ({ ...before, ...part })),
    takeBack: () => setDraft(settings),
  };
}

/** Whether two settings say the same. Both come from the same schema, so their keys stand in the same order. */
export function sameSettings(a: Settings, b: Settings): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => one.localeCompare(other)))
      : part,
  );
}

/** What the rules say about the practice and its people, by the same rules as a certificate. */
export interface SettingsFindings {
  readonly practice: readonly Finding[];
  /** By the practitioner's id; fields begin with `issuer.`. */
  readonly practitioners: ReadonlyMap<string, readonly Finding[]>;
  readonly hasErrors: boolean;
}

/** Holds settings against the rules. */
export function checkSettings(office: Pick<Office, 'check' | 'emptyContent'>, settings: Settings): SettingsFindings {
  const content = office.emptyContent(settings);
  const practice = office.check(content).filter(({ field }) => field.startsWith('practice.') || field === 'softwareId');
  const practitioners = new Map(
    settings.practitioners.map((issuer) => [
      issuer.id,
      office.check({ ...content, issuer }).filter(({ field }) => field.startsWith('issuer.')),
    ]),
  );
  const all = [...practice, ...[...practitioners.values()].flat()];
  return { practice, practitioners, hasErrors: all.some(({ severity }) => severity === 'error') };
}
