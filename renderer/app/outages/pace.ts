import { startTransition, useEffect, useState } from 'react';
import type { OutboxProgress } from '../../outbox/office';
import { followProgress, useOffice, type Wording } from '../parts';

/** How fast a run goes. */
export interface Pace {
  readonly perSecond: number;
  readonly secondsLeft: number;
}

/** A look at a run: so much was done at this instant (milliseconds). */
export interface Look {
  readonly at: number;
  readonly done: number;
}

/** The pace between two looks; `null` as long as it can't be told. */
export function paceBetween(first: Look, now: Look, total: number): Pace | null {
  const seconds = (now.at - first.at) / 1000;
  const done = now.done - first.done;
  if (seconds < 0.5 || done < 1) return null;
  const perSecond = done / seconds;
  return { perSecond, secondsLeft: Math.max(0, total - now.done) / perSecond };
}

/** The pace of the step that the outbox is at, signing and sending each for itself. */
export function usePace(): Pace | null {
  const office = useOffice();
  const [pace, setPace] = useState<Pace | null>(null);
  useEffect(() => {
    let first: (Look & { step: string }) | null = null;
    const look = (progress: OutboxProgress) => {
      if (progress.kind === 'idle') {
        first = null;
        setPace(null);
        return;
      }
      const { step, done, total } = progress;
      const now = { at: office.clock.now().getTime(), done };
      if (first?.step !== step || done < first.done) first = { ...now, step };
      setPace(paceBetween(first, now, total));
    };
    return followProgress(office, (progress) => startTransition(() => look(progress)));
  }, [office]);
  return pace;
}

/** «noch etwa 2 Min. · 14 je Sekunde». */
export function paceWords({ perSecond, secondsLeft }: Pace, t: Wording): string {
  const left =
    secondsLeft < 60
      ? t('outages.pace.seconds', { count: Math.max(1, Math.ceil(secondsLeft)) })
      : t('outages.pace.minutes', { count: Math.ceil(secondsLeft / 60) });
  const isSlow = perSecond < 1;
  const speed = t(isSlow ? 'outages.pace.perMinute' : 'outages.pace.perSecond', {
    count: Math.round(isSlow ? perSecond * 60 : perSecond),
  });
  return `${left} · ${speed}`;
}
