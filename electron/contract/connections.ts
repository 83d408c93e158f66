import { z } from 'zod';

/** How to reach the components outside: the practice's settings, or the rehearsal world's, in the same words. */

/** TLS: which certificates to trust (PEM; empty: the machine's own list). Checking can't be switched off. */
export const trustSchema = z.object({ authorities: z.array(z.string()) });

/** The connector's call context. */
export const callContextSchema = z.object({
  mandantId: z.string(),
  clientSystemId: z.string(),
  workplaceId: z.string(),
  userId: z.string().nullable(),
});

export const connectorSchema = z.object({
  /** Base address, such as `https://192.168.1.20:443`; service discovery reads `/connector.sds` there. */
  endpoint: z.url(),
  trust: trustSchema,
  authentication: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('password'), user: z.string(), password: z.string() }),
    z.object({ kind: z.literal('certificate'), certificate: z.string(), key: z.string() }),
    z.object({ kind: z.literal('pkcs12'), container: z.base64(), password: z.string() }),
  ]),
  context: callContextSchema,
  /** PEM certificates of the authorities that issue signing cards: what comes back is verified against them. */
  cardAuthorities: z.array(z.string()),
});

const mailServerSchema = z.object({
  host: z.string(),
  port: z.number().int().min(1).max(65535),
  security: z.enum(['tls', 'starttls']),
  /** The mail service behind the client module, part of the user name: `<address>#<server>:<port>`. */
  service: z.object({ host: z.string(), port: z.number().int() }).nullable(),
  /** With the call context in the user name, or without (eau.md section 7). */
  withContext: z.boolean(),
  password: z.string(),
});

export const mailAccountSchema = z.object({
  /** The practice's KIM address: login, sender and Reply-To. */
  address: z.string(),
  smtp: mailServerSchema,
  pop3: mailServerSchema,
  context: callContextSchema.extend({ connectorId: z.string().nullable() }),
  trust: trustSchema,
});

export const directorySchema = z.object({
  host: z.string(),
  port: z.number().int().min(1).max(65535),
  trust: trustSchema,
  baseDn: z.string(),
  login: z.object({ bindDn: z.string(), password: z.string() }).nullable(),
});

export const connectionsSchema = z.object({
  connector: connectorSchema,
  mail: mailAccountSchema,
  directory: directorySchema,
});

export type Trust = z.output<typeof trustSchema>;
export type CallContext = z.output<typeof callContextSchema>;
export type ConnectorConnection = z.output<typeof connectorSchema>;
export type MailServer = z.output<typeof mailServerSchema>;
export type MailAccount = z.output<typeof mailAccountSchema>;
export type DirectoryConnection = z.output<typeof directorySchema>;
export type Connections = z.output<typeof connectionsSchema>;
