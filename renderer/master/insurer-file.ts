import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { SaxesParser } from 'saxes';
import { z } from 'zod';

/**
 * KBV's insurer file (SDKT, namespace `urn:ehd/kts/001` in ehd 1.40, ISO 8859-1): each Kostenträger with its particulars in `V` attributes. Read
 * in pieces as they come from the disk; the file has some 13 MB, most of it about billing, which is passed over.
 */

const fileNamespace = 'urn:ehd/kts/001';
const frameNamespace = 'urn:ehd/001';

/** Larger is no insurer file: the real one has 13 MB. */
export const largestInsurerFile = 120_000_000;
const maximumDepth = 40;
const maximumEntries = 60_000;
const maximumText = 400;

const dayOrNull = z.string().nullable();
const addressSchema = z.object({
  kind: z.enum(['anschrift', 'postfach', 'grosskunde']),
  line: z.string(),
  postalCode: z.string(),
  city: z.string(),
});

/** A Kostenträger as the file has it. Days are ISO; open ends are `null`. */
export const insurerEntrySchema = z.object({
  vknr: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  searchName: z.string().nullable(),
  places: z.array(z.string()),
  group: z.string().nullable(),
  from: dayOrNull,
  until: dayOrNull,
  /** F: merged into `successor` (a VKNR); A: dissolved. */
  ended: z.object({ kind: z.enum(['merged', 'dissolved']), successor: z.string().nullable() }).nullable(),
  iks: z.array(z.object({ ik: z.string(), isBilling: z.boolean(), from: dayOrNull, until: dayOrNull })),
  addresses: z.array(addressSchema),
  /** `role`: the kind of data (ASV, EFN, FB3-Kasse …). */
  providers: z.array(z.object({ name: z.string(), role: z.string(), ik: z.string().nullable() })),
  /** `bedruckungsname` by billing area; `00` is the usual one. */
  formNames: z.array(z.object({ area: z.string(), name: z.string() })),
});
export type InsurerEntry = z.output<typeof insurerEntrySchema>;

export const insurerFileFaults = [
  'not-an-insurer-file',
  'wrong-encoding',
  'document-type',
  'malformed',
  'truncated',
  'too-large',
  'bad-entry',
  'twice',
  'no-validity',
  'empty',
] as const;

/** Why a file is no insurer file. */
export type InsurerFileFault = (typeof insurerFileFaults)[number];

export const insurerFileSchema = z.object({
  /** SHA-256 of its bytes: the same file is the same version. */
  id: z.string(),
  /** From when to when it is in force (`service_tmr`), ISO days. */
  validFrom: z.string(),
  validUntil: dayOrNull,
  /** When KBV made it, as an ISO day, where it says so. */
  producedOn: dayOrNull,
  entries: z.array(insurerEntrySchema),
});
export type InsurerFile = z.output<typeof insurerFileSchema>;

/** What reading a file came to; `line` is where it failed, counted from 1, `what` the value that was wrong. */
export type InsurerFileReading =
  | { readonly kind: 'insurers'; readonly file: InsurerFile }
  | {
      readonly kind: 'unreadable';
      readonly reason: InsurerFileFault;
      readonly line: number | null;
      readonly what: string;
    };

class NotReadable extends Error {
  constructor(
    readonly reason: InsurerFileFault,
    readonly what = '',
  ) {
    super(reason);
  }
}

/** The whole file in one go: for what is small, such as the built-in world's. Never throws for what the bytes say. */
export function readInsurerFile(bytes: Uint8Array): InsurerFileReading {
  const reader = new InsurerFileReader();
  return reader.write(bytes) ?? reader.end();
}

/** Reads an insurer file piece by piece. */
export class InsurerFileReader {
  readonly #parser = new SaxesParser({ xmlns: true });
  /** `null`: the file's hash was given. */
  readonly #hash: ReturnType<typeof sha256.create> | null;
  readonly #givenHash: string;
  readonly #entries = new EntryBuilder();
  #decoder: TextDecoder | null = null;
  #isLatin = false;
  #size = 0;
  #lastByte = 0;
  #head = new Uint8Array(0);
  #isEnding = false;
  #failed: InsurerFileReading | null = null;

  /** `hash`: the SHA-256 of the whole file (hex), where the machine's own has made it in a tenth of the time that it takes here. */
  constructor(hash: string | null = null) {
    this.#givenHash = hash ?? '';
    this.#hash = hash === null ? sha256.create() : null;
    this.#parser.on('doctype', () => {
      throw new NotReadable('document-type');
    });
    this.#parser.on('error', () => {
      throw new NotReadable(this.#isEnding ? 'truncated' : 'malformed');
    });
    this.#parser.on('opentag', (tag) => {
      this.#entries.open(tag.local, tag.uri, (name) => tag.attributes[name]?.value ?? null);
    });
    this.#parser.on('closetag', (tag) => this.#entries.close(tag.local));
  }

  /** Takes the next bytes. Returns why the file is refused as soon as that is known, else `null`. */
  write(bytes: Uint8Array): InsurerFileReading | null {
    return this.#attempt(() => {
      this.#size += bytes.byteLength;
      if (this.#size > largestInsurerFile) throw new NotReadable('too-large');
      this.#hash?.update(bytes);
      if (this.#decoder !== null) {
        this.#parse(bytes);
        return;
      }
      // The first line names the encoding; a piece may end in the middle of it.
      const head = new Uint8Array(this.#head.byteLength + bytes.byteLength);
      head.set(this.#head);
      head.set(bytes, this.#head.byteLength);
      this.#head = head;
      if (head.byteLength >= 200) this.#begin();
    });
  }

  /** All bytes are there: the insurers, or why it is none. */
  end(): InsurerFileReading {
    const refused = this.#attempt(() => {
      if (this.#size === 0) throw new NotReadable('empty');
      if (this.#decoder === null) this.#begin();
      this.#isEnding = true;
      let rest: string;
      try {
        rest = this.#decoder?.decode() ?? '';
      } catch {
        throw new NotReadable('wrong-encoding');
      }
      this.#parser.write(rest).close();
      this.#entries.complete();
    });
    if (refused !== null) return refused;
    const { entries, validFrom, validUntil, producedOn } = this.#entries;
    if (validFrom === null) return { kind: 'unreadable', reason: 'no-validity', line: null, what: '' };
    return {
      kind: 'insurers',
      file: {
        id: this.#hash === null ? this.#givenHash : bytesToHex(this.#hash.digest()),
        validFrom,
        validUntil,
        producedOn,
        entries,
      },
    };
  }

  #begin(): void {
    const start = new TextDecoder('latin1').decode(this.#head.subarray(0, 200));
    if (!/^(?:\u00ef\u00bb\u00bf)?\s*</.test(start)) throw new NotReadable('not-an-insurer-file');
    const declared = (/encoding=["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1] ?? 'utf-8').toLowerCase();
    if (!['iso-8859-1', 'iso-8859-15', 'utf-8'].includes(declared)) throw new NotReadable('wrong-encoding', declared);
    this.#isLatin = declared !== 'utf-8';
    this.#decoder = new TextDecoder(declared, { fatal: true });
    this.#parse(this.#head);
    this.#head = new Uint8Array(0);
  }

  #parse(bytes: Uint8Array): void {
    if (this.#isLatin) this.#refuseUtf8(bytes);
    let text: string;
    try {
      text = this.#decoder?.decode(bytes, { stream: true }) ?? '';
    } catch {
      throw new NotReadable('wrong-encoding');
    }
    this.#parser.write(text);
  }

  /** Says ISO 8859-1 and is UTF-8: read as it says, «Müller» would stand as «MÃ¼ller» on every slip. */
  #refuseUtf8(bytes: Uint8Array): void {
    // 0xC3 and a continuation byte is «Ã» with a sign that follows it in no German name.
    const isContinued = (byte: number | undefined) => byte !== undefined && byte >= 0x80 && byte <= 0xbf;
    if (this.#lastByte === 0xc3 && isContinued(bytes[0])) throw new NotReadable('wrong-encoding', 'UTF-8');
    for (let at = bytes.indexOf(0xc3); at !== -1; at = bytes.indexOf(0xc3, at + 1))
      if (isContinued(bytes[at + 1])) throw new NotReadable('wrong-encoding', 'UTF-8');
    this.#lastByte = bytes.at(-1) ?? this.#lastByte;
  }

  #attempt(step: () => void): InsurerFileReading | null {
    if (this.#failed !== null) return this.#failed;
    try {
      step();
      return null;
    } catch (thrown) {
      if (!(thrown instanceof NotReadable)) throw thrown;
      const { reason, what } = thrown;
      const isPlaced = reason === 'malformed' || reason === 'bad-entry' || reason === 'twice';
      this.#failed = { kind: 'unreadable', reason, line: isPlaced ? this.#parser.line : null, what };
      return this.#failed;
    }
  }
}

type Attribute = (name: string) => string | null;

/** Puts entries together from tags as they open and close. */
class EntryBuilder {
  readonly entries: InsurerEntry[] = [];
  validFrom: string | null = null;
  validUntil: string | null = null;
  producedOn: string | null = null;
  readonly #path: string[] = [];
  readonly #vknrs = new Set<string>();
  #entry: InsurerEntry | null = null;
  #isInsurerFile = false;

  open(name: string, namespace: string, attribute: Attribute): void {
    if (this.#path.length === 0 && (name !== 'ehd' || namespace !== frameNamespace))
      throw new NotReadable('not-an-insurer-file', name);
    if (this.#path.length >= maximumDepth) throw new NotReadable('malformed');
    if (namespace !== fileNamespace) {
      // Another of KBV's files, such as the diagnoses.
      if (/^urn:ehd\/[a-z]+\/\d+$/.test(namespace)) throw new NotReadable('not-an-insurer-file', namespace);
    } else this.#isInsurerFile = true;
    const parent = this.#path.at(-1) ?? '';
    this.#path.push(name);
    const value = () => textOf(attribute('V') ?? '');
    if (this.#entry !== null) {
      this.#particular(this.#entry, name, parent, value, attribute);
      return;
    }
    if (name === 'service_tmr') {
      const [from, until] = periodOf(value());
      this.validFrom ??= from;
      this.validUntil ??= until;
    } else if (name === 'origination_dttm') this.producedOn ??= /^\d{4}-\d\d-\d\d/.exec(value())?.[0] ?? null;
    else if (name === 'kostentraeger' && namespace === fileNamespace) this.#entry = this.#newEntry(value());
  }

  close(name: string): void {
    this.#path.pop();
    if (name !== 'kostentraeger' || this.#entry === null) return;
    const entry = this.#entry;
    this.#entry = null;
    if (entry.name === '') throw new NotReadable('bad-entry', entry.vknr);
    this.entries.push(entry);
  }

  complete(): void {
    if (!this.#isInsurerFile) throw new NotReadable('not-an-insurer-file');
    if (this.entries.length === 0) throw new NotReadable('empty');
  }

  #newEntry(vknr: string): InsurerEntry {
    if (!/^\d{5}$/.test(vknr)) throw new NotReadable('bad-entry', vknr);
    if (this.#vknrs.has(vknr)) throw new NotReadable('twice', vknr);
    if (this.#vknrs.size >= maximumEntries) throw new NotReadable('too-large');
    this.#vknrs.add(vknr);
    return {
      vknr,
      name: '',
      shortName: null,
      searchName: null,
      places: [],
      group: null,
      from: null,
      until: null,
      ended: null,
      iks: [],
      addresses: [],
      providers: [],
      formNames: [],
    };
  }

  #particular(entry: InsurerEntry, name: string, parent: string, value: () => string, attribute: Attribute): void {
    switch (`${parent}/${name}`) {
      case 'kostentraeger/gueltigkeit':
        [entry.from, entry.until] = periodOf(value());
        return;
      case 'bezeichnung/name':
        entry.name = value();
        return;
      case 'bezeichnung/kurzname':
        entry.shortName = orNull(value());
        return;
      case 'bezeichnung/suchname':
        entry.searchName = orNull(value());
        return;
      case 'ortssuchname_liste/ortssuchname':
        if (value() !== '') entry.places.push(value());
        return;
      case 'kostentraeger/kostentraegergruppe':
        entry.group = orNull(value());
        return;
      case 'ik_liste/ik':
        entry.iks.push({ ik: ikOf(value()), isBilling: attribute('R') === 'abrechnungs_ik', from: null, until: null });
        return;
      case 'ik/gueltigkeit': {
        const ik = entry.iks.at(-1);
        // A provider's IK has a validity of its own, which concerns nobody here.
        if (ik !== undefined && this.#path.at(-3) === 'ik_liste') [ik.from, ik.until] = periodOf(value());
        return;
      }
      case 'kostentraeger/existenzbeendigung':
        entry.ended = { kind: value() === 'F' ? 'merged' : 'dissolved', successor: null };
        return;
      case 'existenzbeendigung/aufnehmender_kostentraeger':
        entry.ended = { kind: 'merged', successor: orNull(value()) };
        return;
      case 'adresse_liste/adresse': {
        const kind = addressSchema.shape.kind.safeParse(attribute('R'));
        if (!kind.success) throw new NotReadable('bad-entry', `${entry.vknr} ${attribute('R') ?? ''}`);
        entry.addresses.push({ kind: kind.data, line: '', postalCode: '', city: '' });
        return;
      }
      case 'adresse/STR':
      case 'adresse/HNR':
      case 'adresse/POB':
      case 'adresse/ZIP':
      case 'adresse/CTY':
        addressPart(entry, name, value());
        return;
      case 'dav_liste/dav': {
        const provider = orNull(textOf(attribute('DN') ?? '')) ?? orNull(value());
        if (provider !== null) entry.providers.push({ name: provider, role: attribute('R') ?? '', ik: null });
        return;
      }
      case 'dav/ik': {
        const provider = entry.providers.at(-1);
        if (provider !== undefined) provider.ik = ikOf(value());
        return;
      }
      case 'kt_abrechnungsbereich_liste/kt_abrechnungsbereich':
        entry.formNames.push({ area: value(), name: '' });
        return;
      case 'kt_abrechnungsbereich/bedruckungsname': {
        const area = entry.formNames.at(-1);
        if (area !== undefined) area.name = value();
        return;
      }
    }
  }
}

function addressPart(entry: InsurerEntry, name: string, value: string): void {
  const address = entry.addresses.at(-1);
  if (address === undefined || value === '') return;
  if (name === 'ZIP') address.postalCode = value;
  else if (name === 'CTY') address.city = value;
  else if (name === 'POB') address.line = /\d$/.test(value) && !/[a-z]/i.test(value) ? `Postfach ${value}` : value;
  else address.line = address.line === '' ? value : `${address.line} ${value}`;
}

function textOf(value: string): string {
  const text = value.trim().replaceAll(/\s+/g, ' ');
  if (text.length > maximumText) throw new NotReadable('bad-entry', `${text.slice(0, 20)}…`);
  return text;
}

function ikOf(value: string): string {
  if (!/^\d{9}$/.test(value)) throw new NotReadable('bad-entry', value);
  return value;
}

/** `2006-10-01..2006-12-31`, either end may be open. */
function periodOf(value: string): [string | null, string | null] {
  const match = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.exec(value);
  if (match === null) throw new NotReadable('bad-entry', value);
  return [match[1] ?? null, match[2] ?? null];
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
