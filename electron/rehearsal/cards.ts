import type { Authority, Identity } from './authority';

/** Somebody who has a professional's card (HBA). */
export interface CardHolder {
  readonly family: string;
  readonly given: string;
  readonly title: string | null;
  /** LANR or ZANR. */
  readonly number: string | null;
}

export type PinStatus = 'VERIFIED' | 'VERIFIABLE' | 'BLOCKED';

/** The Telematik-ID on the practice's card; made up. */
export const practiceTelematikId = '1-2c-UEBUNG-PRAXIS';

/** A card in the world's card terminal. */
export interface Card {
  readonly handle: string;
  readonly type: 'HBA' | 'SMC-B';
  readonly iccsn: string;
  readonly slot: number;
  readonly insertedAt: Date;
  /** Title, given name, family name; for the SMC-B the practice's name. */
  readonly holder: string;
  /** The reference of the certificate that signs, and the PIN that guards it. */
  readonly signing: { readonly reference: 'C.QES' | 'C.SIG'; readonly pin: 'PIN.QES' | 'PIN.SMC' };
  readonly identity: Identity;
  /** Whether the PIN was entered at the terminal. */
  isVerified: boolean;
  /** The open comfort session: whose, how many signatures are left, and when it ends. */
  comfort: { readonly userId: string; left: number; readonly endsAt: number } | null;
}

/** The card terminal: the practice's SMC-B, and an HBA for each person whom the rehearsal asks about. */
export class CardTerminal {
  readonly #cards: Card[] = [];
  readonly #byHolder = new Set<string>();

  constructor(
    private readonly authority: Authority,
    private readonly now: () => Date,
  ) {}

  get cards(): readonly Card[] {
    return this.#cards;
  }

  find(handle: string): Card | undefined {
    return this.#cards.find((card) => card.handle === handle);
  }

  /** Puts the practice's card in. */
  insertPracticeCard(practice: string): void {
    const subject = { organization: practice, commonName: `${practice} TEST-ONLY` };
    this.#insert('SMC-B', practice, subject, practiceTelematikId);
  }

  /** Puts an HBA in, unless this person's is in already. */
  insertProfessionalCard(holder: CardHolder): void {
    const key = JSON.stringify([holder.family, holder.given, holder.title, holder.number]);
    if (this.#byHolder.has(key)) return;
    this.#byHolder.add(key);
    const name = [holder.title, holder.given, holder.family].filter((part) => part !== null && part !== '').join(' ');
    this.#insert('HBA', name, {
      title: holder.title,
      surname: holder.family,
      givenName: holder.given,
      serialNumber: holder.number,
      commonName: name,
    });
  }

  #insert(
    type: Card['type'],
    holder: string,
    subject: Parameters<Authority['issue']>[0],
    telematikId: string | null = null,
  ): void {
    const slot = this.#cards.length + 1;
    this.#cards.push({
      handle: `${type}-${slot}`,
      type,
      // 80276 is how the numbers of German health cards begin; 99999 is no issuer's.
      iccsn: `8027699999${String(slot).padStart(10, '0')}`,
      slot,
      insertedAt: this.now(),
      holder,
      signing: type === 'HBA' ? { reference: 'C.QES', pin: 'PIN.QES' } : { reference: 'C.SIG', pin: 'PIN.SMC' },
      identity: this.authority.issue({ country: 'DE', ...subject }, 'card', telematikId),
      isVerified: false,
      comfort: null,
    });
  }
}
