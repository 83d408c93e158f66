import type { CancellationStep } from '../../domain/cancelling';
import type { RecordEvent } from '../../domain/event';
import { formatDay, todayInBerlin } from '../../domain/calendar';
import { eventWords } from '../../outbox/event-words';
import { clockTime, dayWithWeekday, StatusDot, useTexts, type DotKind, type Wording } from '../parts';
import { groupBy } from '../../domain/grouping';
import { useTranslate } from './translate';

/** How an event is marked in the timeline: what went well, what a person should look at, and what was merely noted. */
export function eventDot(detail: RecordEvent['detail']): DotKind {
  switch (detail.type) {
    case 'cancellation-moved':
      return cancellationDots[detail.to];
    case 'delivered':
      return 'good';
    case 'rejected':
    case 'informed':
    case 'signing-failed':
    case 'no-recipient':
    case 'attempt-failed':
    case 'delivery-failed':
    case 'kim-error':
      return 'bad';
    case 'attempt-unknown':
    case 'delivery-delayed':
    case 'attempting':
      return 'waiting';
    case 'handed-over':
      return 'partly';
    case 'recorded':
    case 'warning-confirmed':
    case 'issued':
    case 'imported':
    case 'printed':
    case 'paper-given':
    case 'paper-posted':
    case 'paper-only':
    case 'signed':
    case 'resend-requested':
    case 'discarded':
    case 'cancelled':
    case 'corrected':
      return 'none';
  }
}

const cancellationDots: Readonly<Record<CancellationStep, DotKind>> = {
  requested: 'none',
  'handed-over': 'partly',
  effective: 'good',
  rejected: 'bad',
  'taken-back': 'none',
};

/** Everything that happened to a record, day by day, newest last: when, what, by whom, and what proves it. */
export function Timeline({ events }: { events: readonly RecordEvent[] }) {
  const t = useTexts();
  const translate = useTranslate();
  const days = groupBy(events, ({ at }) => todayInBerlin(new Date(at)));
  return (
    <div className="timeline">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={formatDay(day)}>
          <h3 className="timeline-day">{dayWithWeekday(day, t.language)}</h3>
          <ol>
            {ofDay.map((event) => {
              const { what, proof } = eventWords(event.detail, translate);
              return (
                <li key={event.id} className="timeline-event">
                  <time className="timeline-time" dateTime={event.at}>
                    {clockTime(new Date(event.at), t.language)}
                  </time>
                  <StatusDot kind={eventDot(event.detail)} />
                  <div className="timeline-words">
                    <span>{what}</span>
                    {proof.length === 0 ? null : (
                      <details className="proof">
                        <summary>{t('certificates.proof')}</summary>
                        {proof.map((line) => (
                          <span key={line}>{line}</span>
                        ))}
                      </details>
                    )}
                  </div>
                  <span className="timeline-user" title={userWords(event.user, t)}>
                    {userWords(event.user, t)}
                  </span>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </div>
  );
}

function userWords(user: string, t: Wording): string {
  return user === '' ? t('certificates.nobody') : user;
}
