import { shortInstant, useOffice, useTexts } from '../parts';
import { useNoticing } from '../parts/noticing';

const components = ['connector', 'directory', 'sending', 'mailbox'] as const;

/** What our own probes found last, in a quiet line; nothing before the first round. */
export function ProbingWords() {
  const t = useTexts();
  const { clock } = useOffice();
  const probing = useNoticing()?.probing ?? null;
  if (probing === null) return null;
  const at = shortInstant(probing.at, clock.now(), t.language);
  const words = components.map((name) =>
    t(`noticing.probing.${probing.components[name] ?? 'not-entered'}`, { name: t(`noticing.probing.${name}`) }),
  );
  return (
    <p className="small soft">
      {t('noticing.probing.at', { at })} {words.join(' · ')}
    </p>
  );
}
