import { fromByteArray, toByteArray } from 'base64-js';
import type { Host } from '../../../electron/contract/host';
import { canonicalJson } from '../../domain/event-chain';
import { headerSchema, isNewerHeader, type Header, type HeaderStore } from './header';

/**
 * The vault's header in the browser's storage, and its copy in the host's archive: where the browser's storage is gone, the copy opens the vault,
 * and with it everything that the archive holds.
 */
export class ArchivedHeader implements HeaderStore {
  readonly #own: HeaderStore;
  readonly #archive: Host['archive'];

  constructor(own: HeaderStore, archive: Host['archive']) {
    this.#own = own;
    this.#archive = archive;
  }

  /** The browser's own, else the copy; the copy is brought up to the own one where it lacks something. */
  async load(): Promise<unknown> {
    const [own, copy] = await Promise.all([this.#own.load(), this.#copy()]);
    if (own === null) return copy;
    const isSame = copy !== null && canonicalJson(copy) === canonicalJson(own);
    if (!isSame && newerOf(copy, headerSchema.safeParse(own).data) === null) await this.#saveCopy(own);
    return own;
  }

  /** The copy, where accounts were changed in another browser since; or where an old header was put in this one's storage. */
  async newer(than: Header): Promise<Header | null> {
    return newerOf(await this.#copy(), than);
  }

  /** Resolves when the browser has it; a host that has no archive or no room gets its copy at the next start. */
  async save(header: Header): Promise<void> {
    await this.#own.save(header);
    await this.#saveCopy(header);
  }

  async #copy(): Promise<unknown> {
    const read = await this.#archive.header({}).catch(() => null);
    if (read?.kind !== 'ok' || read.value.bytes === null) return null;
    const header: unknown = JSON.parse(new TextDecoder().decode(toByteArray(read.value.bytes)));
    return header;
  }

  async #saveCopy(header: unknown): Promise<void> {
    const bytes = fromByteArray(new TextEncoder().encode(JSON.stringify(header)));
    await this.#archive.saveHeader({ bytes }).catch(() => null);
  }
}

/** The copy as a header, if it says that it is newer than the other one. */
function newerOf(copy: unknown, than: Header | undefined): Header | null {
  const parsed = headerSchema.safeParse(copy);
  return parsed.success && than !== undefined && isNewerHeader(parsed.data, than) ? parsed.data : null;
}
