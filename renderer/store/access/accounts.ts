import { ed25519 } from '@noble/curves/ed25519.js';
import { fromByteArray, toByteArray } from 'base64-js';
import { holdsClinicalKey, type Role } from '../../domain/roles';
import { newKey, randomBytes } from '../sealing';
import { saltBytes, type DeriveKey } from './derive-key';
import { sealFormer } from './former-keys';
import type { Derivation, Header, User, VaultKind } from './header';
import type { Keyring } from './keyring';
import { recoveryKeyCheck } from './recovery-key';
import { newSealingPair } from './sealing-pair';
import { ownKey, sealHeader, wrapFor, wrapForRecovery, wrapSigningKey } from './wrapping';

/** Making accounts: pure of storage and screens. */

/** The practice's two keys, as a new user gets them. */
export interface PracticeKeys {
  readonly practice: Uint8Array;
  readonly clinical: Uint8Array;
  /** The clinical keys of before, oldest first. */
  readonly former?: readonly Uint8Array[];
}

/** Somebody who is to get an account. */
export interface NewUser {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
  readonly isPractice?: boolean;
  /** A TOTP secret that was confirmed with a code, and the step of that code. */
  readonly secondFactor: { readonly secret: Uint8Array; readonly step: number } | null;
}

export interface AccountMeans {
  readonly deriveKey: DeriveKey;
  readonly cost: Pick<Derivation, 'memory' | 'passes' | 'lanes'>;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** For made-up accounts: their passphrase is published, there is nothing to protect by stretching it. */
const practiceCost = { memory: 8_192, passes: 1, lanes: 1 } as const;

/** Two fresh keys. */
export function newPracticeKeys(): PracticeKeys {
  return { practice: newKey(), clinical: newKey() };
}

/** A user with the keys wrapped for them. `clinical` may be `null` only for a role that holds none. */
export async function makeUser(
  means: AccountMeans,
  user: NewUser,
  keys: { readonly practice: Uint8Array; readonly clinical: Uint8Array | null },
  machineSecret: Uint8Array | null,
  id: string = means.newId(),
): Promise<User> {
  const cost = user.isPractice === true ? practiceCost : means.cost;
  const derivation: Derivation = { kind: 'argon2id', ...cost, salt: fromByteArray(randomBytes(saltBytes)) };
  const own = ownKey(await means.deriveKey(user.passphrase, derivation), machineSecret);
  const isClinical = holdsClinicalKey(user.role);
  const clinical = isClinical ? keys.clinical : null;
  if (isClinical && clinical === null) throw new Error(`A ${user.role} needs the clinical key.`);
  return {
    id,
    name: user.name.trim(),
    role: user.role,
    isPractice: user.isPractice ?? false,
    derivation,
    practiceKey: wrapFor(own, id, 'practice', keys.practice),
    clinicalKey: clinical === null ? null : wrapFor(own, id, 'clinical', clinical),
    ...(clinical === null ? {} : { sealing: newSealingPair(own, id, clinical) }),
    secondFactor:
      user.secondFactor === null
        ? null
        : {
            secret: wrapFor(own, id, 'second-factor', user.secondFactor.secret),
            lastStep: user.secondFactor.step,
          },
    since: means.now().toISOString(),
  };
}

/** The part of a header that says how the recovery key opens the vault. */
export function recoveryOf(recoveryKey: Uint8Array, keys: PracticeKeys, now: Date): Header['recovery'] {
  return {
    ...wrapForRecovery(recoveryKey, keys),
    check: recoveryKeyCheck(recoveryKey),
    printedAt: now.toISOString(),
  };
}

/** A whole new header for these keys. Throws where nobody in it could issue, or look after the accounts. */
export async function makeHeader(
  means: AccountMeans & { readonly keyring: Keyring },
  users: readonly NewUser[],
  keys: PracticeKeys,
  recoveryKey: Uint8Array | null,
  kind: VaultKind,
): Promise<Header> {
  if (kind === 'live' && users.some(({ isPractice }) => isPractice === true))
    throw new Error('A made-up account opens no vault of a practice.');
  if (!hasEveryNeededRole(users)) throw new Error('A practice needs a doctor and an administrator.');
  const secret = newKey();
  const kept = await means.keyring.protect(secret);
  const made: User[] = [];
  // One after the other: each takes 64 MiB.
  for (const user of users) made.push(await makeUser(means, user, keys, kept === null ? null : secret));
  const signing = ed25519.keygen();
  return sealHeader(keys.practice, {
    version: 1,
    kind,
    revision: 1,
    createdAt: means.now().toISOString(),
    users: made,
    recovery: recoveryKey === null ? null : recoveryOf(recoveryKey, keys, means.now()),
    ...(keys.former === undefined ? {} : { formerKeys: sealFormer(keys.former, keys.clinical) }),
    machine: kept === null ? null : { secret: fromByteArray(kept) },
    signing: {
      publicKey: fromByteArray(signing.publicKey),
      secretKey: wrapSigningKey(keys.practice, signing.secretKey),
    },
  });
}

/** Without a doctor nothing is issued, without an administrator nobody can be let in any more. */
export function hasEveryNeededRole(users: readonly { readonly role: Role }[]): boolean {
  return users.some(({ role }) => role === 'doctor') && users.some(({ role }) => role === 'administrator');
}

/** The machine's secret as the keyring gives it back; `lost`: the header wants one, and this machine doesn't have it. */
export async function machineSecretOf(
  header: Header,
  keyring: Keyring,
): Promise<{ kind: 'secret'; secret: Uint8Array | null } | { kind: 'lost' }> {
  if (header.machine === null) return { kind: 'secret', secret: null };
  const secret = await keyring.open(toByteArray(header.machine.secret));
  return secret === null ? { kind: 'lost' } : { kind: 'secret', secret };
}
