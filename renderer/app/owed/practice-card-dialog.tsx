import { useState } from 'react';
import { fullName } from '../../domain/person-name';
import type { StoredRecord } from '../../domain/record';
import type { Obstacle, SubmissionRun } from '../../outbox/office';
import { Button, Dialog, Select, TextField, useOffice, useTexts } from '../parts';
import { submitAndKeep } from './submitting';

/** Why the practice's card may stand in for a doctor's (P4-02); keys of `owed.practiceCard.reasons`. */
const reasons = ['lost', 'broken', 'notDelivered', 'left', 'other'] as const;

/** A doctor, and which of their certificates are to be signed. */
export interface IssuerGroup {
  readonly name: string;
  readonly ids: readonly string[];
}

/** Whose certificates can still be signed, by doctor. */
export function unsignedByIssuer(records: readonly StoredRecord[]): readonly IssuerGroup[] {
  const found = new Map<string, string[]>();
  for (const { id, state, content } of records) {
    if (state.stage !== 'issued') continue;
    const name = fullName(content.issuer);
    found.set(name, [...(found.get(name) ?? []), id]);
  }
  return [...found].map(([name, ids]) => ({ name, ids }));
}

/** Signs a doctor's certificates with the practice's card, on explicit choice and with a reason that is recorded (P4-02). */
export function PracticeCardDialog({
  groups,
  issuer,
  sign,
  onClose,
}: {
  /** What can be signed now. */
  groups: readonly IssuerGroup[];
  /** The doctor to begin with, by full name. */
  issuer: string | null;
  /** Signs and sends for this reason. */
  sign: (ids: readonly string[], reason: string) => Promise<SubmissionRun | Obstacle>;
  onClose: () => void;
}) {
  const t = useTexts();
  const office = useOffice();
  const [chosen, setChosen] = useState(issuer ?? (groups.length === 1 ? (groups[0]?.name ?? null) : null));
  const [reason, setReason] = useState<(typeof reasons)[number] | null>(null);
  const [words, setWords] = useState('');
  const [hasTried, setTried] = useState(false);
  const group = groups.find(({ name }) => name === chosen) ?? null;
  const recorded =
    reason === null
      ? ''
      : reason === 'other'
        ? words.trim()
        : [t(`owed.practiceCard.reasons.${reason}`), words.trim()].filter((part) => part !== '').join(': ');
  const confirm = () => {
    setTried(true);
    if (group === null || recorded === '') return;
    onClose();
    void submitAndKeep(office, () => sign(group.ids, recorded));
  };
  const missing = (isMissing: boolean) =>
    hasTried && isMissing ? [{ severity: 'error' as const, text: t('owed.practiceCard.missing') }] : [];
  return (
    <Dialog
      title={t('owed.practiceCard.title')}
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('parts.cancel')}</Button>
          <Button kind="primary" onPress={confirm}>
            {t('owed.practiceCard.confirm', { count: group?.ids.length ?? 0 })}
          </Button>
        </>
      }
    >
      <p>{t('owed.practiceCard.words')}</p>
      <div className="row">
        <Select
          label={t('owed.practiceCard.issuer')}
          options={groups.map(({ name, ids }) => ({
            key: name,
            label: t('owed.practiceCard.issuerOption', { name, count: ids.length }),
          }))}
          value={group === null ? null : group.name}
          onChange={setChosen}
          placeholder={t('owed.practiceCard.choose')}
          notes={missing(group === null)}
          span={12}
        />
      </div>
      <div className="row">
        <Select
          label={t('owed.practiceCard.reason')}
          options={reasons.map((key) => ({ key, label: t(`owed.practiceCard.reasons.${key}`) }))}
          value={reason}
          onChange={setReason}
          placeholder={t('owed.practiceCard.choose')}
          notes={missing(reason === null)}
          span={12}
        />
      </div>
      <TextField
        label={t(reason === 'other' ? 'owed.practiceCard.otherReason' : 'owed.practiceCard.note')}
        value={words}
        onChange={setWords}
        maxLength={200}
        notes={missing(reason === 'other' && words.trim() === '')}
      />
      <p className="small soft">{t('owed.practiceCard.recorded')}</p>
    </Dialog>
  );
}
