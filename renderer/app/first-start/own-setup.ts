import { connectionsSchema, type Connections } from '../../../electron/contract/connections';
import type { Practitioner } from '../../domain/certificate';
import { usualPaperPolicy } from '../../domain/paper-policy';
import { usualNoticing, type Settings } from '../../domain/settings';
import { notEnteredEndpoint, notEnteredHost } from '../parts/not-entered';

/** What the assistant asks of a practice that sets up for itself, as it stands in the fields. */
export interface OwnPractice {
  readonly settings: Settings;
  readonly connections: ConnectionEntries;
}

/** Connections as typed: all of it may be empty, and completed later. */
export interface ConnectionEntries {
  readonly endpoint: string;
  readonly mandantId: string;
  readonly clientSystemId: string;
  readonly workplaceId: string;
  readonly kimAddress: string;
  readonly kimHost: string;
  readonly smtpPort: string;
  readonly pop3Port: string;
  readonly password: string;
  readonly directoryHost: string;
  readonly directoryPort: string;
}

/** Nothing entered; ports as KIM client modules and the directory proxy of connectors have them by default. */
export const noConnections: ConnectionEntries = {
  endpoint: '',
  mandantId: '',
  clientSystemId: '',
  workplaceId: '',
  kimAddress: '',
  kimHost: '',
  smtpPort: '465',
  pop3Port: '995',
  password: '',
  directoryHost: '',
  directoryPort: '636',
};

/** A doctor with nothing entered. */
export const noPractitioner: Practitioner = {
  type: '00',
  lanr: null,
  zanr: null,
  telematikId: null,
  asvGroup: null,
  asvTeam: null,
  qualification: null,
  family: '',
  given: '',
  title: null,
  affix: null,
  prefix: null,
};

/** Settings with nothing entered but what nearly everyone has. */
export function noSettings(language: Settings['language']): Settings {
  return {
    mode: 'live',
    language,
    practice: {
      bsnr: null,
      ik: null,
      kzv: null,
      site: null,
      telematikId: null,
      name: '',
      phone: null,
      fax: null,
      email: null,
      address: {
        street: null,
        houseNumber: null,
        extra: null,
        poBox: null,
        postalCode: null,
        city: null,
        country: 'D',
      },
    },
    practitioners: [{ ...noPractitioner, id: crypto.randomUUID() }],
    federalState: 'BE',
    saturdayCounts: true,
    paperPolicy: usualPaperPolicy,
    softwareId: '',
    paper: 'A5',
    copies: ['AG', 'V'],
    printerId: null,
    copyPrinters: { KK: null, AG: null, V: null },
    pollMinutes: 10,
    lockMinutes: 10,
    retentionYears: 10,
    hideMatchedAnswers: true,
    noticing: usualNoticing,
  };
}

/** The entries as connections; or which of them can't be one. */
export function connectionsOf(
  entries: ConnectionEntries,
):
  | { readonly kind: 'connections'; readonly connections: Connections }
  | { readonly kind: 'wrong'; readonly fields: readonly (keyof ConnectionEntries)[] } {
  const context = {
    mandantId: entries.mandantId.trim(),
    clientSystemId: entries.clientSystemId.trim(),
    workplaceId: entries.workplaceId.trim(),
    userId: null,
  };
  const trust = { authorities: [] };
  const kimServer = (port: string) => ({
    host: orElse(entries.kimHost, notEnteredHost),
    port: Number(port),
    security: 'tls',
    service: null,
    withContext: true,
    password: entries.password,
  });
  const parsed = connectionsSchema.safeParse({
    connector: {
      endpoint: orElse(entries.endpoint, notEnteredEndpoint),
      trust,
      authentication: { kind: 'none' },
      context,
      cardAuthorities: [],
    },
    mail: {
      address: entries.kimAddress.trim(),
      smtp: kimServer(entries.smtpPort),
      pop3: kimServer(entries.pop3Port),
      context: { ...context, connectorId: null },
      trust,
    },
    directory: {
      host: orElse(entries.directoryHost, notEnteredHost),
      port: Number(entries.directoryPort),
      trust,
      baseDn: 'dc=data,dc=vzd',
      login: null,
    },
  });
  if (parsed.success) return { kind: 'connections', connections: parsed.data };
  const fieldAt: Readonly<Record<string, keyof ConnectionEntries>> = {
    'connector.endpoint': 'endpoint',
    'mail.smtp.port': 'smtpPort',
    'mail.pop3.port': 'pop3Port',
    'directory.port': 'directoryPort',
  };
  const fields = parsed.error.issues.flatMap((issue) => fieldAt[issue.path.join('.')] ?? []);
  return { kind: 'wrong', fields };
}

function orElse(entered: string, otherwise: string): string {
  return entered.trim() === '' ? otherwise : entered.trim();
}
