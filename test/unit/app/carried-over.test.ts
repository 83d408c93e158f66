import { describe, expect, it } from 'vitest';
import { carriedKey, carriedOver, takenAlong } from '../../../renderer/app/first-start/carried-over';
import { noSettings } from '../../../renderer/app/first-start/own-setup';
import { settingsSchema, type Settings } from '../../../renderer/domain/settings';

const none = noSettings('de');
const [doctor] = none.practitioners;
if (doctor === undefined) throw new Error('There is one.');
const made = { ...doctor, id: 'rehearsal', family: 'Übungsärztin', given: 'Anna', title: 'Dr.', lanr: '111111100' };
/** The rehearsal's set-up, as nobody has changed it. */
const madeUp: Settings = {
  ...none,
  mode: 'rehearsal',
  practice: {
    ...none.practice,
    ...{ name: 'Übungspraxis', bsnr: '999999900', phone: '030 0' },
    address: { ...none.practice.address, street: 'Übungsweg', houseNumber: '1', postalCode: '00001', city: 'Berlin' },
  },
  practitioners: [made],
  softwareId: 'Y/000/0000/00/000',
};

describe('what is carried over from the rehearsal into the own practice', () => {
  it('is nothing where nothing was typed about the practice', () => {
    expect(carriedOver(madeUp, madeUp)).toBeNull();
    expect(carriedOver({ ...madeUp, paper: 'A4', pollMinutes: 5 }, madeUp)).toBeNull();
  });

  it('is what was typed, never what the made-up practice has; choices come along, consents don’t', () => {
    const address = { ...madeUp.practice.address, street: 'Musterweg', postalCode: '10115' };
    const carried = carriedOver(
      {
        ...madeUp,
        practice: { ...madeUp.practice, name: 'Praxis am Prüfstand', address },
        practitioners: [
          { ...made, family: 'Prüfling', given: 'Petra' },
          { ...made, id: 'b', family: 'Zweiter', lanr: '838382202' },
        ],
        paper: 'A4',
        noticing: { ...madeUp.noticing, lagebild: true },
      },
      madeUp,
    );
    const [petra] = carried?.practitioners ?? [];
    expect(petra?.id).not.toBe('rehearsal');
    expect(carried).toEqual({
      ...none,
      practice: { ...none.practice, name: 'Praxis am Prüfstand', address },
      practitioners: [
        { ...made, id: petra?.id, family: 'Prüfling', given: 'Petra', title: null, lanr: null },
        { ...made, id: 'b', family: 'Zweiter', lanr: '838382202' },
      ],
      paper: 'A4',
    });
    expect(settingsSchema.parse(carried)).toEqual(carried);
    expect(JSON.stringify(carried)).not.toMatch(/Übungs|9999999|111111100|Y\/000/);
  });

  it('waits in the tab’s memory, and what isn’t ours there is nothing', () => {
    const memory = new Map<string, string>();
    const tab = { getItem: (key: string) => memory.get(key) ?? null };
    expect(takenAlong(tab)).toBeNull();
    memory.set(carriedKey, JSON.stringify(none));
    expect(takenAlong(tab)).toEqual(none);
    for (const text of ['{}', 'x', '{"mode":"live"}']) {
      memory.set(carriedKey, text);
      expect(takenAlong(tab)).toBeNull();
    }
  });
});
