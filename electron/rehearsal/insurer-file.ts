import type { RehearsalWorld } from '../contract/rehearsal';
import { payers } from './people';

/** VKNR of each of the world's insurers, in their order: of a KV that doesn't exist, below the other payers' 800. */
const firstVknr = 99_001;

/** A word of ours in an attribute. */
function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/**
 * The world's insurers as the file that KBV publishes each quarter (SDKT, ehd 1.40, ISO 8859-1), so that the program reads them with the same code
 * as the real ones.
 */
export function insurerFile(of: readonly RehearsalWorld['payers'][number][] = payers): Buffer {
  const entries = of.map(({ ik, name, provider, address }, index) => {
    const box = /^Postfach (.+)$/.exec(address.line)?.[1];
    const line = box === undefined ? `<STR V="${attribute(address.line)}"/>` : `<POB V="${attribute(box)}"/>`;
    return `<kostentraeger V="${firstVknr + index}"><gueltigkeit V="2020-01-01.."/>
<bezeichnung><name V="${attribute(name)}"/><kurzname V="${attribute(name.replace('Übungskasse', 'ÜK'))}"/><suchname V="${attribute(name.toUpperCase())}"/></bezeichnung>
<kostentraegergruppe V="04"/>
<ik_liste><ik V="${ik}" R="abrechnungs_ik"><gueltigkeit V="2020-01-01.."/></ik></ik_liste>
<adresse_liste><adresse R="${box === undefined ? 'anschrift' : 'postfach'}">${line}<ZIP V="${address.postalCode}"/><CTY V="${attribute(address.city)}"/></adresse></adresse_liste>
<dav_liste><dav DN="${attribute(provider)}" R="FB3-Kasse" V="UEB"/></dav_liste>
<kt_abrechnungsbereich_liste><kt_abrechnungsbereich V="00"><gueltigkeit V="2020-01-01.."/><bedruckungsname V="${attribute(name)}"/></kt_abrechnungsbereich></kt_abrechnungsbereich_liste>
</kostentraeger>`;
  });
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?>
<ehd:ehd xmlns:ehd="urn:ehd/001" xmlns="urn:ehd/kts/001" ehd_version="1.40">
<ehd:header><ehd:service_tmr V="2020-01-01.."/><ehd:origination_dttm V="2020-01-01"/></ehd:header>
<ehd:body><kostentraegerstammdatei><kostentraeger_liste>
${entries.join('\n')}
</kostentraeger_liste></kostentraegerstammdatei></ehd:body>
</ehd:ehd>
`;
  return Buffer.from(text, 'latin1');
}
