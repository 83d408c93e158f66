import { holdsClinicalKey } from '../../domain/roles';
import type { Person } from '../../store/access/access';
import type { Administration } from '../../store/access/administration';
import { ChoiceGroup, Select, TextField, useTexts, type Wording } from '../parts';
import { PassphraseField } from './passphrase-field';
import { waitingWords } from './waiting';

/** How the clinical key is to be had: an administrator holds none. */
export interface ConsentEntry {
  readonly how: 'person' | 'recovery';
  readonly userId: string;
  readonly passphrase: string;
  readonly recoveryKey: string;
}

export function emptyConsent(people: readonly Person[]): ConsentEntry {
  const first = people.find(({ role }) => holdsClinicalKey(role));
  return { how: 'person', userId: first?.id ?? '', passphrase: '', recoveryKey: '' };
}

/** Somebody who may see certificates agrees with their passphrase, or the recovery key stands in for it. */
export function ConsentFields({
  people,
  entry,
  onChange,
  trouble,
}: {
  people: readonly Person[];
  entry: ConsentEntry;
  onChange: (entry: ConsentEntry) => void;
  trouble: string | null;
}) {
  const t = useTexts();
  const able = people.filter(({ role }) => holdsClinicalKey(role));
  const notes = trouble === null ? [] : [{ severity: 'error' as const, text: trouble }];
  return (
    <fieldset className="consent">
      <legend className="label">{t('access.consent.title')}</legend>
      <p className="small soft">{t('access.consent.words')}</p>
      <ChoiceGroup
        label={t('access.consent.how')}
        choices={[
          { key: 'person', label: t('access.consent.person') },
          { key: 'recovery', label: t('access.consent.recovery') },
        ]}
        value={entry.how}
        onChange={(how) => onChange({ ...entry, how })}
      />
      {entry.how === 'person' ? (
        <div className="row">
          <Select
            label={t('access.consent.who')}
            options={able.map(({ id, name }) => ({ key: id, label: name }))}
            value={entry.userId}
            onChange={(userId) => onChange({ ...entry, userId })}
            placeholder=""
            span={6}
          />
          <PassphraseField
            label={t('access.consent.theirPassphrase')}
            value={entry.passphrase}
            onChange={(passphrase) => onChange({ ...entry, passphrase })}
            notes={notes}
            span={6}
          />
        </div>
      ) : (
        <TextField
          label={t('access.recovery.key')}
          kind="lines"
          value={entry.recoveryKey}
          onChange={(recoveryKey) => onChange({ ...entry, recoveryKey })}
          notes={notes}
        />
      )}
    </fieldset>
  );
}

/** The clinical key by this consent, or why not, in words. */
export async function clinicalKeyBy(
  t: Wording,
  administration: Administration,
  entry: ConsentEntry,
): Promise<
  { readonly kind: 'key'; readonly clinical: Uint8Array } | { readonly kind: 'trouble'; readonly words: string }
> {
  if (entry.how === 'person') {
    const consent = await administration.consent(entry.userId, entry.passphrase);
    if (consent.kind === 'consent') return { kind: 'key', clinical: consent.clinical };
    const words = consent.kind === 'waiting' ? waitingWords(t, consent.waitMs) : t(`access.trouble.${consent.kind}`);
    return { kind: 'trouble', words };
  }
  const opened = await administration.openByRecoveryKey(entry.recoveryKey);
  switch (opened.kind) {
    case 'opened':
      return { kind: 'key', clinical: opened.keys.clinical };
    case 'not-a-key':
      return { kind: 'trouble', words: t('access.recovery.notAKey') };
    case 'wrong-key':
      return { kind: 'trouble', words: t('access.recovery.wrongKey', { check: opened.check }) };
    case 'no-recovery':
      return { kind: 'trouble', words: t('access.recovery.none') };
  }
}
