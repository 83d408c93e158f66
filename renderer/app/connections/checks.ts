import type { Failure } from '../../../electron/contract/call';
import type { Connections } from '../../../electron/contract/connections';
import type { Card, ComponentCheck } from '../../../electron/contract/contract';
import type { Office } from '../../outbox/office';
import { Kept } from '../parts/kept';
import { isEntered } from './entered';

/** The components outside, in the order in which a certificate meets them. */
export const components = ['connector', 'directory', 'sending', 'mailbox'] as const;
export type ComponentName = (typeof components)[number];

/** What is known of one component. Instants are milliseconds since 1970. */
export type Check =
  | { readonly kind: 'unchecked' }
  /** Nothing is entered, so there is nothing to ask. */
  | { readonly kind: 'not-entered' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'good'; readonly at: number; readonly description: string; readonly notAfter: string | null }
  | { readonly kind: 'failed'; readonly at: number; readonly failure: Failure }
  /** The host is gone: that says nothing about the component. `text` is technical. */
  | { readonly kind: 'broken'; readonly at: number; readonly text: string };

export type Cards =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'reading' }
  | { readonly kind: 'read'; readonly cards: readonly Card[] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'broken' };

/** The last checks, and of which connections they speak. */
export interface Checks {
  readonly of: string;
  readonly components: Readonly<Record<ComponentName, Check>>;
  readonly cards: Cards;
}

const kept = new WeakMap<Office, Kept<Checks>>();

/** The checks of this office; they outlive the screen. */
export function checksOf(office: Office): Kept<Checks> {
  const known = kept.get(office);
  if (known !== undefined) return known;
  const made = new Kept<Checks>({ of: '', components: nothingChecked, cards: { kind: 'unknown' } });
  kept.set(office, made);
  return made;
}

const nothingChecked: Checks['components'] = {
  connector: { kind: 'unchecked' },
  sending: { kind: 'unchecked' },
  mailbox: { kind: 'unchecked' },
  directory: { kind: 'unchecked' },
};

/** Forgets what was said of other connections than these. */
export function aboutThese(checks: Checks, connections: Connections): Checks {
  const of = JSON.stringify(connections);
  return checks.of === of ? checks : { of, components: nothingChecked, cards: { kind: 'unknown' } };
}

/** Asks one component whether it can be used; with the connector, its cards are read too. */
export async function checkOne(office: Office, connections: Connections, name: ComponentName): Promise<void> {
  if (!isEntered(connections, name)) {
    note(office, connections, name, { kind: 'not-entered' });
    return;
  }
  note(office, connections, name, { kind: 'checking' });
  const [checked] = await Promise.all([
    askSafely(() => ask(office, connections, name)),
    name === 'connector' ? readCards(office, connections) : undefined,
  ]);
  const at = office.clock.now().getTime();
  switch (checked.kind) {
    case 'ok': {
      // Whoever has just put in a new card wants to see the warning go. What can't be told now, the daily look tells.
      if (name === 'connector') office.inspectCertificates().catch(() => undefined);
      const { description, certificateNotAfter: notAfter } = checked.value;
      note(office, connections, name, { kind: 'good', at, description, notAfter });
      return;
    }
    case 'failed':
      note(office, connections, name, { kind: 'failed', at, failure: checked.failure });
      return;
    case 'broken':
      note(office, connections, name, { kind: 'broken', at, text: checked.text });
  }
}

/** Asks all of them, at the same time. */
export async function checkAll(office: Office, connections: Connections): Promise<void> {
  await Promise.all(components.map((name) => checkOne(office, connections, name)));
}

async function ask(office: Office, connections: Connections, name: ComponentName): Promise<ComponentCheck> {
  const { connector, mail, directory } = office.host;
  switch (name) {
    case 'connector':
      return connector.check({ connection: connections.connector });
    case 'sending':
      return mail.checkSubmission({ account: connections.mail });
    case 'mailbox':
      return mail.checkMailbox({ account: connections.mail });
    case 'directory':
      return directory.check({ connection: connections.directory });
  }
}

/** Reads the cards in the terminals, and how each stands. */
export async function readCards(office: Office, connections: Connections): Promise<void> {
  noteCards(office, connections, { kind: 'reading' });
  const read = await askSafely(() => office.host.connector.cards({ connection: connections.connector }));
  if (read.kind === 'ok') noteCards(office, connections, { kind: 'read', cards: read.value });
  else noteCards(office, connections, read);
}

/** A broken line between page and host: the component may be well, the program behind the page is not. */
async function askSafely<T>(question: () => Promise<T>): Promise<T | { kind: 'broken'; text: string }> {
  try {
    return await question();
  } catch (error) {
    return { kind: 'broken', text: String(error) };
  }
}

/** An answer that comes after the connections were changed says nothing about the new ones, and is dropped. */
function note(office: Office, connections: Connections, name: ComponentName, check: Check): void {
  const checks = checksOf(office);
  const now = checks.get();
  const about = check.kind === 'checking' || check.kind === 'not-entered' ? aboutThese(now, connections) : now;
  if (about.of !== JSON.stringify(connections)) return;
  checks.set({ ...about, components: { ...about.components, [name]: check } });
}

function noteCards(office: Office, connections: Connections, cards: Cards): void {
  const checks = checksOf(office);
  const about = cards.kind === 'reading' ? aboutThese(checks.get(), connections) : checks.get();
  if (about.of === JSON.stringify(connections)) checks.set({ ...about, cards });
}
