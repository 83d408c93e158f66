import './lagebild.css';
import { Fragment } from 'react';
import { addDays, instantInBerlin, todayInBerlin } from '../../domain/calendar';
import type { LagebildWord } from '../../outbox/lagebild';
import type { LagebildRow } from '../../store/database';
import {
  Button,
  Card,
  dayWithWeekday,
  goTo,
  Notice,
  providerName,
  shortInstant,
  StatusDot,
  useLive,
  useOffice,
  useSetup,
  useTexts,
  type DotKind,
  type Wording,
} from '../parts';
import { useNoticing } from '../parts/noticing';
import { durationWords } from '../../outbox/duration';
import {
  houseCondition,
  serviceCondition,
  stretchesOf,
  summaryOf,
  type Condition,
  type Stretch,
  type StripSummary,
} from './lagebild-strip';
import { providersOf } from './scope';
import type { Situation } from './screen';

const shownDays = 14;
/** The services that matter for an eAU first. */
const services = ['kim', 'vsdm', 'epa', 'erezept', 'wanda', 'odg'] as const;
const mostProviders = 6;
const shownAnnouncements = 3;

/** A small picture of the infrastructure: gematik's word on services and intake providers, now and over 14 days. */
export function LagebildCard({ situation }: { situation: Situation }) {
  const t = useTexts();
  const office = useOffice();
  const { settings } = useSetup();
  const noticing = useNoticing();
  const history = useLive(() => office.lagebildHistory());
  if (!settings.noticing.lagebild)
    return (
      <Card title={t('noticing.lagebild.title')}>
        <div className="lagebild-off">
          <p className="soft">{t('noticing.lagebild.off')}</p>
          <Button size="small" onPress={() => goTo('settings', 'erkennen')}>
            {t('noticing.lagebild.toSettings')}
          </Button>
        </div>
      </Card>
    );
  if (noticing === null || history.kind !== 'ready') return null;
  const { lagebild } = noticing;
  const now = office.clock.now();
  return (
    <Card
      title={t('noticing.lagebild.title')}
      aside={
        lagebild.kind === 'word' ? (
          <span className="small soft">
            {t('noticing.lagebild.asOf', { at: shortInstant(lagebild.at, now, t.language) })}
          </span>
        ) : null
      }
    >
      {lagebild.kind === 'no-word' ? <NoWord word={lagebild} now={now} /> : null}
      <Picture rows={history.value} situation={situation} word={lagebild} now={now} />
      {lagebild.kind === 'word' ? <Announcements word={lagebild} now={now} /> : null}
      <p className="small soft">{t('noticing.lagebild.oneWitness')}</p>
    </Card>
  );
}

function NoWord({ word, now }: { word: Extract<LagebildWord, { kind: 'no-word' }>; now: Date }) {
  const t = useTexts();
  return (
    <Notice kind="info" title={t('noticing.lagebild.noWord')}>
      {t(`noticing.lagebild.why.${word.why}`, {
        at: word.askedAt === null ? '' : shortInstant(word.askedAt, now, t.language),
      })}
    </Notice>
  );
}

interface Line {
  readonly key: string;
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

function Picture({
  rows,
  situation,
  word,
  now,
}: {
  rows: readonly LagebildRow[];
  situation: Situation;
  word: LagebildWord;
  now: Date;
}) {
  const t = useTexts();
  const today = todayInBerlin(now);
  const days = Array.from({ length: shownDays }, (_, index) => addDays(today, index - shownDays + 1));
  const from = instantInBerlin(days[0] ?? today, 0).getTime();
  const span = { from, to: now.getTime() };
  const end = instantInBerlin(addDays(today, 1), 0).getTime();
  const line = (key: string, name: string, conditionOf: (row: LagebildRow) => Condition): Line => ({
    key,
    name,
    stretches: stretchesOf(rows, span, conditionOf),
  });
  const lines = [
    ...services.map((service) => line(service, t(`noticing.lagebild.service.${service}`), serviceCondition(service))),
    ...providersOf(situation.payers)
      .map(({ provider }) => line(provider, providerName(provider), houseCondition(provider)))
      .slice(0, mostProviders),
  ];
  return (
    <div className="lagebild" role="list" aria-label={t('noticing.lagebild.picture')}>
      {lines.map(({ key, name, stretches }) => {
        const summary = summaryOf(stretches);
        // Where gematik has no word now, its last one says nothing about now.
        const condition = word.kind === 'word' ? summary.now : 'no-word';
        return (
          <div key={key} className="lagebild-line" role="listitem">
            <span className="lagebild-name" title={name}>
              {name}
            </span>
            <Strip
              stretches={stretches}
              from={from}
              end={end}
              words={stripWords(name, { ...summary, now: condition }, now, t)}
            />
            <StatusDot kind={dotOf[condition]}>{t(`noticing.lagebild.condition.${condition}`)}</StatusDot>
          </div>
        );
      })}
      <div className="lagebild-line lagebild-days" aria-hidden>
        <span />
        <span className="lagebild-scale">
          {days.map((day, index) => (
            <span key={day}>{index % 2 === 1 ? dayWithWeekday(day, t.language).slice(0, -4) : ''}</span>
          ))}
        </span>
        <span />
      </div>
    </div>
  );
}

const dotOf: Readonly<Record<Condition, DotKind>> = {
  available: 'good',
  partial: 'partly',
  out: 'bad',
  'no-word': 'waiting',
};

const stripHeight = 16;
/** Told by height as well as by colour: what is out stands tall. */
const heightOf: Readonly<Record<Condition, number>> = { available: 6, partial: 11, out: 16, 'no-word': 2 };
/** Even five minutes out of 14 days must be seen. */
const narrowest = 0.35;

function Strip({
  stretches,
  from,
  end,
  words,
}: {
  stretches: readonly Stretch[];
  from: number;
  end: number;
  words: string;
}) {
  const share = (at: number) => (100 * (at - from)) / (end - from);
  // What is out is drawn last, over its neighbours.
  const drawn = stretches.toSorted((a, b) => heightOf[a.condition] - heightOf[b.condition]);
  return (
    <svg
      className="lagebild-strip"
      viewBox={`0 0 100 ${String(stripHeight)}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {drawn.map((stretch) => (
        <rect
          key={stretch.from}
          className={`is-${stretch.condition}`}
          x={share(stretch.from)}
          width={Math.max(narrowest, share(stretch.to) - share(stretch.from))}
          y={stripHeight - heightOf[stretch.condition]}
          height={heightOf[stretch.condition]}
        />
      ))}
    </svg>
  );
}

/** «KIM: zurzeit verfügbar. In 14 Tagen 3 Std. 20 Min. gestört, zuletzt bis Mi, 25.11. 14:10.» */
function stripWords(name: string, summary: StripSummary, now: Date, t: Wording): string {
  const { outFor, lastOut, withoutWordFor } = summary;
  const parts = [
    t('noticing.lagebild.nowWords', { name, condition: t(`noticing.lagebild.condition.${summary.now}`) }),
    lastOut === null
      ? t('noticing.lagebild.neverOut')
      : t('noticing.lagebild.outFor', {
          duration: durationWords(outFor, t),
          until: shortInstant(new Date(lastOut).toISOString(), now, t.language),
        }),
    withoutWordFor > 0 ? t('noticing.lagebild.withoutWord', { duration: durationWords(withoutWordFor, t) }) : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

function Announcements({ word, now }: { word: Extract<LagebildWord, { kind: 'word' }>; now: Date }) {
  const t = useTexts();
  const affected = word.services.flatMap(({ service, functions }) =>
    functions.map(({ name, text }) => ({ key: `${service} ${name}`, service, name, text })),
  );
  const announced = word.announcements.toSorted((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
  if (announced.length === 0 && affected.length === 0) return null;
  const item = (entry: (typeof announced)[number], index: number) => (
    <li key={index}>
      {entry.at === null ? null : <span className="soft">{shortInstant(entry.at, now, t.language)} </span>}
      {entry.text}
    </li>
  );
  return (
    <Fragment>
      {affected.length === 0 ? null : (
        <>
          <h3 className="lagebild-head">{t('noticing.lagebild.affected')}</h3>
          <ul className="lagebild-list">
            {affected.map(({ key, service, name, text }) => (
              <li key={key}>
                <strong>{t.lookUp('noticing.lagebild.service', service) ?? service}</strong>: {name}
                {text === '' ? '' : ` (${text})`}
              </li>
            ))}
          </ul>
        </>
      )}
      {announced.length === 0 ? null : (
        <>
          <h3 className="lagebild-head">{t('noticing.lagebild.announced')}</h3>
          <ul className="lagebild-list">{announced.slice(0, shownAnnouncements).map(item)}</ul>
          {announced.length > shownAnnouncements ? (
            <details className="small">
              <summary>{t('noticing.lagebild.more', { count: announced.length - shownAnnouncements })}</summary>
              <ul className="lagebild-list">{announced.slice(shownAnnouncements).map(item)}</ul>
            </details>
          ) : null}
        </>
      )}
    </Fragment>
  );
}
