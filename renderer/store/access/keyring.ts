/** The operating system's keyring, as far as this machine has one: what it protects opens only here, for this user of the machine. */
export interface Keyring {
  /** `null`: there is no keyring here. */
  protect(secret: Uint8Array): Promise<Uint8Array | null>;
  /** `null`: it was not protected here, or the keyring doesn't open. */
  open(protectedSecret: Uint8Array): Promise<Uint8Array | null>;
}

/** A machine without a keyring: the passphrases protect alone. */
export const noKeyring: Keyring = {
  protect: () => Promise.resolve(null),
  open: () => Promise.resolve(null),
};
