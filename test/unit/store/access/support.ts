import type { Clock } from '../../../../renderer/domain/clock';
import type { Role } from '../../../../renderer/domain/roles';
import { Access, type AccessMeans, type Session } from '../../../../renderer/store/access/access';
import type { NewUser } from '../../../../renderer/store/access/accounts';
import { Administration } from '../../../../renderer/store/access/administration';
import type { Failures } from '../../../../renderer/store/access/back-off';
import { deriveKeyHere } from '../../../../renderer/store/access/derive-key';
import { headerSchema, type Header } from '../../../../renderer/store/access/header';
import { noKeyring, type Keyring } from '../../../../renderer/store/access/keyring';
import type { OtherWindows } from '../../../../renderer/store/access/used-codes';
import { codeAt } from '../../../../renderer/store/access/second-factor';

/** The disk of a test: what is written stays, whatever happens to the program. */
export class TestDisk {
  header: unknown = null;
  readonly failures = new Map<string, Failures>();
  /** What writing the header fails with. */
  headerTrouble: Error | null = null;
  /** What writing failures fails with. */
  trouble: Error | null = null;
}

/** A machine that can be moved in time: the wall clock by anybody, the ticks only forwards. */
export class TestMachine {
  wall = new Date('2026-11-23T08:00:00Z').getTime();
  tick = 0;
  readonly clock: Clock = { now: () => new Date(this.wall), sleep: () => Promise.resolve() };
  /** Real time passes. */
  pass(milliseconds: number): void {
    this.wall += milliseconds;
    this.tick += milliseconds;
  }
}

export const passphrases = {
  doctor: 'vier gelbe Zettel im Regen',
  assistant: 'Montags kommt der Postbote',
  administrator: 'Kabelkanal hinter der Heizung',
} as const satisfies Record<Role, string>;

export const adminSecret = new TextEncoder().encode('12345678901234567890');

export const threeUsers: readonly NewUser[] = [
  { name: 'Dr. Hanna Beispiel', role: 'doctor', passphrase: passphrases.doctor, secondFactor: null },
  { name: 'Mia Muster', role: 'assistant', passphrase: passphrases.assistant, secondFactor: null },
  {
    name: 'Alex Admin',
    role: 'administrator',
    passphrase: passphrases.administrator,
    secondFactor: { secret: adminSecret, step: 0 },
  },
];

/** The program started on this machine over this disk. Cheap key derivation: the real cost has a test of its own. */
export function start(
  disk: TestDisk,
  machine: TestMachine,
  keyring: Keyring = noKeyring,
  windows: OtherWindows | null = null,
) {
  const means: AccessMeans = {
    kind: 'live',
    headers: {
      load: () => Promise.resolve(structuredClone(disk.header)),
      save: (header) => {
        if (disk.headerTrouble !== null) return Promise.reject(disk.headerTrouble);
        disk.header = structuredClone(header);
        return Promise.resolve();
      },
    },
    failures: {
      failures: (id) => Promise.resolve(disk.failures.get(id) ?? null),
      saveFailures: (id, failures) => {
        if (disk.trouble !== null) return Promise.reject(disk.trouble);
        if (failures === null) disk.failures.delete(id);
        else disk.failures.set(id, failures);
        return Promise.resolve();
      },
    },
    keyring,
    clock: machine.clock,
    ticks: () => machine.tick,
    windows,
    deriveKey: deriveKeyHere,
    cost: { memory: 64, passes: 1, lanes: 1 },
    newId: () => crypto.randomUUID(),
  };
  const access = new Access(means);
  return { access, administration: new Administration(access) };
}

/** A practice with a doctor, an assistant and an administrator. */
export async function practice(recoveryKey: Uint8Array | null = null, keyring: Keyring = noKeyring) {
  const disk = new TestDisk();
  const machine = new TestMachine();
  const program = start(disk, machine, keyring);
  await program.access.found(threeUsers, recoveryKey);
  const people = await program.access.people();
  const idOf = (role: Role) => people.find((one) => one.role === role)?.id ?? '';
  const logIn = async (role: Role, passphrase: string = passphrases[role]): Promise<Session> => {
    let tried = await program.access.logIn(idOf(role), passphrase);
    if (tried.kind === 'second-factor') tried = await tried.confirm(codeAt(adminSecret, machine.clock.now()).code);
    if (tried.kind !== 'open') throw new Error(tried.kind);
    return tried.session;
  };
  const header = (): Header => headerSchema.parse(disk.header);
  return { ...program, disk, machine, idOf, logIn, header };
}
