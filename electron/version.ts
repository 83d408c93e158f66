declare const ERSATZSCHEIN_VERSION: string | undefined;

/** The program's version, put in when it is bundled; `0.0.0` where the sources run unbundled, as in tests. */
export const version: string = typeof ERSATZSCHEIN_VERSION === 'string' ? ERSATZSCHEIN_VERSION : '0.0.0';
