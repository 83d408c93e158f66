import { ed25519 } from '@noble/curves/ed25519.js';
import { toByteArray } from 'base64-js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ChainWatch } from '../../../../renderer/app/trail/chain-watch';
import { ViewNoting } from '../../../../renderer/app/trail/view-noting';
import { trailFile } from '../../../../renderer/outbox/trail-file';
import { auditDetailSchema } from '../../../../renderer/domain/audit';
import { findChainBreak } from '../../../../renderer/domain/event-chain';
import { toBase64 } from '../../../../renderer/outbox/bytes';
import { trailWords } from '../../../../renderer/outbox/trail-words';
import { Database } from '../../../../renderer/store/database';
import { Store } from '../../../../renderer/store/store';
import { createTexts } from '../../../../renderer/texts';
import { exampleContent } from '../../../support/content';
import { happened } from '../../../support/events';
import { MemoryJournal, testKeys } from '../../../support/memory-journal';

let now = new Date('2026-11-23T09:00:00Z');
const newId = () => crypto.randomUUID();

async function practice() {
  now = new Date('2026-11-23T09:00:00Z');
  const name = `trail-${newId()}`;
  const keys = testKeys();
  const means = {
    clock: { now: () => now, sleep: () => Promise.resolve() },
    newId,
    journal: new MemoryJournal(),
    user: () => 'Dr. Nord',
  };
  const open = async (clinical: Uint8Array | null = keys.clinical) => {
    const opened = await Store.open(name, { ...means, keys: { practice: keys.practice, clinical } });
    if (opened.kind !== 'open') throw new Error(opened.text);
    return opened.store;
  };
  const store = await open();
  const id = newId();
  const content = exampleContent({ patient: { family: 'Geheimnis' } });
  await store.audit({ type: 'logged-in', role: 'doctor' });
  const created = await store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [happened.recorded],
  );
  if (created.kind !== 'written') throw new Error(created.kind);
  await store.records.append(id, [happened.issued], { content });
  store.setUser('Mia');
  now = new Date('2026-11-24T23:30:00Z');
  await store.audit({ type: 'viewed', recordId: id });
  await store.audit({ type: 'exported', what: 'patient', keyId: null });
  return { name, store, id, open };
}
const nothing = { user: null, kind: null, day: null };
const types = (page: Awaited<ReturnType<Store['trail']['page']>>) =>
  page.entries.map(({ content }) => ('detail' in content ? content.detail.type : content.kind));

describe('the audit trail as it is read', () => {
  it('tells the practice’s and the certificates’ events in one list, newest first, page by page', async () => {
    const { store } = await practice();
    const first = await store.trail.page(nothing, { below: null, limit: 3 });
    expect(types(first)).toEqual(['exported', 'viewed', 'issued']);
    const rest = await store.trail.page(nothing, { below: first.next, limit: 3 });
    expect(types(rest)).toEqual(['recorded', 'logged-in']);
    expect(rest.next).toBeNull();
    store.close();
  });

  it('narrows down by person, kind, and day by German time', async () => {
    const { store } = await practice();
    const of = async (part: object) =>
      types(await store.trail.page({ ...nothing, ...part }, { below: null, limit: 9 }));
    expect(await of({ user: 'Mia' })).toEqual(['exported', 'viewed']);
    expect(await of({ kind: 'seen' })).toEqual(['viewed']);
    expect(await of({ kind: 'changed' })).toEqual(['issued', 'recorded']);
    expect(await of({ day: '2026-11-25' })).toEqual(['exported', 'viewed']);
    expect(await of({ day: '2026-11-24' })).toEqual([]);
    store.close();
  });

  it('tells an administrator who and when, and of certificates not what', async () => {
    const { store, open } = await practice();
    store.close();
    const closed = await open(null);
    expect(types(await closed.trail.page(nothing, { below: null, limit: 9 }))).toEqual([
      'exported',
      'viewed',
      'closed',
      'closed',
      'logged-in',
    ]);
    closed.close();
  });

  it('has words in both languages for every event', () => {
    const samples: Readonly<Record<string, unknown>> = {
      role: 'doctor',
      name: 'Mia',
      what: 'passphrase',
      recordId: 'r',
      keyId: 'k',
      place: 'D:',
      recordIds: ['r'],
      documents: 1,
      mails: 1,
      until: 7,
      outcome: 'held',
      records: 1,
      events: 2,
      chain: 'held',
      lastHash: null,
      because: ['Mia'],
    };
    for (const { shape } of auditDetailSchema.options) {
      const type = shape.type.value;
      const what = type === 'settings-changed' ? ['mode', 'retentionYears'] : type === 'exported' ? 'patient' : 'code';
      const detail = auditDetailSchema.parse({ ...samples, what, type });
      for (const language of ['de', 'en'] as const) {
        const words = trailWords({ kind: 'practice', detail }, createTexts(language));
        expect(words).not.toContain('trail.');
        expect(words).not.toContain('{{');
      }
    }
    const t = createTexts('de');
    const roleChange = { type: 'user-changed', name: 'Mia', what: 'role assistant → doctor, name' } as const;
    expect(trailWords({ kind: 'practice', detail: roleChange }, t)).toBe(
      'Zugang von Mia geändert: Rolle: Assistenz → Ärztin, Arzt, Name',
    );
  });
});

describe('the audit trail as a file', () => {
  const lineSchema = z.record(z.string(), z.unknown());
  const head = {
    practice: 'Praxis Nord',
    exportedAt: '2026-11-24T23:30:00Z',
    exportedBy: 'Mia',
    chain: { kind: 'held', from: 1, until: 5 },
  } as const;

  it('is signed over all before its last line, its chain can be checked without keys, and it names nobody', async () => {
    const { store } = await practice();
    const { secretKey, publicKey } = ed25519.keygen();
    const sign = (bytes: Uint8Array) => Promise.resolve({ signature: ed25519.sign(bytes, secretKey), publicKey });
    const file = await trailFile(head, store.trail.all(), { sign, toBase64 });
    if (file === null) throw new Error('not signed');
    const text = new TextDecoder().decode(file);
    expect(text).not.toContain('Geheimnis');
    const lines = text.trimEnd().split('\n');
    const last = z.object({ signature: z.string() }).parse(JSON.parse(lines.at(-1) ?? ''));
    const body = new TextEncoder().encode(`${lines.slice(0, -1).join('\n')}\n`);
    const signature = toByteArray(last.signature);
    expect(ed25519.verify(signature, body, publicKey)).toBe(true);
    const changed = Uint8Array.from(body, (byte, at) => (at === body.length - 9 ? byte ^ 1 : byte));
    expect(ed25519.verify(signature, changed, publicKey)).toBe(false);
    const linkSchema = z.object({
      ...{ sequence: z.number(), id: z.string(), recordId: z.string().nullable(), at: z.string(), user: z.string() },
      ...{ keyId: z.string().nullable(), sealedSha256: z.string(), previousHash: z.string(), hash: z.string() },
    });
    const links = lines.slice(1, -1).map((line) => linkSchema.parse(JSON.parse(line)));
    expect(links).toHaveLength(5);
    expect(findChainBreak(links, null)).toBeNull();
    expect(findChainBreak(links.toSpliced(2, 1), null)).toMatchObject({ what: 'missing' });
    expect(lineSchema.parse(JSON.parse(lines[1] ?? ''))).toMatchObject({ event: 'logged-in', user: 'Dr. Nord' });
    store.close();
  });

  it('is not written where nothing can be signed', async () => {
    const { store } = await practice();
    const sign = () => Promise.resolve(null);
    expect(await trailFile(head, store.trail.all(), { sign, toBase64 })).toBeNull();
    store.close();
  });
});

describe('looking after the chain', () => {
  it('after a log-in checks the whole of it, and notes nothing while it holds; on demand it is noted', async () => {
    const { store } = await practice();
    const watch = new ChainWatch(() => now);
    await watch.begin(store);
    expect(watch.standing.get()).toMatchObject({ kind: 'checked', isWhole: true, check: { kind: 'held', until: 5 } });
    expect((await store.auditTrail({ after: 0, limit: 9 })).map(({ detail }) => detail.type)).not.toContain(
      'chain-checked',
    );
    await watch.check(store);
    expect((await store.auditTrail({ after: 0, limit: 9 })).at(-1)?.detail).toEqual({
      ...{ type: 'chain-checked', until: 5, outcome: 'held' },
    });
    store.close();
  });

  it('shows a link that was changed from outside, notes it, and repairs nothing', async () => {
    const { name, store } = await practice();
    const raw = new Database(name);
    await raw.events.update(2, { user: 'Somebody else' });
    const watch = new ChainWatch(() => now);
    await watch.begin(store);
    const broken = { kind: 'broken', sequence: 2, what: 'changed' };
    expect(watch.standing.get()).toMatchObject({ kind: 'checked', check: broken });
    expect((await store.auditTrail({ after: 0, limit: 9 })).at(-1)?.detail).toMatchObject({ outcome: 'broken' });
    expect((await raw.events.get(2))?.user).toBe('Somebody else');
    expect(await store.checkChain('start')).toEqual(broken);
    raw.close();
    store.close();
  });

  it('a check that is still running when the store closes says nothing about the next one', async () => {
    const watch = new ChainWatch(() => now);
    let finish: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const source = {
      checkChain: () => waiting.then(() => ({ kind: 'broken', sequence: 1, what: 'changed' }) as const),
      audit: () => Promise.resolve(),
    };
    const begun = watch.begin(source);
    watch.end();
    finish();
    await begun;
    expect(watch.standing.get()).toEqual({ kind: 'unchecked' });
  });
});

describe('who saw which certificate', () => {
  const viewed = async (store: Store) =>
    (await store.auditTrail({ after: 0, limit: 99 })).filter(({ detail }) => detail.type === 'viewed').length;

  it('is noted once for each user, certificate, hour and log-in', async () => {
    const { store, id } = await practice();
    const views = new ViewNoting(() => now);
    const before = await viewed(store);
    const looks = await Promise.all([views.note(store, 'Mia', id), views.note(store, 'Mia', id)]);
    expect(looks).toEqual(['noted', 'known']);
    expect(await views.note(store, 'Dr. Nord', id)).toBe('noted');
    expect(await views.note(store, 'Mia', newId())).toBe('noted');
    now = new Date(now.getTime() + 3_599_000);
    expect(await views.note(store, 'Mia', id)).toBe('known');
    now = new Date(now.getTime() + 1_000);
    expect(await views.note(store, 'Mia', id)).toBe('noted');
    now = new Date(now.getTime() - 60_000);
    expect(await views.note(store, 'Mia', id)).toBe('noted');
    views.begin();
    expect(await views.note(store, 'Mia', id)).toBe('noted');
    expect(await viewed(store)).toBe(before + 6);
    store.close();
  });

  it('what could not be written is noted with the next look', async () => {
    const { store, id } = await practice();
    const views = new ViewNoting(() => now);
    const full = { audit: () => Promise.reject(new Error('full')) };
    expect(await views.note(full, 'Mia', id)).toBe('not-written');
    expect(await views.note(store, 'Mia', id)).toBe('noted');
    store.close();
  });
});
