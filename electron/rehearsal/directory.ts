import type { TLSSocket } from 'node:tls';
import { BerReader, BerWriter } from 'ldapts';
import type { Faults } from '../contract/rehearsal';
import type { Identity } from './authority';
import { readFilter } from './directory-filter';
import { openFront } from './front';

/** The directory of KIM addresses (VZD), as the connector's LDAP proxy shows it. */
export interface Directory {
  readonly port: number;
  setFault(fault: Faults['directory']): void;
  stop(): Promise<void>;
}

/** An insurer's entry. */
export interface DirectoryEntry {
  readonly payerIk: string;
  readonly name: string;
  readonly address: string;
}

export interface DirectoryOptions {
  readonly identity: Identity;
  readonly entries: () => readonly DirectoryEntry[];
}

export const directoryBase = 'dc=data,dc=vzd';

/** Starts the directory: LDAPv3 over TLS with bind, search, abandon and unbind, all that a practice system may use. */
export async function startDirectory(options: DirectoryOptions): Promise<Directory> {
  let fault: Faults['directory'] = 'none';
  const front = await openFront(options.identity, (socket) => {
    serve(socket, () => (fault === 'empty' ? [] : options.entries().map(attributesOf)));
  });
  return {
    port: front.port,
    setFault: (next) => {
      fault = next;
      front.setDown(next === 'down');
    },
    stop: () => front.stop(),
  };
}

interface Entry {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function attributesOf(entry: DirectoryEntry): Entry {
  const uid = `uebung-${entry.payerIk}`;
  return {
    dn: `uid=${uid},${directoryBase}`,
    attributes: {
      objectClass: 'vzdEntry',
      uid,
      cn: entry.name,
      displayName: entry.name,
      organization: entry.name,
      domainID: entry.payerIk,
      // 5: the entry of an insurer.
      entryType: '5',
      active: 'TRUE',
      mail: entry.address,
      // The structured form: version of the client module, address.
      komLeData: `1.5,${entry.address}`,
    },
  };
}

/** RFC 4511: application tags of the operations and result codes. */
const operation = {
  bindRequest: 0x60,
  bindResponse: 0x61,
  unbindRequest: 0x42,
  searchRequest: 0x63,
  searchResultEntry: 0x64,
  searchResultDone: 0x65,
  abandonRequest: 0x50,
  extendedRequest: 0x77,
  extendedResponse: 0x78,
} as const;
const result = {
  success: 0,
  protocolError: 2,
  sizeLimitExceeded: 4,
  noSuchObject: 32,
  invalidCredentials: 49,
} as const;

const frameLimit = 1024 * 1024;

function serve(socket: TLSSocket, entries: () => readonly Entry[]): void {
  socket.on('error', () => undefined);
  let pending = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (;;) {
      const length = frameLength(pending);
      if (length === 'broken' || (length !== 'incomplete' && length > frameLimit)) {
        socket.destroy();
        return;
      }
      if (length === 'incomplete' || pending.length < length) return;
      const frame = pending.subarray(0, length);
      pending = pending.subarray(length);
      const answer = answerFrame(frame, entries);
      if (answer === 'close') {
        socket.end();
        return;
      }
      for (const message of answer) socket.write(message);
    }
  });
}

/** The length of the first BER value, its own head included. */
function frameLength(buffer: Buffer): number | 'incomplete' | 'broken' {
  const [type, first] = buffer;
  if (type === undefined) return 'incomplete';
  if (type !== 0x30) return 'broken';
  if (first === undefined) return 'incomplete';
  if (first < 0x80) return 2 + first;
  const digits = first & 0x7f;
  if (digits === 0 || digits > 4) return 'broken';
  return buffer.length < 2 + digits ? 'incomplete' : 2 + digits + buffer.readUIntBE(2, digits);
}

function answerFrame(frame: Buffer, entries: () => readonly Entry[]): readonly Buffer[] | 'close' {
  try {
    const reader = new BerReader(frame);
    reader.readSequence();
    const id = reader.readInt() ?? 0;
    const type = reader.readSequence();
    switch (type) {
      case operation.bindRequest:
        return [done(id, operation.bindResponse, bind(reader))];
      case operation.searchRequest:
        return search(id, reader, entries());
      case operation.extendedRequest:
        return [done(id, operation.extendedResponse, result.protocolError)];
      case operation.abandonRequest:
        // A search is over before anything else is read: there is nothing left to abandon.
        return [];
      default:
        return 'close';
    }
  } catch {
    // The BER reader throws on a broken message, and a directory hangs up on one (RFC 4511 section 5.1).
    return 'close';
  }
}

/** The connector's proxy wants no login: an anonymous simple bind succeeds, any other fails. */
function bind(reader: BerReader): number {
  const version = reader.readInt();
  if (version !== 3) return result.protocolError;
  const name = reader.readString();
  const password = reader.readString(0x80);
  return name === '' && password === '' ? result.success : result.invalidCredentials;
}

function search(id: number, reader: BerReader, entries: readonly Entry[]): readonly Buffer[] {
  const base = (reader.readString() ?? '').toLowerCase().replace(/\s*,\s*/g, ',');
  const scope = reader.readEnumeration();
  reader.readEnumeration(); // aliases: there are none
  const sizeLimit = reader.readInt() ?? 0;
  reader.readInt(); // time limit: a search takes none
  const typesOnly = reader.readBoolean() === true;
  const filter = readFilter(reader);
  const wanted = readAttributeList(reader);

  const isBelow = base === directoryBase || base === 'dc=vzd' || base === '';
  if (!isBelow && !entries.some((entry) => entry.dn.toLowerCase() === base)) {
    return [done(id, operation.searchResultDone, result.noSuchObject)];
  }
  const found = entries.filter((entry) => isInScope(entry, base, scope) && filter(namesInSmallLetters(entry)));
  const limited = sizeLimit > 0 ? found.slice(0, sizeLimit) : found;
  return [
    ...limited.map((entry) => resultEntry(id, entry, wanted, typesOnly)),
    done(id, operation.searchResultDone, limited.length < found.length ? result.sizeLimitExceeded : result.success),
  ];
}

/** Scope 0: the base itself; 1: one level below; 2: everything below. */
function isInScope(entry: Entry, base: string, scope: number | null): boolean {
  const dn = entry.dn.toLowerCase();
  if (scope === 0) return dn === base;
  if (scope === 1) return base === directoryBase;
  return dn === base || base === '' || dn.endsWith(`,${base}`);
}

function namesInSmallLetters(entry: Entry): ReadonlyMap<string, string> {
  return new Map(Object.entries(entry.attributes).map(([name, value]) => [name.toLowerCase(), value]));
}

function readAttributeList(reader: BerReader): readonly string[] {
  const names: string[] = [];
  const length = reader.readSequence() === null ? 0 : reader.length;
  const end = reader.offset + length;
  while (reader.offset < end) names.push((reader.readString() ?? '').toLowerCase());
  return names;
}

function resultEntry(id: number, entry: Entry, wanted: readonly string[], typesOnly: boolean): Buffer {
  const isAll = wanted.length === 0 || wanted.includes('*');
  return message(id, operation.searchResultEntry, (writer) => {
    writer.writeString(entry.dn);
    writer.startSequence();
    for (const [name, value] of Object.entries(entry.attributes)) {
      if (!isAll && !wanted.includes(name.toLowerCase())) continue;
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(0x31);
      if (!typesOnly) writer.writeString(value);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
  });
}

function done(id: number, type: number, code: number): Buffer {
  return message(id, type, (writer) => {
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString('');
  });
}

function message(id: number, type: number, write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  writer.startSequence(type);
  write(writer);
  writer.endSequence();
  writer.endSequence();
  return writer.buffer;
}
