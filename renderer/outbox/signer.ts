import type { CardChoice, SignatureOutcome } from '../../electron/contract/contract';
import type { Practice, Practitioner } from '../domain/certificate';
import { fullFamilyName } from '../domain/person-name';

/**
 * Whose card signs (P4-01, P4-02): by default each issuer's own (HBA); the practice's (SMC-B) on the user's explicit choice only, with the reason that
 * is recorded with each signature (card lost, broken, not delivered; the doctor has left).
 */
export type SigningCard = { readonly kind: 'own' } | { readonly kind: 'practice'; readonly reason: string };

type Signer = Extract<SignatureOutcome, { kind: 'signed' }>['signer'];

/** The card that signs for an issuer: their own (HBA). */
export function cardOf(issuer: Practitioner): CardChoice {
  const { title, lanr, zanr } = issuer;
  return { kind: 'HBA', holder: { family: fullFamilyName(issuer), given: issuer.given, title, number: lanr ?? zanr } };
}

/**
 * Whether the card that signed is the issuer's: never with another Telematik-ID or another doctor's number, else by number where the card carries it, or
 * by name. Cards may bear further given names, titles, or umlauts spelt out.
 */
export function isIssuersCard(issuer: Practitioner, signer: Signer): boolean {
  const known = issuer.telematikId ?? '';
  if (known !== '' && signer.telematikId !== null) return signer.telematikId === known;
  const number = issuer.lanr ?? issuer.zanr;
  const onCard = signer.serialNumber;
  if (number !== null && onCard !== null && /^\d{9}$/.test(onCard)) return onCard === number;
  const name = wordsOf(signer.commonName);
  const family = wordsOf(issuer.family);
  const given = wordsOf(issuer.given);
  return family.length > 0 && family.every((word) => name.includes(word)) && given.some((word) => name.includes(word));
}

/**
 * Whether the card that signed is the practice's: by Telematik-ID where both are known, else by a word that its name has in common with the
 * practice's, since cards bear the name the practice had when it ordered them.
 */
export function isPracticesCard(practice: Practice, signer: Signer): boolean {
  const known = practice.telematikId ?? '';
  if (known !== '' && signer.telematikId !== null) return signer.telematikId === known;
  const name = wordsOf(signer.commonName);
  return wordsOf(practice.name).some((word) => word.length > 2 && !commonWords.has(word) && name.includes(word));
}

/** Words that any practice may have in its name. */
const commonWords = new Set(
  'praxis arztpraxis gemeinschaftspraxis hausarztpraxis zahnarztpraxis berufsausuebungsgemeinschaft bag mvz med dent dres und der die das fuer arzt aerzte aerztin aerztinnen zahnarzt zahnaerzte zahnaerztin zentrum test only'.split(
    ' ',
  ),
);

/** The words of a name in lower case, umlauts spelt out, accents taken off. */
function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}
