import type { Agenda } from '../../outbox/office';
import { formatCount } from '../../texts/counts';
import { issuerName } from '../certificates/record-words';
import { goTo, Notice, useTexts } from '../parts';
import { useNoticing } from '../parts/noticing';
import { todayOf, type TodayKind } from './today';

/** The day at a glance: what a person has to do today, most urgent first; a press leads there. */
export function TodayCard({ agenda }: { agenda: Agenda }) {
  const t = useTexts();
  const noticing = useNoticing();
  const items = todayOf(agenda, noticing);
  if (items.length === 0) return null;
  return (
    <nav className="today" aria-label={t('noticing.today.title')}>
      <h2 className="today-title">{t('noticing.today.title')}</h2>
      <ol>
        {items.map(({ kind, count }) => (
          <li key={kind}>
            <button type="button" className={`today-item is-${urgencyOf[kind]}`} onClick={() => lead(kind)}>
              {t(`noticing.today.${kind}`, { count })}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

const urgencyOf: Readonly<Record<TodayKind, 'danger' | 'today' | 'calm'>> = {
  malware: 'danger',
  post: 'today',
  act: 'today',
  end: 'calm',
  proposal: 'calm',
  setBack: 'today',
  overdue: 'calm',
  doctor: 'calm',
  certificates: 'calm',
  stillDown: 'calm',
};

/** Where on the screen, or on which screen, it is done. */
function lead(kind: TodayKind): void {
  if (kind === 'end' || kind === 'proposal' || kind === 'stillDown') {
    goTo('outages');
    return;
  }
  if (kind === 'certificates') {
    goTo('connections');
    return;
  }
  const group = document.getElementById(`task-${kind === 'malware' ? 'act' : kind}`);
  group?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  group?.focus({ preventScroll: true });
}

/** Unsent for more than a working day: the doctor is to be told (eau.md section 9), each with how many are theirs. */
export function DoctorReminder({ agenda }: { agenda: Agenda }) {
  const t = useTexts();
  const { remindDoctor } = agenda;
  if (remindDoctor.length === 0) return null;
  const counts = new Map<string, number>();
  for (const record of remindDoctor) {
    const name = issuerName(record.content.issuer);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, count]) => `${name} (${formatCount(count, t.language)})`).join(', ');
  return (
    <div id="task-doctor" tabIndex={-1}>
      <Notice kind="outage" title={t('noticing.today.doctorTitle', { count: remindDoctor.length })}>
        {t('noticing.today.doctorWords', { names })}
      </Notice>
    </div>
  );
}
