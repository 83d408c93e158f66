import { ed25519 } from '@noble/curves/ed25519.js';
import { fromByteArray, toByteArray } from 'base64-js';
import { holdsClinicalKey, may, type Role } from '../../domain/roles';
import { needsSecondFactor, personOf, type Access, type LogIn, type Person, type Session } from './access';
import { hasEveryNeededRole, machineSecretOf, makeUser, recoveryOf, type NewUser, type PracticeKeys } from './accounts';
import type { Header, User } from './header';
import { openFormer } from './former-keys';
import { readRecoveryKey } from './recovery-key';
import { withRenewalDue } from './renewal';
import { newSealingPair } from './sealing-pair';
import { checkCode } from './second-factor';
import { isHeaderIntact, unwrapByRecovery, unwrapFor, unwrapSigningKey, userIn, wrapFor } from './wrapping';

/** Why an account stays as it is. */
export type AccountRefusal =
  | 'not-allowed'
  | 'header-changed'
  | 'keyring-lost'
  /** It is gone meanwhile. */
  | 'no-user'
  | 'name-taken'
  /** Nobody removes or demotes themselves: there would be no way back. */
  | 'own-account'
  /** The last doctor, or the last administrator. */
  | 'last-of-role'
  /** The clinical key has to come from somebody who holds it, or from the recovery key. */
  | 'needs-consent'
  | 'wrong-code'
  /** No room to write it. */
  | 'no-room';

export type AccountChange =
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused'; readonly reason: AccountRefusal }
  | Exclude<LogIn, { kind: 'open' | 'second-factor' }>;

export type RecoveryOpening =
  /** `people`: whose passphrase may be set anew. `null`: the accounts can't be relied on (changed, or another machine's): all are made anew. */
  | { readonly kind: 'opened'; readonly keys: PracticeKeys; readonly people: readonly Person[] | null }
  /** Mistyped, in this group if that can be told. */
  | { readonly kind: 'not-a-key'; readonly group: number | null }
  /** A well-formed key, of another vault or of an earlier sheet. `check`: the last group of the sheet that opens. */
  | { readonly kind: 'wrong-key'; readonly check: string }
  | { readonly kind: 'no-recovery' };

type HeaderBody = Omit<Header, 'mac'>;

/** What is done to the accounts by somebody who is in, or who holds the recovery key. */
export class Administration {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  /** A new account. Its owner types the passphrase; `clinical` comes by `consent` or by the recovery key. */
  async add(by: Session, user: NewUser, clinical: Uint8Array | null): Promise<AccountChange> {
    if (!may(by.user.role, 'users')) return refused('not-allowed');
    if (holdsClinicalKey(user.role) && clinical === null) return refused('needs-consent');
    return this.#withMachine(async (machineSecret, header) => {
      if (hasName(header, user.name, null)) return refused('name-taken');
      const made = await makeUser(this.#accountMeans(), user, { ...by.keys, clinical }, machineSecret);
      return this.#change(by.keys.practice, (body) => ({ ...body, users: [...body.users, made] }));
    });
  }

  async remove(by: Session, userId: string): Promise<AccountChange> {
    if (!may(by.user.role, 'users')) return refused('not-allowed');
    if (by.user.id === userId) return refused('own-account');
    return this.#checked(by.keys.practice, (body) => {
      const user = userIn(body, userId);
      // Gone already: that is what was wanted.
      if (user === null) return body;
      const without = { ...body, users: body.users.filter(({ id }) => id !== userId) };
      return withRenewalDue(without, user, this.#access.means.clock.now());
    });
  }

  async rename(by: Session, userId: string, name: string): Promise<AccountChange> {
    if (!may(by.user.role, 'users')) return refused('not-allowed');
    return this.#checked(by.keys.practice, (body) =>
      hasName(body, name, userId) ? 'name-taken' : withUser(body, userId, (user) => ({ ...user, name: name.trim() })),
    );
  }

  /**
   * Another role. From administrator to doctor or assistant the clinical key is wrapped for them: for that their own passphrase is needed
   * (`theirs`: their session, opened by it) and somebody's consent.
   */
  async changeRole(
    by: Session,
    userId: string,
    role: Role,
    clinical: { readonly theirs: Session; readonly key: Uint8Array } | null,
  ): Promise<AccountChange> {
    if (!may(by.user.role, 'users')) return refused('not-allowed');
    if (by.user.id === userId) return refused('own-account');
    return this.#checked(by.keys.practice, (body) => {
      const user = userIn(body, userId);
      if (user === null) return 'no-user';
      const bare = { ...user, clinicalFor: undefined, sealing: undefined };
      if (!holdsClinicalKey(role)) {
        const changed = withUser(body, userId, () => ({ ...bare, role, clinicalKey: null }));
        // The key that they held is in their memory, or could be: it is as if they had left.
        return withRenewalDue(changed, user, this.#access.means.clock.now());
      }
      if (holdsClinicalKey(user.role)) return withUser(body, userId, (one) => ({ ...one, role }));
      if (clinical?.theirs.user.id !== userId) return 'needs-consent';
      const { theirs, key } = clinical;
      const clinicalKey = wrapFor(theirs.own, userId, 'clinical', key);
      const sealing = newSealingPair(theirs.own, userId, key);
      return withUser(body, userId, () => ({ ...bare, role, clinicalKey, sealing }));
    });
  }

  /** One's own new passphrase; the second factor stays. */
  async changePassphrase(by: Session, present: string, next: string): Promise<AccountChange & { session?: Session }> {
    const opened = await this.#access.openByPassphrase(by.user.id, present);
    if (opened.kind !== 'opened') return opened;
    const { user, session } = opened;
    const secret =
      user.secondFactor === null ? null : unwrapFor(session.own, user.id, 'second-factor', user.secondFactor.secret);
    const secondFactor =
      user.secondFactor === null || secret === null ? null : { secret, step: user.secondFactor.lastStep };
    const changed = await this.#replace(session.keys, user, next, secondFactor);
    if (changed.kind !== 'changed') return changed;
    // The one moment in which old and new are both at hand: the new one is proven before anybody relies on it.
    const proven = await this.#access.openByPassphrase(user.id, next);
    return proven.kind === 'opened' ? { kind: 'changed', session: proven.session } : refused('header-changed');
  }

  /** A forgotten passphrase: its owner types a new one. The second factor goes and is set up again. */
  async resetPassphrase(
    keys: { readonly practice: Uint8Array; readonly clinical: Uint8Array | null },
    userId: string,
    next: string,
  ): Promise<AccountChange> {
    const reading = await this.#access.read();
    const user = reading.kind === 'header' ? userIn(reading.header, userId) : null;
    if (user === null) return refused('no-user');
    if (holdsClinicalKey(user.role) && keys.clinical === null) return refused('needs-consent');
    const changed = await this.#replace(keys, user, next, null);
    if (changed.kind === 'changed') await this.#access.means.failures.saveFailures(userId, null);
    return changed;
  }

  /** Sets up one's own second factor: it counts once a code of it was typed. */
  async enrol(by: Session, secret: Uint8Array, code: string): Promise<AccountChange> {
    const checked = checkCode(secret, code, this.#access.means.clock.now(), 0);
    if (checked.kind !== 'right') return refused('wrong-code');
    const sealed = wrapFor(by.own, by.user.id, 'second-factor', secret);
    return this.#change(by.keys.practice, (body) =>
      withUser(body, by.user.id, (user) => ({ ...user, secondFactor: { secret: sealed, lastStep: checked.step } })),
    );
  }

  /** A lost telephone: another administrator takes the second factor away, and at the next log-in or export it is set up again. */
  async forgetSecondFactor(by: Session, userId: string): Promise<AccountChange> {
    if (!may(by.user.role, 'users')) return refused('not-allowed');
    if (by.user.id === userId) return refused('own-account');
    return this.#checked(by.keys.practice, (body) =>
      withUser(body, userId, (user) => ({ ...user, secondFactor: null })),
    );
  }

  /** The clinical key from somebody who holds it and stands by: their passphrase is the consent. */
  async consent(
    userId: string,
    passphrase: string,
  ): Promise<
    { readonly kind: 'consent'; readonly clinical: Uint8Array } | Exclude<LogIn, { kind: 'open' | 'second-factor' }>
  > {
    const opened = await this.#access.openByPassphrase(userId, passphrase);
    if (opened.kind !== 'opened') return opened;
    const { clinical } = opened.session.keys;
    return clinical === null ? { kind: 'wrong-passphrase', waitMs: 0 } : { kind: 'consent', clinical };
  }

  /** Somebody's own half, opened by themselves: for what is wrapped under their own key. */
  async openOwn(
    userId: string,
    passphrase: string,
  ): Promise<
    { readonly kind: 'opened'; readonly session: Session } | Exclude<LogIn, { kind: 'open' | 'second-factor' }>
  > {
    const opened = await this.#access.openByPassphrase(userId, passphrase);
    return opened.kind === 'opened' ? { kind: 'opened', session: opened.session } : opened;
  }

  /** A new recovery key takes the old one's place: the old sheet is worth nothing from then on. */
  async setRecoveryKey(by: Session, recoveryKey: Uint8Array, clinical: Uint8Array): Promise<AccountChange> {
    if (!may(by.user.role, 'users')) return refused('not-allowed');
    const recovery = recoveryOf(recoveryKey, { practice: by.keys.practice, clinical }, this.#access.means.clock.now());
    return this.#change(by.keys.practice, (body) => ({ ...body, recovery }));
  }

  /** Opens both keys by the printed key. Works on any machine and without any passphrase. */
  async openByRecoveryKey(typed: string): Promise<RecoveryOpening> {
    const read = readRecoveryKey(typed);
    if (read.kind === 'not-a-key') return { kind: 'not-a-key', group: read.group };
    const reading = await this.#access.read();
    if (reading.kind !== 'header' || reading.header.recovery === null) return { kind: 'no-recovery' };
    const { header } = reading;
    const keys = unwrapByRecovery(read.key, reading.header.recovery);
    if (keys === null) return { kind: 'wrong-key', check: reading.header.recovery.check };
    const machine = await machineSecretOf(header, this.#access.means.keyring);
    const isReliable = machine.kind === 'secret' && isHeaderIntact(keys.practice, header);
    const former = openFormer(header, keys.clinical);
    const opened = former === null ? keys : { ...keys, former };
    return { kind: 'opened', keys: opened, people: isReliable ? header.users.map(personOf) : null };
  }

  /** Signs a file that leaves the program, with the installation's own key (Ed25519). `null`: the accounts were changed from outside. */
  async sign(
    by: Session,
    bytes: Uint8Array,
  ): Promise<{ readonly signature: Uint8Array; readonly publicKey: Uint8Array } | null> {
    const reading = await this.#access.read();
    if (reading.kind !== 'header' || !isHeaderIntact(by.keys.practice, reading.header)) return null;
    const secret = unwrapSigningKey(by.keys.practice, reading.header.signing.secretKey);
    if (secret === null) return null;
    return { signature: ed25519.sign(bytes, secret), publicKey: toByteArray(reading.header.signing.publicKey) };
  }

  #accountMeans() {
    return { ...this.#access.means, now: () => this.#access.means.clock.now() };
  }

  async #replace(
    keys: { readonly practice: Uint8Array; readonly clinical: Uint8Array | null },
    user: User,
    passphrase: string,
    secondFactor: NewUser['secondFactor'],
  ): Promise<AccountChange> {
    return this.#withMachine(async (machineSecret) => {
      const { name, role, isPractice, since } = user;
      const made = await makeUser(
        this.#accountMeans(),
        { name, role, isPractice, passphrase, secondFactor },
        keys,
        machineSecret,
        user.id,
      );
      return this.#change(keys.practice, (body) => withUser(body, user.id, () => ({ ...made, since })));
    });
  }

  /** With the machine's secret; where the keyring has lost it, a new one takes its place only through a recovery. */
  async #withMachine(
    work: (secret: Uint8Array | null, header: Header) => Promise<AccountChange>,
  ): Promise<AccountChange> {
    const reading = await this.#access.read();
    if (reading.kind !== 'header') return refused('header-changed');
    const machine = await machineSecretOf(reading.header, this.#access.means.keyring);
    if (machine.kind === 'lost') return refused('keyring-lost');
    return work(machine.secret, reading.header);
  }

  /** A change that may be refused by what the header holds, and that must leave a doctor and an administrator. */
  async #checked(
    practiceKey: Uint8Array,
    change: (body: HeaderBody) => HeaderBody | AccountRefusal,
  ): Promise<AccountChange> {
    const refusals: AccountRefusal[] = [];
    const changed = await this.#access.change(practiceKey, (body) => {
      const next = change(body);
      if (typeof next === 'string') refusals.push(next);
      else if (!hasEveryNeededRole(next.users)) refusals.push('last-of-role');
      else return next;
      return body;
    });
    const [refusal] = refusals;
    if (changed.kind !== 'changed') return refused(changed.kind);
    return refusal === undefined ? { kind: 'changed' } : refused(refusal);
  }

  async #change(practiceKey: Uint8Array, change: (body: HeaderBody) => HeaderBody): Promise<AccountChange> {
    const changed = await this.#access.change(practiceKey, change);
    return changed.kind === 'changed' ? { kind: 'changed' } : refused(changed.kind);
  }
}

/** The public half of the installation's signing key, in base64: printed on the recovery sheet, so that exported files can be checked. */
export function publicKeyText(header: Pick<Header, 'signing'>): string {
  return fromByteArray(toByteArray(header.signing.publicKey));
}

/** Whether an account may go without a second factor for now. */
export function isFactorMissing(user: { readonly role: Role; readonly hasSecondFactor: boolean }): boolean {
  return needsSecondFactor(user.role) && !user.hasSecondFactor;
}

function refused(reason: AccountRefusal): { kind: 'refused'; reason: AccountRefusal } {
  return { kind: 'refused', reason };
}

function withUser(body: HeaderBody, id: string, change: (user: User) => User): HeaderBody {
  return { ...body, users: body.users.map((user) => (user.id === id ? change(user) : user)) };
}

function hasName(body: Pick<Header, 'users'>, name: string, exceptId: string | null): boolean {
  const wanted = name.trim().toLocaleLowerCase('de');
  return body.users.some((user) => user.id !== exceptId && user.name.toLocaleLowerCase('de') === wanted);
}
