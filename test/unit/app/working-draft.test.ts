import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deskOf, layOut, newDesk, openDesk, type Desk } from '../../../renderer/app/issue/working-draft';
import { dropUnsaved, writeUnsaved } from '../../../renderer/app/parts/unsaved';
import type { CertificateContent } from '../../../renderer/domain/certificate';
import type { Settings } from '../../../renderer/domain/settings';
import { openPractice, type TestPractice } from '../../support/practice';

let practice: TestPractice;
let settings: Settings;

beforeEach(async () => {
  const session = new Map<string, string>();
  vi.stubGlobal('window', {
    sessionStorage: {
      getItem: (key: string) => session.get(key) ?? null,
      setItem: (key: string, value: string) => session.set(key, value),
    },
  });
  practice = await openPractice();
  const setup = await practice.office.store.setup();
  if (setup === null) throw new Error('The practice is not set up.');
  ({ settings } = setup);
});
afterEach(async () => {
  dropUnsaved();
  vi.unstubAllGlobals();
  await practice.stop();
});

/** An empty desk on the screen, on which something was typed a moment ago. */
function typedDesk(content: CertificateContent): Desk {
  const desk = newDesk(practice.office, settings);
  layOut(practice.office, desk);
  desk.keeper.change(content);
  return desk;
}

test('a desk left before its first words were written is that draft when one comes back, with what was typed and not chosen', async () => {
  const { office } = practice;
  const content = practice.content();
  const desk = typedDesk(content);
  desk.unchosen.type('certificate.diagnoses', 'R51');
  // The screen is left, and opened again at once.
  void desk.keeper.flush();
  const again = await openDesk(office, settings, null);
  expect(again.draft?.id).toBe(desk.keeper.id);
  expect(again.content).toEqual(content);
  expect(again.unchosen.typed('certificate.diagnoses')?.text).toBe('R51');
  expect(await office.store.records.list(['recorded'])).toHaveLength(1);
});

test('a draft that is written when another desk has taken its place does not come back by itself', async () => {
  const { office } = practice;
  const desk = typedDesk(practice.content());
  const next = newDesk(office, settings);
  layOut(office, next);
  await desk.keeper.flush();
  expect((await openDesk(office, settings, null)).draft).toBeNull();
  expect((await openDesk(office, settings, desk.keeper.id)).content).toEqual(practice.content());
});

test('a desk that cannot be written is still there, whatever draft is asked for, until it can or is discarded', async () => {
  const { office } = practice;
  const other = await office.startDraft(practice.content(1));
  if (other.kind !== 'written' || other.record.kind !== 'certificate') throw new Error('No draft was made.');
  const full = vi
    .spyOn(office, 'startDraft')
    .mockResolvedValue({ kind: 'storage-failed', reason: 'full', text: 'no room' });
  const desk = typedDesk(practice.content());
  expect(await writeUnsaved()).toBe(false);
  for (const wanted of [null, other.record.id]) {
    const again = await openDesk(office, settings, wanted);
    expect(again.keeper).toBe(desk.keeper);
    expect(again.content).toEqual(practice.content());
  }
  full.mockRestore();
  expect((await openDesk(office, settings, other.record.id)).draft?.id).toBe(other.record.id);
  expect(await writeUnsaved()).toBe(true);
  expect(await office.store.records.list(['recorded'])).toHaveLength(2);
});

test('a stored draft opened anew is the one on the desk, also when the page is loaded again', async () => {
  const { office } = practice;
  const made = await office.startDraft(practice.content());
  if (made.kind !== 'written' || made.record.kind !== 'certificate') throw new Error('No draft was made.');
  await office.startDraft(practice.content(1));
  layOut(office, await deskOf(office, made.record));
  // A page loaded again has another office, and of this one only what the session keeps.
  const restarted = await practice.restart();
  expect((await openDesk(restarted, settings, null)).draft?.id).toBe(made.record.id);
});
