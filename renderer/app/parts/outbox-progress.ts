import { startTransition, useEffect, useState } from 'react';
import type { Office, OutboxProgress, RecordResult } from '../../outbox/office';
import { useOffice } from './office-context';

/** While a step goes on, its progress is shown so often; milliseconds. It is told with every certificate, far more often than anybody can read. */
const shownEvery = 250;

/** What the outbox is doing: another step at once, how far it is a few times a second. */
export function useOutboxProgress(): OutboxProgress {
  const office = useOffice();
  const [progress, setProgress] = useState(() => office.progress());
  // Nobody waits for a number to be drawn: what is typed meanwhile goes first.
  useEffect(() => followProgress(office, (now) => startTransition(() => setProgress(now))), [office]);
  return progress;
}

/** What became of each record lately, newest first. */
export function useOutboxResults(): readonly RecordResult[] {
  const office = useOffice();
  const [results, setResults] = useState(() => office.results());
  useEffect(() => followProgress(office, () => startTransition(() => setResults(office.results()))), [office]);
  return results;
}

/** Tells what the outbox is doing, now and whenever it changes, as often as it is to be shown. Returns how to stop. */
export function followProgress(
  office: Pick<Office, 'progress' | 'onProgress'>,
  tell: (progress: OutboxProgress) => void,
): () => void {
  let told: OutboxProgress | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const tellNow = () => {
    timer = null;
    if (told === office.progress()) return;
    told = office.progress();
    tell(told);
  };
  const look = () => {
    if (told === null || stepOf(told) !== stepOf(office.progress())) {
      if (timer !== null) clearTimeout(timer);
      tellNow();
    } else timer ??= setTimeout(tellNow, shownEvery);
  };
  look();
  const stop = office.onProgress(look);
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

function stepOf(progress: OutboxProgress): string {
  return progress.kind === 'running' ? `${progress.step} ${String(progress.total)}` : '';
}
