import type { InsurerPreview } from '../../outbox/insurers';
import { formatCount } from '../../texts/counts';
import { Notice, providerName, useTexts } from '../parts';

/** So many of a kind are named; of the first file everything is new, and nobody reads thousands of names. */
const namedAtMost = 40;

/** What a version of the insurer file changes, or has changed: what it means for the practice first, new insurers last. */
export function InsurerChangesView({ preview, isDone }: { preview: InsurerPreview; isDone: boolean }) {
  const t = useTexts();
  const { changes, list } = preview;
  const none = t('master.payers.noProvider');
  const provider = (name: string | null) => (name === null ? none : providerName(name));
  const groups: readonly (readonly [GroupKey, readonly string[]])[] = [
    ['merged', changes.merged.map(({ before, into }) => `${before.name} → ${into.name}`)],
    ['gone', changes.gone.map(({ name }) => name)],
    [
      'otherProvider',
      changes.otherProvider.map(
        ({ before, after }) => `${after.name}: ${provider(before.provider)} → ${provider(after.provider)}`,
      ),
    ],
    ['renamed', changes.renamed.map(({ before, after }) => `${before.name} → ${after.name}`)],
    ['takenOver', changes.takenOver.map(({ before, after }) => `${before.name} → ${after.name}`)],
    ['otherAddress', changes.otherAddress.map(({ after }) => after.name)],
    ['appeared', changes.appeared.map(({ name }) => name)],
  ];
  const filled = groups.filter(([, lines]) => lines.length > 0);
  return (
    <section className="insurer-changes" aria-label={t('master.insurerFile.changes')}>
      <Notice
        kind={isDone ? 'good' : 'info'}
        title={t(isDone ? 'master.insurerFile.taken' : 'master.insurerFile.preview', { count: list.payers.length })}
      >
        {filled.length === 0 ? t('master.insurerFile.nothingChanges') : null}
        {list.withoutIk > 0 ? ` ${t('master.insurerFile.withoutIk', { count: list.withoutIk })}` : null}
        {list.lostMergers.length > 0
          ? ` ${t('master.insurerFile.lostMergers', { vknrs: list.lostMergers.join(', ') })}`
          : null}
      </Notice>
      {filled.map(([key, lines]) => (
        <details key={key} open={key !== 'appeared' && key !== 'otherAddress'}>
          <summary>
            <strong>{formatCount(lines.length, t.language)}</strong> {t(`master.insurerFile.groups.${key}`)}
          </summary>
          <ul className="insurer-change-lines">
            {lines.slice(0, namedAtMost).map((line) => (
              <li key={line}>{line}</li>
            ))}
            {lines.length > namedAtMost ? (
              <li className="soft">{t('master.insurerFile.andMore', { count: lines.length - namedAtMost })}</li>
            ) : null}
          </ul>
        </details>
      ))}
    </section>
  );
}

type GroupKey = 'merged' | 'gone' | 'otherProvider' | 'renamed' | 'takenOver' | 'otherAddress' | 'appeared';
