import { useState } from 'react';
import { holdsClinicalKey, roles, type Role } from '../../domain/roles';
import type { Person, Session } from '../../store/access/access';
import type { Administration } from '../../store/access/administration';
import { ChoiceGroup, TextField, useTexts, type FieldNote } from '../parts';
import { AccountDialog, type Done } from './account-dialog';
import { accountTrouble } from './account-words';
import { clinicalKeyBy, ConsentFields, emptyConsent } from './consent';
import { NewPassphrase, nothingChosen } from './new-passphrase';
import { PassphraseField } from './passphrase-field';

interface DialogProps {
  readonly administration: Administration;
  readonly session: Session;
  readonly people: readonly Person[];
  readonly onClose: (isChanged: boolean) => void;
}

/** A new account: its owner types the passphrase, somebody who may see certificates agrees. */
export function AddUserDialog({ administration, session, people, onClose }: DialogProps) {
  const t = useTexts();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('assistant');
  const [chosen, setChosen] = useState(nothingChosen);
  const [consent, setConsent] = useState(() => emptyConsent(people));
  const [consentTrouble, setConsentTrouble] = useState<string | null>(null);
  const [wasTried, setTried] = useState(false);
  const nameNotes: FieldNote[] =
    wasTried && name.trim() === '' ? [{ severity: 'error', text: t('firstStart.required') }] : [];
  const add = async (): Promise<Done> => {
    setTried(true);
    setConsentTrouble(null);
    if (name.trim() === '' || !chosen.isGood) return null;
    let clinical: Uint8Array | null = null;
    if (holdsClinicalKey(role)) {
      const key = await clinicalKeyBy(t, administration, consent);
      if (key.kind === 'trouble') {
        setConsentTrouble(key.words);
        return null;
      }
      clinical = key.clinical;
    }
    const user = { name, role, passphrase: chosen.passphrase, secondFactor: null };
    const words = accountTrouble(t, await administration.add(session, user, clinical));
    return words === null
      ? { kind: 'changed', note: { type: 'user-added', name: name.trim(), role } }
      : { kind: 'trouble', words };
  };
  return (
    <AccountDialog
      title={t('access.users.addTitle')}
      confirm={t('access.users.add')}
      said={t('access.users.added', { name: name.trim() })}
      onConfirm={add}
      onClose={onClose}
    >
      <div className="row">
        <TextField
          label={t('access.name')}
          value={name}
          onChange={setName}
          notes={nameNotes}
          hint={t('access.nameHint')}
          maxLength={60}
          autoFocus
          span={5}
        />
        <RoleChoice role={role} onChange={setRole} span={7} />
      </div>
      <p className="small soft">{t('access.users.theyType')}</p>
      <NewPassphrase chosen={chosen} onChange={setChosen} known={[name]} wasTried={wasTried} />
      {holdsClinicalKey(role) ? (
        <ConsentFields people={people} entry={consent} onChange={setConsent} trouble={consentTrouble} />
      ) : (
        <p className="small soft">{t('access.users.factorLater')}</p>
      )}
    </AccountDialog>
  );
}

/** Another name or role. */
export function ChangeUserDialog({
  administration,
  session,
  people,
  person,
  onClose,
}: DialogProps & { person: Person }) {
  const t = useTexts();
  const [name, setName] = useState(person.name);
  const [role, setRole] = useState(person.role);
  const [passphrase, setPassphrase] = useState('');
  const [consent, setConsent] = useState(() => emptyConsent(people));
  const [consentTrouble, setConsentTrouble] = useState<string | null>(null);
  const gainsKey = holdsClinicalKey(role) && !holdsClinicalKey(person.role);
  const changeRole = async () => {
    if (!gainsKey) return administration.changeRole(session, person.id, role, null);
    const theirs = await administration.openOwn(person.id, passphrase);
    if (theirs.kind !== 'opened') return theirs;
    const key = await clinicalKeyBy(t, administration, consent);
    if (key.kind === 'trouble') {
      setConsentTrouble(key.words);
      return null;
    }
    return administration.changeRole(session, person.id, role, { theirs: theirs.session, key: key.clinical });
  };
  const change = async (): Promise<Done> => {
    setConsentTrouble(null);
    const what: string[] = [];
    if (role !== person.role) {
      const changed = await changeRole();
      if (changed === null) return null;
      const words = accountTrouble(t, changed);
      if (words !== null) return { kind: 'trouble', words };
      what.push(`role ${person.role} → ${role}`);
    }
    if (name.trim() !== person.name) {
      const words = accountTrouble(t, await administration.rename(session, person.id, name));
      if (words !== null) return { kind: 'trouble', words };
      what.push('name');
    }
    return { kind: 'changed', note: { type: 'user-changed', name: name.trim(), what: what.join(', ') } };
  };
  return (
    <AccountDialog
      title={t('access.users.changeTitle', { name: person.name })}
      confirm={t('settings.save')}
      said={t('access.users.changed', { name: name.trim() })}
      onConfirm={change}
      onClose={onClose}
    >
      <div className="row">
        <TextField label={t('access.name')} value={name} onChange={setName} maxLength={60} autoFocus span={5} />
        <RoleChoice role={role} onChange={setRole} span={7} />
      </div>
      {holdsClinicalKey(person.role) && !holdsClinicalKey(role) ? (
        <p className="small soft">{t('access.users.losesKey')}</p>
      ) : null}
      {gainsKey ? (
        <>
          <PassphraseField
            label={t('access.users.passphraseOf', { name: person.name })}
            value={passphrase}
            onChange={setPassphrase}
          />
          <ConsentFields people={people} entry={consent} onChange={setConsent} trouble={consentTrouble} />
        </>
      ) : null}
    </AccountDialog>
  );
}

/** A forgotten passphrase. */
export function ResetDialog({ administration, session, people, person, onClose }: DialogProps & { person: Person }) {
  const t = useTexts();
  const others = people.filter(({ id }) => id !== person.id);
  const [chosen, setChosen] = useState(nothingChosen);
  const [consent, setConsent] = useState(() => emptyConsent(others));
  const [consentTrouble, setConsentTrouble] = useState<string | null>(null);
  const [wasTried, setTried] = useState(false);
  const isClinical = holdsClinicalKey(person.role);
  const reset = async (): Promise<Done> => {
    setTried(true);
    setConsentTrouble(null);
    if (!chosen.isGood) return null;
    let clinical: Uint8Array | null = null;
    if (isClinical) {
      const key = await clinicalKeyBy(t, administration, consent);
      if (key.kind === 'trouble') {
        setConsentTrouble(key.words);
        return null;
      }
      clinical = key.clinical;
    }
    const keys = { practice: session.keys.practice, clinical };
    const words = accountTrouble(t, await administration.resetPassphrase(keys, person.id, chosen.passphrase));
    return words === null
      ? { kind: 'changed', note: { type: 'user-changed', name: person.name, what: 'passphrase' } }
      : { kind: 'trouble', words };
  };
  return (
    <AccountDialog
      title={t('access.users.resetTitle', { name: person.name })}
      confirm={t('access.recovery.set')}
      said={t('access.users.changed', { name: person.name })}
      onConfirm={reset}
      onClose={onClose}
    >
      <p className="small soft">{t('access.users.theyType')}</p>
      <NewPassphrase chosen={chosen} onChange={setChosen} known={[person.name]} wasTried={wasTried} autoFocus />
      {isClinical ? (
        <ConsentFields people={others} entry={consent} onChange={setConsent} trouble={consentTrouble} />
      ) : null}
    </AccountDialog>
  );
}

/** Takes an account away, or its second factor. */
export function TakeAwayDialog({
  administration,
  session,
  person,
  what,
  onClose,
}: DialogProps & { person: Person; what: 'user' | 'factor' }) {
  const t = useTexts();
  const { name } = person;
  const take = async (): Promise<Done> => {
    const change =
      what === 'user'
        ? await administration.remove(session, person.id)
        : await administration.forgetSecondFactor(session, person.id);
    const words = accountTrouble(t, change);
    if (words !== null) return { kind: 'trouble', words };
    return {
      kind: 'changed',
      note:
        what === 'user'
          ? { type: 'user-removed', name }
          : { type: 'user-changed', name, what: 'second factor removed' },
    };
  };
  return (
    <AccountDialog
      title={t(`access.users.take.${what}.title`, { name })}
      confirm={t(`access.users.take.${what}.do`)}
      isDanger
      said={t(`access.users.take.${what}.done`, { name })}
      onConfirm={take}
      onClose={onClose}
    >
      <p>{t(`access.users.take.${what}.words`, { name })}</p>
    </AccountDialog>
  );
}

function RoleChoice({ role, onChange, span }: { role: Role; onChange: (role: Role) => void; span: number }) {
  const t = useTexts();
  return (
    <ChoiceGroup
      label={t('access.users.role')}
      choices={roles.map((key) => ({ key, label: t(`access.role.${key}`) }))}
      value={role}
      onChange={onChange}
      span={span}
    />
  );
}
