import type { MailAccount, MailServer } from '../../../electron/contract/connections';
import type { OutgoingMail } from '../../../electron/contract/contract';

/** Example values for the services' tests. */

export const callContext = { mandantId: 'M1', clientSystemId: 'C1', workplaceId: 'W1', userId: null };

export function exampleMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    to: 'eau@kasse.kim.test',
    subject: 'TEAU0_6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e',
    messageId: '<6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e.1@ersatzschein.invalid>',
    date: '2026-04-01T10:00:00.000Z',
    headers: [
      { name: 'X-KIM-Dienstkennung', value: 'eAU;Lieferung;V1.2' },
      { name: 'X-KIM-Sendersystem', value: 'Ersatzschein;0.1.0' },
      { name: 'X-KIM-Support', value: 'support@ersatzschein.invalid' },
    ],
    text: 'Testdokument für die Krankenkasse.\n.\nEnde',
    attachment: {
      name: 'TEAU0_6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e.p7s',
      description: 'eAU',
      content: Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256)).toString('base64'),
    },
    envelopeId: '6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e',
    ...changes,
  };
}

export function exampleServer(port: number, changes: Partial<MailServer> = {}): MailServer {
  return {
    host: '127.0.0.1',
    port,
    security: 'tls',
    service: null,
    withContext: false,
    password: 'geheim-123',
    ...changes,
  };
}

export function exampleAccount(
  authorities: readonly string[],
  smtp: MailServer,
  pop3: MailServer = smtp,
  changes: Partial<MailAccount> = {},
): MailAccount {
  return {
    address: 'praxis@praxis.kim.test',
    smtp,
    pop3,
    context: { ...callContext, connectorId: null },
    trust: { authorities: [...authorities] },
    ...changes,
  };
}
