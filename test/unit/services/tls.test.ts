import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { offersOnlyBrainpool } from '../../../electron/services/brainpool';
import { caught } from '../../../electron/services/failure';
import { certificateNotAfter, openTls } from '../../../electron/services/tls';
import { serverIdentity, tcpServer, testAuthority } from './sockets';

const stopping: (() => void)[] = [];
afterEach(() => {
  for (const stop of stopping.splice(0)) stop();
});

async function serverWith(options: TlsOptions): Promise<number> {
  const server = createServer({ ...serverIdentity, ...options }, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  stopping.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const connectTo = async (port: number, authorities: string[], host = '127.0.0.1') => {
  const opened = await caught(() => openTls({ host, port, trust: { authorities } }, 2_000));
  if (opened.kind === 'failed') return opened.failure.reason;
  opened.value.destroy();
  return 'ok';
};

describe('TLS', () => {
  it('trusts the authority given, and the machine’s own list only where none is given', async () => {
    const port = await serverWith({});
    expect(await connectTo(port, [testAuthority])).toBe('ok');
    expect(await connectTo(port, [])).toBe('tls');
    expect(await connectTo(port, [createAuthority('other', new Date()).pem])).toBe('tls');
  });

  it('needs the right name from an authority, none from a pinned certificate', async () => {
    const authority = createAuthority('Names', new Date());
    const { certificate, key } = authority.issue({ commonName: 'konnektor.example' }, 'card');
    const port = await serverWith({
      cert: certificate.toString(),
      key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    });
    expect(await connectTo(port, [authority.pem])).toBe('tls');
    expect(await connectTo(port, [certificate.toString()])).toBe('ok');
    // A pinned certificate stands for itself alone.
    expect(await connectTo(await serverWith({}), [certificate.toString()])).toBe('tls');
  });

  it('refuses TLS 1.1', async () => {
    const port = await serverWith({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    expect(await connectTo(port, [testAuthority])).toBe('tls');
  });

  it('tells when the server’s certificate ends', async () => {
    const socket = await openTls(
      { host: '127.0.0.1', port: await serverWith({}), trust: { authorities: [testAuthority] } },
      2_000,
    );
    expect(Date.parse(certificateNotAfter(socket) ?? '')).toBeGreaterThan(Date.now());
    socket.destroy();
  });

  it('takes no other protocol for TLS, and does not wait for ever', async () => {
    const talking = await tcpServer((socket) => socket.write('220 mail.example ESMTP\r\n'));
    const silent = await tcpServer(() => undefined);
    const closing = await tcpServer((socket) => socket.destroy());
    stopping.push(
      () => void talking.stop(),
      () => void silent.stop(),
      () => void closing.stop(),
    );
    expect(await connectTo(talking.port, [testAuthority])).toBe('tls');
    expect(await connectTo(silent.port, [testAuthority])).toBe('timeout');
    expect(await connectTo(closing.port, [testAuthority])).toBe('unreachable');
  });

  it('has an own failure for a server that only knows brainpool', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ersatzschein-brainpool-'));
    stopping.push(() => rmSync(folder, { recursive: true }));
    const made = spawnSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:brainpoolP256r1',
        '-nodes',
        '-keyout',
        'key.pem',
        '-out',
        'cert.pem',
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
      ],
      { cwd: folder },
    );
    expect(made.status).toBe(0);
    const cert = readFileSync(join(folder, 'cert.pem'), 'utf8');
    const key = readFileSync(join(folder, 'key.pem'), 'utf8');
    const port = await serverWith({ cert, key, ecdhCurve: 'brainpoolP256r1', maxVersion: 'TLSv1.2' });
    expect(await connectTo(port, [cert])).toBe('tls-brainpool-only');
    expect(await offersOnlyBrainpool('127.0.0.1', port, 1_000)).toBe(true);
    expect(await offersOnlyBrainpool('127.0.0.1', await serverWith({ ecdhCurve: 'P-256' }), 1_000)).toBe(false);
    // Refused for another reason: still plain `tls`.
    expect(await connectTo(await serverWith({ ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2' }), [testAuthority])).toBe(
      'tls',
    );
  });
});
