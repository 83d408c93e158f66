import { deriveKeyHere, usualCost } from '../../renderer/store/access/derive-key';
import { Access } from '../../renderer/store/access/access';
import { StoredAccess } from '../../renderer/store/access/access-database';
import { noKeyring } from '../../renderer/store/access/keyring';
import { practicePassphrase } from '../../renderer/app/access/practice-accounts';
import { Database } from '../../renderer/store/database';
import { exampleContent } from '../../test/support/content';
import { fillVault } from './fill';

declare global {
  interface Window {
    fillRehearsal?: typeof fillRehearsal;
  }
}

const name = 'ersatzschein';

/** Fills the running program's own vault, as the made-up doctor of the rehearsal, while the program is closed. */
async function fillRehearsal(count: number): Promise<void> {
  const stored = new StoredAccess(name);
  const access = new Access({
    ...{
      headers: stored,
      failures: stored,
      keyring: noKeyring,
      kind: 'rehearsal',
      deriveKey: deriveKeyHere,
      cost: usualCost,
    },
    clock: { now: () => new Date(), sleep: () => Promise.resolve() },
    ticks: () => performance.now(),
    newId: () => crypto.randomUUID(),
  });
  const [doctor] = await access.people();
  const tried = doctor === undefined ? null : await access.logIn(doctor.id, practicePassphrase);
  if (tried?.kind !== 'open' || tried.session.keys.clinical === null) throw new Error('Nobody could be logged in.');
  const { practice, clinical } = tried.session.keys;
  const database = new Database(name);
  await fillVault(database, { practice, clinical }, exampleContent(), count);
  database.close();
  stored.close();
}

window.fillRehearsal = fillRehearsal;
