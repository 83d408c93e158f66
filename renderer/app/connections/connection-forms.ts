import { z } from 'zod';
import {
  connectorSchema,
  directorySchema,
  mailAccountSchema,
  type ConnectorConnection,
  type DirectoryConnection,
  type MailAccount,
  type MailServer,
} from '../../../electron/contract/connections';
import { pemBlocks, pemCertificates } from './pem';

/**
 * The connections as forms: flat texts in, parsed connections out. A secret that is stored is never shown; an empty field keeps it.
 */

/** What is wrong with a field; key of the texts `connections.wrong`. */
export type ConnectionFault = 'missing' | 'url' | 'port' | 'pem' | 'file';
export type Faults<Entry> = Partial<Readonly<Record<keyof Entry, ConnectionFault>>>;
export type Reading<Entry, Value> =
  | { readonly kind: 'read'; readonly value: Value }
  | { readonly kind: 'wrong'; readonly faults: Faults<Entry> };

export interface ConnectorEntry {
  readonly endpoint: string;
  readonly authentication: ConnectorConnection['authentication']['kind'];
  readonly user: string;
  /** Of the user, or of the PKCS#12 container. */
  readonly password: string;
  readonly certificate: string;
  readonly key: string;
  /** Base64 of a newly chosen PKCS#12 file; empty: the stored one. */
  readonly container: string;
  readonly mandantId: string;
  readonly clientSystemId: string;
  readonly workplaceId: string;
  readonly userId: string;
  readonly authorities: string;
  readonly cardAuthorities: string;
}

export interface MailEntry {
  readonly address: string;
  readonly smtpHost: string;
  readonly smtpPort: string;
  readonly smtpSecurity: MailServer['security'];
  readonly smtpWithContext: boolean;
  readonly smtpPassword: string;
  readonly smtpServiceHost: string;
  readonly smtpServicePort: string;
  readonly pop3Host: string;
  readonly pop3Port: string;
  readonly pop3Security: MailServer['security'];
  readonly pop3WithContext: boolean;
  readonly pop3Password: string;
  readonly pop3ServiceHost: string;
  readonly pop3ServicePort: string;
  readonly mandantId: string;
  readonly clientSystemId: string;
  readonly workplaceId: string;
  readonly userId: string;
  readonly connectorId: string;
  readonly authorities: string;
}

export interface DirectoryEntry {
  readonly host: string;
  readonly port: string;
  readonly baseDn: string;
  readonly bindDn: string;
  readonly password: string;
  readonly authorities: string;
}

export function connectorEntry({ endpoint, authentication, context, trust, cardAuthorities }: ConnectorConnection): ConnectorEntry {
  return {
    endpoint,
    authentication: authentication.kind,
    user: authentication.kind === 'password' ? authentication.user : '',
    password: '',
    certificate: authentication.kind === 'certificate' ? authentication.certificate : '',
    key: '',
    container: '',
    mandantId: context.mandantId,
    clientSystemId: context.clientSystemId,
    workplaceId: context.workplaceId,
    userId: context.userId ?? '',
    authorities: trust.authorities.join('\n'),
    cardAuthorities: cardAuthorities.join('\n'),
  };
}

export function mailEntry({ address, smtp, pop3, context, trust }: MailAccount): MailEntry {
  return {
    address,
    smtpHost: smtp.host,
    smtpPort: String(smtp.port),
    smtpSecurity: smtp.security,
    smtpWithContext: smtp.withContext,
    smtpPassword: '',
    smtpServiceHost: smtp.service?.host ?? '',
    smtpServicePort: smtp.service === null ? '' : String(smtp.service.port),
    pop3Host: pop3.host,
    pop3Port: String(pop3.port),
    pop3Security: pop3.security,
    pop3WithContext: pop3.withContext,
    pop3Password: '',
    pop3ServiceHost: pop3.service?.host ?? '',
    pop3ServicePort: pop3.service === null ? '' : String(pop3.service.port),
    mandantId: context.mandantId,
    clientSystemId: context.clientSystemId,
    workplaceId: context.workplaceId,
    userId: context.userId ?? '',
    connectorId: context.connectorId ?? '',
    authorities: trust.authorities.join('\n'),
  };
}

export function directoryEntry({ host, port, baseDn, login, trust }: DirectoryConnection): DirectoryEntry {
  return {
    host,
    port: String(port),
    baseDn,
    bindDn: login?.bindDn ?? '',
    password: '',
    authorities: trust.authorities.join('\n'),
  };
}

/** Reads the connector's form over what is stored. */
export function readConnector(
  entry: ConnectorEntry,
  stored: ConnectorConnection,
): Reading<ConnectorEntry, ConnectorConnection> {
  const [authorities, cardAuthorities] = [pemCertificates(entry.authorities), pemCertificates(entry.cardAuthorities)];
  const authentication = readAuthentication(entry, stored.authentication);
  const faults: Faults<ConnectorEntry> = {
    ...missing(entry, ['mandantId', 'clientSystemId', 'workplaceId']),
    ...(isEndpoint(entry.endpoint.trim()) ? {} : { endpoint: 'url' as const }),
    ...(authorities === null ? { authorities: 'pem' as const } : {}),
    ...(cardAuthorities === null ? { cardAuthorities: 'pem' as const } : {}),
    ...(authentication.kind === 'wrong' ? authentication.faults : {}),
  };
  if (hasFaults(faults) || authentication.kind === 'wrong') return { kind: 'wrong', faults };
  return {
    kind: 'read',
    value: connectorSchema.parse({
      endpoint: entry.endpoint.trim(),
      trust: { authorities },
      authentication: authentication.value,
      context: contextOf(entry),
      cardAuthorities,
    }),
  };
}

type Authentication = ConnectorConnection['authentication'];

function readAuthentication(entry: ConnectorEntry, stored: Authentication): Reading<ConnectorEntry, Authentication> {
  const { authentication: kind } = entry;
  const password = entry.password !== '' ? entry.password : 'password' in stored && stored.kind === kind ? stored.password : '';
  switch (kind) {
    case 'none':
      return { kind: 'read', value: { kind } };
    case 'password': {
      const faults: Faults<ConnectorEntry> = {
        ...missing(entry, ['user']),
        ...(password === '' ? { password: 'missing' as const } : {}),
      };
      return hasFaults(faults)
        ? { kind: 'wrong', faults }
        : { kind: 'read', value: { kind, user: entry.user.trim(), password } };
    }
    case 'certificate': {
      const key = entry.key.trim() !== '' ? entry.key.trim() : stored.kind === kind ? stored.key : '';
      const faults: Faults<ConnectorEntry> = {
        ...(pemCertificates(entry.certificate)?.length === 1 ? {} : { certificate: 'pem' as const }),
        ...(pemBlocks(key)?.length === 1 ? {} : { key: 'pem' as const }),
      };
      return hasFaults(faults)
        ? { kind: 'wrong', faults }
        : { kind: 'read', value: { kind, certificate: entry.certificate.trim(), key } };
    }
    case 'pkcs12': {
      const container = entry.container !== '' ? entry.container : stored.kind === kind ? stored.container : '';
      return container === ''
        ? { kind: 'wrong', faults: { container: 'file' } }
        : { kind: 'read', value: { kind, container, password } };
    }
  }
}

/** Reads the form of the KIM account over what is stored. */
export function readMail(entry: MailEntry, stored: MailAccount): Reading<MailEntry, MailAccount> {
  const authorities = pemCertificates(entry.authorities);
  const faults: Faults<MailEntry> = {
    ...missing(entry, ['address', 'smtpHost', 'pop3Host']),
    ...(entry.smtpWithContext || entry.pop3WithContext
      ? missing(entry, ['mandantId', 'clientSystemId', 'workplaceId'])
      : {}),
    ...wrongPorts(entry, ['smtpPort', 'pop3Port']),
    ...(entry.smtpServiceHost.trim() === '' ? {} : wrongPorts(entry, ['smtpServicePort'])),
    ...(entry.pop3ServiceHost.trim() === '' ? {} : wrongPorts(entry, ['pop3ServicePort'])),
    ...(authorities === null ? { authorities: 'pem' as const } : {}),
  };
  if (hasFaults(faults)) return { kind: 'wrong', faults };
  const service = (host: string, port: string) =>
    host.trim() === '' ? null : { host: host.trim(), port: Number(port) };
  return {
    kind: 'read',
    value: mailAccountSchema.parse({
      address: entry.address.trim(),
      smtp: {
        host: entry.smtpHost.trim(),
        port: Number(entry.smtpPort),
        security: entry.smtpSecurity,
        service: service(entry.smtpServiceHost, entry.smtpServicePort),
        withContext: entry.smtpWithContext,
        password: entry.smtpPassword === '' ? stored.smtp.password : entry.smtpPassword,
      },
      pop3: {
        host: entry.pop3Host.trim(),
        port: Number(entry.pop3Port),
        security: entry.pop3Security,
        service: service(entry.pop3ServiceHost, entry.pop3ServicePort),
        withContext: entry.pop3WithContext,
        password: entry.pop3Password === '' ? stored.pop3.password : entry.pop3Password,
      },
      context: { ...contextOf(entry), connectorId: orNull(entry.connectorId) },
      trust: { authorities },
    }),
  };
}

/** Reads the directory's form over what is stored. */
export function readDirectory(
  entry: DirectoryEntry,
  stored: DirectoryConnection,
): Reading<DirectoryEntry, DirectoryConnection> {
  const authorities = pemCertificates(entry.authorities);
  const bindDn = entry.bindDn.trim();
  const faults: Faults<DirectoryEntry> = {
    ...missing(entry, ['host', 'baseDn']),
    ...wrongPorts(entry, ['port']),
    ...(authorities === null ? { authorities: 'pem' as const } : {}),
  };
  if (hasFaults(faults)) return { kind: 'wrong', faults };
  return {
    kind: 'read',
    value: directorySchema.parse({
      host: entry.host.trim(),
      port: Number(entry.port),
      trust: { authorities },
      baseDn: entry.baseDn.trim(),
      login:
        bindDn === '' ? null : { bindDn, password: entry.password === '' ? (stored.login?.password ?? '') : entry.password },
    }),
  };
}

const portSchema = z.coerce.number().int().min(1).max(65535);

function contextOf(entry: {
  readonly mandantId: string;
  readonly clientSystemId: string;
  readonly workplaceId: string;
  readonly userId: string;
}) {
  return {
    mandantId: entry.mandantId.trim(),
    clientSystemId: entry.clientSystemId.trim(),
    workplaceId: entry.workplaceId.trim(),
    userId: orNull(entry.userId),
  };
}

function isEndpoint(text: string): boolean {
  return /^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text);
}

function missing<Key extends string>(
  entry: Readonly<Record<Key, string>>,
  fields: readonly Key[],
): Partial<Record<Key, ConnectionFault>> {
  const faults: Partial<Record<Key, ConnectionFault>> = {};
  for (const field of fields) if (entry[field].trim() === '') faults[field] = 'missing';
  return faults;
}

function wrongPorts<Key extends string>(
  entry: Readonly<Record<Key, string>>,
  fields: readonly Key[],
): Partial<Record<Key, ConnectionFault>> {
  const faults: Partial<Record<Key, ConnectionFault>> = {};
  for (const field of fields) if (!portSchema.safeParse(entry[field]).success) faults[field] = 'port';
  return faults;
}

function hasFaults(faults: object): boolean {
  return Object.keys(faults).length > 0;
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
