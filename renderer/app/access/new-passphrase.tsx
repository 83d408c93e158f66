import { useEffect, useState } from 'react';
import { shortestPassphrase, type Strength } from '../../store/access/strength-judgement';
import { useTexts } from '../parts';
import { PassphraseField } from './passphrase-field';

/** A passphrase as it is being chosen. `isGood`: strong enough, and typed twice the same. */
export interface ChosenPassphrase {
  readonly passphrase: string;
  readonly again: string;
  readonly isGood: boolean;
}

export const nothingChosen: ChosenPassphrase = { passphrase: '', again: '', isGood: false };

/** Chooses a passphrase: how strong it is shows while one types; it is typed twice. */
export function NewPassphrase({
  chosen,
  onChange,
  known,
  wasTried,
  autoFocus = false,
}: {
  chosen: ChosenPassphrase;
  onChange: (chosen: ChosenPassphrase) => void;
  /** Names that somebody who guesses would try first. */
  known: readonly string[];
  /** From the first press of the button on, what is missing is said. */
  wasTried: boolean;
  autoFocus?: boolean;
}) {
  const t = useTexts();
  const strength = useStrength(chosen.passphrase, known.join('\n'));
  const isStrong = strength?.isEnough === true;
  const isSame = chosen.passphrase === chosen.again;
  const { isGood } = chosen;
  useEffect(() => {
    if (isGood !== (isStrong && isSame)) onChange({ ...chosen, isGood: isStrong && isSame });
  });
  const weak = t(chosen.passphrase.length < shortestPassphrase ? 'access.tooShort' : 'access.tooWeak', {
    count: shortestPassphrase,
  });
  return (
    <div className="row">
      <div className="field span-6">
        <PassphraseField
          label={t('access.newPassphrase')}
          value={chosen.passphrase}
          onChange={(passphrase) => onChange({ ...chosen, passphrase, isGood: false })}
          notes={wasTried && strength !== null && !isStrong ? [{ severity: 'error', text: weak }] : []}
          hint={t('access.passphraseHint')}
          autoFocus={autoFocus}
          isNew
        />
        <Meter strength={chosen.passphrase === '' ? null : strength} />
      </div>
      <PassphraseField
        label={t('access.again')}
        value={chosen.again}
        onChange={(again) => onChange({ ...chosen, again, isGood: false })}
        notes={wasTried && !isSame ? [{ severity: 'error', text: t('access.notSame') }] : []}
        isNew
        span={6}
      />
    </div>
  );
}

function Meter({ strength }: { strength: Strength | null }) {
  const t = useTexts();
  const score = strength?.score ?? 0;
  const words =
    strength === null ? '' : t(`access.strength.${strength.isEnough ? 'enough' : score >= 2 ? 'nearly' : 'weak'}`);
  return (
    <div className="strength" data-enough={strength?.isEnough === true || undefined}>
      <span className="strength-bar" aria-hidden>
        {[1, 2, 3, 4].map((step) => (
          <span key={step} className={step <= score ? 'is-on' : undefined} />
        ))}
      </span>
      <span role="status" className="small">
        {words}
      </span>
    </div>
  );
}

/** The estimate; the dictionaries come with the first letter typed. `null` until it is there. */
function useStrength(passphrase: string, known: string): Strength | null {
  const [judged, setJudged] = useState<{ readonly of: string; readonly strength: Strength } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void import('../../store/access/strength')
      .then(({ judgePassphrase }) => judgePassphrase(passphrase, known.split('\n')))
      .then((strength) => {
        if (isCurrent) setJudged({ of: passphrase, strength });
      });
    return () => {
      isCurrent = false;
    };
  }, [passphrase, known]);
  return judged?.of === passphrase ? judged.strength : null;
}
