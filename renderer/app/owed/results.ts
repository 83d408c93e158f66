import type { RecordResult } from '../../outbox/office';

/** The newest word on each record since then, newest first. */
export function newestOfEach<Result extends Pick<RecordResult, 'recordId' | 'at'>>(
  results: readonly Result[],
  since: string,
): Result[] {
  const seen = new Set<string>();
  return results.filter(({ recordId, at }) => {
    if (at < since || seen.has(recordId)) return false;
    seen.add(recordId);
    return true;
  });
}
