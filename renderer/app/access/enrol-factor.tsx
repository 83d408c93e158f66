import { useState } from 'react';
import type { Session } from '../../store/access/access';
import type { Administration } from '../../store/access/administration';
import { checkCode, enrolment, newSecret } from '../../store/access/second-factor';
import { Button, Notice, TextField, useTexts } from '../parts';
import { QrCode } from './qr-code';

/** A secret as it is being set up. */
export interface FactorEntry {
  readonly secret: Uint8Array;
  readonly code: string;
}

export function newFactorEntry(): FactorEntry {
  return { secret: newSecret(), code: '' };
}

/** The step of the typed code, or `null` where it is not right. */
export function confirmedStep({ secret, code }: FactorEntry, now: Date): number | null {
  const checked = checkCode(secret, code, now, 0);
  return checked.kind === 'right' ? checked.step : null;
}

/** QR code, the secret to type where there is no camera, and the field for the first code. */
export function FactorFields({
  name,
  entry,
  onCode,
  isWrong,
  autoFocus = false,
}: {
  name: string;
  entry: FactorEntry;
  onCode: (code: string) => void;
  isWrong: boolean;
  autoFocus?: boolean;
}) {
  const t = useTexts();
  const { address, typed } = enrolment(entry.secret, name);
  return (
    <div className="factor">
      <QrCode text={address} label={t('access.factor.qr')} />
      <div className="factor-words">
        <ol className="factor-steps">
          <li>{t('access.factor.app')}</li>
          <li>{t('access.factor.scan')}</li>
          <li>{t('access.factor.type')}</li>
        </ol>
        <p className="small soft">
          {t('access.factor.byHand')} <code className="factor-secret">{typed}</code>
        </p>
        <TextField
          label={t('access.code')}
          kind="digits"
          maxLength={6}
          value={entry.code}
          onChange={onCode}
          notes={isWrong ? [{ severity: 'error', text: t('access.factor.wrong') }] : []}
          autoFocus={autoFocus}
        />
      </div>
    </div>
  );
}

/** Sets up one's own second factor. */
export function EnrolFactor({
  administration,
  session,
  onDone,
  onCancel,
}: {
  administration: Administration;
  session: Session;
  onDone: () => Promise<void>;
  onCancel: () => void;
}) {
  const t = useTexts();
  const [entry, setEntry] = useState(newFactorEntry);
  const [trouble, setTrouble] = useState<'none' | 'wrong' | 'no-room' | 'failed'>('none');
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    try {
      const enrolled = await administration.enrol(session, entry.secret, entry.code);
      if (enrolled.kind === 'changed') await onDone();
      else if (enrolled.kind !== 'refused') setTrouble('failed');
      else if (enrolled.reason === 'wrong-code') setTrouble('wrong');
      else setTrouble(enrolled.reason === 'no-room' ? 'no-room' : 'failed');
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      {trouble === 'failed' || trouble === 'no-room' ? (
        <Notice kind="error" assertive>
          {t(trouble === 'no-room' ? 'access.factor.noRoom' : 'access.trouble.header-changed')}
        </Notice>
      ) : null}
      <FactorFields
        name={session.user.name}
        entry={entry}
        onCode={(code) => {
          setEntry({ ...entry, code });
          setTrouble('none');
        }}
        isWrong={trouble === 'wrong'}
        autoFocus
      />
      <div className="form-buttons">
        <Button onPress={onCancel}>{t('parts.cancel')}</Button>
        <Button kind="primary" onPress={() => void confirm()} isPending={isBusy} isDisabled={entry.code.length < 6}>
          {t('access.factor.confirm')}
        </Button>
      </div>
    </form>
  );
}
