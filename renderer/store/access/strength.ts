import { judgement, type Strength } from './strength-judgement';

/**
 * How hard a passphrase is to guess, by zxcvbn's estimate with German words and names, common passwords and the keyboard's paths. The
 * dictionaries are half a megabyte: import this file only where a passphrase is chosen.
 */
export async function judgePassphrase(passphrase: string, known: readonly string[]): Promise<Strength> {
  const zxcvbn = await loading();
  const { guessesLog10 } = zxcvbn.check(passphrase.normalize('NFKC'), [...known, 'ersatzschein', 'praxis']);
  return judgement(passphrase, guessesLog10);
}

async function load() {
  const [{ ZxcvbnFactory }, common, german] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-de'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...german.dictionary },
    graphs: common.adjacencyGraphs,
  });
}

let loaded: ReturnType<typeof load> | null = null;
function loading(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}
