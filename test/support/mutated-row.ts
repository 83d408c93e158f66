/** What has to come of a case. */
export type Expected = 'sent' | `paper-only ${string}` | `refused ${string}`;

/** Name, the case that is changed, path (`certificate.unfitUntil`) → new value, and what has to come of it. */
export type Row = readonly [name: string, base: string, change: Readonly<Record<string, unknown>>, expected: Expected];

export const gkv = 'Beispiel_1-eAU_ERST_GKV';
export const followUp = 'Beispiel_2-eAU_FOLGE_GKV';
export const locum = 'Beispiel_10-eAU_FOLGE_Vertreter';
export const skt = 'Beispiel_17_eAU_ERST_SKT_GKV_ID';
export const sktKvk = 'Beispiel_13-eAU_ERST_SKT_KVK';
export const asv = 'Beispiel_14-eAU_ERST_ASV';
export const dentist = 'Beispiel_15-eAU_ERST_GKV_Zahnarzt';

export const diagnosis = (
  code: string,
  catalogue = '2022',
  certainty: string | null = 'G',
  side: string | null = null,
) => ({
  code,
  certainty,
  side,
  catalogue,
});
export const noTeam = { 'coverage.legalBasis': '00', 'issuer.asvTeam': null };
export const address = (part: Readonly<Record<string, string | null>>) => ({
  ...{ street: null, houseNumber: null, extra: null, poBox: null, postalCode: null, city: null, country: 'D' },
  ...part,
});
export const trained = {
  ...{ type: '00', lanr: '838382202', zanr: null, telematikId: null, asvGroup: null, asvTeam: null },
  ...{ qualification: 'Fachärztin', family: 'Oberin', given: 'Ada', title: null, affix: null, prefix: null },
};
export const accident = { 'certificate.workAccident': true };
