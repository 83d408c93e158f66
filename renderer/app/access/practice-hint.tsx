import { useEffect, useState } from 'react';
import type { Clock } from '../../domain/clock';
import type { Person } from '../../store/access/access';
import { codeAt } from '../../store/access/second-factor';
import { useTexts } from '../parts';
import { practicePassphrase, practiceSecret } from './practice-accounts';

/** In the rehearsal the made-up accounts' passphrase and code stand on the log-in screen: so that the program can be tried at once. */
export function PracticeHint({ people, clock }: { people: readonly Person[]; clock: Clock }) {
  const t = useTexts();
  const [code, setCode] = useState(() => codeAt(practiceSecret, clock.now()));
  useEffect(() => {
    const timer = window.setInterval(() => setCode(codeAt(practiceSecret, clock.now())), 1000);
    return () => window.clearInterval(timer);
  }, [clock]);
  if (!people.some(({ isPractice }) => isPractice)) return null;
  return (
    <aside className="practice-hint" aria-label={t('access.practice.title')}>
      <span className="rehearsal-mark">{t('app.rehearsal')}</span>
      <p>
        {t('access.practice.words')} <strong className="practice-secret">{practicePassphrase}</strong>
      </p>
      <p>
        {t('access.practice.code')} <strong className="practice-secret">{code.code}</strong>{' '}
        <span className="soft">{t('access.practice.left', { count: code.secondsLeft })}</span>
      </p>
    </aside>
  );
}
