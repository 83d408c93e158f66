import './access.css';
import { useState } from 'react';
import { Button, Card, Dialog, Notice, StatusDot, useAnnounce, useTexts } from '../parts';
import { accountTrouble } from './account-words';
import { EnrolFactor } from './enrol-factor';
import { NewPassphrase, nothingChosen } from './new-passphrase';
import { useNote } from './note';
import { PassphraseField } from './passphrase-field';
import { useAtWork } from './session-context';

/** «Mein Zugang»: one's own passphrase and second factor. Everybody. */
export function OwnSection() {
  const t = useTexts();
  const announce = useAnnounce();
  const note = useNote();
  const { vault, session } = useAtWork();
  const { user } = session;
  const [present, setPresent] = useState('');
  const [chosen, setChosen] = useState(nothingChosen);
  const [wasTried, setTried] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [isEnrolling, setEnrolling] = useState(false);
  const change = async () => {
    setTried(true);
    setTrouble(null);
    if (!chosen.isGood) return;
    setBusy(true);
    try {
      const changed = await vault.administration.changePassphrase(session, present, chosen.passphrase);
      const words = accountTrouble(t, changed);
      setTrouble(words);
      if (words !== null) return;
      if (changed.session !== undefined) vault.refresh(changed.session);
      await note({ type: 'user-changed', name: user.name, what: 'passphrase' });
      setPresent('');
      setChosen(nothingChosen);
      setTried(false);
      announce(t('access.own.changed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Card title={t('access.own.passphrase', { name: user.name })}>
        {user.isPractice ? (
          <Notice kind="info">{t('access.own.practice')}</Notice>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void change();
            }}
          >
            <div className="row">
              <PassphraseField label={t('access.own.present')} value={present} onChange={setPresent} span={6} />
            </div>
            <NewPassphrase chosen={chosen} onChange={setChosen} known={[user.name]} wasTried={wasTried} />
            {trouble === null ? null : (
              <Notice kind="error" assertive>
                {trouble}
              </Notice>
            )}
            <Button onPress={() => void change()} isPending={isBusy}>
              {t('access.own.change')}
            </Button>
          </form>
        )}
      </Card>
      <Card
        title={t('access.own.factor')}
        aside={
          user.isPractice ? null : (
            <Button size="small" onPress={() => setEnrolling(true)}>
              {t(user.hasSecondFactor ? 'access.own.renewFactor' : 'access.factor.title')}
            </Button>
          )
        }
      >
        <StatusDot kind={user.hasSecondFactor ? 'done' : 'none'}>
          {t(user.hasSecondFactor ? 'access.own.hasFactor' : 'access.own.noFactor')}
        </StatusDot>
      </Card>
      {isEnrolling ? (
        <Dialog title={t('access.factor.title')} width="wide" onClose={() => setEnrolling(false)} buttons={null}>
          <EnrolFactor
            administration={vault.administration}
            session={session}
            onDone={async () => {
              await note({ type: 'user-changed', name: user.name, what: 'second factor' });
              vault.refresh({ ...session, mustEnrol: false, user: { ...user, hasSecondFactor: true } });
              setEnrolling(false);
              announce(t('access.own.factorDone'));
            }}
            onCancel={() => setEnrolling(false)}
          />
        </Dialog>
      ) : null}
    </>
  );
}
