import { describe, expect, test } from 'vitest';
import { connectionsSchema } from '../../../electron/contract/connections';
import { connectionsOf, noConnections, noSettings } from '../../../renderer/app/first-start/own-setup';
import { settingsSchema } from '../../../renderer/domain/settings';

describe('the own practice at the first start', () => {
  test('with nothing entered the connections are complete and lead nowhere', () => {
    const made = connectionsOf(noConnections);
    expect(made.kind).toBe('connections');
    if (made.kind !== 'connections') return;
    expect(connectionsSchema.parse(made.connections)).toEqual(made.connections);
    const { connector, mail, directory } = made.connections;
    const hosts = [new URL(connector.endpoint).hostname, mail.smtp.host, mail.pop3.host, directory.host];
    for (const host of hosts) expect(host).toMatch(/\.invalid$/);
  });

  test('what was entered is taken, without spaces around it', () => {
    const made = connectionsOf({
      ...noConnections,
      endpoint: ' https://192.168.1.20:443 ',
      mandantId: 'M1',
      kimAddress: ' praxis@anbieter.kim.telematik',
      kimHost: '127.0.0.1',
      smtpPort: '8465',
      password: ' geheim ',
    });
    expect(made).toMatchObject({
      kind: 'connections',
      connections: {
        connector: { endpoint: 'https://192.168.1.20:443', context: { mandantId: 'M1' } },
        mail: {
          address: 'praxis@anbieter.kim.telematik',
          smtp: { host: '127.0.0.1', port: 8465, password: ' geheim ' },
          pop3: { host: '127.0.0.1', port: 995 },
          context: { mandantId: 'M1' },
        },
      },
    });
  });

  test('what can be no address or port is named', () => {
    expect(connectionsOf({ ...noConnections, endpoint: 'konnektor', pop3Port: '0', directoryPort: '' })).toEqual({
      kind: 'wrong',
      fields: ['endpoint', 'pop3Port', 'directoryPort'],
    });
  });

  test('empty settings have the shape that is stored', () => {
    const settings = noSettings('de');
    expect(settingsSchema.parse(settings)).toEqual(settings);
  });
});
