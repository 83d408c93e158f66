/** What may be wrong with a printer: the code of a failure `printer`, by which the page finds words. */
export const printerTroubles = [
  /** It is off, unplugged, or no longer known. */
  'gone',
  /** Stopped or paused by somebody, or by the system after an error. */
  'stopped',
  /** It takes no jobs. */
  'rejecting',
  'paper',
  'jam',
  'toner',
  /** The job did not get on, and was taken back. */
  'stuck',
  /** The printing system gave the job up. */
  'aborted',
  /** The folder printer can't write: the disk is full, or the folder must not be written to. */
  'folder',
] as const;
export type PrinterTrouble = (typeof printerTroubles)[number];
