import { describe, expect, it } from 'vitest';
import { placeOnScreen } from '../../../renderer/app/issue/findings';
import {
  forgetUnchosen,
  isAnythingUnchosen,
  keepWithDraft,
  pendingText,
  standingOf,
  Unchosen,
  unchosenOf,
} from '../../../renderer/app/issue/unchosen';
import { createWording } from '../../../renderer/app/parts/texts-context';
import { germanTexts } from '../../../renderer/texts/german';
import { sampleContent } from './sample-content';

const { patient, coverage } = sampleContent;
const nobody = standingOf({ ...patient, family: '', given: '' }, { ...coverage, payerName: null, payerIk: null });
const somebody = standingOf(
  { ...patient, family: 'Probefall', given: 'Paula' },
  { ...coverage, payerName: 'BKK Übung' },
);
const t = createWording('de', germanTexts);

describe('what is typed and not chosen', () => {
  it('holds up a diagnosis, also one that is exactly a code: nobody has said how certain it is', () => {
    const unchosen = new Unchosen();
    unchosen.type('certificate.diagnoses', ' J06.9 ');
    const [pending] = unchosen.pending(somebody);
    expect(pending).toEqual({ field: 'certificate.diagnoses', typed: 'J06.9', standing: '' });
    expect(pending === undefined ? '' : pendingText(t, pending)).toContain('«J06.9» ist nicht übernommen');
    unchosen.type('certificate.diagnoses', null);
    expect(unchosen.pending(somebody)).toEqual([]);
  });

  it('is listed from top to bottom, and only for the fields asked about: a form to fill in carries no diagnosis', () => {
    const unchosen = new Unchosen();
    unchosen.type('certificate.diagnoses', 'R51');
    unchosen.type('coverage.payerName', 'Tech');
    unchosen.type('patient', 'Mül');
    expect(unchosen.pending(nobody).map(({ field }) => field)).toEqual([
      'patient',
      'coverage.payerName',
      'certificate.diagnoses',
    ]);
    unchosen.type('patient', null);
    unchosen.type('coverage.payerName', null);
    expect(unchosen.pending(nobody, ['patient', 'coverage.payerName'])).toEqual([]);
  });

  it('names who is still chosen behind another name, and behind an emptied field', () => {
    const unchosen = new Unchosen();
    const said = () => unchosen.pending(somebody).map((pending) => pendingText(t, pending))[0];
    unchosen.type('patient', 'Müller');
    expect(said()).toMatch(/«Müller» ist nicht gewählt, es gilt noch Probefall, Paula/);
    unchosen.type('patient', ' ');
    expect(said()).toMatch(/Das Feld ist leer, es gilt aber noch Probefall, Paula/);
    expect(unchosen.pending(nobody)).toEqual([]);
    unchosen.type('patient', null);
    unchosen.type('coverage.payerName', '');
    expect(said()).toMatch(/als Kasse gilt aber noch BKK Übung/);
  });

  it('leads to the field itself, and doesn’t unfold the particulars of whoever is chosen', () => {
    expect(placeOnScreen('patient', sampleContent)).toEqual({ field: 'patient', isFolded: false });
    expect(placeOnScreen('patient.given', sampleContent)).toEqual({ field: 'patient.given', isFolded: true });
  });

  it('is said once the field was left or something was held up, in the words of then while somebody types on', () => {
    const unchosen = new Unchosen();
    unchosen.type('certificate.diagnoses', 'R51');
    expect(unchosen.noted(somebody)).toEqual([]);
    unchosen.note('certificate.diagnoses');
    unchosen.type('certificate.diagnoses', 'R51.');
    expect(unchosen.typed('certificate.diagnoses')).toEqual({ text: 'R51.', noted: 'R51' });
    expect(unchosen.noted(somebody).map(({ typed }) => typed)).toEqual(['R51']);
    unchosen.type('certificate.diagnoses', null);
    expect(unchosen.noted(somebody)).toEqual([]);
  });

  it('is there again after another screen, the lock or another user of the same office, also where the draft was stored only then', () => {
    const office = {};
    const unchosen = unchosenOf(office, null);
    unchosen.type('patient', 'Mül');
    expect(unchosenOf(office, null).typed('patient')?.text).toBe('Mül');
    keepWithDraft(office, 'draft', unchosen);
    expect(unchosenOf(office, 'draft').typed('patient')?.text).toBe('Mül');
    expect(unchosenOf(office, null).typed('patient')).toBeNull();
    expect(unchosenOf(office, 'another').typed('patient')).toBeNull();
  });

  it('is asked about before logging off, and goes with the office and with the desk', () => {
    const office = {};
    expect(isAnythingUnchosen(office)).toBe(false);
    unchosenOf(office, 'draft').type('certificate.diagnoses', 'R51');
    expect(isAnythingUnchosen(office)).toBe(true);
    expect(isAnythingUnchosen({})).toBe(false);
    forgetUnchosen(office, 'draft');
    expect(isAnythingUnchosen(office)).toBe(false);
    expect(unchosenOf(office, 'draft').typed('certificate.diagnoses')).toBeNull();
  });
});
