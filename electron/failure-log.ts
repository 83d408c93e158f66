/** Name and place of an error, without its message: a message may quote the patient data it failed on. */
export function describeWithoutData(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error object';
  const places = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.constructor.name, ...places.slice(0, 6).map((line) => line.trim())].join(' ');
}
