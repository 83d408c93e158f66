import { z } from 'zod';
import type { IsoDay } from '../../domain/certificate';
import type { StoredRecord } from '../../domain/record';
import type { Agenda } from '../../outbox/office';
import type { Noticing } from '../../outbox/watching';
import { tasksOf } from './tasks';

/** What a person has to do today, most urgent first: dangers and deadlines of today before questions that can wait an hour. */
export const todayKinds = [
  'malware',
  'post',
  'act',
  'end',
  'proposal',
  'setBack',
  'overdue',
  'doctor',
  'certificates',
  'stillDown',
] as const;
export type TodayKind = (typeof todayKinds)[number];

export interface TodayItem {
  readonly kind: TodayKind;
  readonly count: number;
}

/** The one list of what is to be done today, with counts, by urgency; what needs nobody isn't in it. */
export function todayOf(
  agenda: Agenda,
  noticing: Pick<Noticing, 'endOffers' | 'proposals' | 'certificates'> | null,
): TodayItem[] {
  const tasks = tasksOf(agenda);
  const isMalware = ({ state }: StoredRecord) => state.stage === 'rejected' && state.malware;
  const counts: Readonly<Record<TodayKind, number>> = {
    malware: agenda.needsAction.filter(isMalware).length,
    post: tasks.post.length,
    act: tasks.act.filter((record) => !isMalware(record)).length,
    end: noticing?.endOffers.length ?? 0,
    proposal: noticing?.proposals.length ?? 0,
    setBack: tasks.setBack.filter(needsPerson).length,
    overdue: tasks.overdue.length,
    doctor: agenda.remindDoctor.length,
    certificates: noticing?.certificates.length ?? 0,
    stillDown: agenda.stillDown.length,
  };
  return todayKinds.map((kind) => ({ kind, count: counts[kind] })).filter(({ count }) => count > 0);
}

/** Whether waiting won't help: a card at the terminal, a missing address, a refusal for good. */
function needsPerson({ state: { setback } }: StoredRecord): boolean {
  return (
    setback !== null && (!setback.temporary || setback.kind === 'signing-failed' || setback.kind === 'no-recipient')
  );
}

/** What was shown as a notification already: per kind so many on that day, and when anything was shown last. */
export const notifiedSchema = z.object({
  lastAt: z.string().nullable(),
  kinds: z.partialRecord(z.enum(todayKinds), z.object({ count: z.number(), day: z.string() })),
});
export type Notified = z.output<typeof notifiedSchema>;

/** Notifications are at least so far apart: during a restoration answers come by the second. */
const quietMinutes = 10;

/**
 * What is new since the last notification, and what to remember. A kind is new when there is more of it than was shown, and the post once on
 * each later day, since it has to go by the end of that day. Nothing else is shown twice, also where the clock was set back.
 */
export function newsOf(
  items: readonly TodayItem[],
  notified: Notified | null,
  now: Date,
  today: IsoDay,
): { readonly news: readonly TodayItem[]; readonly remembered: Notified } {
  const known: Notified = notified ?? { lastAt: null, kinds: {} };
  const news = items.filter(({ kind, count }) => {
    const shown = known.kinds[kind];
    return shown === undefined || count > shown.count || (kind === 'post' && shown.day < today);
  });
  const waited = known.lastAt === null ? Infinity : now.getTime() - new Date(known.lastAt).getTime();
  const isQuiet = waited >= 0 && waited < quietMinutes * 60_000;
  const shownNow = isQuiet ? [] : news;
  const kinds: Notified['kinds'] = {};
  for (const { kind, count } of items) {
    const shown = known.kinds[kind];
    if (shownNow.some((one) => one.kind === kind)) kinds[kind] = { count, day: today };
    // Fewer than were shown: the next one more is new.
    else if (shown !== undefined) kinds[kind] = { count: Math.min(count, shown.count), day: shown.day };
  }
  return {
    news: shownNow,
    remembered: { lastAt: shownNow.length > 0 ? now.toISOString() : known.lastAt, kinds },
  };
}
