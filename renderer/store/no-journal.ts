import type { Journal } from './journal';

/** No second copy: for as long as the host's journal is not connected. */
export const noJournal: Journal = {
  append: () => Promise.resolve({ kind: 'written' }),
  keepPatientKey: () => Promise.resolve({ kind: 'written' }),
  forgetPatientKey: () => Promise.resolve({ kind: 'written' }),
};
