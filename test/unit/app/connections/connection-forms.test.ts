import { describe, expect, it } from 'vitest';
import type { Connections } from '../../../../electron/contract/connections';
import {
  connectorEntry,
  directoryEntry,
  mailEntry,
  readConnector,
  readDirectory,
  readMail,
} from '../../../../renderer/app/connections/connection-forms';
import { isEntered } from '../../../../renderer/app/connections/entered';
import { notEnteredEndpoint, notEnteredHost } from '../../../../renderer/app/parts/not-entered';

const pem = '-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----';
const context = { mandantId: 'M', clientSystemId: 'C', workplaceId: 'W', userId: null };
const server = { host: 'kim.praxis', port: 465, security: 'tls', service: null, withContext: true } as const;
const connections: Connections = {
  connector: {
    endpoint: 'https://192.168.1.20:443',
    trust: { authorities: [pem] },
    authentication: { kind: 'password', user: 'praxis', password: 'geheim-1' },
    context,
    cardAuthorities: [pem, pem],
  },
  mail: {
    address: 'praxis@anbieter.kim.telematik',
    smtp: { ...server, password: 'geheim-2' },
    pop3: { ...server, port: 995, service: { host: 'fachdienst', port: 995 }, password: 'geheim-3' },
    context: { ...context, connectorId: 'K1' },
    trust: { authorities: [] },
  },
  directory: {
    host: 'vzd.praxis',
    port: 636,
    trust: { authorities: [] },
    baseDn: 'dc=data,dc=vzd',
    login: { bindDn: 'cn=praxis', password: 'geheim-4' },
  },
};
const { connector, mail, directory } = connections;

describe('the forms of the connections', () => {
  it('show no secret that is stored', () => {
    const shown = JSON.stringify([connectorEntry(connector), mailEntry(mail), directoryEntry(directory)]);
    expect(shown).not.toContain('geheim');
  });
  it('saved untouched, everything stays as it was, secrets too', () => {
    expect(readConnector(connectorEntry(connector), connector)).toEqual({ kind: 'read', value: connector });
    expect(readMail(mailEntry(mail), mail)).toEqual({ kind: 'read', value: mail });
    expect(readDirectory(directoryEntry(directory), directory)).toEqual({ kind: 'read', value: directory });
  });
  it('a new secret takes the place of the stored one', () => {
    const read = readMail({ ...mailEntry(mail), smtpPassword: 'neu' }, mail);
    expect(read).toMatchObject({ kind: 'read', value: { smtp: { password: 'neu' }, pop3: { password: 'geheim-3' } } });
  });
  it('a password is not carried over to another way of logging in', () => {
    const read = readConnector(
      { ...connectorEntry(connector), authentication: 'pkcs12', container: 'QUJD' },
      connector,
    );
    expect(read).toMatchObject({ kind: 'read', value: { authentication: { kind: 'pkcs12', password: '' } } });
  });
  it('say beside which field something is wrong', () => {
    const wrongConnector = {
      ...connectorEntry(connector),
      endpoint: 'konnektor',
      mandantId: ' ',
      authorities: 'kein PEM',
    };
    expect(readConnector(wrongConnector, connector)).toEqual({
      kind: 'wrong',
      faults: { endpoint: 'url', mandantId: 'missing', authorities: 'pem' },
    });
    expect(readMail({ ...mailEntry(mail), smtpPort: '70000', pop3Host: '' }, mail)).toEqual({
      kind: 'wrong',
      faults: { smtpPort: 'port', pop3Host: 'missing' },
    });
    expect(readDirectory({ ...directoryEntry(directory), port: '' }, directory)).toEqual({
      kind: 'wrong',
      faults: { port: 'port' },
    });
  });
  it('what nobody has entered yet is an empty field, and counts as not entered', () => {
    const empty: Connections = {
      connector: { ...connector, endpoint: notEnteredEndpoint },
      mail: { ...mail, smtp: { ...mail.smtp, host: notEnteredHost }, pop3: { ...mail.pop3, host: notEnteredHost } },
      directory: { ...directory, host: notEnteredHost },
    };
    expect(connectorEntry(empty.connector).endpoint).toBe('');
    expect(mailEntry(empty.mail)).toMatchObject({ smtpHost: '', pop3Host: '' });
    expect(directoryEntry(empty.directory).host).toBe('');
    for (const name of ['connector', 'sending', 'mailbox', 'directory'] as const) {
      expect(isEntered(empty, name)).toBe(false);
      expect(isEntered(connections, name)).toBe(true);
    }
  });
});
