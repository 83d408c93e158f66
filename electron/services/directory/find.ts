import type { TLSSocket } from 'node:tls';
import { AndFilter, Client, EqualityFilter, type Entry } from 'ldapts';
import type { Result } from '../../contract/call';
import type { DirectoryConnection } from '../../contract/connections';
import type { ComponentCheck } from '../../contract/contract';
import { caught, Failed, failure, networkFailure } from '../failure';
import { isAddress } from '../mail/submit';
import { certificateNotAfter, connectionLost, describeTls, openTls } from '../tls';

const connectTimeout = 20_000;
const searchTimeout = 30_000;

/** gematik's entry type of insurers (Kostenträger) in the directory. */
const payerEntry = '5';
/** The structured data first: the flat list isn't to be relied on any more (gematik's guide to the directory). */
const addressAttributes = ['kimData', 'komLeData', 'mail'] as const;

/**
 * The KIM address of each insurer's intake: the entry with `domainID` = IK and `entryType` = 5; several hits: the first (P5-02). In the order of the
 * IKs given; one without an address in the directory is left out, so an empty list means that none has one. Reads only.
 */
export async function findAddresses(
  connection: DirectoryConnection,
  payerIks: readonly string[],
): Promise<Result<{ payerIk: string; address: string }[]>> {
  return withDirectory(connection, async (client) => {
    const found: { payerIk: string; address: string }[] = [];
    for (const payerIk of payerIks) {
      const filter = new AndFilter({
        filters: [
          new EqualityFilter({ attribute: 'domainID', value: payerIk }),
          new EqualityFilter({ attribute: 'entryType', value: payerEntry }),
        ],
      });
      const { searchEntries } = await client.search(connection.baseDn, {
        scope: 'sub',
        filter,
        attributes: [...addressAttributes],
      });
      const [address] = searchEntries.flatMap(addressesIn);
      if (address !== undefined) found.push({ payerIk, address });
    }
    return found;
  });
}

/** Connects, logs in where a login is set up, and reads the base entry. */
export async function checkDirectory(connection: DirectoryConnection): Promise<ComponentCheck> {
  return withDirectory(connection, async (client, socket) => {
    await client.search(connection.baseDn, { scope: 'base', attributes: ['1.1'] });
    return {
      description: `LDAP at ${connection.host}:${connection.port} (${describeTls(socket)}): ${connection.baseDn} can be read.`,
      certificateNotAfter: certificateNotAfter(socket),
    };
  });
}

async function withDirectory<T>(
  connection: DirectoryConnection,
  work: (client: Client, socket: TLSSocket) => Promise<T>,
): Promise<Result<T>> {
  return caught(async () => {
    const { host, port, login } = connection;
    const socket = await openTls(connection, connectTimeout);
    const client = new Client({
      url: `ldaps://${host.includes(':') ? `[${host}]` : host}:${port}`,
      timeout: searchTimeout,
      connectTimeout,
      // The handshake has been made and checked; the client only speaks LDAP over it, and doesn't connect anew behind our back.
      createSecureConnection: () => {
        if (socket.destroyed) throw connectionLost(`${host}:${port} closed the connection.`);
        return socket;
      },
    });
    try {
      if (login !== null) await client.bind(login.bindDn, login.password);
      return await work(client, socket);
    } catch (error) {
      throw new Failed(directoryFailure(error));
    } finally {
      await client.unbind().catch(() => undefined);
      socket.destroy();
    }
  });
}

/** The addresses of an entry, structured data first. `komLeData` is `<version>,<address>`, `kimData` `<address>,<version>,<services>`. */
export function addressesIn(entry: Entry): string[] {
  return addressAttributes.flatMap((attribute) =>
    textsIn(entry, attribute).flatMap((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter(isAddress)
        .slice(0, 1),
    ),
  );
}

function textsIn(entry: Entry, attribute: string): string[] {
  // Servers may answer with the spelling of their own schema.
  const key = Object.keys(entry).find((name) => name.toLowerCase() === attribute.toLowerCase());
  const value = key === undefined ? [] : entry[key];
  return [value ?? []].flat().map((item) => (typeof item === 'string' ? item : item.toString('utf8')));
}

/** LDAP result codes (RFC 4511) as failures; everything else is the network's. */
function directoryFailure(error: unknown) {
  if (error instanceof Failed) return error.failure;
  const network = networkFailure(error);
  if (network !== null) return network;
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'number' ? error.code : null;
  const text = error.message.slice(0, 500);
  if (code !== null && [7, 8, 48, 49, 50, 53].includes(code)) return failure('login', text, String(code));
  if (code === 3) return failure('timeout', text, '3');
  if (code !== null && code > 0 && code < 128) return failure('refused', text, String(code));
  if (/timeout|timed out/i.test(text)) return failure('timeout', text);
  if (/clos|socket|reset/i.test(text)) return failure('unreachable', text);
  return failure('protocol', text);
}
