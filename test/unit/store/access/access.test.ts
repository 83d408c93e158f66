import { describe, expect, it } from 'vitest';
import { Access } from '../../../../renderer/store/access/access';
import { waitAfter } from '../../../../renderer/store/access/back-off';
import { headerSchema, type Header } from '../../../../renderer/store/access/header';
import { codeAt } from '../../../../renderer/store/access/second-factor';
import { seal, unseal } from '../../../../renderer/store/sealing';
import { adminSecret, passphrases, practice, start } from './support';

describe('logging in', () => {
  it('each user opens the keys of their role, and nobody else’s', async () => {
    const { logIn } = await practice();
    const doctor = await logIn('doctor');
    const assistant = await logIn('assistant');
    const administrator = await logIn('administrator');
    expect(assistant.keys).toEqual(doctor.keys);
    expect(doctor.keys.clinical).not.toBeNull();
    expect(administrator.keys.practice).toEqual(doctor.keys.practice);
    expect(administrator.keys.clinical).toBeNull();
  });

  it('what the administrator holds opens nothing clinical: no key in the session, none in the header', async () => {
    const { logIn, header } = await practice(new Uint8Array(32).fill(7));
    const { keys, own } = await logIn('administrator');
    const clinical = (await logIn('doctor')).keys.clinical ?? new Uint8Array(32);
    const sealed = seal(clinical, ['records', 'one', '1'], new TextEncoder().encode('J06.9'));
    for (const held of [keys.practice, own]) {
      expect(unseal(held, ['records', 'one', '1'], sealed)).toBeNull();
      for (const user of header().users) {
        if (user.clinicalKey === null) continue;
        const bytes = Uint8Array.from(Buffer.from(user.clinicalKey, 'base64'));
        expect(unseal(held, ['vault', 'users', user.id, 'clinical'], bytes)).toBeNull();
      }
      const recovery = Uint8Array.from(Buffer.from(header().recovery?.clinicalKey ?? '', 'base64'));
      expect(unseal(held, ['vault', 'recovery', 'clinical'], recovery)).toBeNull();
    }
  });

  it('a wrong passphrase opens nothing and says only that', async () => {
    const { access, idOf } = await practice();
    expect(await access.logIn(idOf('doctor'), passphrases.assistant)).toEqual({ kind: 'wrong-passphrase', waitMs: 0 });
    expect(await access.logIn(idOf('doctor'), '')).toEqual({ kind: 'wrong-passphrase', waitMs: 0 });
  });

  it('an administrator also needs the code; a wrong one opens nothing, and wrong codes count like wrong passphrases', async () => {
    const { access, idOf, machine, disk } = await practice();
    const id = idOf('administrator');
    for (let count = 1; count <= 3; count += 1) {
      const first = await access.logIn(id, passphrases.administrator);
      if (first.kind !== 'second-factor') throw new Error(first.kind);
      expect(await first.confirm('000000')).toEqual({ kind: 'wrong-code', waitMs: waitAfter(count) });
      // The right passphrase before it forgave nothing.
      expect(disk.failures.get(id)?.count).toBe(count);
    }
    machine.pass(5_000);
    const again = await access.logIn(id, passphrases.administrator);
    if (again.kind !== 'second-factor') throw new Error(again.kind);
    expect((await again.confirm(codeAt(adminSecret, machine.clock.now()).code)).kind).toBe('open');
    expect(disk.failures.size).toBe(0);
  });

  it('a code works once: seen over the shoulder it is worth nothing, nor after the clock was set back', async () => {
    const { access, idOf, machine } = await practice();
    const id = idOf('administrator');
    const { code } = codeAt(adminSecret, machine.clock.now());
    const before = codeAt(adminSecret, new Date(machine.wall - 30_000)).code;
    const tryCode = async (typed: string) => {
      const first = await access.logIn(id, passphrases.administrator);
      if (first.kind !== 'second-factor') throw new Error(first.kind);
      return (await first.confirm(typed)).kind;
    };
    expect(await tryCode(code)).toBe('open');
    expect(await tryCode(code)).toBe('used-code');
    // The step before would still be within the window, but it is older than what was used.
    expect(await tryCode(before)).toBe('used-code');
    machine.wall -= 3_600_000;
    machine.pass(60_000);
    expect(await tryCode(codeAt(adminSecret, machine.clock.now()).code)).toBe('used-code');
    machine.wall += 3_660_000;
    machine.pass(60_000);
    expect(await tryCode(codeAt(adminSecret, machine.clock.now()).code)).toBe('open');
  });
});

describe('waiting after failures', () => {
  it('three are free, then each one doubles the waiting, up to a quarter of an hour', () => {
    expect([1, 2, 3, 4, 5, 6].map(waitAfter)).toEqual([0, 0, 5_000, 10_000, 20_000, 40_000]);
    expect(waitAfter(40)).toBe(15 * 60_000);
  });

  it('while one waits even the right passphrase is not looked at', async () => {
    const { access, idOf, machine } = await practice();
    for (let count = 0; count < 4; count += 1) {
      machine.pass(5_000);
      await access.logIn(idOf('doctor'), 'falsch');
    }
    expect(await access.logIn(idOf('doctor'), passphrases.doctor)).toEqual({ kind: 'waiting', waitMs: 10_000 });
    // Nobody else waits for it.
    expect((await access.logIn(idOf('assistant'), passphrases.assistant)).kind).toBe('open');
    machine.pass(10_000);
    expect((await access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('open');
  });

  it('ending the program in the middle of an attempt, or after it, forgives nothing', async () => {
    const { access, idOf, machine, disk } = await practice();
    const id = idOf('doctor');
    for (let count = 0; count < 3; count += 1) await access.logIn(id, 'falsch');
    const restarted = start(disk, machine).access;
    expect(await restarted.waiting(id)).toBe(5_000);
    machine.pass(5_000);
    // Killed while the key is being derived: the attempt was counted before it was made.
    const killed = start(disk, machine);
    const never = new Promise<Uint8Array>(() => undefined);
    const hanging = new Access({ ...killed.access.means, deriveKey: () => never });
    void hanging.logIn(id, 'falsch');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(disk.failures.get(id)?.count).toBe(4);
    expect(await start(disk, machine).access.waiting(id)).toBe(10_000);
  });

  it('without room to count failures everybody still gets in, and they count as long as the program runs', async () => {
    const { access, idOf, machine, disk } = await practice();
    const id = idOf('doctor');
    await access.logIn(id, 'falsch');
    disk.trouble = new DOMException('no room', 'QuotaExceededError');
    for (let count = 0; count < 2; count += 1) await access.logIn(id, 'falsch');
    expect(await access.waiting(id)).toBe(5_000);
    machine.pass(5_000);
    expect((await access.logIn(id, passphrases.doctor)).kind).toBe('open');
    expect(await access.waiting(id)).toBe(0);
    disk.trouble = null;
    await access.logIn(id, 'falsch');
    expect(disk.failures.get(id)?.count).toBe(1);
    disk.trouble = new Error('a bug');
    await expect(access.logIn(id, 'falsch')).rejects.toThrow('a bug');
  });

  it('setting the clock forwards while the program runs shortens nothing; setting it back makes nobody wait for years', async () => {
    const { access, idOf, machine, disk } = await practice();
    const id = idOf('doctor');
    for (let count = 0; count < 3; count += 1) await access.logIn(id, 'falsch');
    machine.wall += 86_400_000;
    expect(await access.waiting(id)).toBe(5_000);
    machine.wall -= 2 * 365 * 86_400_000;
    expect(await access.waiting(id)).toBe(5_000);
    const restarted = start(disk, machine).access;
    expect(await restarted.waiting(id)).toBe(5_000);
    machine.pass(4_999);
    expect(await restarted.waiting(id)).toBe(1);
    machine.pass(1);
    expect(await restarted.waiting(id)).toBe(0);
    expect((await restarted.logIn(id, passphrases.doctor)).kind).toBe('open');
  });
});

describe('a header that was changed from outside', () => {
  const changes: readonly [string, (header: Header) => Header][] = [
    [
      'an assistant made a doctor',
      (header) => ({
        ...header,
        users: header.users.map((user) => (user.role === 'assistant' ? { ...user, role: 'doctor' as const } : user)),
      }),
    ],
    [
      'the second factor taken away',
      (header) => ({ ...header, users: header.users.map((user) => ({ ...user, secondFactor: null })) }),
    ],
    ['a user taken out', (header) => ({ ...header, users: header.users.filter(({ role }) => role !== 'doctor') })],
    [
      'another name',
      (header) => ({ ...header, users: header.users.map((user) => ({ ...user, name: `${user.name}!` })) }),
    ],
    ['another public key', (header) => ({ ...header, signing: { ...header.signing, publicKey: 'AAAA' } })],
    ['no recovery key', (header) => ({ ...header, recovery: null })],
    ['an older revision number', (header) => ({ ...header, revision: header.revision + 1 })],
  ];
  it.each(changes)('%s: nobody is let in by it', async (_, change) => {
    const { access, disk, header } = await practice(new Uint8Array(32).fill(9));
    disk.header = change(header());
    for (const user of header().users) {
      const tries = await Promise.all(Object.values(passphrases).map((one) => access.logIn(user.id, one)));
      expect(tries.map(({ kind }) => kind)).toContain('header-changed');
      expect(tries.map(({ kind }) => kind)).not.toContain('open');
      disk.failures.clear();
    }
  });

  it('weaker derivation parameters open nothing', async () => {
    const { access, disk, header, idOf } = await practice();
    disk.header = {
      ...header(),
      users: header().users.map((user) => ({ ...user, derivation: { ...user.derivation, memory: 8 } })),
    };
    expect((await access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('wrong-passphrase');
  });

  it('an administrator with a clinical key in it is no header of ours', async () => {
    const { header } = await practice();
    const users = header().users.map((user) => ({ ...user, clinicalKey: header().users[0]?.clinicalKey ?? null }));
    expect(headerSchema.safeParse({ ...header(), users }).success).toBe(false);
  });
});
