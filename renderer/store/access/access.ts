import type { Clock } from '../../domain/clock';
import { canonicalJson } from '../../domain/event-chain';
import { holdsClinicalKey, type Actor, type Role } from '../../domain/roles';
import { storageFailure } from '../failures';
import type { OpenKeys } from '../open-keys';
import {
  machineSecretOf,
  makeHeader,
  newPracticeKeys,
  type AccountMeans,
  type NewUser,
  type PracticeKeys,
} from './accounts';
import { BackOff, type FailureStore } from './back-off';
import { headerSchema, type Header, type HeaderStore, type User, type VaultKind } from './header';
import type { Keyring } from './keyring';
import { openFormer } from './former-keys';
import { newSealingPair, openForUser } from './sealing-pair';
import { checkCode } from './second-factor';
import { UsedCodes, type OtherWindows } from './used-codes';
import { isHeaderIntact, ownKey, sealHeader, unwrapFor, userIn } from './wrapping';

/** A user as the log-in screen shows them. */
export interface Person extends Actor {
  readonly id: string;
  readonly isPractice: boolean;
  readonly hasSecondFactor: boolean;
}

/** Somebody who is logged in, with the keys they may have. */
export interface Session {
  readonly user: Person;
  readonly keys: OpenKeys;
  /** An administrator without a second factor: it is set up before anything else. */
  readonly mustEnrol: boolean;
  /** The user's own key, which wraps what is only theirs. Never leaves memory. */
  readonly own: Uint8Array;
}

/** What came of a try to log in. `waitMs`: how long this user now has to wait. */
export type LogIn =
  | { readonly kind: 'open'; readonly session: Session }
  /** The passphrase was right; now the code. */
  | { readonly kind: 'second-factor'; readonly confirm: (code: string) => Promise<LogIn> }
  | { readonly kind: 'wrong-passphrase'; readonly waitMs: number }
  | { readonly kind: 'wrong-code'; readonly waitMs: number }
  /** The code was used before; or the machine's clock was set back. */
  | { readonly kind: 'used-code'; readonly waitMs: number }
  /** The code is right, there is no room to write down that it is used, and the program has not run long enough to know of every code that can still count. */
  | { readonly kind: 'code-not-kept'; readonly waitMs: number }
  | { readonly kind: 'waiting'; readonly waitMs: number }
  /** The accounts were changed from outside this program: nobody is let in by them. */
  | { readonly kind: 'header-changed' }
  /** Another browser of this practice had changed the accounts since: now they are so here too. To be tried again. */
  | { readonly kind: 'accounts-newer' }
  /** This machine's keyring does not give its part: only the recovery key opens. */
  | { readonly kind: 'keyring-lost' };

/** What was found where the header should be. */
export type HeaderReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'damaged'; readonly text: string };

export interface AccessMeans extends Omit<AccountMeans, 'now'> {
  /** Whose vault this is: a header of the other one, put in its place, is not read. */
  readonly kind: VaultKind;
  readonly headers: HeaderStore;
  readonly failures: FailureStore;
  readonly keyring: Keyring;
  readonly clock: Clock;
  /** Milliseconds that only ever go up, such as `performance.now`. */
  readonly ticks: () => number;
  /** Left out where there is but one window. */
  readonly windows?: OtherWindows | null;
}

/** What became of changing the header. */
export type HeaderChange =
  | { readonly kind: 'changed'; readonly header: Header }
  | { readonly kind: 'header-changed' }
  | { readonly kind: 'no-room' };

/** Who may open the vault, and the way in. What only somebody who is in may do stands in `administration.ts`. */
export class Access {
  readonly means: AccessMeans;
  readonly #backOff: BackOff;
  readonly #used: UsedCodes;

  constructor(means: AccessMeans) {
    this.means = means;
    this.#backOff = new BackOff(means.failures, means.clock, means.ticks);
    this.#used = new UsedCodes(means.ticks, means.windows ?? null);
  }

  /** The header as it is stored now. */
  async read(): Promise<HeaderReading> {
    const stored = await this.means.headers.load();
    if (stored === null) return { kind: 'none' };
    const parsed = headerSchema.safeParse(stored);
    if (!parsed.success)
      return { kind: 'damaged', text: parsed.error.issues.map(({ path }) => path.join('.')).join(', ') };
    // One without a kind was made before there were two vaults, and stands where the rehearsal's stands now.
    const { kind = 'rehearsal' } = parsed.data;
    return kind === this.means.kind ? { kind: 'header', header: parsed.data } : { kind: 'damaged', text: 'kind' };
  }

  /** Everybody who has an account, in the order they were added. */
  async people(): Promise<readonly Person[]> {
    const reading = await this.read();
    return reading.kind === 'header' ? reading.header.users.map(personOf) : [];
  }

  /**
   * The vault's first header, with fresh keys; nothing may be stored under them before this has resolved. Throws where there is one already: its
   * keys would be lost.
   */
  async found(users: readonly NewUser[], recoveryKey: Uint8Array | null): Promise<void> {
    if ((await this.read()).kind !== 'none') throw new Error('There is a vault here already.');
    await this.foundWith(users, newPracticeKeys(), recoveryKey);
  }

  /** The same for keys that there are already: after a recovery. */
  async foundWith(users: readonly NewUser[], keys: PracticeKeys, recoveryKey: Uint8Array | null): Promise<void> {
    const means = { ...this.means, now: () => this.means.clock.now() };
    await this.means.headers.save(await makeHeader(means, users, keys, recoveryKey, this.means.kind));
  }

  /** Milliseconds until this user may try again. */
  async waiting(userId: string): Promise<number> {
    return this.#backOff.waiting(userId);
  }

  /** Tries a passphrase. Takes half a second, by intent. Throws where no such user is in the header, which is a bug of the screen. */
  async logIn(userId: string, passphrase: string): Promise<LogIn> {
    const opened = await this.openByPassphrase(userId, passphrase);
    if (opened.kind !== 'opened') return opened;
    const { session, user } = opened;
    const { secondFactor } = user;
    if (secondFactor === null || !needsSecondFactor(user.role)) return { kind: 'open', session };
    return { kind: 'second-factor', confirm: (code) => this.confirmCode(session, code) };
  }

  /**
   * Checks a session's user's code: at an administrator's log-in, and before every export. Counts as `logIn` does. Without room a code counts as used in memory: nobody is
   * kept out for it, and it works once all the same.
   */
  async confirmCode(session: Session, code: string): Promise<LogIn> {
    const { id } = session.user;
    const waitMs = await this.#backOff.waiting(id);
    if (waitMs > 0) return { kind: 'waiting', waitMs };
    const reading = await this.read();
    const user = reading.kind === 'header' ? userIn(reading.header, id) : null;
    if (reading.kind !== 'header' || user === null || !isHeaderIntact(session.keys.practice, reading.header))
      return { kind: 'header-changed' };
    const { secondFactor } = user;
    if (secondFactor === null) return { kind: 'wrong-code', waitMs: 0 };
    const secret = unwrapFor(session.own, id, 'second-factor', secondFactor.secret);
    if (secret === null) return { kind: 'header-changed' };
    const counted = await this.#backOff.count(id);
    const lastStep = this.#used.lastStep(id, secondFactor.lastStep);
    const checked = checkCode(secret, code, this.means.clock.now(), lastStep);
    if (checked.kind === 'wrong') return { kind: 'wrong-code', waitMs: counted.waitMs };
    if (checked.kind === 'used') return { kind: 'used-code', waitMs: counted.waitMs };
    // At once: nobody uses it a second time while it is being written down.
    this.#used.note(id, checked.step);
    const kept = await this.change(session.keys.practice, (header) => ({
      ...header,
      users: header.users.map((one) =>
        one.id === id ? { ...one, secondFactor: { ...secondFactor, lastStep: checked.step } } : one,
      ),
    }));
    const { waitMs: untilKnown } = this.#used;
    if (kept.kind === 'no-room' && untilKnown > 0) {
      await this.#backOff.uncount(id, counted);
      return { kind: 'code-not-kept', waitMs: untilKnown };
    }
    await this.#backOff.forgive(id);
    return { kind: 'open', session };
  }

  /** Opens a user's keys by passphrase alone: the first half of logging in, and the consent of somebody who stands by. */
  async openByPassphrase(
    userId: string,
    passphrase: string,
  ): Promise<
    | { readonly kind: 'opened'; readonly session: Session; readonly user: User }
    | Extract<LogIn, { kind: 'wrong-passphrase' | 'waiting' | 'header-changed' | 'accounts-newer' | 'keyring-lost' }>
  > {
    const waitMs = await this.#backOff.waiting(userId);
    if (waitMs > 0) return { kind: 'waiting', waitMs };
    // Enter pressed too early is no guess.
    if (passphrase === '') return { kind: 'wrong-passphrase', waitMs: 0 };
    const reading = await this.read();
    if (reading.kind !== 'header') return { kind: 'header-changed' };
    const user = userIn(reading.header, userId);
    if (user === null) return { kind: 'header-changed' };
    const machine = await machineSecretOf(reading.header, this.means.keyring);
    if (machine.kind === 'lost') return { kind: 'keyring-lost' };
    const counted = await this.#backOff.count(userId);
    const newer = await this.#newer(reading.header);
    const open = async (one: User) => {
      const key = ownKey(await this.means.deriveKey(passphrase, one.derivation), machine.secret);
      return { own: key, practice: unwrapFor(key, userId, 'practice', one.practiceKey) };
    };
    const { own, practice } = await open(user);
    // Where another browser has a newer header, the passphrase may be a newer one too.
    const there = newer === null ? null : userIn(newer, userId);
    const proven = practice ?? (there === null ? null : (await open(there)).practice);
    if (newer !== null && proven !== null && [newer, reading.header].every((one) => isHeaderIntact(proven, one))) {
      await this.means.headers.save(newer);
      await this.#backOff.uncount(userId, counted);
      // Nothing to tell of where only a code was used elsewhere. Without room for it here, the next start would only find the same again.
      return this.means.headers.isHeld?.() === true || isSameButSteps(newer, reading.header)
        ? this.openByPassphrase(userId, passphrase)
        : { kind: 'accounts-newer' };
    }
    if (practice === null) return { kind: 'wrong-passphrase', waitMs: counted.waitMs };
    const clinical = clinicalKeyOf(user, own);
    const former = clinical === null ? [] : openFormer(reading.header, clinical);
    const isWhole = holdsClinicalKey(user.role) === (clinical !== null) && former !== null;
    if (!isWhole || !isHeaderIntact(practice, reading.header)) return { kind: 'header-changed' };
    if (clinical !== null && user.sealing === undefined) await this.#givePair(practice, userId, own, clinical);
    // Whoever still owes a code is not forgiven yet: else the passphrase alone would reset the counting of wrong codes.
    if (!needsSecondFactor(user.role) || user.secondFactor === null) await this.#backOff.forgive(userId);
    else await this.#backOff.uncount(userId, counted);
    const mustEnrol = needsSecondFactor(user.role) && user.secondFactor === null;
    const keys = { practice, clinical, former };
    return { kind: 'opened', user, session: { user: personOf(user), keys, mustEnrol, own } };
  }

  /**
   * A copy of the header that says it is newer: who was removed in one browser, is to be in the other too. It counts if it is sealed by the same practice key.
   * `null` for one of another machine, whose keyring would be asked for.
   */
  async #newer(header: Header): Promise<Header | null> {
    const newer = (await this.means.headers.newer?.(header)) ?? null;
    if (newer === null) return null;
    return newer.kind === header.kind && newer.machine?.secret === header.machine?.secret ? newer : null;
  }

  /** Whether the clinical key has to be renewed, and because of whom. */
  async renewalDue(): Promise<Header['renewalDue'] | null> {
    const reading = await this.read();
    return reading.kind === 'header' ? (reading.header.renewalDue ?? null) : null;
  }

  /** An account made before there were pairs gets its own at its first log-in with room for it. */
  async #givePair(practice: Uint8Array, userId: string, own: Uint8Array, clinical: Uint8Array): Promise<void> {
    const sealing = newSealingPair(own, userId, clinical);
    await this.change(practice, (body) => ({
      ...body,
      users: body.users.map((user) => (user.id === userId ? { ...user, sealing } : user)),
    }));
  }

  /** Changes the header, if it is intact, and seals it anew. `null`: it stays as it is. `no-room`: neither browser nor host could write it. */
  async change(
    practiceKey: Uint8Array,
    change: (header: Omit<Header, 'mac'>) => Omit<Header, 'mac'> | null,
  ): Promise<HeaderChange> {
    const reading = await this.read();
    if (reading.kind !== 'header' || !isHeaderIntact(practiceKey, reading.header)) return { kind: 'header-changed' };
    const changed = change(reading.header);
    if (changed === null) return { kind: 'changed', header: reading.header };
    const sealed = sealHeader(practiceKey, { ...changed, revision: reading.header.revision + 1 });
    try {
      await this.means.headers.save(headerSchema.parse(sealed));
    } catch (error) {
      if (storageFailure(error).reason === 'full') return { kind: 'no-room' };
      throw error;
    }
    return { kind: 'changed', header: sealed };
  }
}

function clinicalKeyOf({ id, clinicalKey, clinicalFor, sealing }: User, own: Uint8Array): Uint8Array | null {
  if (clinicalFor !== undefined && sealing !== undefined) return openForUser(own, id, sealing, clinicalFor);
  return clinicalKey === null ? null : unwrapFor(own, id, 'clinical', clinicalKey);
}

/** Whether two headers differ in nothing but which codes were used. */
function isSameButSteps(one: Header, other: Header): boolean {
  const bare = ({ users, ...rest }: Header) => ({
    ...rest,
    ...{ revision: 0, mac: '' },
    users: users.map((user) =>
      user.secondFactor === null ? user : { ...user, secondFactor: { ...user.secondFactor, lastStep: 0 } },
    ),
  });
  return canonicalJson(bare(one)) === canonicalJson(bare(other));
}

/** A stored user as screens see them: no key, no salt. */
export function personOf({ id, name, role, isPractice, secondFactor }: User): Person {
  return { id, name, role, isPractice, hasSecondFactor: secondFactor !== null };
}

/** Whether this role has to name a code at log-in. */
export function needsSecondFactor(role: Role): boolean {
  return role === 'administrator';
}
