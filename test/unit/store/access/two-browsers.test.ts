import { describe, expect, it } from 'vitest';
import type { Host } from '../../../../electron/contract/host';
import { Access } from '../../../../renderer/store/access/access';
import { Administration } from '../../../../renderer/store/access/administration';
import { ArchivedHeader } from '../../../../renderer/store/access/archived-header';
import { headerSchema, type Header } from '../../../../renderer/store/access/header';
import { MemoryArchive } from '../../../support/memory-archive';
import { passphrases, practice } from './support';

// Accounts in two browsers over one archive, whose copy of the header both see; and an old header put back in one of them.

/** A second browser, which has the header as it is now, and both over one archive. */
async function twoBrowsers() {
  const one = await practice();
  let bytes: string | null = null;
  const archive: Host['archive'] = {
    ...new MemoryArchive().calls,
    header: () => Promise.resolve({ kind: 'ok', value: { bytes } }),
    saveHeader: (argument) => {
      bytes = argument.bytes;
      return Promise.resolve({ kind: 'ok', value: {} });
    },
  };
  const browser = (first: unknown) => {
    const kept = { header: structuredClone(first) };
    const own = {
      load: () => Promise.resolve(structuredClone(kept.header)),
      save: (header: Header) => {
        kept.header = structuredClone(header);
        return Promise.resolve();
      },
    };
    const access = new Access({ ...one.access.means, headers: new ArchivedHeader(own, archive) });
    return { access, administration: new Administration(access), kept };
  };
  const [a, b] = [browser(one.disk.header), browser(one.disk.header)];
  await a.access.read();
  const theirs = await a.administration.openOwn(one.idOf('administrator'), passphrases.administrator);
  if (theirs.kind !== 'opened') throw new Error(theirs.kind);
  const copy = (): Header | null => (bytes === null ? null : headerSchema.parse(JSON.parse(atob(bytes))));
  const setCopy = (header: Header) => (bytes = btoa(JSON.stringify(header)));
  return { ...one, a, b, administrator: theirs.session, copy, setCopy };
}

describe('accounts in two browsers of one practice', () => {
  it('who was removed in one is told once in the other, and is in nowhere any more', async () => {
    const { a, b, administrator, idOf, copy } = await twoBrowsers();
    const id = idOf('assistant');
    await a.administration.remove(administrator, id);
    const revision = copy()?.revision;
    // The other one has an older header, and doesn't write it over the copy.
    expect((await b.access.people()).length).toBe(3);
    expect(copy()?.revision).toBe(revision);
    expect(await b.access.logIn(id, passphrases.assistant)).toEqual({ kind: 'accounts-newer' });
    expect((await b.access.people()).length).toBe(2);
    expect(await b.access.logIn(id, passphrases.assistant)).toEqual({ kind: 'header-changed' });
    expect((await b.access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('open');
  });

  it('a passphrase changed in one counts in the other, and the old one no more', async () => {
    const { a, b, idOf } = await twoBrowsers();
    const doctor = await a.access.logIn(idOf('doctor'), passphrases.doctor);
    if (doctor.kind !== 'open') throw new Error(doctor.kind);
    const next = 'neun stille Aufzüge warten';
    await a.administration.changePassphrase(doctor.session, passphrases.doctor, next);
    expect((await b.access.logIn(idOf('doctor'), 'falsch')).kind).toBe('wrong-passphrase');
    expect(await b.access.logIn(idOf('doctor'), next)).toEqual({ kind: 'accounts-newer' });
    expect((await b.access.logIn(idOf('doctor'), passphrases.doctor)).kind).toBe('wrong-passphrase');
    expect((await b.access.logIn(idOf('doctor'), next)).kind).toBe('open');
  });

  it('an old header put back gives way to the copy', async () => {
    const { a, administrator, idOf } = await twoBrowsers();
    const old = structuredClone(a.kept.header);
    await a.administration.remove(administrator, idOf('assistant'));
    a.kept.header = old;
    expect(await a.access.logIn(idOf('assistant'), passphrases.assistant)).toEqual({ kind: 'accounts-newer' });
    expect((await a.access.people()).map(({ id }) => id)).not.toContain(idOf('assistant'));
  });

  it('a copy that somebody made up, another practice’s or another machine’s changes nothing', async () => {
    const { a, idOf, copy, setCopy } = await twoBrowsers();
    const header = copy();
    const foreign = headerSchema.parse((await practice()).disk.header);
    if (header === null) throw new Error('It is there.');
    const later = { ...header, revision: header.revision + 10 };
    const made: readonly Header[] = [
      { ...later, users: header.users.filter(({ role }) => role !== 'assistant') },
      { ...foreign, createdAt: '2030-01-01T00:00:00Z' },
      { ...later, machine: { secret: 'AAAA' } },
      { ...later, kind: 'rehearsal' },
    ];
    for (const forged of made) {
      setCopy(forged);
      expect((await a.access.logIn(idOf('assistant'), passphrases.assistant)).kind).toBe('open');
      expect((await a.access.people()).length).toBe(3);
    }
  });
});
