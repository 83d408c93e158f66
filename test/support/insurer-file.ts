import { institutionNumber } from '../../electron/rehearsal/check-digits';

/** A made-up Kostenträger for a file of our own; what isn't said is left out of the file. */
export interface MadeInsurer {
  readonly vknr: string;
  readonly name: string;
  readonly shortName?: string;
  readonly searchName?: string;
  readonly formName?: string;
  readonly group?: string;
  readonly valid?: string;
  readonly ended?: { readonly kind: 'F' | 'A'; readonly into?: string };
  readonly iks?: readonly (string | { readonly ik: string; readonly valid?: string; readonly isBilling?: boolean })[];
  readonly providers?: readonly { readonly name: string; readonly role?: string; readonly ik?: string }[];
  readonly addresses?: readonly {
    readonly kind: string;
    readonly line: string;
    readonly postalCode: string;
    readonly city: string;
  }[];
  /** So much about billing as the real file has, which nobody here reads. */
  readonly ballast?: number;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The bytes of an insurer file (SDKT) with these insurers, as KBV writes it: ehd 1.40, ISO 8859-1. */
export function insurerFile(
  insurers: readonly MadeInsurer[],
  options: { validity?: string; producedOn?: string } = {},
): Uint8Array<ArrayBuffer> {
  const { validity = '2026-10-01..2026-12-31', producedOn = '2026-09-14' } = options;
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?>
<ehd:ehd ehd_version="1.40" xmlns:ehd="urn:ehd/001" xmlns="urn:ehd/kts/001">
<ehd:header><ehd:id EX="SDKT" RT="1"/><ehd:document_type_cd V="SDKT" S="1.2.276.0.76.5.100"/>
<ehd:service_tmr V="${validity}"/><ehd:origination_dttm V="${producedOn}"/></ehd:header>
<ehd:body><kostentraegerstammdatei><kostentraeger_liste>
${insurers.map(written).join('\n')}
</kostentraeger_liste></kostentraegerstammdatei></ehd:body></ehd:ehd>`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function written(insurer: MadeInsurer): string {
  const { vknr, name, valid = '1995-01-01..', iks = [], providers = [], addresses = [] } = insurer;
  const list = (element: string, entries: readonly string[]) =>
    entries.length === 0 ? '' : `<${element}>${entries.join('')}</${element}>`;
  const ended =
    insurer.ended === undefined
      ? ''
      : `<existenzbeendigung V="${insurer.ended.kind}"><letztes_quartal V="20263"/>${
          insurer.ended.into === undefined ? '' : `<aufnehmender_kostentraeger V="${insurer.ended.into}"/>`
        }</existenzbeendigung>`;
  return `<kostentraeger V="${vknr}"><gueltigkeit V="${valid}"/><bezeichnung><name V="${escaped(name)}"/><sortierungsname V="ABC"/><kurzname V="${escaped(
    insurer.shortName ?? name,
  )}"/><suchname V="${escaped(insurer.searchName ?? name)}"/></bezeichnung><kostentraegergruppe V="${insurer.group ?? '04'}"/>${list(
    'ik_liste',
    iks.map((one) => {
      const {
        ik,
        valid: period,
        isBilling = false,
      } = typeof one === 'string' ? { ik: one } : { valid: undefined, ...one };
      return `<ik V="${ik}"${isBilling ? ' R="abrechnungs_ik"' : ''}><gueltigkeit V="${period ?? '1995-01-01..'}"/></ik>`;
    }),
  )}${ended}${list(
    'adresse_liste',
    addresses.map(
      ({ kind, line, postalCode, city }) =>
        `<adresse R="${kind}">${kind === 'postfach' ? `<POB V="${line}"/>` : `<STR V="${line}"/>`}<ZIP V="${postalCode}"/><CTY V="${city}"/></adresse>`,
    ),
  )}${list(
    'dav_liste',
    providers.map(
      (one) =>
        `<dav V="KURZ" DN="${escaped(one.name)}" R="${one.role ?? 'FB3-Kasse'}">${
          one.ik === undefined ? '' : `<ik V="${one.ik}"><gueltigkeit V="2000-01-01.."/></ik>`
        }</dav>`,
    ),
  )}${list(
    'bewertungsfeld_liste',
    Array.from(
      { length: insurer.ballast ?? 0 },
      (_, index) =>
        `<bewertungsfeld V="10000000" RT="${index + 1}" U="2"><bewertungskriterium V="Kriterium"/></bewertungsfeld>`,
    ),
  )}<gebuehrenordnung V="1"/><kt_abrechnungsbereich_liste><kt_abrechnungsbereich V="01"><gueltigkeit V="1995-01-01.."/><bedruckungsname V="SVA"/></kt_abrechnungsbereich><kt_abrechnungsbereich V="00"><gueltigkeit V="1995-01-01.."/><bedruckungsname V="${escaped(
    insurer.formName ?? name,
  )}"/></kt_abrechnungsbereich></kt_abrechnungsbereich_liste></kostentraeger>`;
}

const spellings = ['BITMARCK SERVICE GMBH', 'Bitmarck Service GmbH', 'BITMARCK-SERVICE GmbH'];
const others = ['GKV INFORMATIK', 'ITSCARE', 'KUBUS IT', 'DATENSTELLE NORD', 'DAKOTA RZ', 'T-SYSTEMS'];

/** A file as large as the real one: thousands of made-up insurers, every seventh merged into another, some dissolved, 13 MB of it. */
export function largeInsurerFile(count = 4000): Uint8Array<ArrayBuffer> {
  const vknr = (index: number) => String(10000 + index * 5).padStart(5, '0');
  return insurerFile(
    Array.from({ length: count }, (_, index): MadeInsurer => {
      const isMerged = index % 7 === 3 && index + 1 < count;
      const isDissolved = index % 101 === 50;
      return {
        vknr: vknr(index),
        name: `BKK Müsterhäusen ${index}`,
        shortName: `BKK Mstr ${index}`,
        searchName: `MUESTERHAEUSEN ${index}`,
        group: String((index % 5) + 1).padStart(2, '0'),
        valid: isMerged || isDissolved ? '1995-01-01..2025-12-31' : '1995-01-01..',
        ...(isMerged ? { ended: { kind: 'F', into: vknr(index + 1) } } : isDissolved ? { ended: { kind: 'A' } } : {}),
        iks: [
          { ik: institutionNumber(String(10200000 + index)), isBilling: true },
          institutionNumber(String(10300000 + index)),
        ],
        addresses: [
          { kind: 'anschrift', line: 'Hauptstraße 1', postalCode: '12345', city: 'Müsterhäusen' },
          { kind: 'postfach', line: '10 20 30', postalCode: '12346', city: 'Müsterhäusen' },
        ],
        providers:
          index % 3 === 0
            ? [
                { name: spellings[index % spellings.length] ?? '', ik: '104027544' },
                { name: 'DALE-UV', role: 'ASV' },
              ]
            : [{ name: others[index % others.length] ?? '' }],
        ballast: 22,
      };
    }),
  );
}
