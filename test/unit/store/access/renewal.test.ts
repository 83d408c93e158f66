import { describe, expect, it } from 'vitest';
import { renewClinicalKey } from '../../../../renderer/store/access/renewal';
import { newSealingPair } from '../../../../renderer/store/access/sealing-pair';
import { recoveryKeyText } from '../../../../renderer/store/access/recovery-key';
import { sealHeader } from '../../../../renderer/store/access/wrapping';
import { newKey } from '../../../../renderer/store/sealing';
import { passphrases, practice } from './support';

const colleague = { name: 'Dr. Bodo Beispiel', passphrase: 'neun stille Aufzüge warten' };

/** A practice with a second doctor. */
async function withColleague(recoveryKey: Uint8Array | null = newKey()) {
  const one = await practice(recoveryKey);
  const administrator = await one.logIn('administrator');
  const doctor = await one.logIn('doctor');
  const added = await one.administration.add(
    administrator,
    { ...colleague, role: 'doctor', secondFactor: null },
    doctor.keys.clinical,
  );
  if (added.kind !== 'changed') throw new Error(added.kind);
  const id = (await one.access.people()).find(({ name }) => name === colleague.name)?.id ?? '';
  return { ...one, administrator, doctor, colleagueId: id };
}

describe('when somebody who held the clinical key has left', () => {
  it('the renewal is due, with their names; an administrator who leaves or a new name changes nothing', async () => {
    const { access, administration, administrator, colleagueId, idOf, header } = await withColleague();
    expect(await access.renewalDue()).toBeNull();
    await administration.rename(administrator, colleagueId, 'Dr. Bodo B.');
    expect(await access.renewalDue()).toBeNull();
    await administration.remove(administrator, colleagueId);
    await administration.changeRole(administrator, idOf('assistant'), 'administrator', null);
    expect((await access.renewalDue())?.names).toEqual(['Dr. Bodo B.', 'Mia Muster']);
    expect(header().users.map(({ role }) => role)).toEqual(['doctor', 'administrator', 'administrator']);
  });

  it('a doctor gives everybody who stays a new key, whose passphrases are not at hand; the old one stays for what is old', async () => {
    const { access, administration, administrator, colleagueId, logIn, header, machine } = await withColleague();
    const doctor = await logIn('doctor');
    await administration.remove(administrator, colleagueId);
    const renewed = await renewClinicalKey(access, doctor, newKey());
    if (renewed.kind !== 'renewed') throw new Error(renewed.reason);
    expect(await access.renewalDue()).toBeNull();
    const { keys } = renewed.session;
    expect(keys.clinical).not.toEqual(doctor.keys.clinical);
    expect(keys.former).toEqual([doctor.keys.clinical]);
    expect((await logIn('doctor')).keys).toEqual(keys);
    expect((await logIn('assistant')).keys, 'sealed for her public key').toEqual(keys);
    machine.pass(60_000);
    expect((await logIn('administrator')).keys.clinical).toBeNull();
    expect(header().users.some(({ name }) => name === colleague.name)).toBe(false);
  });

  it('who left opens nothing of it with the old key, nor by the old header with their passphrase', async () => {
    const { access, administration, administrator, colleagueId, logIn, disk } = await withColleague();
    const old = structuredClone(disk.header);
    const theirs = await administration.openOwn(colleagueId, colleague.passphrase);
    if (theirs.kind !== 'opened') throw new Error(theirs.kind);
    await administration.remove(administrator, colleagueId);
    await renewClinicalKey(access, await logIn('doctor'), newKey());
    expect(await access.logIn(colleagueId, colleague.passphrase)).toEqual({ kind: 'header-changed' });
    const { clinical } = (await logIn('doctor')).keys;
    // The header of before, put back: it opens, and only to the key of before.
    disk.header = old;
    const again = await access.logIn(colleagueId, colleague.passphrase);
    expect(again).toMatchObject({ kind: 'open', session: { keys: { clinical: theirs.session.keys.clinical } } });
    expect(theirs.session.keys.clinical).not.toEqual(clinical);
  });

  it('the recovery key is another one, and the old sheet opens nothing; without a new one it is refused', async () => {
    const [old, fresh] = [newKey(), newKey()];
    const { access, administration, logIn } = await withColleague(old);
    const doctor = await logIn('doctor');
    expect(await renewClinicalKey(access, doctor, null)).toEqual({ kind: 'refused', reason: 'needs-recovery-key' });
    const renewed = await renewClinicalKey(access, doctor, fresh);
    if (renewed.kind !== 'renewed') throw new Error(renewed.reason);
    expect((await administration.openByRecoveryKey(recoveryKeyText(old))).kind).toBe('wrong-key');
    const opened = await administration.openByRecoveryKey(recoveryKeyText(fresh));
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    expect(opened.keys).toEqual(renewed.session.keys);
  });

  it('twice, and after accounts were made anew by the recovery key, what is old stays readable', async () => {
    const [second, third] = [newKey(), newKey()];
    const { access, administration, logIn, disk } = await withColleague();
    const first = (await logIn('doctor')).keys.clinical;
    const once = await renewClinicalKey(access, await logIn('doctor'), second);
    const twice = await renewClinicalKey(access, await logIn('doctor'), third);
    if (once.kind !== 'renewed' || twice.kind !== 'renewed') throw new Error('refused');
    expect((await logIn('assistant')).keys.former).toEqual([first, once.session.keys.clinical]);
    const opened = await administration.openByRecoveryKey(recoveryKeyText(third));
    if (opened.kind !== 'opened') throw new Error(opened.kind);
    disk.header = null;
    await access.foundWith(
      [
        { name: 'Dr. Neu', role: 'doctor', passphrase: passphrases.doctor, secondFactor: null },
        { name: 'Alex Neu', role: 'administrator', passphrase: passphrases.administrator, secondFactor: null },
      ],
      opened.keys,
      newKey(),
    );
    const id = (await access.people())[0]?.id ?? '';
    expect(await access.logIn(id, passphrases.doctor)).toMatchObject({
      kind: 'open',
      session: { keys: twice.session.keys },
    });
  });

  it('only a doctor does it', async () => {
    const { access, logIn, machine } = await withColleague();
    machine.pass(60_000);
    for (const role of ['assistant', 'administrator'] as const)
      expect(await renewClinicalKey(access, await logIn(role), newKey())).toEqual({
        kind: 'refused',
        reason: 'not-allowed',
      });
  });

  it('an administrator who puts a key of their own in somebody’s place is not given the new one', async () => {
    const { access, administrator, logIn, header, idOf, disk } = await withColleague();
    const victim = idOf('assistant');
    const forged = newSealingPair(administrator.own, victim, newKey());
    const body = header();
    const users = body.users.map((user) => (user.id === victim ? { ...user, sealing: forged } : user));
    // The seal is the administrator's to make: they hold the practice key.
    disk.header = sealHeader(administrator.keys.practice, { ...body, users });
    const doctor = await logIn('doctor');
    const before = structuredClone(disk.header);
    expect(await renewClinicalKey(access, doctor, newKey())).toEqual({
      kind: 'refused',
      reason: 'must-log-in',
      names: ['Mia Muster'],
    });
    expect(disk.header).toEqual(before);
  });

  it('killed before or after the one change of the header, it is the old generation or the new one, whole', async () => {
    const { access, logIn } = await withColleague();
    const doctor = await logIn('doctor');
    const save = access.means.headers.save.bind(access.means.headers);
    const crashing = (when: 'before' | 'after') => {
      access.means.headers.save = async (header) => {
        if (when === 'after') await save(header);
        throw new Error('killed');
      };
    };
    crashing('before');
    await expect(renewClinicalKey(access, doctor, newKey())).rejects.toThrow('killed');
    access.means.headers.save = save;
    expect((await logIn('assistant')).keys).toEqual(doctor.keys);
    crashing('after');
    await expect(renewClinicalKey(access, doctor, newKey())).rejects.toThrow('killed');
    access.means.headers.save = save;
    const { keys } = await logIn('assistant');
    expect(keys.former).toEqual([doctor.keys.clinical]);
    expect((await logIn('doctor')).keys).toEqual(keys);
  });
});
