import type { RehearsalWorld } from '../../electron/contract/rehearsal';
import { insurerFile } from '../../electron/rehearsal/insurer-file';
import { rehearsalSetup } from '../../renderer/outbox/rehearsing';
import type { Setup } from '../../renderer/store/store';

const providers = ['BITMARCK SERVICE GMBH', 'ÜBUNGSRECHENZENTRUM SÜD', 'ÜBUNGSRECHENZENTRUM NORD'];

/** A made-up practice, nine insurers at three providers, five patients. */
export function modelDescription(): RehearsalWorld {
  const address = { line: 'Postfach 1', postalCode: '00001', city: 'Übungsstadt' };
  const server = {
    host: '127.0.0.1',
    port: 1,
    security: 'tls',
    service: { host: 'mail.kim.test', port: 465 },
    withContext: true,
    password: 'uebung',
  } as const;
  const context = { mandantId: 'M', clientSystemId: 'C', workplaceId: 'W', userId: 'U' };
  const trust = { authorities: [] };
  const payers = Array.from({ length: 9 }, (_, index) => ({
    ik: `10999${1000 + index}`.slice(0, 9),
    name: `Übungskasse ${index + 1}`,
    provider: providers[index % providers.length] ?? '',
    address,
  }));
  return {
    connections: {
      connector: {
        endpoint: 'https://127.0.0.1:1',
        trust,
        authentication: { kind: 'none' },
        context,
        cardAuthorities: [],
      },
      mail: {
        address: 'praxis@kim.test',
        smtp: server,
        pop3: server,
        context: { ...context, connectorId: null },
        trust,
      },
      directory: { host: '127.0.0.1', port: 1, trust, baseDn: 'dc=data,dc=vzd', login: null },
    },
    lagebild: { base: 'https://127.0.0.1:1/lageapi', trust },
    practice: {
      name: 'Übungspraxis',
      bsnr: '999999900',
      street: 'Musterplatz',
      houseNumber: '1',
      postalCode: '00001',
      city: 'Übungsstadt',
      phone: '030 0',
    },
    practitioner: { family: 'Beispiel', given: 'Anna', title: null, lanr: '999999901', qualification: 'Ärztin' },
    patients: Array.from({ length: 5 }, (_, index) => ({
      family: `Muster${index}`,
      given: 'Petra',
      title: null,
      birthDate: `198${index}-03-12`,
      street: 'Musterweg',
      houseNumber: '1',
      postalCode: '00001',
      city: 'Übungsstadt',
      payerIk: payers[0]?.ik ?? '',
      insuredId: `A00000000${index}`,
      status: '1',
    })),
    payers,
    insurerFile: insurerFile(payers).toString('base64'),
    diagnoses: [{ code: 'J06.9', title: 'Übungsdiagnose', catalogue: '2026' }],
  };
}

/** The set-up for it; looks around once an hour. */
export function modelSetup(description: RehearsalWorld): Setup {
  const proposed = rehearsalSetup(description);
  return { ...proposed, settings: { ...proposed.settings, pollMinutes: 60 } };
}
