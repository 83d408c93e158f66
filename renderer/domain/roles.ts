/** Who may do what. The one table that the office, the store's users and the screens ask. */

export const roles = ['doctor', 'assistant', 'administrator'] as const;
/** `doctor`: issues, signs, cancels. `assistant`: records, prints, sends what is signed. `administrator`: settings and users, no certificate. */
export type Role = (typeof roles)[number];

/** Who is at work: stands in every event. */
export interface Actor {
  readonly name: string;
  readonly role: Role;
}

const clinical: readonly Role[] = ['doctor', 'assistant'];
const everybody: readonly Role[] = roles;

const allowed = {
  /** Certificates, patients, mails: everything under the clinical key. */
  'see-certificates': clinical,
  /** Drafts: begin, change, discard. */
  record: clinical,
  /** Locks a certificate's content; a doctor answers for it (§ 4 Abs. 1 AU-RL: only they find somebody unfit for work). */
  issue: ['doctor'],
  /** Has the connector sign: a document that was never signed, or one that an insurer wants anew. */
  sign: ['doctor'],
  cancel: ['doctor'],
  /** Takes back what was issued and not sent. */
  'discard-issued': ['doctor'],
  /** Slips and letters, and noting that they were handed out or posted. */
  print: clinical,
  /** Sends what is signed, looks for answers, pauses and resumes. */
  send: clinical,
  /** Decides that sending goes on after a backup was put back: certificates may go out twice. */
  'end-hold': ['doctor'],
  /** Declares, confirms and ends outages (P6-03). */
  outages: everybody,
  /** Language, printer, copies, mailbox: what concerns this desk. */
  'workplace-settings': everybody,
  /** Insurers and catalogues. */
  'master-data': everybody,
  /** Practice, practitioners, Prüfnummer, connections, rehearsal or live. */
  'practice-settings': ['administrator'],
  users: ['administrator'],
  /** Gives everybody a new clinical key when somebody has left. Administrators hold none to give. */
  'renew-keys': ['doctor'],
  /** How the second copy stands, making, checking and restoring backups, the second place. */
  backups: ['doctor', 'administrator'],
  /** Who saw, changed, printed, exported what. */
  'audit-trail': ['doctor', 'administrator'],
  /** How long certificates are kept, erasing them, and one patient's data as a file (GDPR articles 15 and 17). */
  erasure: ['doctor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

export type Permission = keyof typeof allowed;

/** Every permission, for tables and tests. */
export const permissions: readonly Permission[] = Object.keys(allowed).filter((key): key is Permission =>
  Object.hasOwn(allowed, key),
);

/** Whether a role may do this. */
export function may(role: Role, permission: Permission): boolean {
  const allowedRoles: readonly Role[] = allowed[permission];
  return allowedRoles.includes(role);
}

/** Whether a role holds the practice's clinical key; administrators hold none. */
export function holdsClinicalKey(role: Role): boolean {
  return may(role, 'see-certificates');
}
