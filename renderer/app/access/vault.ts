import type { Host } from '../../../electron/contract/host';
import { systemClock } from '../../domain/clock';
import type { AuditDetail } from '../../domain/audit';
import { holdsClinicalKey, type Actor } from '../../domain/roles';
import { FreshFactor } from '../../outbox/fresh-factor';
import type { Office, Obstacle } from '../../outbox/office';
import { Access, type HeaderReading, type LogIn, type Session } from '../../store/access/access';
import { StoredAccess } from '../../store/access/access-database';
import { ArchivedHeader } from '../../store/access/archived-header';
import { Administration } from '../../store/access/administration';
import { windowsOf } from '../../store/access/used-codes';
import { usualCost } from '../../store/access/derive-key';
import { deriveKeyBeside } from '../../store/access/derive-key-beside';
import type { HostJournal } from '../../store/archive/host-journal';
import { vaultName } from '../../store/database';
import { NotWritten, type StorageFailure } from '../../store/failures';
import type { Setup, Store } from '../../store/store';
import { connectHost } from '../host-connection';
import type { OpenedOffice } from '../open-office';
import { Kept } from '../parts/kept';
import { dropUnsaved, writeUnsaved } from '../parts/unsaved';
import { restoredFrom } from './restored-from';
import { ChainWatch } from '../trail/chain-watch';
import { ViewNoting } from '../trail/view-noting';
import { hostKeyring } from './host-keyring';
import type { FirstAccounts } from './own-accounts';
import { practiceAccounts } from './practice-accounts';
import { hostFor, type VaultPlace } from './vault-places';

/** How the vault stands at the program's start. */
export type VaultStanding =
  /** Nobody has an account yet. `isUpgrade`: but there are data of a version that had none. */
  | { readonly kind: 'new'; readonly isUpgrade: boolean }
  | { readonly kind: 'closed' }
  /** There are data and no header to open them with. */
  | { readonly kind: 'header-lost' }
  | { readonly kind: 'header-damaged'; readonly text: string };

/** What came of opening the office with somebody's keys. */
export type OfficeOpening =
  | { readonly kind: 'ready'; readonly office: Office; readonly obstacle: Obstacle | null }
  | { readonly kind: 'first-start'; readonly office: Office }
  | { readonly kind: 'host-gone'; readonly text: string }
  /** Another window of this browser is at work: two never write at once. */
  | { readonly kind: 'other-window' }
  | StorageFailure;

/**
 * The vault in this window: who is logged in, and the office that their keys opened. Locking only hides the screens; the keys stay here
 * until log-off, and the outbox goes on with them.
 */
export class Vault {
  readonly place: VaultPlace;
  readonly host: Host;
  readonly clock = systemClock;
  readonly access: Access;
  readonly administration: Administration;
  /** Who is logged in; `null`: nobody. */
  readonly session = new Kept<Session | null>(null);
  /** Whether the chain of events holds. */
  readonly chain = new ChainWatch(() => this.clock.now());
  /** Who saw which certificate. */
  readonly views = new ViewNoting(() => this.clock.now());
  /** The second factor as the office asks for it. */
  readonly factor = new FreshFactor(() => performance.now());
  #opened: OpenedOffice | null = null;
  /** What no open store could note yet. */
  readonly #untold: AuditDetail[] = [];
  #stop: () => Promise<void> = () => Promise.resolve();
  /** Lineages of restored journals of which it was said already. */
  readonly #settled = new Set<string>();
  /** Whose turn is just ending: what is still written belongs to them. */
  #lastAtWork: Actor | null = null;

  constructor(place: VaultPlace) {
    this.place = place;
    this.host = hostFor(connectHost(), place);
    const stored = new StoredAccess(place.database);
    this.access = new Access({
      kind: place.kind,
      headers: new ArchivedHeader(stored, this.host.archive),
      failures: stored,
      keyring: hostKeyring(this.host),
      clock: this.clock,
      ticks: () => performance.now(),
      windows: windowsOf(place.database),
      deriveKey: deriveKeyBeside,
      cost: usualCost,
      newId: () => crypto.randomUUID(),
    });
    this.administration = new Administration(this.access);
  }

  /** Looks without opening anything. */
  async standing(): Promise<VaultStanding> {
    const reading: HeaderReading = await this.access.read();
    if (reading.kind === 'header') return { kind: 'closed' };
    if (reading.kind === 'damaged') return { kind: 'header-damaged', text: reading.text };
    const names = (await indexedDB.databases()).map(({ name }) => name);
    if (names.includes(vaultName(this.place.database))) return { kind: 'header-lost' };
    return { kind: 'new', isUpgrade: names.includes(this.place.database) };
  }

  /** Who is at work, for every event. */
  readonly actor = (): Actor => {
    const user = this.session.get()?.user ?? this.#lastAtWork;
    if (user === null) throw new Error('Nobody is logged in.');
    return user;
  };

  /** The office over the open store; `null` while nobody is logged in. */
  get office(): Office | null {
    return this.#opened?.office ?? null;
  }

  /** The second copy of what is open, on the host's disk; `null` while nobody is logged in. */
  get journal(): HostJournal | null {
    return this.#opened?.journal ?? null;
  }

  /** Whether somebody's log-in would close what is open: an administrator holds no clinical key, so nothing is sent meanwhile. */
  wouldStopSending(next: Pick<Actor, 'role'>): boolean {
    const session = this.session.get();
    return session !== null && holdsClinicalKey(session.user.role) && !holdsClinicalKey(next.role);
  }

  /**
   * Makes the first accounts and logs the doctor in. `practice`: the made-up ones of the rehearsal; `null`: there are accounts already, and
   * somebody is logged in. Returns `null` where nobody could be logged in.
   */
  async begin(accounts: FirstAccounts | 'practice' | null): Promise<Session | null> {
    if (accounts === null) return this.session.get();
    const users = accounts === 'practice' ? practiceAccounts : accounts.users;
    await this.access.found(users, accounts === 'practice' ? null : accounts.recoveryKey);
    const [doctor] = await this.access.people();
    const [first] = users;
    if (doctor === undefined || first === undefined) return null;
    const tried = await this.access.logIn(doctor.id, first.passphrase);
    return tried.kind === 'open' ? tried.session : null;
  }

  /**
   * Somebody logged in. Between doctors and assistants the office stays open and the outbox goes on; else, and where the key was renewed, it is
   * closed and opened with the other keys. `firstSetup`: stored before anything else (first start).
   */
  async enter(session: Session, firstSetup: Setup | null = null): Promise<OfficeOpening> {
    if (firstSetup !== null && firstSetup.settings.mode !== this.place.kind)
      throw new Error('The set-up belongs to the other vault.');
    const before = this.session.get();
    const mayStay = before !== null && isSameKey(before.keys.clinical, session.keys.clinical);
    if (mayStay) await writeUnsaved();
    else await this.#close();
    this.session.set(session);
    if (this.#opened === null) {
      // Not needed to log in, and larger than everything that is.
      const { openOffice } = await import('../open-office');
      const opened = await openOffice(
        this.place.database,
        this.host,
        this.clock,
        session.keys,
        this.actor,
        this.factor,
      );
      if (opened.kind !== 'open') {
        this.session.set(null);
        return opened;
      }
      this.#opened = opened;
    }
    const { office } = this.#opened;
    office.store.setUser(session.user.name);
    // Of a newer program: nothing is noted, woken or sent; what is there is read and printed.
    if (office.store.isReadOnly) return { kind: 'ready', office, obstacle: null };
    for (const untold of this.#untold.splice(0)) await this.#note(office.store, untold);
    await this.#note(office.store, { type: 'logged-in', role: session.user.role });
    try {
      await this.#settleRestored(office);
      if (firstSetup !== null) await office.saveSetup(firstSetup);
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error;
      await this.#close();
      return error.failure;
    }
    void this.chain.begin(office.store);
    this.views.begin();
    try {
      const woken = await office.wakeUp();
      if (woken.kind === 'first-start') return { kind: 'first-start', office };
      return { kind: 'ready', office, obstacle: woken.kind === 'obstacle' ? woken : null };
    } catch (error) {
      // No room: what is there is read and printed, and the screens say why nothing else goes.
      if (error instanceof NotWritten) return { kind: 'ready', office, obstacle: null };
      return { kind: 'host-gone', text: String(error) };
    }
  }

  /** Notes it in the audit trail, with the next log-in where it can't be written: reading goes on. */
  async #note(store: Store, detail: AuditDetail): Promise<void> {
    try {
      await store.audit(detail);
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error;
      this.#untold.push(detail);
    }
  }

  /**
   * After a backup was put back nobody knows what was sent since it was made: sending rests until a doctor has decided (`restoredHold`).
   */
  async #settleRestored(office: Office): Promise<void> {
    const place = restoredFrom.get();
    const standing = this.journal?.standing;
    const isRestored =
      standing?.kind === 'in-step' &&
      standing.notes.some((note) => note.what === 'rebuilt' && note.why === 'restored') &&
      !this.#settled.has(standing.lineage);
    if (!isRestored) return;
    await office.store.holdAfterRestore(place ?? 'unknown');
    this.#settled.add(standing.lineage);
    restoredFrom.set(null);
  }

  /** Starts the outbox's turns, once for an open office, whoever is at work. Administrators' offices send nothing. */
  keepGoing(): void {
    const office = this.office;
    const session = this.session.get();
    if (office === null || session === null || !holdsClinicalKey(session.user.role)) return;
    if (office.store.isReadOnly) return;
    void this.#stop();
    const [stopSending, stopWatching] = [office.keepGoing(), office.keepWatch()];
    this.#stop = async () => {
      await Promise.all([stopSending(), stopWatching()]);
    };
  }

  /** To be noted in the audit trail with the next log-in. */
  noteLater(detail: AuditDetail): void {
    this.#untold.push(detail);
  }

  /** Somebody was not let in: noted at once where the store is open (locked), else with the next log-in. */
  async noteFailure(name: string, what: 'passphrase' | 'code'): Promise<void> {
    const detail: AuditDetail = { type: 'log-in-failed', name, what };
    if (this.office === null || this.office.store.isReadOnly) this.#untold.push(detail);
    else await this.#note(this.office.store, detail);
  }

  /** Checks a code of whoever is at work, before something leaves the program; what may leave then is the office's to say. */
  async confirmFactor(code: string): Promise<LogIn> {
    const session = this.session.get();
    if (session === null) throw new Error('Nobody is logged in.');
    const checked = await this.access.confirmCode(session, code);
    if (checked.kind === 'open') this.factor.confirm(session.user.name);
    return checked;
  }

  /** Takes what changed of one's own account into the session. */
  refresh(session: Session): void {
    this.session.set(session);
  }

  /** Forgets the keys: what is in flight ends first, and nothing is sent until the next log-in. */
  async logOff(): Promise<void> {
    await this.#close();
  }

  async #close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    await writeUnsaved();
    dropUnsaved();
    this.#lastAtWork = this.session.get()?.user ?? null;
    // The screens go first: what they ask of a closed store would fail.
    this.session.set(null);
    await this.#stop();
    this.#stop = () => Promise.resolve();
    this.chain.end();
    if (opened === null) return;
    if (!opened.office.store.isReadOnly) {
      const { store } = opened.office;
      await this.#note(store, { type: 'logged-out' });
      // Without room the chain is sealed at the next log-off: a checkpoint is only the sooner start of a check.
      await store.sealChain().catch((error: unknown) => {
        if (!(error instanceof NotWritten)) throw error;
      });
    }
    opened.close();
  }
}

function isSameKey(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other;
  return one.every((byte, at) => byte === other[at]);
}
