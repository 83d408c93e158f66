import 'uplot/dist/uPlot.min.css';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { Heading } from 'react-aria-components';
import uPlot from 'uplot';
import { formatBerlinTime, todayInBerlin } from '../../domain/calendar';
import type { Outage } from '../../domain/outage';
import type { StoredRecord } from '../../domain/record';
import { formatCount } from '../../texts/counts';
import type { Language } from '../../texts/languages';
import { Button, clockTime, shortInstant, useOffice, useTexts } from '../parts';
import { courseOf, sampleCourse, type CoursePoint } from './course';

const height = 150;

/** «Verlauf»: owed and delivered over the time of the outage, as a picture or as a table. */
export function Course({
  outage,
  records,
  until,
  level = 3,
}: {
  outage: Outage;
  records: readonly StoredRecord[];
  until: Date;
  /** Of its heading: 2 where it stands by itself. */
  level?: 2 | 3;
}) {
  const t = useTexts();
  const { clock } = useOffice();
  const [isTable, setTable] = useState(false);
  const headingId = useId();
  const untilTime = until.getTime();
  const course = useMemo(
    () => courseOf(records, new Date(outage.startedAt), new Date(untilTime)),
    [records, outage.startedAt, untilTime],
  );
  const last = course.at(-1);
  if (last === undefined) return null;
  const summary = t('outages.course.summary', {
    since: shortInstant(outage.startedAt, clock.now(), t.language),
    owed: last.owed,
    delivered: last.delivered,
    most: Math.max(...course.map(({ owed }) => owed)),
  });
  return (
    <div className="course" role="group" aria-labelledby={headingId}>
      <div className="course-head">
        <Heading level={level} id={headingId}>
          {t('outages.course.title')}
        </Heading>
        <span className="course-key course-owed">{t('outages.course.owed')}</span>
        <span className="course-key course-delivered">{t('outages.course.delivered')}</span>
        <Button kind="quiet" size="small" onPress={() => setTable(!isTable)}>
          {t(isTable ? 'outages.course.asPicture' : 'outages.course.asTable')}
        </Button>
      </div>
      {isTable ? <CourseTable course={course} /> : <CoursePicture course={course} summary={summary} />}
    </div>
  );
}

function CourseTable({ course }: { course: readonly CoursePoint[] }) {
  const t = useTexts();
  const { clock } = useOffice();
  const now = clock.now();
  const samples = sampleCourse(course);
  // Within a few minutes every line would say the same without seconds.
  const isShort = (samples.at(-1)?.at ?? 0) - (samples.at(0)?.at ?? 0) < 15 * 60_000;
  return (
    <table className="course-table">
      <thead>
        <tr>
          <th scope="col">{t('outages.course.time')}</th>
          <th scope="col">{t('outages.course.owed')}</th>
          <th scope="col">{t('outages.course.delivered')}</th>
        </tr>
      </thead>
      <tbody>
        {samples.map(({ at, owed, delivered }) => (
          <tr key={at}>
            <th scope="row">
              {isShort
                ? clockTime(new Date(at), t.language)
                : shortInstant(new Date(at).toISOString(), now, t.language)}
            </th>
            <td>{formatCount(owed, t.language)}</td>
            <td>{formatCount(delivered, t.language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CoursePicture({ course, summary }: { course: readonly CoursePoint[]; summary: string }) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const { language } = useTexts();
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const made = new uPlot(optionsFor(element, language), [[], [], []], element);
    plot.current = made;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0) made.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [language]);
  useEffect(() => {
    plot.current?.setData([
      course.map(({ at }) => at / 1000),
      course.map(({ owed }) => owed),
      course.map(({ delivered }) => delivered),
    ]);
  }, [course, language]);
  return <div ref={box} className="course-picture" role="img" aria-label={summary} />;
}

function optionsFor(element: HTMLElement, language: Language): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  const line = (stroke: string): uPlot.Series => ({
    stroke,
    width: 2,
    points: { show: false },
    ...(stepped === undefined ? {} : { paths: stepped }),
  });
  const axis = {
    stroke: colour('--ink-soft'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: Math.max(1, element.clientWidth),
    height,
    // Room for half of the last time.
    padding: [8, 30, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _least, most) => [0, Math.max(4, most * 1.1)] } },
    series: [{}, line(colour('--ink')), line(colour('--good'))],
    axes: [
      {
        ...axis,
        size: 26,
        space: 80,
        values: (_plot, seconds, _axis, _space, step) =>
          timeLabels(
            seconds.map((second) => new Date(second * 1000)),
            step,
          ),
      },
      {
        ...axis,
        // As wide as the longest count needs; before the first drawing there are none.
        size: (_plot, counts: readonly string[] | null) =>
          Math.max(34, 10 + 7 * Math.max(0, ...(counts ?? []).map(({ length }) => length))),
        incrs: [1, 10, 100, 1000, 10_000, 100_000].flatMap((power) => [power, 2 * power, 5 * power]),
        values: (_plot, counts) => counts.map((count) => formatCount(count, language)),
      },
    ],
  };
}

/** Times in Germany, with seconds where the step (in seconds) asks for them; where the day changes, the day. */
function timeLabels(instants: readonly Date[], step: number): string[] {
  return instants.map((instant, position) => {
    const day = todayInBerlin(instant);
    const before = instants[position - 1];
    const isNewDay = before === undefined ? formatBerlinTime(instant) === '00:00' : todayInBerlin(before) !== day;
    return isNewDay
      ? `${day.slice(8)}.${day.slice(5, 7)}.`
      : step < 60
        ? clockTime(instant, 'de')
        : formatBerlinTime(instant);
  });
}
