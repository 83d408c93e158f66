import type { Failure } from '../../../electron/contract/call';
import type { Wording } from '../parts';

/** Why something about backups failed, in plain words; the technical ones in brackets. */
export function archiveFailureWords(t: Wording, { reason, text }: Failure): string {
  return `${t.lookUp('backup.failure', reason) ?? t('backup.failure.other')} (${text})`;
}

/** Bytes as people say them: 4,2 MB. */
export function sizeWords(bytes: number, language: string): string {
  const number = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 });
  if (bytes >= 1_000_000_000) return `${number(bytes / 1_000_000_000)} GB`;
  if (bytes >= 1_000_000) return `${number(bytes / 1_000_000)} MB`;
  return `${number(bytes / 1000)} kB`;
}
