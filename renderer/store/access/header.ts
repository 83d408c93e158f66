import { z } from 'zod';
import { holdsClinicalKey, roles } from '../../domain/roles';

/**
 * The vault's header: who may open it, and the practice's two keys wrapped for each of them. It holds no patient data and no key in plain, so it
 * stands in a small database of its own and as a copy in the archive. Bytes are base64.
 */

/** How a passphrase becomes a key: argon2id (RFC 9106), its parameters stored with each user. */
export const derivationSchema = z.object({
  kind: z.literal('argon2id'),
  /** KiB. */
  memory: z.int().min(8).max(4_194_304),
  passes: z.int().min(1).max(100),
  lanes: z.int().min(1).max(16),
  salt: z.base64(),
});
export type Derivation = z.output<typeof derivationSchema>;

/** A user's pair of X25519 keys, in base64: the private half under their own key. `proof`: made with the clinical key, over the public half. */
const sealingPairSchema = z.object({ publicKey: z.base64(), secretKey: z.base64(), proof: z.base64() });
export type SealingPair = z.output<typeof sealingPairSchema>;
/** A key sealed for a public key, and the public half of the pair made for this once. */
const sealedKeySchema = z.object({ once: z.base64(), sealed: z.base64() });
export type SealedKey = z.output<typeof sealedKeySchema>;

export const userSchema = z
  .object({
    id: z.uuid(),
    /** Stands in every event: «Dr. Anna Beispiel». */
    name: z.string().trim().min(1).max(60),
    role: z.enum(roles),
    /** A made-up account of the rehearsal world, whose passphrase everybody may read. */
    isPractice: z.boolean(),
    derivation: derivationSchema,
    practiceKey: z.base64(),
    clinicalKey: z.base64().nullable(),
    /** Left out: the role holds no clinical key, or the account was made before there were pairs. */
    sealing: sealingPairSchema.optional(),
    /** The clinical key, as a renewal sealed it while this user wasn't there; `clinicalKey` is `null` then. */
    clinicalFor: sealedKeySchema.optional(),
    /** The TOTP secret, sealed under the user's own key; `lastStep`: the time step whose code was used last. */
    secondFactor: z.object({ secret: z.base64(), lastStep: z.int().nonnegative() }).nullable(),
    since: z.iso.datetime(),
  })
  // An administrator with a clinical key, or a doctor without one, was not made by this program.
  .refine(
    ({ role, clinicalKey, clinicalFor }) =>
      holdsClinicalKey(role) === (clinicalKey !== null || clinicalFor !== undefined),
  );
export type User = z.output<typeof userSchema>;

/** Whose vault it is: the practice's own, or the rehearsal's. Each has keys, users, database and archive of its own. */
export const vaultKinds = ['rehearsal', 'live'] as const;
export type VaultKind = (typeof vaultKinds)[number];

const wholeHeaderSchema = z.object({
  version: z.literal(1),
  /** Left out: made before there were two. */
  kind: z.enum(vaultKinds).optional(),
  /** Rises with each change: of two copies of one founding (`createdAt`) the higher one counts. */
  revision: z.int().positive(),
  createdAt: z.iso.datetime(),
  users: z.array(userSchema).min(1),
  /** Both keys under the recovery key; `null`: none was printed (rehearsal). `check`: its last group, so that the right sheet is found. */
  recovery: z
    .object({
      practiceKey: z.base64(),
      clinicalKey: z.base64(),
      check: z.string(),
      printedAt: z.iso.datetime(),
    })
    .nullable(),
  /** The clinical keys of before, oldest first, each sealed under the present one. */
  formerKeys: z.array(z.base64()).optional(),
  /** Somebody who held the clinical key has left: a doctor renews it at the next log-in. */
  renewalDue: z.object({ since: z.iso.datetime(), names: z.array(z.string()).min(1) }).optional(),
  /** A secret that only this machine's keyring can open; mixed into every user's key. `null`: no keyring here. */
  machine: z.object({ secret: z.base64() }).nullable(),
  /** Signs exported files: Ed25519, the secret half sealed under the practice key. */
  signing: z.object({ publicKey: z.base64(), secretKey: z.base64() }),
  /** HMAC-SHA-256 over all of the above under a key made from the practice key. */
  mac: z.base64(),
});
/** A made-up account, whose passphrase everybody may read, opens no vault of a practice. */
export const headerSchema = wholeHeaderSchema.refine(
  ({ kind, users }) => kind !== 'live' || users.every(({ isPractice }) => !isPractice),
);
export type Header = z.output<typeof headerSchema>;

/** Where the header is kept. `load`: `null` where there is none; throws where what is there can't be read. */
export interface HeaderStore {
  load(): Promise<unknown>;
  save(header: Header): Promise<void>;
  /** Whether what was saved last stands in the copy elsewhere and in memory only: here is no room for it. */
  isHeld?(): boolean;
  /** A copy elsewhere that says it is newer than this header; whether that is true, its seal tells whoever has the practice key. */
  newer?(than: Header): Promise<Header | null>;
}

/** Whether one header was made or changed after another. */
export function isNewerHeader(
  one: Pick<Header, 'createdAt' | 'revision'>,
  other: Pick<Header, 'createdAt' | 'revision'>,
): boolean {
  return one.createdAt === other.createdAt ? one.revision > other.revision : one.createdAt > other.createdAt;
}
