import type { Role } from '../../domain/roles';
import type { NewUser } from '../../store/access/accounts';

/**
 * The made-up accounts of the rehearsal world. Their passphrase and that secret are no secrets: they are shown on the log-in
 * screen for as long as it is a rehearsal. Real certificates are never recorded under them: going live asks for own accounts first.
 */

export const practicePassphrase = 'übung macht sicher';

/** The secret of the made-up administrator's and doctor's second factor, as an authenticator app would hold it. */
export const practiceSecret: Uint8Array = new TextEncoder().encode('ersatzschein übung'.padEnd(20, '.').slice(0, 20));

const names: Readonly<Record<Role, string>> = {
  doctor: 'Dr. Anna Übungsärztin',
  assistant: 'Mia Mustermann',
  administrator: 'Alex Adminstein',
};

/** One account for each role. */
export const practiceAccounts: readonly NewUser[] = (['doctor', 'assistant', 'administrator'] as const).map((role) => ({
  name: names[role],
  role,
  passphrase: practicePassphrase,
  isPractice: true,
  // An administrator needs it to log in, a doctor to export.
  secondFactor: role === 'assistant' ? null : { secret: practiceSecret, step: 0 },
}));
