import { ed25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Keyring } from '../../../../renderer/store/access/keyring';
import { readRecoveryKey, recoveryKeyText } from '../../../../renderer/store/access/recovery-key';
import { codeAt } from '../../../../renderer/store/access/second-factor';
import { newKey } from '../../../../renderer/store/sealing';
import { adminSecret, passphrases, practice, start } from './support';

const fresh = 'neun stille Aufzüge warten';

describe('accounts', () => {
  it('an administrator adds a doctor only with the consent of somebody who holds the clinical key', async () => {
    const { administration, access, logIn, idOf } = await practice();
    const admin = await logIn('administrator');
    const newcomer = { name: 'Dr. Neu', role: 'doctor', passphrase: fresh, secondFactor: null } as const;
    expect(await administration.add(admin, newcomer, null)).toEqual({ kind: 'refused', reason: 'needs-consent' });
    // The administrator's own passphrase is no consent: there is no clinical key behind it.
    expect((await administration.consent(idOf('administrator'), passphrases.administrator)).kind).toBe(
      'wrong-passphrase',
    );
    const consent = await administration.consent(idOf('doctor'), passphrases.doctor);
    if (consent.kind !== 'consent') throw new Error(consent.kind);
    expect(await administration.add(admin, newcomer, consent.clinical)).toEqual({ kind: 'changed' });
    const added = (await access.people()).find(({ name }) => name === 'Dr. Neu');
    const opened = await access.logIn(added?.id ?? '', fresh);
    expect(opened).toMatchObject({ kind: 'open', session: { keys: { clinical: consent.clinical } } });
    expect(await administration.add(admin, { ...newcomer, name: ' dr. neu ' }, consent.clinical)).toEqual({
      kind: 'refused',
      reason: 'name-taken',
    });
  });

  it('only administrators change accounts', async () => {
    const { administration, logIn, idOf } = await practice();
    for (const role of ['doctor', 'assistant'] as const) {
      const session = await logIn(role);
      const refused = { kind: 'refused', reason: 'not-allowed' };
      const user = { name: 'X', role: 'assistant', passphrase: fresh, secondFactor: null } as const;
      expect(await administration.add(session, user, session.keys.clinical)).toEqual(refused);
      expect(await administration.remove(session, idOf('administrator'))).toEqual(refused);
      expect(await administration.changeRole(session, session.user.id, 'doctor', null)).toEqual(refused);
      expect(await administration.forgetSecondFactor(session, idOf('administrator'))).toEqual(refused);
      expect(await administration.setRecoveryKey(session, newKey(), newKey())).toEqual(refused);
    }
  });

  it('the last doctor and the last administrator stay, and nobody removes themselves', async () => {
    const { administration, logIn, idOf } = await practice();
    const admin = await logIn('administrator');
    expect(await administration.remove(admin, idOf('doctor'))).toEqual({ kind: 'refused', reason: 'last-of-role' });
    expect(await administration.remove(admin, idOf('administrator'))).toEqual({
      kind: 'refused',
      reason: 'own-account',
    });
    expect(await administration.changeRole(admin, idOf('doctor'), 'assistant', null)).toEqual({
      kind: 'refused',
      reason: 'last-of-role',
    });
    expect(await administration.remove(admin, idOf('assistant'))).toEqual({ kind: 'changed' });
    expect(await administration.remove(admin, idOf('assistant'))).toEqual({ kind: 'changed' });
  });

  it('a changed role takes its key along: an assistant made an administrator can open nothing clinical any more', async () => {
    const { administration, access, logIn, idOf } = await practice();
    const admin = await logIn('administrator');
    expect(await administration.changeRole(admin, idOf('assistant'), 'administrator', null)).toEqual({
      kind: 'changed',
    });
    const opened = await access.logIn(idOf('assistant'), passphrases.assistant);
    expect(opened).toMatchObject({ kind: 'open', session: { keys: { clinical: null }, mustEnrol: true } });
    // And back: only with consent and their own passphrase.
    const id = (await access.people()).find(({ name }) => name === 'Mia Muster')?.id ?? '';
    expect(await administration.changeRole(admin, id, 'assistant', null)).toEqual({
      kind: 'refused',
      reason: 'needs-consent',
    });
    const consent = await administration.consent(idOf('doctor'), passphrases.doctor);
    if (consent.kind !== 'consent' || opened.kind !== 'open') throw new Error(consent.kind);
    const back = await administration.changeRole(admin, id, 'assistant', {
      theirs: opened.session,
      key: consent.clinical,
    });
    expect(back).toEqual({ kind: 'changed' });
    expect(await access.logIn(id, passphrases.assistant)).toMatchObject({
      kind: 'open',
      session: { keys: { clinical: consent.clinical } },
    });
  });

  it('a new passphrase: the old one opens nothing any more, the second factor stays', async () => {
    const { administration, access, logIn, idOf, machine } = await practice();
    const admin = await logIn('administrator');
    expect(await administration.changePassphrase(admin, 'falsch', fresh)).toEqual({
      kind: 'wrong-passphrase',
      waitMs: 0,
    });
    expect((await administration.changePassphrase(admin, passphrases.administrator, fresh)).kind).toBe('changed');
    expect((await access.logIn(idOf('administrator'), passphrases.administrator)).kind).toBe('wrong-passphrase');
    machine.pass(30_000);
    const again = await access.logIn(idOf('administrator'), fresh);
    if (again.kind !== 'second-factor') throw new Error(again.kind);
    expect((await again.confirm(codeAt(adminSecret, machine.clock.now()).code)).kind).toBe('open');
  });

  it('a second factor counts once a code of it was typed', async () => {
    const { administration, access, logIn, machine, header } = await practice();
    const doctor = await logIn('doctor');
    const secret = new Uint8Array(20).fill(5);
    expect(await administration.enrol(doctor, secret, '123456')).toEqual({ kind: 'refused', reason: 'wrong-code' });
    expect(header().users[0]?.secondFactor).toBeNull();
    const { code } = codeAt(secret, machine.clock.now());
    expect(await administration.enrol(doctor, secret, code)).toEqual({ kind: 'changed' });
    // The code of setting it up is used up with that.
    expect((await access.confirmCode(doctor, code)).kind).toBe('used-code');
    machine.pass(30_000);
    expect((await access.confirmCode(doctor, codeAt(secret, machine.clock.now()).code)).kind).toBe('open');
  });

  it('exports are signed with the installation’s key: whoever changed a byte of them is found out', async () => {
    const { administration, logIn } = await practice();
    const bytes = new TextEncoder().encode('{"sequence":1}\n');
    const signed = await administration.sign(await logIn('administrator'), bytes);
    if (signed === null) throw new Error('not signed');
    expect(ed25519.verify(signed.signature, bytes, signed.publicKey)).toBe(true);
    expect(
      ed25519.verify(
        signed.signature,
        bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte)),
        signed.publicKey,
      ),
    ).toBe(false);
  });
});

describe('the recovery key', () => {
  it('any key survives being printed and typed (property)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (key) => {
        const text = recoveryKeyText(key);
        expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$/);
        expect(readRecoveryKey(` ${text.toLowerCase().replaceAll('-', ' ')} `)).toEqual({ kind: 'key', key });
        expect(readRecoveryKey(text.replaceAll('1', 'l').replaceAll('0', 'o'))).toEqual({ kind: 'key', key });
      }),
    );
  });

  it('one wrong letter is never taken for a key (property)', () => {
    const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.nat(51),
        fc.integer({ min: 1, max: 31 }),
        (key, at, by) => {
          const plain = recoveryKeyText(key).replaceAll('-', '');
          const letter = letters[(letters.indexOf(plain[at] ?? '') + by) % 32] ?? '';
          const reading = readRecoveryKey(plain.slice(0, at) + letter + plain.slice(at + 1));
          // Twenty bits of check: one in a million would pass, and then it is another key and opens nothing.
          if (reading.kind === 'key') expect(reading.key).not.toEqual(key);
          else expect(reading.reason).toBe('check');
        },
      ),
    );
    expect(readRecoveryKey('ABCD')).toEqual({ kind: 'not-a-key', reason: 'length', group: null });
    expect(readRecoveryKey('ABCD-EF?H')).toEqual({ kind: 'not-a-key', reason: 'letter', group: 2 });
  });

  it('opens both keys without any passphrase, and sets a forgotten one anew', async () => {
    const key = newKey();
    const { administration, access, logIn, idOf } = await practice(key);
    const before = await logIn('doctor');
    const opened = await administration.openByRecoveryKey(recoveryKeyText(key));
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect({ ...opened.keys }).toEqual(before.keys);
    expect(await administration.resetPassphrase(opened.keys, idOf('doctor'), fresh)).toEqual({ kind: 'changed' });
    expect((await access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('wrong-passphrase');
    expect(await access.logIn(idOf('doctor'), fresh)).toMatchObject({ kind: 'open', session: { keys: before.keys } });
  });

  it('another vault’s key, an older sheet’s key: said, and which sheet opens', async () => {
    const key = newKey();
    const { administration, logIn } = await practice(key);
    const next = newKey();
    const admin = await logIn('administrator');
    const clinical = (await logIn('doctor')).keys.clinical ?? newKey();
    expect(await administration.setRecoveryKey(admin, next, clinical)).toEqual({ kind: 'changed' });
    expect(await administration.openByRecoveryKey(recoveryKeyText(key))).toEqual({
      kind: 'wrong-key',
      check: recoveryKeyText(next).slice(-4),
    });
    expect((await administration.openByRecoveryKey(recoveryKeyText(next))).kind).toBe('opened');
  });

  it('after the accounts were changed from outside it still opens the keys, but trusts none of them', async () => {
    const key = newKey();
    const { administration, access, disk, header, logIn } = await practice(key);
    const before = await logIn('doctor');
    disk.header = { ...header(), users: header().users.map((user) => ({ ...user, name: `${user.name}!` })) };
    const opened = await administration.openByRecoveryKey(recoveryKeyText(key));
    expect(opened).toMatchObject({ kind: 'opened', people: null });
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    await access.foundWith(
      [
        { name: 'Dr. Hanna Beispiel', role: 'doctor', passphrase: fresh, secondFactor: null },
        { name: 'Alex Admin', role: 'administrator', passphrase: fresh, secondFactor: null },
      ],
      opened.keys,
      newKey(),
    );
    const doctor = (await access.people())[0]?.id ?? '';
    expect(await access.logIn(doctor, fresh)).toMatchObject({ kind: 'open', session: { keys: before.keys } });
  });
});

describe('the machine’s keyring', () => {
  /** A keyring as the system has it: what one machine protects, another can't open. */
  function keyringOf(machine: number): Keyring {
    return {
      protect: (secret) => Promise.resolve(secret.map((byte) => byte ^ machine)),
      open: (kept) => Promise.resolve(machine === 0 ? null : kept.map((byte) => byte ^ machine)),
    };
  }

  it('with it the right passphrase opens nothing elsewhere; the recovery key does', async () => {
    const key = newKey();
    const { access, logIn, idOf, disk, machine } = await practice(key, keyringOf(0x5a));
    const before = await logIn('doctor');
    expect((await access.logIn(idOf('assistant'), passphrases.assistant)).kind).toBe('open');
    const elsewhere = start(disk, machine, keyringOf(0x33));
    expect((await elsewhere.access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('wrong-passphrase');
    const without = start(disk, machine, keyringOf(0));
    expect((await without.access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('keyring-lost');
    const opened = await without.administration.openByRecoveryKey(recoveryKeyText(key));
    expect(opened).toMatchObject({ kind: 'opened', people: null, keys: before.keys });
  });
});
