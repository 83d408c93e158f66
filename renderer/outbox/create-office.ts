import { todayInBerlin } from '../domain/calendar';
import { isDiscardable, mayCancel } from '../domain/cancellation-rules';
import type { CertificateContent } from '../domain/certificate';
import { checkCertificate } from '../domain/check';
import type { DiagnosisCatalogue } from '../domain/diagnosis-catalogue';
import { toIssuable } from '../domain/issuable';
import { changedPolicy } from '../domain/paper-policy';
import { documentOf, openStages } from '../domain/state';
import { catalogueOf } from '../master/stored-catalogue';
import type { Setup } from '../store/store';
import { agendaOf, payerIndex } from './agenda';
import { importFile } from './importing';
import { followInsurerDays } from './insurers';
import { adviseCopies, emptyContent, issueDraft } from './issuing';
import { createCardDesk } from './card-desk';
import { enterRehearsalWorld } from './entering-rehearsal';
import { watchContacts } from './contacts';
import { may } from '../domain/roles';
import { createExportDesk } from './export-desk';
import { obstacle } from './obstacles';
import type { Office, OfficeMeans, SubmissionRun } from './office';
import { Outbox } from './outbox';
import { createPaperDesk } from './paper-desk';
import { permitted } from './permitted';
import { proposeRehearsal } from './rehearsing';
import type { SigningCard } from './signer';
import { runTrial } from './trial-run';
import { Watching } from './watching';

/** After sending, the first receipts come within seconds: look then, and less often the longer nothing comes. Seconds. */
const looksAfterSending = [1, 2, 4, 8, 15, 30, 60];

/** After a turn that went wrong, the next one comes so soon. */
const afterErrorSeconds = 60;

function signingCard({ practiceCardFor }: { practiceCardFor?: string }): SigningCard {
  return practiceCardFor === undefined ? { kind: 'own' } : { kind: 'practice', reason: practiceCardFor };
}

/** A component's last contact is written down so often at most; milliseconds. */
const contactsKeptEvery = 60_000;

/** Lets the page's own handler hear of an error without ending what runs on. */
function rethrowLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Stages in which somebody may still have to do something; the rest of a practice's records is not read for the agenda. */
const unfinished = ['recorded', ...openStages] as const;

/** Makes the office over a store and a host. Nothing happens until a function is called. */
export function createOffice(given: OfficeMeans): Office {
  const { store, clock } = given;
  const contacted = new Map<string, number>();
  const host = watchContacts(given.host, (component) => {
    const now = clock.now().getTime();
    if (now - (contacted.get(component) ?? 0) < contactsKeptEvery) return;
    contacted.set(component, now);
    // A full disk is told of by what has to be kept; this is only how the screen knows.
    store.saveContact(component).catch(() => contacted.delete(component));
  });
  const maySign = () => may(given.actor().role, 'sign');
  const means = { ...given, host, maySign };
  const outbox = new Outbox(means, means.exclusively);
  const watching = new Watching(means, means.jitter?.() ?? Math.random());
  let watchSoon: () => void = () => undefined;
  let catalogue: DiagnosisCatalogue | null = null;
  let lookSoon: () => void = () => undefined;

  const setupNow = async (): Promise<Setup> => {
    const setup = await store.setup();
    if (setup === null) throw new Error('Nothing can be done before the first start is through.');
    return setup;
  };

  const loadCatalogue = async () => {
    const [newest] = (await store.catalogues()).sort((a, b) => b.year.localeCompare(a.year));
    catalogue = newest === undefined ? null : catalogueOf(newest);
  };

  const enterRehearsal = (setup: Setup) => enterRehearsalWorld(means, setup);

  const afterSubmission = (run: SubmissionRun): SubmissionRun => {
    if (run.kind === 'done' || run.kind === 'stopped') lookSoon();
    return run;
  };

  const paperDesk = createPaperDesk(means, setupNow);

  const office: Office = {
    store,
    host,
    clock,
    actor: means.actor,

    proposeRehearsal: () => proposeRehearsal(host),

    async saveSetup(given) {
      const stored = await store.setup();
      // Records, keys and accounts of the one never become the other's: each has a vault of its own.
      if (stored !== null && stored.settings.mode !== given.settings.mode) return obstacle('mode-fixed');
      const setup = stored === null ? given : withPolicy(given, stored);
      const entered = setup.settings.mode === 'rehearsal' ? await enterRehearsal(setup) : setup;
      await store.saveSetup('kind' in entered ? setup : entered);
      await loadCatalogue();
      watchSoon();
      return { kind: 'saved' };
    },

    async wakeUp() {
      const setup = await store.setup();
      if (setup === null) return { kind: 'first-start' };
      await loadCatalogue();
      // Under the same lock as sending: what another window is sending right now was not left open by a crash.
      await means.exclusively(async () => {
        if (!may(means.actor().role, 'see-certificates')) return;
        for (const record of await store.records.list(['attempting'])) {
          if (record.state.stage !== 'attempting') continue;
          const { attemptId } = record.state.attempt;
          await store.records.append(record.id, [{ type: 'attempt-unknown', attemptId, text: 'interrupted' }], {
            when: (state) => state.stage === 'attempting' && state.attempt.attemptId === attemptId,
          });
        }
      });
      await followInsurerDays({ store, clock });
      if (setup.settings.mode === 'live') return { kind: 'ready' };
      const entered = await enterRehearsal(setup);
      if ('kind' in entered) return entered;
      await store.saveSetup(entered);
      return { kind: 'ready' };
    },

    emptyContent: (settings) => emptyContent(settings, clock.now()),

    startDraft: (content, options = {}) =>
      store.records.create(
        {
          id: means.newId(),
          kind: 'certificate',
          content,
          corrects: options.corrects ?? null,
          coverageSource: 'typed',
          cancels: null,
        },
        [{ type: 'recorded' }],
      ),
    saveDraft: (id, content, source) => store.records.saveDraft(id, content, source),
    discard: (id, reason) =>
      store.records.append(id, [{ type: 'discarded', reason }], {
        when: isDiscardable,
      }),
    check: (content) => checkCertificate(content, { today: todayInBerlin(clock.now()), catalogue }),
    catalogue: () => catalogue,
    reloadCatalogue: loadCatalogue,
    adviseCopies: async (content) => adviseCopies(store, (await setupNow()).settings, content),

    importFile: async (file) => importFile(means, await setupNow(), file),

    async issue(id, options) {
      const draft = await store.records.get(id);
      if (draft?.kind !== 'certificate') return { kind: 'missing' };
      const checked = toIssuable(draft.content, { today: dayOfIssue(draft.content, options.byHand), catalogue });
      if (checked.kind === 'issuable' && !options.byHand) {
        // A certificate that can't be printed must not be locked: every copy is drawn before anything is written.
        const drawn = await paperDesk.drawSlips({ ...draft, content: checked.certificate }, ['KK', 'AG', 'V']);
        if (drawn.kind === 'obstacle') return drawn;
      }
      const { language } = (await setupNow()).settings;
      return issueDraft({ store, clock, language }, draft, checked, options);
    },

    ...paperDesk,
    ...createCardDesk(means, setupNow),
    ...createExportDesk(means, setupNow, paperDesk),

    async declareOutage(scope, reason) {
      const outage = await store.declareOutage(scope, reason);
      watchSoon();
      return outage;
    },
    async endOutage(id) {
      await store.endOutage(id);
      return afterSubmission(await outbox.submit(await setupNow()));
    },
    async cancelRestoration(outageId) {
      outbox.stop();
      await store.reopenOutage(outageId);
    },
    restoration: () => outbox.restoration(),
    async pauseRestoration(payerKey) {
      const { everything, payers } = await store.restorationPauses();
      await store.saveRestorationPauses(
        payerKey === null ? { everything: true, payers } : { everything, payers: [...new Set([...payers, payerKey])] },
      );
      if (payerKey === null) outbox.stop();
    },
    async resumeRestoration(payerKey) {
      const { everything, payers } = await store.restorationPauses();
      await store.saveRestorationPauses(
        payerKey === null
          ? { everything: false, payers: [] }
          : { everything, payers: payers.filter((key) => key !== payerKey) },
      );
      return afterSubmission(await outbox.submit(await setupNow()));
    },
    noteStillDown: (id) => store.confirmOutage(id),

    noticing: async () => watching.noticing(await setupNow(), await outbox.restoration()),
    lagebildHistory: () => watching.history(),
    inspectCertificates: async () => watching.inspectNow((await setupNow()).connections),
    dismiss: (what) => watching.dismiss(what),
    keepWatch(onError = rethrowLater) {
      const stop = new AbortController();
      let wake = new AbortController();
      watchSoon = () => wake.abort();
      const loop = async () => {
        while (!stop.signal.aborted) {
          wake = new AbortController();
          let pause = afterErrorSeconds * 1000;
          try {
            const setup = await store.setup();
            if (setup !== null) pause = await watching.turn(setup);
          } catch (error) {
            onError(error);
          }
          await clock.sleep(pause, AbortSignal.any([stop.signal, wake.signal]));
        }
      };
      const ended = loop();
      return () => {
        stop.abort();
        return ended;
      };
    },

    async restoredHold() {
      const hold = await store.restoredHold();
      if (hold === null) return null;
      const [signed, unsigned] = await Promise.all([
        store.records.count(['signed', 'attempting', 'unknown']),
        store.records.count(['issued']),
      ]);
      const mails = may(means.actor().role, 'see-certificates') ? await store.mails() : [];
      const unmatched = mails.filter(({ status }) => status === 'unmatched').length;
      return { since: hold.since, signed, unsigned, unmatched };
    },
    async endRestoredHold() {
      await store.endRestoredHold();
      return afterSubmission(await outbox.submit(await setupNow()));
    },

    async agenda() {
      const { settings } = await setupNow();
      const [records, outages, payers] = await Promise.all([
        store.records.list(unfinished),
        store.outages(),
        store.payers(),
      ]);
      return agendaOf({
        records,
        outages,
        payers: payerIndex(payers),
        workingDays: { state: settings.federalState, saturdayCounts: settings.saturdayCounts },
        now: clock.now(),
      });
    },

    submit: async (ids, options = {}) =>
      afterSubmission(await outbox.submit(await setupNow(), ids, signingCard(options))),
    async stopSigning() {
      outbox.stop();
      await host.connector.stopSigning({});
    },
    collect: async () => outbox.collect(await setupNow()),
    async *runTrial(practitionerId, signal) {
      yield* runTrial({ ...means, collect: () => office.collect() }, await setupNow(), practitionerId, signal);
    },
    progress: () => outbox.progress(),
    results: () => outbox.results(),
    onProgress: (listener) => outbox.onProgress(listener),
    takeNextStep: async (id, options = {}) => {
      const run = await outbox.takeNextStep(await setupNow(), id, signingCard(options));
      return run.kind === 'obstacle' ? run : afterSubmission(run);
    },

    keepGoing(onError = rethrowLater) {
      const stop = new AbortController();
      let wake = new AbortController();
      let looks: number[] = [];
      lookSoon = () => {
        looks = [...looksAfterSending];
        wake.abort();
      };
      const turn = async () => {
        const setup = await store.setup();
        if (setup === null) {
          stop.abort();
          return;
        }
        await followInsurerDays({ store, clock });
        await outbox.collect(setup);
        const run = await outbox.retry(setup);
        if (run.kind === 'done' && run.handedOver > 0) looks = [...looksAfterSending];
        const next = looks.shift();
        wake = new AbortController();
        const seconds = next ?? setup.settings.pollMinutes * 60;
        await clock.sleep(seconds * 1000, AbortSignal.any([stop.signal, wake.signal]));
      };
      const loop = async () => {
        while (!stop.signal.aborted) {
          try {
            await turn();
          } catch (error) {
            // One turn that went wrong must not be the last: what is owed would never go out.
            onError(error);
            await clock.sleep(afterErrorSeconds * 1000, stop.signal);
          }
        }
      };
      const ended = loop();
      return () => {
        stop.abort();
        return ended;
      };
    },

    async cancellation(id) {
      const { settings } = await setupNow();
      const record = await store.records.get(id);
      if (record?.kind !== 'certificate') return { kind: 'refused', rule: 'not-sent', last: null };
      const { stage } = record.state;
      const handedOver = (await store.records.events(id)).find(({ detail }) => detail.type === 'handed-over');
      return mayCancel({
        sentAt: handedOver?.at ?? null,
        isPaperOnly: stage === 'paper-only',
        hasInsurerError: stage === 'rejected' || stage === 'informed',
        isCancelled: stage === 'cancelled',
        isCancellationRejected: record.state.refusedCancellation !== null,
        now: clock.now(),
        state: settings.federalState,
      });
    },

    async erasePatient(keyId) {
      const outlook = await store.erasure.outlook(keyId, (await setupNow()).settings.retentionYears);
      if (outlook !== null && !outlook.isOwed && clock.now().toISOString() < outlook.keptUntil)
        return obstacle('within-retention');
      return store.erasure.erase(keyId);
    },

    async eraseOnRequest(keyId, request) {
      if (request.note.trim() === '') return obstacle('erasure-no-reason');
      return store.erasure.erase(keyId, { ...request, note: request.note.trim() });
    },

    async cancel(id) {
      const allowed = await office.cancellation(id);
      if (allowed.kind === 'refused') return allowed;
      const record = await store.records.get(id);
      if (record?.kind !== 'certificate') return { kind: 'missing' };
      const document = documentOf(record.state);
      // Another window cancelled it between the two looks.
      if (document === null) return { kind: 'conflict', record };
      return store.records.cancel(
        {
          id: means.newId(),
          kind: 'cancellation',
          content: record.content,
          corrects: null,
          coverageSource: record.coverageSource,
          cancels: { certificateId: id, documentId: document.documentId },
        },
        [{ type: 'recorded' }, { type: 'issued', byHand: false }],
        // Another window may have cancelled it meanwhile, or an error of the insurer come.
        (state) => documentOf(state)?.documentId === document.documentId && state.stage === record.state.stage,
      );
    },
  };

  function withPolicy({ settings, connections }: Setup, stored: Setup): Setup {
    const paperPolicy = changedPolicy(stored.settings.paperPolicy, settings.paperPolicy, clock.now());
    return { connections, settings: { ...settings, paperPolicy } };
  }

  /** Filled in by hand earlier: the day that counts is the one on the paper. */
  function dayOfIssue(content: CertificateContent, byHand: boolean) {
    return (byHand ? content.certificate.issuedOn : null) ?? todayInBerlin(clock.now());
  }

  return permitted(office, means);
}
