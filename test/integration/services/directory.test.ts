import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DirectoryConnection } from '../../../electron/contract/connections';
import { createServices, type Services } from '../../../electron/services/services';
import { skipped } from '../servers/available';
import { type DirectoryServer, startDirectoryServer } from '../servers/directory';

describe.skipIf(skipped('the directory against OpenLDAP', 'slapd', 'slapadd'))('the directory against OpenLDAP', () => {
  let open: DirectoryServer;
  let closed: DirectoryServer;
  let services: Services;

  beforeAll(async () => {
    const payer = (ik: string, ...more: [string, string][]) => [['domainID', ik], ['entryType', '5'], ...more] as const;
    open = await startDirectoryServer(
      [
        payer('101575519', ['mail', 'flat@kasse.kim.test'], ['komLeData', '1.0,first@kasse.kim.test']),
        payer(
          '104212505',
          ['kimData', 'kim@kasse.kim.test,1.5+,eAU;V1.2|KIM-Mail;V1.5'],
          ['mail', 'flat@kasse.kim.test'],
        ),
        payer('109519005', ['mail', 'only-flat@kasse.kim.test']),
        payer('108018007'),
        [
          ['domainID', '108310400'],
          ['entryType', '2'],
          ['mail', 'hospital@kasse.kim.test'],
        ],
        payer('102114819', ['mail', 'not an address'], ['komLeData', '1.0']),
      ],
      true,
    );
    closed = await startDirectoryServer([payer('101575519', ['mail', 'a@kasse.kim.test'])], false);
    services = createServices({ printFolder: null });
  });
  afterAll(async () => {
    await services.close();
    await open.stop();
    await closed.stop();
  });

  const to = (server: DirectoryServer, changes: Partial<DirectoryConnection> = {}): DirectoryConnection => ({
    host: '127.0.0.1',
    port: server.port,
    trust: { authorities: [server.authority] },
    baseDn: server.baseDn,
    login: null,
    ...changes,
  });
  const find = (connection: DirectoryConnection, payerIks: string[]) =>
    services.directory.find({ connection, payerIks });

  it('finds addresses by IK and entry type, structured data first, in the order asked (P5-02)', async () => {
    const iks = ['109519005', '104212505', '101575519'];
    expect(await find(to(open), iks)).toEqual({
      kind: 'ok',
      value: [
        { payerIk: '109519005', address: 'only-flat@kasse.kim.test' },
        { payerIk: '104212505', address: 'kim@kasse.kim.test' },
        { payerIk: '101575519', address: 'first@kasse.kim.test' },
      ],
    });
  });

  it('finds nothing without an address, of another entry type, with a damaged address, or by a filter in the IK', async () => {
    const iks = ['108018007', '108310400', '102114819', '999999999', '*', '101575519)(domainID=*', ''];
    expect(await find(to(open), iks)).toEqual({ kind: 'ok', value: [] });
  });

  it('nothing in an IK is ever taken for a filter: it finds what has this very IK, or nothing (property)', async () => {
    const meta = fc.constantFrom('*', '(', ')', '\\', '&', '|', '!', '=', '\u0000', 'domainID', '101575519', '5', 'ä');
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.array(meta, { maxLength: 8 }).map((parts) => parts.join('')),
          ),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        async (iks) => {
          const found = await find(to(open), iks);
          if (found.kind === 'failed') throw new Error(found.failure.text);
          const known = new Set(['101575519', '104212505', '109519005']);
          // caseIgnoreMatch: spaces around a value don't count.
          expect(found.value.map(({ payerIk }) => payerIk)).toEqual(iks.filter((ik) => known.has(ik.trim())));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('logs in where a login is set up', async () => {
    expect(await find(to(closed), ['101575519'])).toMatchObject({ kind: 'failed' });
    expect(await find(to(closed, { login: closed.login }), ['101575519'])).toMatchObject({
      kind: 'ok',
      value: [{ address: 'a@kasse.kim.test' }],
    });
    const wrong = to(closed, { login: { ...closed.login, password: 'falsch' } });
    expect(await find(wrong, ['101575519'])).toMatchObject({
      kind: 'failed',
      failure: { reason: 'login', code: '49' },
    });
  });

  it('tells an untrusted server and a closed port apart', async () => {
    const untrusted = to(open, { trust: { authorities: [closed.authority] } });
    expect(await find(untrusted, ['1'])).toMatchObject({ kind: 'failed', failure: { reason: 'tls' } });
    expect(await find(to(open, { port: 1 }), ['1'])).toMatchObject({
      kind: 'failed',
      failure: { reason: 'unreachable' },
    });
  });

  it('checks the directory and tells when its certificate ends', async () => {
    const check = await services.directory.check({ connection: to(open) });
    if (check.kind === 'failed') throw new Error(check.failure.text);
    expect(check.value.description).toContain('TLSv1.3');
    expect(Date.parse(check.value.certificateNotAfter ?? '')).toBeGreaterThan(Date.now());
    expect(await services.directory.check({ connection: to(open, { baseDn: 'dc=other' }) })).toMatchObject({
      kind: 'failed',
      failure: { reason: 'refused', code: '32' },
    });
  });
});
