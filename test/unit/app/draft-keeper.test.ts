import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DraftKeeper } from '../../../renderer/app/issue/draft-keeper';
import type { CertificateContent } from '../../../renderer/domain/certificate';
import { initialState } from '../../../renderer/domain/state';
import type { Office } from '../../../renderer/outbox/office';
import type { Change } from '../../../renderer/store/records';
import { sampleContent } from './sample-content';

const withText = (text: string): CertificateContent => ({
  ...sampleContent,
  certificate: { ...sampleContent.certificate, diagnosisText: text },
});
const textOf = (content: CertificateContent) => content.certificate.diagnosisText;

/** An office that keeps what it is given; the next writes can be made to wait or to fail. */
function fakeOffice() {
  const log: string[] = [];
  let fail = false;
  let gate: Promise<void> = Promise.resolve();
  const write = async (what: string, content: CertificateContent): Promise<Change> => {
    await gate;
    if (fail) return { kind: 'storage-failed', reason: 'full', text: 'no room' };
    log.push(`${what} ${textOf(content) ?? ''}`);
    return {
      kind: 'written',
      events: [],
      record: {
        kind: 'certificate',
        id: 'one',
        createdAt: '',
        content,
        corrects: null,
        coverageSource: 'typed',
        state: initialState,
      },
    };
  };
  const office: Pick<Office, 'startDraft' | 'saveDraft' | 'clock'> = {
    startDraft: (content) => write('start', content),
    saveDraft: (id, content, source) => write(`save ${id} ${source}`, content),
    clock: { now: () => new Date('2026-11-23T09:41:07Z'), sleep: async () => undefined },
  };
  return {
    office,
    log,
    failing: (isFailing: boolean) => {
      fail = isFailing;
    },
    hold: () => {
      let release: () => void = () => undefined;
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => release();
    },
  };
}

const onStarted = vi.fn<(draftId: string) => void>();

beforeEach(() => {
  onStarted.mockClear();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('keeping a draft', () => {
  test('nothing typed, nothing kept', async () => {
    const { office, log } = fakeOffice();
    const keeper = new DraftKeeper({ office, delay: 400, onStarted }, null);
    await keeper.flush();
    expect(log).toEqual([]);
    expect(keeper.saving()).toEqual({ kind: 'untouched' });
  });

  test('typing is written once it pauses: first a new draft, then the same one', async () => {
    const { office, log } = fakeOffice();
    const keeper = new DraftKeeper({ office, delay: 400, onStarted }, null);
    keeper.change(withText('a'));
    await vi.advanceTimersByTimeAsync(399);
    keeper.change(withText('ab'));
    await vi.advanceTimersByTimeAsync(399);
    expect(log).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(log).toEqual(['start ab']);
    keeper.change(withText('abc'));
    await vi.advanceTimersByTimeAsync(400);
    expect(log).toEqual(['start ab', 'save one typed abc']);
    expect(keeper.id).toBe('one');
    expect(onStarted.mock.calls).toEqual([['one']]);
    expect(keeper.saving()).toEqual({ kind: 'saved', at: new Date('2026-11-23T09:41:07Z') });
  });

  test('an opened draft keeps where its insurance data came from', async () => {
    const { office, log } = fakeOffice();
    const keeper = new DraftKeeper({ office, delay: 400, onStarted }, { id: 'two', source: 'card' });
    keeper.change(withText('x'));
    await keeper.flush();
    expect(log).toEqual(['save two card x']);
  });

  test('what is typed during a write is written after it, and no second draft is made', async () => {
    const { office, log, hold } = fakeOffice();
    const keeper = new DraftKeeper({ office, delay: 400, onStarted }, null);
    const release = hold();
    keeper.change(withText('a'));
    const first = keeper.flush();
    keeper.change(withText('ab'));
    const second = keeper.flush();
    release();
    await Promise.all([first, second]);
    expect(log).toEqual(['start a', 'save one typed ab']);
    expect(keeper.saving().kind).toBe('saved');
  });

  test('a full disk is said, loses nothing, and the next flush tries again', async () => {
    const { office, log, failing } = fakeOffice();
    const keeper = new DraftKeeper({ office, delay: 400, onStarted }, null);
    failing(true);
    keeper.change(withText('a'));
    expect(await keeper.flush()).toMatchObject({ kind: 'failed', change: { kind: 'storage-failed', reason: 'full' } });
    failing(false);
    expect((await keeper.flush()).kind).toBe('saved');
    expect(log).toEqual(['start a']);
  });

  test('what is discarded is not written, though it could not be before', async () => {
    const { office, log, failing } = fakeOffice();
    const keeper = new DraftKeeper({ office, delay: 400, onStarted }, null);
    failing(true);
    keeper.change(withText('a'));
    expect(await keeper.isWritten()).toBe(false);
    keeper.forget();
    failing(false);
    expect(await keeper.isWritten()).toBe(true);
    expect(log).toEqual([]);
    expect(keeper.saving()).toEqual({ kind: 'untouched' });
  });
});
