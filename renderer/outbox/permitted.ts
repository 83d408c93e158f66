import { may, type Actor, type Permission } from '../domain/roles';
import type { Settings } from '../domain/settings';
import type { Setup, Store } from '../store/store';
import { obstacle } from './obstacles';
import type { FreshFactor } from './fresh-factor';
import type { CollectionRun, Obstacle, Office, SubmissionRun } from './office';

/** What every user may set at their desk; the rest of the settings is the administrator's. */
export const workplaceSettings: ReadonlySet<keyof Settings> = new Set([
  'language',
  'paper',
  'copies',
  'printerId',
  'copyPrinters',
  'pollMinutes',
  'hideMatchedAnswers',
  'lockMinutes',
]);

/** What is possible with data that are only read. */
const reading: ReadonlySet<Permission> = new Set(['see-certificates', 'print', 'audit-trail']);

/**
 * The office as the user at work may use it: what their role may not do is not done, and the result says so (obstacles `role-<permission>`).
 * Screens don't offer it in the first place; this is what holds when one does. What only reads records throws instead where the clinical
 * key is not there: no screen may ask.
 */
export function permitted(
  office: Office,
  means: { readonly store: Store; readonly actor: () => Actor; readonly factor?: FreshFactor },
): Office {
  const refusal = (permission: Permission): Obstacle | null => {
    const { role } = means.actor();
    if (!may(role, permission)) return obstacle(`role-${permission}`);
    // Data of a newer program are only read: what begins, sends or changes anything is refused before it is tried.
    return means.store.isReadOnly && !reading.has(permission) ? obstacle('storage-newer-version') : null;
  };
  /** A function that answers with an obstacle where the role may not. */
  const only =
    <A extends readonly unknown[], R>(permission: Permission, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R | Obstacle> =>
      refusal(permission) ?? work(...args);
  /** What leaves the program, or can't be taken back: the role, and a second factor confirmed just now, which is used up. */
  const withFactor =
    <A extends readonly unknown[], R>(permission: Permission, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R | Obstacle> => {
      const refused = refusal(permission);
      if (refused !== null) return refused;
      return means.factor?.take(means.actor().name) === true ? work(...args) : obstacle('second-factor');
    };
  const onlySending =
    <A extends readonly unknown[], R extends SubmissionRun | CollectionRun | Obstacle>(
      work: (...args: A) => Promise<R>,
    ) =>
    async (
      ...args: A
    ): Promise<R | { readonly kind: 'stopped'; readonly obstacle: Obstacle; readonly handedOver: number }> => {
      const refused = refusal('send');
      return refused === null ? work(...args) : { kind: 'stopped', obstacle: refused, handedOver: 0 };
    };

  return {
    ...office,

    async saveSetup(setup) {
      const stored = await means.store.setup();
      if (means.store.isReadOnly) return obstacle('storage-newer-version');
      const isRetentionSame = stored?.settings.retentionYears === setup.settings.retentionYears;
      const refused =
        (stored === null || isAboutWorkplace(stored, setup) ? null : refusal('practice-settings')) ??
        (stored === null || isRetentionSame ? null : refusal('erasure'));
      return refused ?? office.saveSetup(setup);
    },

    startDraft: only('record', (...all: Parameters<Office['startDraft']>) => office.startDraft(...all)),
    saveDraft: only('record', (...all: Parameters<Office['saveDraft']>) => office.saveDraft(...all)),
    async discard(id, reason) {
      const refused = refusal('record');
      if (refused !== null) return refused;
      const record = await means.store.records.get(id);
      const wasIssued = record !== null && record.state.stage !== 'recorded';
      return (wasIssued ? refusal('discard-issued') : null) ?? office.discard(id, reason);
    },
    importFile: only('record', (...all: Parameters<Office['importFile']>) => office.importFile(...all)),
    issue: only('issue', (...all: Parameters<Office['issue']>) => office.issue(...all)),

    drawSlips: only('print', (...all: Parameters<Office['drawSlips']>) => office.drawSlips(...all)),
    drawBatch: only('print', (...all: Parameters<Office['drawBatch']>) => office.drawBatch(...all)),
    drawForms: only('print', (...all: Parameters<Office['drawForms']>) => office.drawForms(...all)),
    drawPosting: only('print', (...all: Parameters<Office['drawPosting']>) => office.drawPosting(...all)),
    drawCorrectionLetter: only('print', (...all: Parameters<Office['drawCorrectionLetter']>) =>
      office.drawCorrectionLetter(...all),
    ),
    drawOutageReport: only('print', (...all: Parameters<Office['drawOutageReport']>) =>
      office.drawOutageReport(...all),
    ),
    printSlips: only('print', (...all: Parameters<Office['printSlips']>) => office.printSlips(...all)),
    printBatch: only('print', (...all: Parameters<Office['printBatch']>) => office.printBatch(...all)),
    notePrinted: only('print', (...all: Parameters<Office['notePrinted']>) => office.notePrinted(...all)),
    notePaper: only('print', (...all: Parameters<Office['notePaper']>) => office.notePaper(...all)),

    endRestoredHold: only('end-hold', () => office.endRestoredHold()),
    async endOutage(id) {
      // The end itself is nobody's secret; who may not send leaves the sending to the next one who may.
      const refused = refusal('send');
      if (refused === null) return office.endOutage(id);
      await means.store.endOutage(id);
      return { kind: 'stopped', obstacle: refused, handedOver: 0 };
    },
    resumeRestoration: onlySending((...all: Parameters<Office['resumeRestoration']>) =>
      office.resumeRestoration(...all),
    ),
    submit: onlySending((...all: Parameters<Office['submit']>) => office.submit(...all)),
    collect: onlySending((...all: Parameters<Office['collect']>) => office.collect(...all)),
    takeNextStep: onlySending((...all: Parameters<Office['takeNextStep']>) => office.takeNextStep(...all)),
    cancel: only('cancel', (...all: Parameters<Office['cancel']>) => office.cancel(...all)),
    erasePatient: only('erasure', (keyId: string) => office.erasePatient(keyId)),
    eraseOnRequest: withFactor('erasure', (...all: Parameters<Office['eraseOnRequest']>) =>
      office.eraseOnRequest(...all),
    ),
    exportPatient: withFactor('erasure', (keyId: string) => office.exportPatient(keyId)),
    exportTrail: withFactor('audit-trail', (...all: Parameters<Office['exportTrail']>) => office.exportTrail(...all)),
    exportOutageReport: withFactor('print', (...all: Parameters<Office['exportOutageReport']>) =>
      office.exportOutageReport(...all),
    ),
    writeOutageReport: withFactor('print', (outageId: string) => office.writeOutageReport(outageId)),
    exportMail: withFactor('see-certificates', (key: string) => office.exportMail(key)),
  };
}

/** Whether a set-up changes nothing but what everybody may set, and how long certificates are kept, which is asked about by itself. */
export function isAboutWorkplace(stored: Setup, changed: Setup): boolean {
  const bare = ({ settings, connections }: Setup): string =>
    JSON.stringify([
      Object.entries(settings)
        .filter(([key]) => !isWorkplaceKey(key) && key !== 'retentionYears')
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
      connections,
    ]);
  return bare(stored) === bare(changed);
}

function isWorkplaceKey(key: string): boolean {
  const keys: ReadonlySet<string> = workplaceSettings;
  return keys.has(key);
}
