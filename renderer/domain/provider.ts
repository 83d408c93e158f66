/** Legal forms, which one spelling has and the next leaves out. */
const legalForms = new Set(['GMBH', 'MBH', 'AG', 'EG', 'KG', 'KGAA', 'GBR', 'SE', 'EV', 'CO', 'UND']);

/**
 * What is left of an intake provider's name when spelling is taken away: case, marks, punctuation, legal form. «Bitmarck Service GmbH» and
 * «BITMARCK-SERVICE G.m.b.H.» are one provider.
 */
export function providerKey(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = keyOf(name);
  keys.set(name, key);
  return key;
}

/** Asked for every certificate and every outage, and there are a few dozen names. */
const keys = new Map<string, string>();

function keyOf(name: string): string {
  const letters = name
    .toUpperCase()
    .replaceAll('ß', 'SS')
    .replaceAll(/[ÄÖÜ]/g, (letter) => (letter === 'Ä' ? 'AE' : letter === 'Ö' ? 'OE' : 'UE'))
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    // «G.m.b.H.» is one word, «Service-Zentrum» are two.
    .replaceAll('.', '');
  const words = letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const telling = words.filter((word) => !legalForms.has(word));
  return (telling.length === 0 ? words : telling).join('');
}

/** Whether two names mean the same intake provider. */
export function isSameProvider(one: string, other: string): boolean {
  return one === other || providerKey(one) === providerKey(other);
}

interface Received {
  readonly provider: string | null;
  readonly file?: { readonly providers: readonly string[] } | undefined;
}

/** Whether the provider receives data for an insurer, of whatever kind: the file names none for certificates alone. */
export function isReceivedBy({ provider: main, file }: Received, provider: string): boolean {
  if (main !== null && isSameProvider(main, provider)) return true;
  return file?.providers.some((name) => isSameProvider(name, provider)) ?? false;
}

/** The intake providers that receive data for an insurer, the main one first; each once, however it is spelled. */
export function providersOfPayer({ provider, file }: Received): readonly string[] {
  const all = [...(provider === null ? [] : [provider]), ...(file?.providers ?? [])];
  return all.filter((name, index) => all.findIndex((other) => isSameProvider(other, name)) === index);
}
