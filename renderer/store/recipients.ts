import { z } from 'zod';
import type { Damages } from './damages';
import type { Database, RecipientRow, StoredRecipient } from './database';
import { pack, unpack } from './packing';
import { seal, unseal } from './sealing';

const recipientSchema = z.object({ payerIk: z.string(), address: z.string(), checkedAt: z.string() });

/**
 * The addresses that were found in the directory: a cache, in no journal. Certificates go where it says, so each row is sealed with the practice's key and bound to
 * its insurer: an address that somebody else wrote there is none.
 */
export class Recipients {
  readonly #database: Database;
  readonly #practiceKey: Uint8Array;
  readonly #damages: Damages;

  constructor(database: Database, means: { readonly practiceKey: Uint8Array; readonly damages: Damages }) {
    this.#database = database;
    this.#practiceKey = means.practiceKey;
    this.#damages = means.damages;
  }

  /** Where the insurer's intake was found last; `null`: it has to be looked up, also where what stands there can't be believed. */
  async get(payerId: string): Promise<RecipientRow | null> {
    const row = await this.#database.recipients.get(payerId);
    // In the open, as rows of before were: anybody may have written it.
    if (row?.sealed === undefined) return null;
    const plain = unseal(this.#practiceKey, placeOf(payerId), row.sealed);
    const opened = plain === null ? null : recipientSchema.safeParse(unpack(plain).value);
    if (opened?.success === true) return { payerId, ...opened.data };
    this.#damages.note({ table: 'recipients', key: payerId, what: 'closed' });
    return null;
  }

  async save(recipient: RecipientRow): Promise<void> {
    await this.#database.recipients.put(sealRecipient(recipient, this.#practiceKey));
  }

  async forget(payerId: string): Promise<void> {
    await this.#database.recipients.delete(payerId);
  }
}

/** The row as it stands in the database. */
export function sealRecipient({ payerId, ...rest }: RecipientRow, practiceKey: Uint8Array): StoredRecipient {
  return { payerId, sealed: seal(practiceKey, placeOf(payerId), pack(rest)) };
}

const placeOf = (payerId: string): string[] => ['recipients', payerId];
