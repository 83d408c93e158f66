import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Client } from 'ldapts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RehearsalWorld } from '../../../electron/contract/rehearsal';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { payerAddress, the } from './support';

let rehearsal: Rehearsal;
let world: RehearsalWorld;
beforeAll(async () => {
  rehearsal = createRehearsal();
  world = await rehearsal.handlers.start({});
});
afterAll(() => rehearsal.stop());

const url = (): string => `ldaps://127.0.0.1:${world.connections.directory.port}`;

async function search(filter: string, attributes: string[] = []): Promise<readonly Record<string, unknown>[]> {
  const { trust, baseDn } = world.connections.directory;
  const client = new Client({ url: url(), tlsOptions: { ca: trust.authorities } });
  try {
    await client.bind('', '');
    return (await client.search(baseDn, { filter, attributes })).searchEntries;
  } finally {
    await client.unbind();
  }
}

describe('the directory', () => {
  it('finds an insurer by IK and entry type', async () => {
    const { ik, name } = the(world.payers[1]);
    const [entry, ...others] = await search(`(&(domainID=${ik})(entryType=5))`);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      displayName: name,
      domainID: ik,
      mail: payerAddress(ik),
      komLeData: `1.5,${payerAddress(ik)}`,
    });
  });

  it('gives only the attributes asked for', async () => {
    const { ik } = the(world.payers[0]);
    expect(await search(`(domainID=${ik})`, ['MAIL'])).toEqual([
      { dn: `uid=uebung-${ik},dc=data,dc=vzd`, mail: payerAddress(ik) },
    ]);
  });

  it('understands or, not, presence and substrings', async () => {
    const [first, second] = world.payers.map((payer) => payer.ik);
    expect(await search(`(|(domainID=${first})(domainID=${second}))`)).toHaveLength(2);
    expect(await search(`(&(objectClass=*)(!(domainID=${first})))`)).toHaveLength(2);
    expect(await search('(displayName=Übungskasse*)')).toHaveLength(3);
    expect(await search('(&(domainID=109990018)(entryType=4))')).toEqual([]);
  });

  it('knows payers that were added, and each IK once', async () => {
    const payer = { ik: '104212059', name: 'Nachgemeldete Übungskasse', provider: 'BITMARCK SERVICE GMBH' };
    await rehearsal.handlers.addPayers({ payers: [payer, payer, { ...payer, name: 'anders' }] });
    const found = await search('(domainID=104212059)');
    expect(found.map((entry) => entry['displayName'])).toEqual([payer.name]);
  });

  it('refuses a bind with a name', async () => {
    const client = new Client({ url: url(), tlsOptions: { ca: world.connections.directory.trust.authorities } });
    await expect(client.bind('cn=admin', 'secret')).rejects.toMatchObject({ code: 49 });
    await client.unbind();
  });

  it('is not trusted without its authority', async () => {
    const client = new Client({ url: url() });
    await expect(client.bind('', '')).rejects.toThrow(/certificate|signed/i);
    await client.unbind();
  });

  it('hangs up on what is no LDAP and goes on serving others', async () => {
    const { port, trust } = world.connections.directory;
    for (const garbage of [
      'GET / HTTP/1.1\r\n\r\n',
      '\x30\x05\x02\x01',
      '\x30\x84\xff\xff\xff\xff',
      '\x30\x03\x02\x01\x01',
    ]) {
      const socket = connect({ port, host: '127.0.0.1', ca: trust.authorities });
      await once(socket, 'secureConnect');
      socket.end(Buffer.from(garbage, 'latin1'));
      socket.resume();
      await once(socket, 'close');
    }
    expect(await search('(entryType=5)')).not.toHaveLength(0);
  });

  it.skipIf(!existsSync('/usr/bin/ldapsearch'))('serves OpenLDAP’s client too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
    try {
      const authority = join(folder, 'ca.pem');
      writeFileSync(authority, the(world.connections.directory.trust.authorities[0]));
      const { ik } = the(world.payers[2]);
      const { stdout } = await promisify(execFile)(
        '/usr/bin/ldapsearch',
        // prettier-ignore
        ['-x', '-LLL', '-H', url(), '-b', world.connections.directory.baseDn, `(&(domainID=${ik})(entryType=5))`, 'mail'],
        { env: { ...process.env, LDAPTLS_CACERT: authority }, timeout: 10_000 },
      );
      expect(stdout).toContain(`mail: ${payerAddress(ik)}`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
