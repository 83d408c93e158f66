import { describe, expect, it } from 'vitest';
import { Access } from '../../../../renderer/store/access/access';
import { headerSchema } from '../../../../renderer/store/access/header';
import { newKey } from '../../../../renderer/store/sealing';
import { passphrases, practice, threeUsers } from './support';

describe('the practice’s own vault beside the rehearsal’s', () => {
  it('has keys of its own', async () => {
    const [one, other] = [await practice(newKey()), await practice(newKey())];
    const [here, there] = [(await one.logIn('doctor')).keys, (await other.logIn('doctor')).keys];
    expect(here.practice).not.toEqual(there.practice);
    expect(here.clinical).not.toEqual(there.clinical);
  });

  it('takes no made-up account: neither when it is begun nor from a header', async () => {
    const { access, disk, header } = await practice(newKey());
    const madeUp = threeUsers.map((user) => ({ ...user, isPractice: true }));
    disk.header = null;
    await expect(access.found(madeUp, newKey())).rejects.toThrow('made-up');
    expect(disk.header).toBeNull();
    await access.found(threeUsers, newKey());
    const { users, ...rest } = header();
    const changed = { ...rest, users: users.map((user) => ({ ...user, isPractice: true })) };
    expect(headerSchema.safeParse(changed).success).toBe(false);
  });

  it('doesn’t open by a header of the rehearsal that was put in its place, nor the other way round', async () => {
    const { access, disk, idOf } = await practice(newKey());
    const rehearsal = new Access({ ...access.means, kind: 'rehearsal' });
    expect(await rehearsal.read()).toEqual({ kind: 'damaged', text: 'kind' });
    expect(await rehearsal.logIn(idOf('doctor'), passphrases.doctor)).toEqual({ kind: 'header-changed' });
    disk.header = null;
    await rehearsal.found(threeUsers, null);
    expect((await rehearsal.read()).kind).toBe('header');
    expect(await access.read()).toEqual({ kind: 'damaged', text: 'kind' });
  });

  it('is begun once: a vault that is there is never begun over', async () => {
    const { access, disk } = await practice(newKey());
    const before = structuredClone(disk.header);
    await expect(access.found(threeUsers, newKey())).rejects.toThrow('already');
    expect(disk.header).toEqual(before);
  });

  it('one begun before there were two counts as the rehearsal’s, with its seal', async () => {
    const { access, disk, header } = await practice(newKey());
    const rehearsal = new Access({ ...access.means, kind: 'rehearsal' });
    disk.header = null;
    await rehearsal.found(threeUsers, null);
    const { kind, ...before } = header();
    expect(kind).toBe('rehearsal');
    disk.header = before;
    expect((await rehearsal.read()).kind).toBe('header');
  });
});
