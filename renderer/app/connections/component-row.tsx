import type { Connections } from '../../../electron/contract/connections';
import { validityOf } from '../../outbox/certificate-watch';
import { failureObstacle } from '../../outbox/obstacles';
import { Button, obstacleWords, shortInstant, StatusDot, useOffice, useTexts, type DotKind } from '../parts';
import { AddressChanges } from './address-changes';
import type { Check, ComponentName } from './checks';
import { validityWords } from './validity';

const dots: Readonly<Record<Check['kind'], DotKind>> = {
  unchecked: 'none',
  'not-entered': 'none',
  checking: 'waiting',
  good: 'good',
  failed: 'bad',
  broken: 'bad',
};

/** One component: how it stands, since when that is known, and what to do. */
export function ComponentRow({
  name,
  check,
  lastContact,
  connections,
  onCheck,
  onEdit,
}: {
  name: ComponentName;
  check: Check;
  /** When it last answered properly, whatever it was asked; ISO instant. */
  lastContact: string | null;
  connections: Connections;
  onCheck: () => void;
  /** `null` in rehearsal: there the world sets its own connections. */
  onEdit: (() => void) | null;
}) {
  const t = useTexts();
  const { clock } = useOffice();
  const now = clock.now();
  const title = t(`connections.component.${name}`);
  const notAfter = check.kind === 'good' ? check.notAfter : null;
  const validity = notAfter === null ? 'valid' : validityOf(notAfter, now);
  return (
    <li className={check.kind === 'failed' || check.kind === 'broken' ? 'component is-bad' : 'component'}>
      <div className="component-state">
        <StatusDot kind={check.kind === 'good' && validity !== 'valid' ? 'partly' : dots[check.kind]}>
          {t(`connections.state.${check.kind}`)}
        </StatusDot>
        <span className="small soft">
          {'at' in check && check.kind !== 'good'
            ? t('connections.checkedAt', {
                time: shortInstant(new Date(check.at).toISOString(), now, t.language),
              })
            : null}
        </span>
        {lastContact === null || check.kind === 'not-entered' ? null : (
          <span className="small soft">
            {t('connections.lastContact', { time: shortInstant(lastContact, now, t.language) })}
          </span>
        )}
      </div>
      <div className="component-words">
        <h2>
          {title}
          {check.kind === 'not-entered' ? null : <span className="component-where">{whereIs(name, connections)}</span>}
        </h2>
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
            {check.kind === 'not-entered'
              ? t('connections.notEntered')
              : check.kind === 'broken'
                ? t('connections.broken')
                : t(`connections.purpose.${name}`)}
          </p>
        )}
        {name === 'directory' ? <AddressChanges /> : null}
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
        {onEdit === null ? null : (
          <Button size="small" onPress={onEdit} label={t('connections.editOne', { name: title })}>
            {t('connections.edit')}
          </Button>
        )}
      </div>
    </li>
  );
}

function whereIs(name: ComponentName, { connector, mail, directory }: Connections): string {
  switch (name) {
    case 'connector':
      return connector.endpoint.replace(/^https?:\/\//, '');
    case 'sending':
      return `${mail.address} · ${mail.smtp.host}:${String(mail.smtp.port)}`;
    case 'mailbox':
      return `${mail.pop3.host}:${String(mail.pop3.port)}`;
    case 'directory':
      return `${directory.host}:${String(directory.port)}`;
  }
}
