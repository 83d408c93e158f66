import { describe, expect, it } from 'vitest';
import type { ArchiveState } from '../../../electron/contract/archive';
import { troublesOf, type SecondCopy } from '../../../renderer/app/second-copy';

const state = (freeBytes: number | null): ArchiveState => ({
  lineage: 'a',
  restored: null,
  writerId: 'w',
  lastNumber: 3,
  gaps: [],
  damaged: { lines: [], keys: 0, header: false },
  cutBytes: 0,
  bytes: 1000,
  freeBytes,
  folder: '/data',
});
const good: SecondCopy = {
  journal: { kind: 'current' },
  standing: { kind: 'in-step', lineage: 'a', notes: [] },
  state: { kind: 'ok', value: state(5_000_000_000) },
  damages: [],
  browserRoom: null,
  databaseHasRoom: true,
};
const brief = (copy: SecondCopy) => troublesOf(copy).map(({ what, weight }) => `${what} ${weight}`);
const withFree = (free: number | null): SecondCopy => ({ ...good, state: { kind: 'ok', value: state(free) } });

describe('what is said about the second copy', () => {
  it('nothing while all is well, or the system tells no free room', () => {
    expect(brief(good)).toEqual([]);
    expect(brief(withFree(null))).toEqual([]);
  });

  it('warns below 200 MB, stops below 20 MB', () => {
    expect(brief(withFree(200_000_000))).toEqual([]);
    expect(brief(withFree(199_999_999))).toEqual(['nearly-full warns']);
    expect(brief(withFree(20_000_000))).toEqual(['nearly-full warns']);
    expect(brief(withFree(19_999_999))).toEqual(['full stops']);
  });

  it('looks at the browser’s room too, and says which of both is full, once', () => {
    expect(brief({ ...good, browserRoom: 200_000_000 })).toEqual([]);
    expect(brief({ ...good, browserRoom: 19_999_999 })).toEqual(['browser-full stops']);
    expect(brief({ ...withFree(19_999_999), browserRoom: 5_000_000_000 })).toEqual(['full stops']);
    expect(brief({ ...withFree(19_999_999), browserRoom: 0 })).toEqual(['full stops']);
    expect(brief({ ...withFree(100_000_000), browserRoom: 0 })).toEqual(['browser-full stops']);
    expect(troublesOf({ ...good, state: null, browserRoom: 100_000_000 })).toEqual([
      { what: 'browser-nearly-full', weight: 'warns', values: { free: 100 } },
    ]);
  });

  it('a write that found no room stops, whatever the browser says', () => {
    expect(brief({ ...good, databaseHasRoom: false })).toEqual(['browser-full stops']);
    expect(brief({ ...good, databaseHasRoom: false, browserRoom: 200_000_000 })).toEqual(['browser-full stops']);
  });

  it('tells rows that don’t open from older ones that were put back, and what they are about', () => {
    const copy: SecondCopy = {
      ...good,
      damages: [
        { table: 'mails', key: 'a', what: 'closed' },
        { table: 'meta', key: 'restored-hold', what: 'gone' },
        { table: 'meta', key: 'setup', what: 'old' },
        { table: 'records', key: 'b', what: 'old' },
      ],
    };
    expect(troublesOf(copy)).toEqual([
      { what: 'damaged', weight: 'warns', values: { count: 1 } },
      {
        what: 'older-rows',
        weight: 'warns',
        values: { count: 3, settings: 2, outages: 0, mails: 0, patients: 0, records: 1 },
      },
    ]);
  });

  it('changed insurers and catalogues have words of their own: they are read in anew', () => {
    const copy: SecondCopy = {
      ...good,
      damages: [
        { table: 'payers', key: '101575519', what: 'changed' },
        { table: 'payers', key: '108310400', what: 'gone' },
        { table: 'payerFiles', key: 'f1', what: 'gone' },
        { table: 'payerFileEntries', key: 'f1', what: 'gone' },
        { table: 'catalogues', key: '2026', what: 'old' },
        { table: 'recipients', key: '101575519', what: 'closed' },
      ],
    };
    expect(troublesOf(copy)).toEqual([
      {
        what: 'changed-lists',
        weight: 'warns',
        values: { count: 6, payers: 2, files: 1, catalogues: 1, recipients: 1 },
      },
    ]);
  });

  it('of data of a newer program it says just that', () => {
    expect(troublesOf('newer')).toEqual([{ what: 'newer', weight: 'stops', values: {} }]);
  });

  it('names why the journal is behind, once', () => {
    const behind = (reason: 'full' | 'unreachable' | 'superseded' | 'other'): SecondCopy => ({
      ...good,
      journal: { kind: 'behind', writes: 2, reason, text: '' },
    });
    expect(brief(behind('full'))).toEqual(['full stops']);
    expect(brief(behind('superseded'))).toEqual(['superseded stops']);
    const failure = { reason: 'superseded', code: null, text: '' } as const;
    expect(brief({ ...good, standing: { kind: 'superseded', failure } })).toEqual(['superseded stops']);
    expect(brief(behind('unreachable'))).toEqual(['no-archive stops']);
    expect(brief(behind('other'))).toEqual(['behind stops']);
  });

  it('a fork stops, whatever else the journal says', () => {
    const forked = (foreign: boolean): SecondCopy => ({
      ...good,
      journal: { kind: 'behind', writes: 1, reason: 'other', text: '' },
      standing: { kind: 'forked', numbers: foreign ? [] : [2], foreign, state: state(null) },
    });
    expect(brief(forked(false))).toEqual(['forked stops']);
    expect(brief(forked(true))).toEqual(['foreign stops']);
  });

  it('the gravest first; what was put right is only told', () => {
    const copy: SecondCopy = {
      ...withFree(100_000_000),
      damages: [{ table: 'mails', key: 'a', what: 'closed' }],
      standing: {
        kind: 'in-step',
        lineage: 'a',
        notes: [
          { what: 'cut', bytes: 12 },
          { what: 'pushed', writes: 1 },
          { what: 'rebuilt', writes: 9, why: 'gone' },
          { what: 'lost', numbers: [{ from: 2, to: 4 }] },
        ],
      },
    };
    expect(brief(copy)).toEqual(['damaged warns', 'lost warns', 'nearly-full warns', 'cut tells', 'rebuilt tells']);
    expect(troublesOf(copy).find(({ what }) => what === 'lost')?.values).toEqual({ count: 3 });
  });
});
