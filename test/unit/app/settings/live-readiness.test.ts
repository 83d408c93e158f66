import { describe, expect, it } from 'vitest';
import { noConnections, noSettings } from '../../../../renderer/app/first-start/own-setup';
import { liveObstacles, missingEntries, rehearsalObstacles } from '../../../../renderer/app/settings/live-readiness';

const world = {
  practice: {
    name: 'Übungspraxis',
    bsnr: '999999900',
    street: '',
    houseNumber: '',
    postalCode: '',
    city: '',
    phone: '',
  },
  practitioner: { family: 'Übungsärztin', given: 'Anna', title: null, lanr: '999999901', qualification: '' },
};
const empty = noSettings('de');
const own = {
  ...empty,
  practice: { ...empty.practice, name: 'Praxis Weiß', bsnr: '123456700' },
  practitioners: empty.practitioners.map((one) => ({ ...one, lanr: '123456601' })),
};
const settled = { owed: 0, isBusy: false, hasErrors: false, hasPracticeAccounts: false, hasRecoveryKey: true, world };

describe('going live', () => {
  it('goes where all is settled', () => {
    expect(liveObstacles({ ...settled, settings: own })).toEqual([]);
  });
  it('is refused while rehearsal certificates are owed: they would be sent in earnest', () => {
    expect(liveObstacles({ ...settled, settings: own, owed: 2 })).toEqual([{ kind: 'owed', count: 2 }]);
  });
  it('is refused with the made-up practice, by number or name, and with the made-up doctor', () => {
    const madeUp = {
      ...own,
      practice: { ...own.practice, bsnr: '999999900' },
      practitioners: own.practitioners.map((one) => ({ ...one, given: 'A', family: 'B', lanr: '999999901' })),
    };
    expect(liveObstacles({ ...settled, settings: madeUp })).toEqual([
      { kind: 'made-up-practice' },
      { kind: 'made-up-practitioner', name: 'A B' },
    ]);
    const named = { ...own, practice: { ...own.practice, name: 'Übungspraxis' } };
    expect(liveObstacles({ ...settled, settings: named })).toEqual([{ kind: 'made-up-practice' }]);
  });
  it('is refused while practice or issuers break rules, and while sending', () => {
    expect(
      liveObstacles({
        ...settled,
        settings: own,
        hasErrors: true,
        hasPracticeAccounts: false,
        hasRecoveryKey: true,
        isBusy: true,
      }),
    ).toEqual([{ kind: 'busy' }, { kind: 'incomplete' }]);
  });
  it('needs every connection', () => {
    expect(missingEntries(noConnections)).toEqual([
      'endpoint',
      'mandantId',
      'clientSystemId',
      'workplaceId',
      'kimAddress',
      'password',
      'kimHost',
      'directoryHost',
    ]);
  });
});

describe('going into rehearsal', () => {
  it('is refused while real certificates are owed: they would never reach the insurers', () => {
    expect(rehearsalObstacles({ owed: 1, isBusy: false })).toEqual([{ kind: 'owed', count: 1 }]);
    expect(rehearsalObstacles({ owed: 0, isBusy: false })).toEqual([]);
  });

  it('made-up accounts and a missing recovery key stand in the way of going live', () => {
    expect(
      liveObstacles({ ...settled, settings: own, hasPracticeAccounts: true, hasRecoveryKey: false }).map(
        ({ kind }) => kind,
      ),
    ).toEqual(['practice-accounts', 'no-recovery-key']);
  });
});
