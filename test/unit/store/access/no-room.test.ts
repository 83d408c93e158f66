import { describe, expect, it } from 'vitest';
import type { Host } from '../../../../electron/contract/host';
import { Access } from '../../../../renderer/store/access/access';
import { Administration } from '../../../../renderer/store/access/administration';
import { ArchivedHeader } from '../../../../renderer/store/access/archived-header';
import { headerSchema, type Header } from '../../../../renderer/store/access/header';
import { codeAt, codeLifetime } from '../../../../renderer/store/access/second-factor';
import type { OtherWindows } from '../../../../renderer/store/access/used-codes';
import { MemoryArchive } from '../../../support/memory-archive';
import { adminSecret, passphrases, practice, start } from './support';

// Without any room: administrators are let in, and still no code works twice, though nothing of its use can be written down.

const full = () => new DOMException('no room', 'QuotaExceededError');
type Practice = Awaited<ReturnType<typeof practice>>;

function codes({ machine, idOf }: Practice) {
  const id = idOf('administrator');
  return {
    now: () => codeAt(adminSecret, machine.clock.now()).code,
    tryCode: async (access: Access, typed: string) => {
      const first = await access.logIn(id, passphrases.administrator);
      return first.kind === 'second-factor' ? first.confirm(typed) : first;
    },
  };
}

/** The disk is full: neither header nor failures can be written. */
function fill({ disk }: Practice): void {
  disk.headerTrouble = full();
  disk.trouble = full();
}

describe('an administrator’s log-in without any room', () => {
  it('opens, with a code that works once', async () => {
    const one = await practice();
    const { now, tryCode } = codes(one);
    one.machine.pass(codeLifetime);
    fill(one);
    const code = now();
    expect((await tryCode(one.access, code)).kind).toBe('open');
    expect((await tryCode(one.access, code)).kind).toBe('used-code');
    one.machine.pass(30_000);
    // Within the window, but older than what was used.
    expect((await tryCode(one.access, code)).kind).toBe('used-code');
    expect((await tryCode(one.access, now())).kind).toBe('open');
  });

  it('counts two at once as two: one is let in', async () => {
    const one = await practice();
    const { now, tryCode } = codes(one);
    one.machine.pass(codeLifetime);
    const code = now();
    const kinds = await Promise.all([tryCode(one.access, code), tryCode(one.access, code)]);
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['open', 'used-code']);
  });

  it('right after a start takes none: what was used before and written nowhere could still count. Then it opens', async () => {
    const one = await practice();
    const { now, tryCode } = codes(one);
    one.machine.pass(codeLifetime);
    fill(one);
    // The telephone is a step ahead: such a code counts for longest.
    const ahead = codeAt(adminSecret, new Date(one.machine.wall + 30_000)).code;
    expect((await tryCode(one.access, ahead)).kind).toBe('open');
    const restarted = start(one.disk, one.machine).access;
    expect(await tryCode(restarted, ahead)).toEqual({ kind: 'code-not-kept', waitMs: codeLifetime });
    expect((await tryCode(restarted, ahead)).kind).toBe('used-code');
    one.machine.pass(codeLifetime - 1);
    expect(await tryCode(restarted, now())).toEqual({ kind: 'code-not-kept', waitMs: 1 });
    one.machine.pass(1);
    // When unwritten codes begin to be accepted, the old one doesn't count any more by itself.
    expect((await tryCode(start(one.disk, one.machine).access, ahead)).kind).toBe('wrong-code');
    one.machine.pass(30_000);
    expect((await tryCode(restarted, now())).kind).toBe('open');
  });

  it('whenever a code was used before a start, it is accepted at no later moment', async () => {
    for (const before of [0, 1, 29_999, 30_000, 59_999])
      for (const ahead of [-30_000, 0, 30_000]) {
        const one = await practice();
        const { tryCode } = codes(one);
        one.machine.pass(codeLifetime + before);
        // Failures are counted on the disk, so that they can be forgiven here: waiting would hide what is looked at.
        one.disk.headerTrouble = full();
        const code = codeAt(adminSecret, new Date(one.machine.wall + ahead)).code;
        expect((await tryCode(one.access, code)).kind).toBe('open');
        // Started at the same moment, each tried once: whoever has tried it knows it.
        const moments = Array.from({ length: 13 }, (_, at) => at * 10_000);
        const started = moments.map(() => start(one.disk, one.machine).access);
        for (const [at, access] of started.entries()) {
          expect((await tryCode(access, code)).kind, `${before} ${ahead} ${at}`).not.toBe('open');
          one.machine.pass(10_000);
          one.disk.failures.clear();
        }
      }
  });

  it('the other windows of the browser know of it too', async () => {
    const listeners: ((used: unknown) => void)[] = [];
    const windows = (): OtherWindows => {
      const own: { listener: (used: unknown) => void } = { listener: () => undefined };
      listeners.push((used) => own.listener(used));
      const place = listeners.length - 1;
      return {
        tell: (used) => listeners.forEach((listener, at) => (at === place ? undefined : listener(used))),
        onTold: (listener) => (own.listener = listener),
      };
    };
    const one = await practice();
    const { now, tryCode } = codes(one);
    const [a, b] = [windows(), windows()].map((each) => start(one.disk, one.machine, undefined, each).access);
    if (a === undefined || b === undefined) throw new Error('They are two.');
    one.machine.pass(codeLifetime);
    fill(one);
    const code = now();
    expect((await tryCode(a, code)).kind).toBe('open');
    expect((await tryCode(b, code)).kind).toBe('used-code');
    // What is no word of ours changes nothing.
    listeners.forEach((listener) => listener({ userId: one.idOf('administrator'), step: 'x' }));
    one.machine.pass(30_000);
    expect((await tryCode(b, now())).kind).toBe('open');
  });

  it('with room again the last use is written down', async () => {
    const one = await practice();
    const { now, tryCode } = codes(one);
    one.machine.pass(codeLifetime);
    fill(one);
    await tryCode(one.access, now());
    [one.disk.headerTrouble, one.disk.trouble] = [null, null];
    one.machine.pass(30_000);
    const code = now();
    expect((await tryCode(one.access, code)).kind).toBe('open');
    expect((await tryCode(start(one.disk, one.machine).access, code)).kind).toBe('used-code');
  });

  it('wrong codes are counted as ever, and another failure than for want of room is none of this', async () => {
    const one = await practice();
    const { now, tryCode } = codes(one);
    one.machine.pass(codeLifetime);
    fill(one);
    for (let count = 0; count < 3; count += 1) await tryCode(one.access, '000000');
    expect(await tryCode(one.access, now())).toMatchObject({ kind: 'waiting' });
    one.machine.pass(5_000);
    one.disk.headerTrouble = new Error('a bug');
    await expect(tryCode(one.access, now())).rejects.toThrow('a bug');
  });

  it('accounts stay as they are, and it is said why', async () => {
    const one = await practice();
    const session = await one.logIn('administrator');
    fill(one);
    const no = { kind: 'refused', reason: 'no-room' };
    expect(await one.administration.remove(session, one.idOf('assistant'))).toEqual(no);
    const secret = new TextEncoder().encode('09876543210987654321');
    const { code } = codeAt(secret, one.machine.clock.now());
    expect(await one.administration.enrol(session, secret, code)).toEqual(no);
    expect((await one.access.people()).length).toBe(3);
  });
});

describe('a browser without room, beside a host that has some', () => {
  /** Browser and host over one copy of the header; each may be full. */
  async function withHost() {
    const one = await practice();
    const host = { bytes: btoa(JSON.stringify(one.disk.header)), isFull: false };
    const archive: Host['archive'] = {
      ...new MemoryArchive().calls,
      header: () => Promise.resolve({ kind: 'ok', value: { bytes: host.bytes } }),
      saveHeader: ({ bytes }) => {
        if (host.isFull)
          return Promise.resolve({ kind: 'failed', failure: { reason: 'full', code: 'ENOSPC', text: '' } });
        host.bytes = bytes;
        return Promise.resolve({ kind: 'ok', value: {} });
      },
    };
    const open = () => {
      const { means } = start(one.disk, one.machine).access;
      const access = new Access({ ...means, headers: new ArchivedHeader(means.headers, archive) });
      return { access, administration: new Administration(access) };
    };
    const copy = (): Header => headerSchema.parse(JSON.parse(atob(host.bytes)));
    return { ...one, host, open, copy };
  }

  it('has it written there: right after a start codes are taken, and the next start knows which', async () => {
    const one = await withHost();
    const { now, tryCode } = codes(one);
    fill(one);
    const { access } = one.open();
    const code = now();
    expect((await tryCode(access, code)).kind).toBe('open');
    const again = one.open().access;
    expect((await tryCode(again, code)).kind, 'after a start').toBe('used-code');
    one.machine.pass(30_000);
    expect((await tryCode(again, now())).kind).toBe('open');
    one.machine.pass(30_000);
    one.host.isFull = true;
    // What the host has already needs no room there.
    expect((await tryCode(one.open().access, now())).kind).toBe('code-not-kept');
    one.host.isFull = false;
    [one.disk.headerTrouble, one.disk.trouble] = [null, null];
    one.machine.pass(60_000);
    expect((await tryCode(again, now())).kind).toBe('open');
    expect(headerSchema.parse(one.disk.header)).toEqual(one.copy());
  });

  it('with room again, in a browser that knows less, nobody is told of new accounts for a code alone', async () => {
    const one = await withHost();
    const { now, tryCode } = codes(one);
    fill(one);
    const code = now();
    await tryCode(one.open().access, code);
    [one.disk.headerTrouble, one.disk.trouble] = [null, null];
    const again = one.open().access;
    expect((await again.logIn(one.idOf('doctor'), passphrases.doctor)).kind).toBe('open');
    expect((await tryCode(again, code)).kind).toBe('used-code');
    expect(headerSchema.parse(one.disk.header)).toEqual(one.copy());
  });

  it('lets everybody in by accounts that were changed elsewhere, and nobody who was removed', async () => {
    const one = await withHost();
    const there = await one.logIn('administrator');
    const elsewhere = one.open();
    await elsewhere.access.read();
    const before = structuredClone(one.disk.header);
    await elsewhere.administration.remove(there, one.idOf('assistant'));
    one.disk.header = before;
    fill(one);
    one.host.isFull = true;
    const here = one.open().access;
    expect((await here.logIn(one.idOf('doctor'), passphrases.doctor)).kind).toBe('open');
    expect((await here.logIn(one.idOf('assistant'), passphrases.assistant)).kind).toBe('header-changed');
    expect((await one.open().access.logIn(one.idOf('assistant'), passphrases.assistant)).kind).toBe('header-changed');
  });
});
