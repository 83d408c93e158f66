import { describe, expect, it } from 'vitest';
import { changedKeys, differing } from '../../../../renderer/app/settings/changes';
import { noSettings } from '../../../../renderer/app/first-start/own-setup';
import { settingsSchema } from '../../../../renderer/domain/settings';

const stored = settingsSchema.parse(noSettings('de'));

describe('changes to the settings', () => {
  it('only what differs is a change; typed back to what it was is none', () => {
    expect(differing(stored, { softwareId: 'Mai', paper: stored.paper })).toEqual({ softwareId: 'Mai' });
    expect(changedKeys({ ...stored, softwareId: 'Mai' }, { softwareId: 'Mai' })).toEqual([]);
  });
  it('the order of fields is no change: the database writes them in its own', () => {
    const { address, ...rest } = stored.practice;
    const practice = { address, ...rest };
    const turned = stored.practitioners.map(({ id, ...fields }) => ({ id, ...fields }));
    expect(JSON.stringify(practice)).not.toBe(JSON.stringify(stored.practice));
    expect(changedKeys(stored, { practitioners: turned, practice })).toEqual([]);
  });
  it('the order of practitioners is one: the first is proposed', () => {
    const [first] = stored.practitioners;
    if (first === undefined) throw new Error('no practitioner');
    const two = { ...stored, practitioners: [first, { ...first, id: 'b' }] };
    expect(changedKeys(two, { practitioners: two.practitioners.toReversed() })).toEqual(['practitioners']);
  });
});
