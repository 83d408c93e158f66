import { fromByteArray, toByteArray } from 'base64-js';
import { seal, unseal } from '../sealing';
import type { Header } from './header';

/** The clinical keys of before, oldest first. `null`: not sealed by this clinical key. */
export function openFormer(header: Pick<Header, 'formerKeys'>, clinical: Uint8Array): Uint8Array[] | null {
  const opened: Uint8Array[] = [];
  for (const [at, sealed] of (header.formerKeys ?? []).entries()) {
    const key = unseal(clinical, formerPlace(at), toByteArray(sealed));
    if (key === null) return null;
    opened.push(key);
  }
  return opened;
}

/** The same, to be kept in a header. */
export function sealFormer(former: readonly Uint8Array[], clinical: Uint8Array): string[] {
  return former.map((key, at) => fromByteArray(seal(clinical, formerPlace(at), key)));
}

function formerPlace(at: number): string[] {
  return ['vault', 'former', String(at)];
}
