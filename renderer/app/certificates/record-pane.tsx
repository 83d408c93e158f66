import { X } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { formatDay } from '../../domain/calendar';
import type { Cancelling } from '../../domain/cancellation-rules';
import type { SlipCopy } from '../../domain/certificate';
import { insurerErrorCode } from '../../domain/insurer-error-codes';
import type { CertificateRecord, StoredRecord } from '../../domain/record';
import {
  EmptyState,
  goTo,
  SlipPreview,
  StatusDot,
  Tag,
  useLive,
  useMinute,
  useOffice,
  useTexts,
  Waiting,
  type Wording,
} from '../parts';
import { useNoteViewed } from '../trail/view-noting';
import { StepButton } from '../owed/step-button';
import { stepOf } from '../owed/tasks';
import { RefusedCancellationNotice } from './cancellation-notice';
import { InsurerErrorWords } from './insurer-error-words';
import { RecordButtons } from './record-buttons';
import {
  dayWords,
  documentIdOf,
  dotOf,
  paperWords,
  patientName,
  payerName,
  stateSentence,
  stateWords,
} from './record-words';
import { Timeline } from './timeline';
import { WithdrawnNotices } from './withdrawn-notices';

const copies: readonly SlipCopy[] = ['KK', 'AG', 'V'];

/** One record: where it stands, what may be done, everything that happened, and its slips. */
export function RecordPane({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTexts();
  const office = useOffice();
  const { records } = office.store;
  const minute = useMinute();
  const live = useLive(async () => {
    const keyId = await records.keyOf(id);
    return {
      record: await records.get(id),
      events: await records.events(id),
      // What this one hangs together with is the same patient's.
      related: keyId === null ? [] : await records.ofPatient(keyId),
    };
  }, [id, minute]);
  const cancelling = useLive(() => office.cancellation(id), [id, minute]);
  useNoteViewed(live.kind === 'ready' && live.value.record?.id === id ? id : null);
  if (live.kind === 'waiting') return <Waiting />;
  if (live.kind === 'failed') return <EmptyState title={t('parts.failed')} />;
  const { record, events, related } = live.value;
  if (record === null) return <EmptyState title={t('certificates.gone')}>{t('certificates.goneLong')}</EmptyState>;
  const { state } = record;
  const cancellable = cancelling.kind === 'ready' ? cancelling.value : null;
  return (
    <section className="record" aria-label={patientName(record)}>
      <header className="record-head">
        <div className="record-title">
          <h2>{patientName(record)}</h2>
          <div className="record-tags">
            {record.kind === 'cancellation' ? <Tag kind="neutral">{t('certificates.cancellation')}</Tag> : null}
            {state.imported === null ? null : <Tag kind="neutral">{t('certificates.imported')}</Tag>}
            <StatusDot kind={dotOf(state)}>{stateWords(record, t)}</StatusDot>
          </div>
        </div>
        <AriaButton className="icon-button" aria-label={t('parts.close')} onPress={onClose}>
          <X size={16} aria-hidden />
        </AriaButton>
      </header>
      <p className="record-sentence">{stateSentence(record, t, office.clock.now())}</p>
      {state.stage === 'rejected' || state.stage === 'informed' ? <InsurerErrorWords record={record} /> : null}
      {stepOf(record)?.kind === 'next-step' ? (
        <div>
          <StepButton record={record} saysWhatCame />
        </div>
      ) : null}
      <RefusedCancellationNotice record={record} records={related} />
      <RecordButtons record={record} records={related} cancelling={cancellable} />
      <CancellingWords record={record} cancelling={cancellable} />
      <WithdrawnNotices record={record} records={related} cancelling={cancellable} />
      <Related record={record} />
      <Facts record={record} />
      <Tabs className="record-tabs" defaultSelectedKey="timeline">
        <TabList className="tabs" aria-label={t('certificates.tabs.label')}>
          <Tab id="timeline" className="tab">
            {t('certificates.tabs.timeline', { count: events.length })}
          </Tab>
          {record.kind === 'certificate' ? (
            <Tab id="slip" className="tab">
              {t('certificates.tabs.slip')}
            </Tab>
          ) : null}
        </TabList>
        <TabPanel id="timeline" className="tab-panel">
          <Timeline events={events} />
        </TabPanel>
        {record.kind === 'certificate' ? (
          <TabPanel id="slip" className="tab-panel">
            <Slips record={record} />
          </TabPanel>
        ) : null}
      </Tabs>
    </section>
  );
}

function Slips({ record }: { record: CertificateRecord }) {
  const t = useTexts();
  const [copy, setCopy] = useState<SlipCopy>('KK');
  return (
    <Tabs selectedKey={copy} onSelectionChange={(key) => setCopy(copies.find((one) => one === key) ?? 'KK')}>
      <TabList className="slip-tabs" aria-label={t('certificates.tabs.copies')}>
        {copies.map((one) => (
          <Tab key={one} id={one} className="choice">
            {t(`parts.print.copy.${one}`)}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={copy} className="tab-panel">
        <SlipPreview record={record} copy={copy} />
      </TabPanel>
    </Tabs>
  );
}

/** Until when a certificate may be cancelled, or why not (P310-10 to P310-12). */
function CancellingWords({ record, cancelling }: { record: StoredRecord; cancelling: Cancelling | null }) {
  const t = useTexts();
  const { stage } = record.state;
  if (cancelling === null || record.kind !== 'certificate' || stage === 'recorded' || stage === 'discarded')
    return null;
  const last = cancelling.last === null ? '' : formatDay(cancelling.last);
  return (
    <p className="soft small">
      {t('certificates.cancelRule', {
        words:
          cancelling.kind === 'allowed'
            ? t('certificates.cancelUntil', { day: last })
            : t(`cancellationRules.${cancelling.rule}`, { last }),
      })}
    </p>
  );
}

/** The certificates that this one corrects, cancels, or was replaced by. */
function Related({ record }: { record: StoredRecord }) {
  const t = useTexts();
  const links: { readonly id: string; readonly words: string }[] = [];
  if (record.kind === 'certificate' && record.corrects !== null)
    links.push({ id: record.corrects, words: t('certificates.related.corrects') });
  if (record.kind === 'cancellation')
    links.push({ id: record.certificateId, words: t('certificates.related.cancels') });
  if (record.state.correctedBy !== null)
    links.push({ id: record.state.correctedBy, words: t('certificates.related.correctedBy') });
  const { state } = record;
  const cancellationId = state.stage === 'cancelled' ? state.cancellationId : state.refusedCancellation?.cancellationId;
  if (cancellationId !== undefined) links.push({ id: cancellationId, words: t('certificates.related.cancelledBy') });
  if (links.length === 0) return null;
  return (
    <p className="record-related">
      {links.map(({ id, words }) => (
        <button key={id} type="button" className="link-button" onClick={() => goTo('certificates', id)}>
          {words}
        </button>
      ))}
    </p>
  );
}

function Facts({ record }: { record: StoredRecord }) {
  const t = useTexts();
  const facts = factsOf(record, t).filter(([, value]) => value !== '');
  return (
    <dl className="record-facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(record: StoredRecord, t: Wording): readonly (readonly [string, string])[] {
  const { certificate, patient, coverage, issuer } = record.content;
  const { state } = record;
  const error = state.stage === 'rejected' || state.stage === 'informed' ? insurerErrorCode(state.error.code) : null;
  const period = [dayWords(certificate.unfitSince), dayWords(certificate.unfitUntil)];
  return [
    [t('certificates.facts.kind'), t(`certificates.kinds.${certificate.kind}`)],
    [t('certificates.facts.issuedOn'), dayWords(certificate.issuedOn)],
    [
      t('certificates.facts.unfit'),
      period[0] === '' ? t('certificates.facts.until', { until: period[1] ?? '' }) : period.join(' – '),
    ],
    [t('certificates.facts.born'), birthDateWords(patient.birthDate)],
    [t('certificates.facts.payer'), payerName(record)],
    [t('certificates.facts.insuredId'), coverage.insuredId ?? ''],
    [t('certificates.facts.issuer'), [issuer.title, issuer.given, issuer.family].filter(Boolean).join(' ')],
    [t('certificates.facts.printed'), state.byHand ? t('certificates.facts.byHand') : [...state.printed].join(', ')],
    [t('certificates.facts.paper'), paperWords(record, t) ?? ''],
    [
      t('certificates.facts.deadline'),
      error?.deadline === 'end-of-next-working-day' ? t('certificates.facts.nextDay') : '',
    ],
    [t('certificates.facts.documentId'), documentIdOf(record) ?? ''],
  ];
}

/** A birth date may be a year alone, or lack its day. */
function birthDateWords(birthDate: string): string {
  const [year = '', month, day] = birthDate.split('-');
  if (month === undefined) return year;
  return day === undefined ? `${month}.${year}` : formatDay(birthDate);
}
