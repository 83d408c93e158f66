import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorConnection } from '../../../electron/contract/connections';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { cards, connectionTo, directory, services, soap, stopAll } from './scripted-connector';
import { serverIdentity } from './sockets';

// A connector that lets nobody in without a certificate of its own issuing (ClientAutMandatory).

const authority = createAuthority('Connector’s own', new Date());
const ours = authority.issue({ commonName: 'Ersatzschein' }, 'card');
const foreign = createAuthority('Somebody else', new Date()).issue({ commonName: 'Ersatzschein' }, 'card');
const pemOf = ({ certificate, key }: typeof ours) => ({
  certificate: certificate.toString(),
  key: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
});
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let server: Server;
const seen: string[] = [];
beforeAll(async () => {
  server = createServer(
    { ...serverIdentity, requestCert: true, rejectUnauthorized: true, ca: authority.pem },
    (request, response) => {
      if (request.socket instanceof TLSSocket) seen.push(String(request.socket.getPeerCertificate().subject.CN));
      const action =
        String(request.headers['soapaction'] ?? '')
          .replaceAll('"', '')
          .split('#')
          .at(-1) ?? '';
      request.resume();
      request.on('end', () => {
        const { port } = address();
        const body = request.url?.endsWith('.sds') === true ? directory() : soap(cards(action));
        response.writeHead(200, { 'Content-Type': 'text/xml' }).end(body.replaceAll('@port@', String(port)));
      });
    },
  );
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
});
afterEach(stopAll);
afterAll(() => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))));

function address(): AddressInfo {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound;
}

const reasonOf = async (authentication: ConnectorConnection['authentication']) => {
  const connection = connectionTo(`https://127.0.0.1:${address().port}`, { authentication });
  const checked = await services().connector.check({ connection });
  return checked.kind === 'ok' ? 'ok' : checked.failure.reason;
};

/** A PKCS#12 container of an identity, made by OpenSSL. */
function pkcs12Of(identity: typeof ours, password: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ersatzschein-p12-'));
  try {
    const file = (name: string) => join(folder, name);
    const { certificate, key } = pemOf(identity);
    writeFileSync(file('c.pem'), certificate);
    writeFileSync(file('k.pem'), key);
    const args = ['-inkey', file('k.pem'), '-in', file('c.pem'), '-out', file('c.p12'), '-passout', `pass:${password}`];
    execFileSync('openssl', ['pkcs12', '-export', ...args]);
    return readFileSync(file('c.p12')).toString('base64');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a connector that demands a certificate of ours', () => {
  it('lets in who shows the right one (PEM), and nobody without or with another’s', async () => {
    expect(await reasonOf({ kind: 'certificate', ...pemOf(ours) })).toBe('ok');
    expect(seen).toContain('Ersatzschein');
    seen.length = 0;
    expect(['tls', 'unreachable']).toContain(await reasonOf({ kind: 'none' }));
    expect(['tls', 'unreachable']).toContain(await reasonOf({ kind: 'certificate', ...pemOf(foreign) }));
    expect(['tls', 'unreachable']).toContain(await reasonOf({ kind: 'password', user: 'ps', password: 'x' }));
    expect(seen).toEqual([]);
  });

  it('refuses a key that doesn’t belong to the certificate, before anything is sent', async () => {
    expect(await reasonOf({ kind: 'certificate', certificate: pemOf(ours).certificate, key: pemOf(foreign).key })).toBe(
      'login',
    );
  });

  it.skipIf(!hasOpenssl)('takes it out of a PKCS#12 container, with the right password only', async () => {
    const container = pkcs12Of(ours, 'Geheimnis für ü');
    expect(await reasonOf({ kind: 'pkcs12', container, password: 'Geheimnis für ü' })).toBe('ok');
    expect(await reasonOf({ kind: 'pkcs12', container, password: 'falsch' })).toBe('login');
  });
});
