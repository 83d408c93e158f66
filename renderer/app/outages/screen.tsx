import './outages.css';
import { useState } from 'react';
import type { Outage } from '../../domain/outage';
import type { Payer } from '../../domain/payer';
import type { StoredRecord } from '../../domain/record';
import { payerIndex } from '../../outbox/agenda';
import { recordsAround } from '../../outbox/outage-records';
import { Button, Notice, PageHeader, useLive, useMinute, useOffice, usePlace, useTexts, Waiting } from '../parts';
import { useKept } from '../parts/kept';
import { DeclareDialog } from './declare-dialog';
import { lastRunOf } from './last-run';
import { LagebildCard } from './lagebild-card';
import { NoOutage } from './no-outage';
import { Noticed } from './noticed-card';
import { PastOutage } from './past-outage';
import { PastOutages } from './past-outages';
import { Restoration } from './restoration-card';
import { figuresOf, open, recordsHeldUp } from './restoration';
import { RunningOutage } from './running-outage';

/** What the screen is about, read once and handed down. */
export interface Situation {
  readonly outages: readonly Outage[];
  readonly payers: readonly Payer[];
  /** Those of the outages, and those on their way (`recordsAround`). */
  readonly records: readonly StoredRecord[];
}

/** An ended outage stays at the top for as long as something of it is on its way, at most so many days. */
const restorationDays = 14;

/** «Störungen»: declare them, end them, see what was held back go out, and read about past ones. */
export default function OutagesScreen() {
  const { store } = useOffice();
  const t = useTexts();
  const { detail } = usePlace();
  const situation = useLive<Situation>(async () => {
    const [outages, payers] = await Promise.all([store.outages(), store.payers()]);
    return { outages, payers, records: await recordsAround(store, outages) };
  });
  switch (situation.kind) {
    case 'waiting':
      return <Waiting />;
    case 'failed':
      return (
        <>
          <PageHeader title={t('outages.title')} />
          <Notice kind="error" assertive>
            {t('parts.failed')}
          </Notice>
        </>
      );
    case 'ready': {
      const shown = situation.value.outages.find(({ id }) => id === detail);
      return shown === undefined ? (
        <Overview situation={situation.value} />
      ) : (
        <PastOutage key={shown.id} outage={shown} situation={situation.value} />
      );
    }
  }
}

function Overview({ situation }: { situation: Situation }) {
  const t = useTexts();
  const office = useOffice();
  const minute = useMinute();
  const lastRun = useKept(lastRunOf(office));
  const [isDeclaring, setDeclaring] = useState(false);
  const { outages, payers, records } = situation;
  const index = payerIndex(payers);
  const running = outages.filter(({ endedAt }) => endedAt === null);
  const ended = outages.filter(({ endedAt }) => endedAt !== null);
  const shownRun = lastRun.kind === 'none' ? null : lastRun.outageId;
  const restoring = ended.filter((outage) => {
    if (outage.id === shownRun) return true;
    const ageInDays = (minute * 60_000 - new Date(outage.endedAt ?? 0).getTime()) / 86_400_000;
    return ageInDays < restorationDays && open(figuresOf(recordsHeldUp(outage, records, index))) > 0;
  });
  const past = ended.filter((outage) => !restoring.includes(outage));
  return (
    <>
      <PageHeader
        title={t('outages.title')}
        aside={
          <Button
            kind={running.length === 0 ? 'primary' : 'secondary'}
            onPress={() => setDeclaring(true)}
            shortcut="Alt+N"
          >
            {t('outages.declare.button')}
          </Button>
        }
      />
      <div className="outages">
        <Noticed situation={situation} />
        {restoring.map((outage) => (
          <Restoration key={outage.id} outage={outage} situation={situation} />
        ))}
        {running.map((outage) => (
          <RunningOutage key={outage.id} outage={outage} situation={situation} />
        ))}
        {running.length === 0 && restoring.length === 0 ? <NoOutage onDeclare={() => setDeclaring(true)} /> : null}
        <LagebildCard situation={situation} />
        {past.length > 0 ? <PastOutages outages={past} situation={situation} /> : null}
      </div>
      {isDeclaring ? <DeclareDialog situation={situation} onClose={() => setDeclaring(false)} /> : null}
    </>
  );
}
