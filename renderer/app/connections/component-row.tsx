import { failureObstacle } from '../../outbox/obstacles';
import { Button, obstacleWords, shortInstant, StatusDot, useOffice, useTexts, type DotKind } from '../parts';
import type { Check, ComponentName } from './checks';
import { validityOf, validityWords } from './validity';

const dots: Readonly<Record<Check['kind'], DotKind>> = {
  unchecked: 'none',
  'not-entered': 'none',
  checking: 'waiting',
  good: 'good',
  failed: 'bad',
};

/** One component: how it stands, since when that is known, and what to do. */
export function ComponentRow({
  name,
  check,
  onCheck,
  onEdit,
}: {
  name: ComponentName;
  check: Check;
  onCheck: () => void;
  /** Not in rehearsal: there the world sets its own connections. */
  onEdit?: () => void;
}) {
  const t = useTexts();
  const { clock } = useOffice();
  const now = clock.now();
  const title = t(`connections.component.${name}`);
  const notAfter = check.kind === 'good' ? check.notAfter : null;
  const validity = notAfter === null ? 'valid' : validityOf(notAfter, now);
  return (
    <li className={check.kind === 'failed' ? 'component is-bad' : 'component'}>
      <div className="component-state">
        <StatusDot kind={check.kind === 'good' && validity !== 'valid' ? 'partly' : dots[check.kind]}>
          {t(`connections.state.${check.kind}`)}
        </StatusDot>
        <span className="small soft">
          {'at' in check
            ? t('connections.checkedAt', {
                time: shortInstant(new Date(check.at).toISOString(), now, t.language),
              })
            : null}
        </span>
      </div>
      <div className="component-words">
        <h2>{title}</h2>
        {check.kind === 'failed' ? (
          <>
            <p>{obstacleWords(t, failureObstacle(name, check.failure))}</p>
            <details className="small soft">
              <summary>{t('parts.details')}</summary>
              {check.failure.code === null ? '' : `${check.failure.code}: `}
              {check.failure.text}
            </details>
          </>
        ) : (
          <p className="soft">
            {check.kind === 'not-entered' ? t('connections.notEntered') : t(`connections.purpose.${name}`)}
          </p>
        )}
        {notAfter === null ? null : (
          <p className={validity === 'valid' ? 'small soft' : `small validity-${validity}`}>
            {t('connections.certificate')} {validityWords(notAfter, now, t)}
            {validity === 'valid' ? null : ` ${t(`connections.validity.advice.${validity}`)}`}
          </p>
        )}
      </div>
      <div className="component-buttons">
        <Button
          size="small"
          onPress={onCheck}
          isPending={check.kind === 'checking'}
          label={t('connections.checkOne', { name: title })}
        >
          {t('connections.check')}
        </Button>
        {onEdit === undefined ? null : (
          <Button size="small" onPress={onEdit} label={t('connections.editOne', { name: title })}>
            {t('connections.edit')}
          </Button>
        )}
      </div>
    </li>
  );
}
