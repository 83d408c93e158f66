import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readInsurerFile, type InsurerFile } from '../../../renderer/master/insurer-file';
import { keepInsurerFile, putInForce, storedInsurerEntries } from '../../../renderer/outbox/insurers';
import { insurerFile } from '../../support/insurer-file';
import { openPractice, type TestPractice } from '../../support/practice';

// The versions of the insurer file that are kept.

let practice: TestPractice;
let file: InsurerFile;
beforeAll(async () => {
  practice = await openPractice();
  const reading = readInsurerFile(insurerFile([{ vknr: '27106', name: 'Eine Kasse', iks: [{ ik: '109519005' }] }]));
  if (reading.kind !== 'insurers') throw new Error(reading.reason);
  file = reading.file;
});
afterAll(() => practice.stop());

describe('the same insurer file read in again', () => {
  it('is the version that is here', async () => {
    const { office } = practice;
    expect(await keepInsurerFile(office, file, 'kassen.xml')).toBe('kept');
    expect(await keepInsurerFile(office, file, 'kassen.xml')).toBe('known');
  });

  it('takes the place of what was changed under its name, and stays in force', async () => {
    const { office } = practice;
    const { insurers } = office.store;
    await putInForce(office, file.id);
    const [first] = file.entries;
    if (first === undefined) throw new Error('It has entries.');
    const { entries, ...about } = file;
    const row = { ...about, fileName: 'kassen.xml', importedAt: '2026-10-01T08:00:00Z', count: entries.length };
    await insurers.saveFile(row, [{ ...first, name: 'Andere' }]);
    expect(await keepInsurerFile(office, file, 'kassen.xml')).toBe('kept');
    expect(await storedInsurerEntries(office.store, file.id)).toEqual(file.entries);
    await insurers.saveFile({ ...row, validFrom: '1999-01-01' }, entries);
    expect(await keepInsurerFile(office, file, 'kassen.xml')).toBe('kept');
    expect((await insurers.inForce())?.fileId).toBe(file.id);
    const [payer] = await office.store.payers();
    if (payer === undefined) throw new Error('There are insurers.');
    await office.store.savePayers([{ ...payer, iks: [payer.id, '999999999'] }]);
    await putInForce(office, file.id);
    expect(await office.store.payer(payer.id)).toEqual(payer);
  });
});
