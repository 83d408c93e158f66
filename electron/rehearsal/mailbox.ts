/** A message in the practice's mailbox. */
export interface StoredMessage {
  /** Unique id, stable for the mailbox's life (UIDL). */
  readonly uid: string;
  /** Byte for byte, lines ending in CRLF. */
  readonly raw: Buffer;
}

/** The practice's mailbox at its KIM service. */
export class Mailbox {
  readonly #messages = new Map<string, StoredMessage>();
  #count = 0;

  /** `name` makes the unique ids of this mailbox different from another world's. */
  constructor(private readonly name: string) {}

  /** Puts a message in. */
  add(raw: Buffer): void {
    this.#count += 1;
    const uid = `${this.name}-${this.#count}`;
    this.#messages.set(uid, { uid, raw });
  }

  /** What is in it now, oldest first. */
  list(): readonly StoredMessage[] {
    return [...this.#messages.values()];
  }

  remove(uids: Iterable<string>): void {
    for (const uid of uids) this.#messages.delete(uid);
  }
}
