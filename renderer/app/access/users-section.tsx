import './access.css';
import { useState } from 'react';
import type { Person } from '../../store/access/access';
import { Button, Card, Notice, shortInstant, StatusDot, Tag, useOffice, useTexts, Waiting } from '../parts';
import { RecoveryKeyDialog } from './recovery-key-dialog';
import { useAtWork } from './session-context';
import { usePeople } from './use-people';
import { AddUserDialog, ChangeUserDialog, ResetDialog, TakeAwayDialog } from './user-dialogs';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'add' | 'recovery' }
  | { readonly kind: 'change' | 'reset' | 'factor' | 'remove'; readonly person: Person };

/** «Zugänge»: everybody who may log in, and the recovery key. Administrators only. */
export function UsersSection() {
  const t = useTexts();
  const { clock } = useOffice();
  const { vault, session } = useAtWork();
  const { people, recovery, renewalDue, hasKeyring, reload } = usePeople();
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  if (people === null) return <Waiting />;
  const dialog = {
    administration: vault.administration,
    session,
    people,
    onClose: (isChanged: boolean) => {
      setOpen({ kind: 'none' });
      if (isChanged) void reload();
    },
  };
  return (
    <>
      {renewalDue === null ? null : (
        <Notice kind="outage" title={t('access.users.renewalTitle')}>
          {t('access.users.renewal', { names: renewalDue.names.join(', ') })}
        </Notice>
      )}
      <Card
        title={t('access.users.title')}
        aside={
          <Button size="small" onPress={() => setOpen({ kind: 'add' })} shortcut="Alt+N">
            {t('access.users.addTitle')}
          </Button>
        }
      >
        <ul className="users">
          {people.map((person) => (
            <li key={person.id}>
              <div>
                <strong>{person.name}</strong>{' '}
                {person.isPractice ? <Tag kind="accent">{t('access.users.practice')}</Tag> : null}
                <div className="small soft">{t(`access.role.${person.role}`)}</div>
              </div>
              <StatusDot kind={person.hasSecondFactor ? 'done' : 'none'}>
                {t(person.hasSecondFactor ? 'access.users.factor' : 'access.users.noFactor')}
              </StatusDot>
              {person.id === session.user.id ? (
                <span className="small soft">{t('access.users.yourself')}</span>
              ) : (
                <span className="user-buttons">
                  <UserButton person={person} what="change" onPress={() => setOpen({ kind: 'change', person })} />
                  <UserButton person={person} what="reset" onPress={() => setOpen({ kind: 'reset', person })} />
                  {person.hasSecondFactor ? (
                    <UserButton person={person} what="dropFactor" onPress={() => setOpen({ kind: 'factor', person })} />
                  ) : null}
                  <UserButton person={person} what="remove" onPress={() => setOpen({ kind: 'remove', person })} />
                </span>
              )}
            </li>
          ))}
        </ul>
        <p className="small soft">{t(hasKeyring ? 'access.users.keyring' : 'access.users.noKeyring')}</p>
      </Card>
      <Card
        title={t('access.recovery.key')}
        aside={
          <Button size="small" onPress={() => setOpen({ kind: 'recovery' })}>
            {t('access.users.newKey')}
          </Button>
        }
      >
        <p>
          {recovery === null
            ? t('access.users.noRecovery')
            : t('access.users.recovery', {
                at: shortInstant(recovery.printedAt, clock.now(), t.language),
                check: recovery.check,
              })}
        </p>
      </Card>
      {open.kind === 'add' ? <AddUserDialog {...dialog} /> : null}
      {open.kind === 'recovery' ? <RecoveryKeyDialog {...dialog} /> : null}
      {open.kind === 'change' ? <ChangeUserDialog {...dialog} person={open.person} /> : null}
      {open.kind === 'reset' ? <ResetDialog {...dialog} person={open.person} /> : null}
      {open.kind === 'factor' ? <TakeAwayDialog {...dialog} person={open.person} what="factor" /> : null}
      {open.kind === 'remove' ? <TakeAwayDialog {...dialog} person={open.person} what="user" /> : null}
    </>
  );
}

function UserButton({
  person,
  what,
  onPress,
}: {
  person: Person;
  what: 'change' | 'reset' | 'dropFactor' | 'remove';
  onPress: () => void;
}) {
  const t = useTexts();
  const words = t(`access.users.${what}`);
  return (
    <Button kind="quiet" size="small" onPress={onPress} label={`${words}: ${person.name}`}>
      {words}
    </Button>
  );
}
