import type { RehearsalWorld } from '../../../electron/contract/rehearsal';
import type { Settings } from '../../domain/settings';
import type { ConnectionEntries } from '../first-start/own-setup';

/** Why the mode can't be changed now. */
export type ModeObstacle =
  /** Certificates are on their way: they would go on in the other world. */
  | { readonly kind: 'owed'; readonly count: number }
  /** Something is being signed or sent right now. */
  | { readonly kind: 'busy' }
  /** Practice or doctors break rules. */
  | { readonly kind: 'incomplete' }
  /** Made-up accounts, whose passphrase everybody knows, could open real certificates. */
  | { readonly kind: 'practice-accounts' }
  | { readonly kind: 'no-recovery-key' }
  | { readonly kind: 'made-up-practice' }
  | { readonly kind: 'made-up-practitioner'; readonly name: string };

/** What must be settled before certificates go out in earnest. */
export function liveObstacles(input: {
  readonly settings: Settings;
  /** The world's own practice and doctor: made up, and never sent in earnest. */
  readonly world: Pick<RehearsalWorld, 'practice' | 'practitioner'>;
  readonly owed: number;
  readonly isBusy: boolean;
  readonly hasErrors: boolean;
  /** There are still accounts of the rehearsal. */
  readonly hasPracticeAccounts: boolean;
  readonly hasRecoveryKey: boolean;
}): ModeObstacle[] {
  const { settings, world, hasErrors } = input;
  const obstacles = rehearsalObstacles(input);
  const isMadeUpPractice =
    settings.practice.bsnr === world.practice.bsnr || settings.practice.name === world.practice.name;
  if (isMadeUpPractice) obstacles.push({ kind: 'made-up-practice' });
  for (const { lanr, given, family } of settings.practitioners)
    if (lanr === world.practitioner.lanr) obstacles.push({ kind: 'made-up-practitioner', name: `${given} ${family}` });
  if (hasErrors) obstacles.push({ kind: 'incomplete' });
  if (input.hasPracticeAccounts) obstacles.push({ kind: 'practice-accounts' });
  if (!input.hasRecoveryKey) obstacles.push({ kind: 'no-recovery-key' });
  return obstacles;
}

/** What must be settled before the rehearsal begins: nothing real may be on its way. */
export function rehearsalObstacles({
  owed,
  isBusy,
}: {
  readonly owed: number;
  readonly isBusy: boolean;
}): ModeObstacle[] {
  const obstacles: ModeObstacle[] = [];
  if (isBusy) obstacles.push({ kind: 'busy' });
  if (owed > 0) obstacles.push({ kind: 'owed', count: owed });
  return obstacles;
}

/** The entries that no certificate can be signed and sent without. */
export const neededEntries = [
  'endpoint',
  'mandantId',
  'clientSystemId',
  'workplaceId',
  'kimAddress',
  'password',
  'kimHost',
  'smtpPort',
  'pop3Port',
  'directoryHost',
  'directoryPort',
] as const satisfies readonly (keyof ConnectionEntries)[];

/** Which of them are still empty. */
export function missingEntries(entries: ConnectionEntries): (typeof neededEntries)[number][] {
  return neededEntries.filter((key) => entries[key].trim() === '');
}
