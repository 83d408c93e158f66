import { fromByteArray, toByteArray } from 'base64-js';
import type { Host } from '../../../electron/contract/host';
import { canonicalJson } from '../../domain/event-chain';
import { storageFailure } from '../failures';
import { headerSchema, isNewerHeader, type Header, type HeaderStore } from './header';

/**
 * The vault's header in the browser's storage, and its copy in the host's archive: where the browser's storage is gone, the copy opens the vault,
 * and with it everything that the archive holds.
 */
export class ArchivedHeader implements HeaderStore {
  readonly #own: HeaderStore;
  readonly #archive: Host['archive'];
  /** What the browser had no room for: the copy has it. */
  #held: Header | null = null;

  constructor(own: HeaderStore, archive: Host['archive']) {
    this.#own = own;
    this.#archive = archive;
  }

  /** The browser's own, else the copy; the copy is brought up to the own one where it lacks something. */
  async load(): Promise<unknown> {
    const [own, copy] = await Promise.all([this.#own.load(), this.#copy()]);
    if (this.#held !== null && newerOf(this.#held, headerSchema.safeParse(own).data) !== null) return this.#held;
    if (own === null) return copy;
    const isSame = copy !== null && canonicalJson(copy) === canonicalJson(own);
    if (!isSame && newerOf(copy, headerSchema.safeParse(own).data) === null) await this.#saveCopy(own);
    return own;
  }

  /** The copy, where accounts were changed in another browser since; or where an old header was put in this one's storage. */
  async newer(than: Header): Promise<Header | null> {
    return newerOf(await this.#copy(), than);
  }

  isHeld(): boolean {
    return this.#held !== null;
  }

  /**
   * Resolves when the browser has it; a host that has no archive or no room gets its copy at the next start. A browser without room keeps it in memory as soon as the host
   * has it: the next start finds the copy newer. Rejects where neither has room.
   */
  async save(header: Header): Promise<void> {
    try {
      await this.#own.save(header);
      this.#held = null;
    } catch (error) {
      if (storageFailure(error).reason !== 'full' || !(await this.#isCopied(header))) throw error;
      this.#held = header;
      return;
    }
    await this.#saveCopy(header);
  }

  async #isCopied(header: Header): Promise<boolean> {
    const copy = await this.#copy();
    return (copy !== null && canonicalJson(copy) === canonicalJson(header)) || this.#saveCopy(header);
  }

  async #copy(): Promise<unknown> {
    const read = await this.#archive.header({}).catch(() => null);
    if (read?.kind !== 'ok' || read.value.bytes === null) return null;
    const header: unknown = JSON.parse(new TextDecoder().decode(toByteArray(read.value.bytes)));
    return header;
  }

  /** Whether the host has it now. */
  async #saveCopy(header: unknown): Promise<boolean> {
    const bytes = fromByteArray(new TextEncoder().encode(JSON.stringify(header)));
    return (await this.#archive.saveHeader({ bytes }).catch(() => null))?.kind === 'ok';
  }
}

/** The copy as a header, if it says that it is newer than the other one. */
function newerOf(copy: unknown, than: Header | undefined): Header | null {
  const parsed = headerSchema.safeParse(copy);
  return parsed.success && than !== undefined && isNewerHeader(parsed.data, than) ? parsed.data : null;
}
