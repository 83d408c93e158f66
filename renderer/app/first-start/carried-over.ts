import { settingsSchema, type Settings } from '../../domain/settings';
import { noPractitioner, noSettings } from './own-setup';

/** Where a practice's data wait while the page begins anew for the other vault: this tab's memory. Nothing about a patient, no key. */
export const carriedKey = 'ersatzschein-carried-over';

/**
 * What somebody typed about their practice in the rehearsal, as the set-up of the own practice may begin with it; `null`: nothing was typed. What the
 * made-up practice has (`madeUp`) is left out, field by field: no real document may ever carry it.
 */
export function carriedOver(settings: Settings, madeUp: Settings): Settings | null {
  const none = noSettings(settings.language);
  const { practice } = settings;
  const typed = <K extends 'bsnr' | 'ik' | 'kzv' | 'site' | 'telematikId' | 'name' | 'phone' | 'fax' | 'email'>(
    key: K,
  ) => (practice[key] === madeUp.practice[key] ? none.practice[key] : practice[key]);
  const hasAddress = JSON.stringify(practice.address) !== JSON.stringify(madeUp.practice.address);
  const practitioners = settings.practitioners.flatMap((one) => typedOf(one, madeUp.practitioners) ?? []);
  const carried: Settings = {
    ...settings,
    mode: 'live',
    practice: {
      ...{ bsnr: typed('bsnr'), ik: typed('ik'), kzv: typed('kzv'), site: typed('site') },
      ...{ telematikId: typed('telematikId'), name: typed('name'), phone: typed('phone') },
      ...{ fax: typed('fax'), email: typed('email') },
      address: hasAddress ? practice.address : none.practice.address,
    },
    practitioners: practitioners.length === 0 ? none.practitioners : practitioners,
    softwareId: settings.softwareId === madeUp.softwareId ? none.softwareId : settings.softwareId,
    // What is asked of gematik and shown on the desktop is agreed to anew, and a printer may be the rehearsal's folder.
    ...{ noticing: none.noticing, printerId: none.printerId, copyPrinters: none.copyPrinters },
  };
  const isTyped =
    practitioners.length > 0 ||
    carried.softwareId !== none.softwareId ||
    JSON.stringify(carried.practice) !== JSON.stringify(none.practice);
  return isTyped ? carried : null;
}

type PractitionerSetting = Settings['practitioners'][number];

/** A practitioner without what is still the made-up one's; `null`: it is the made-up one. */
function typedOf(one: PractitionerSetting, madeUp: readonly PractitionerSetting[]): PractitionerSetting | null {
  const other = madeUp.find(({ id }) => id === one.id);
  if (other === undefined) return one;
  if (one.family === other.family && one.given === other.given) return null;
  const [lanr, zanr] = [one.lanr, one.zanr].map((number) =>
    number === other.lanr || number === other.zanr ? null : number,
  );
  return {
    ...one,
    id: crypto.randomUUID(),
    lanr: lanr ?? noPractitioner.lanr,
    zanr: zanr ?? noPractitioner.zanr,
    title: one.title === other.title ? null : one.title,
    qualification: one.qualification === other.qualification ? null : one.qualification,
  };
}

/** What was carried over into this tab; `null`: nothing. */
export function takenAlong(memory: Pick<Storage, 'getItem'>): Settings | null {
  const text = memory.getItem(carriedKey);
  if (text === null) return null;
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Not what we wrote: as good as nothing.
    return null;
  }
}
