import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { run } from './available';
import { freePort, untilListening } from './ports';

/** A running OpenLDAP over TLS with a few entries of the kind that the directory of the telematics infrastructure has. */
export interface DirectoryServer {
  readonly authority: string;
  readonly port: number;
  readonly baseDn: string;
  readonly login: { bindDn: string; password: string };
  stop(): Promise<void>;
}

const baseDn = 'dc=data,dc=vzd';
const login = { bindDn: `cn=reader,${baseDn}`, password: 'geheim-123' };

/** Attributes and class of our own making: names and forms are those of the directory, the numbers are from the test range. */
const schema = `
attributetype ( 1.3.6.1.4.1.4203.666.1.1 NAME 'domainID' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.4203.666.1.2 NAME 'entryType' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.4203.666.1.3 NAME 'komLeData' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
attributetype ( 1.3.6.1.4.1.4203.666.1.4 NAME 'kimData' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
objectclass ( 1.3.6.1.4.1.4203.666.2.1 NAME 'vzdEntry' SUP top STRUCTURAL MUST cn MAY ( domainID $ entryType $ komLeData $ kimData $ mail ) )
`;

/** One entry: its attributes, several values of one name as several pairs. */
export type TestEntry = readonly (readonly [string, string])[];

/** Starts slapd with these entries. `anonymous`: reading needs no login. */
export async function startDirectoryServer(
  entries: readonly TestEntry[],
  anonymous: boolean,
): Promise<DirectoryServer> {
  const root = mkdtempSync(join(tmpdir(), 'ersatzschein-ldap-'));
  const at = (...parts: string[]) => join(root, ...parts);
  mkdirSync(at('data'));
  const authority = createAuthority('Directory test', new Date());
  const server = authority.issue({ commonName: 'localhost' }, 'server');
  writeFileSync(at('ca.pem'), authority.pem);
  writeFileSync(at('server.pem'), server.certificate.toString());
  writeFileSync(at('server.key'), server.key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  writeFileSync(at('vzd.schema'), schema);
  writeFileSync(
    at('slapd.conf'),
    [
      'include /etc/ldap/schema/core.schema',
      'include /etc/ldap/schema/cosine.schema',
      `include ${at('vzd.schema')}`,
      'modulepath /usr/lib/ldap',
      'moduleload back_mdb',
      `pidfile ${at('slapd.pid')}`,
      `TLSCACertificateFile ${at('ca.pem')}`,
      `TLSCertificateFile ${at('server.pem')}`,
      `TLSCertificateKeyFile ${at('server.key')}`,
      'database mdb',
      `suffix "${baseDn}"`,
      `rootdn "${login.bindDn}"`,
      `rootpw ${login.password}`,
      `directory ${at('data')}`,
      `access to * by ${anonymous ? 'anonymous' : 'dn.exact="cn=nobody"'} read`,
      '',
    ].join('\n'),
  );
  const ldif = [
    `dn: ${baseDn}\nobjectClass: domain\ndc: data\n`,
    ...entries.map(
      (entry, index) =>
        `dn: cn=entry${index},${baseDn}\nobjectClass: vzdEntry\ncn: entry${index}\n${entry.map(([name, value]) => `${name}: ${value}\n`).join('')}`,
    ),
  ].join('\n');
  run('slapadd', ['-f', at('slapd.conf')], ldif);
  const port = await freePort();
  const daemon = spawn('/usr/sbin/slapd', ['-d', '0', '-f', at('slapd.conf'), '-h', `ldaps://127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  await untilListening(port);
  return {
    authority: authority.pem,
    port,
    baseDn,
    login,
    stop: async () => {
      if (daemon.exitCode === null)
        await new Promise<void>((resolve) => {
          daemon.once('exit', () => resolve());
          daemon.kill('SIGTERM');
        });
      rmSync(root, { recursive: true, force: true });
    },
  };
}
