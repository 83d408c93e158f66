/** What both the screens' words and the report's can say. */
type DurationWording = (
  key: 'outages.duration.days' | 'outages.duration.hours' | 'outages.duration.minutes',
  values: { readonly count: number },
) => string;

/** A span of time as one says it: «35 Min.», «4 Std. 10 Min.», «1 Tag 4 Std.». Never less than a minute. */
export function durationWords(milliseconds: number, t: DurationWording): string {
  const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [
    days > 0 ? t('outages.duration.days', { count: days }) : null,
    hours > 0 ? t('outages.duration.hours', { count: hours }) : null,
    days === 0 && minutes % 60 > 0 ? t('outages.duration.minutes', { count: minutes % 60 }) : null,
  ];
  return parts.filter((part) => part !== null).join(' ');
}
