import type { OutageReport, ReportedCertificate } from '../form/report';
import type { RecordEvent } from '../domain/event';
import { groupBy } from '../domain/grouping';
import type { Outage, OutageScope } from '../domain/outage';
import { issueDayOf } from '../domain/owed';
import { isReceivedBy } from '../domain/provider';
import type { StoredRecord } from '../domain/record';
import type { Settings } from '../domain/settings';
import { fileNameOf } from '../fhir/document-identity';
import type { Translate } from '../texts';
import { documentOf } from '../domain/state';
import { outagesFor, type PayerIndex } from './agenda';
import { durationWords } from './duration';
import { eventWords } from './event-words';
import { outcomeOf, sharesByPayer } from './report-shares';
import { reportedWay } from './report-way';

/** Whom an outage concerns, in the user's words. */
export function scopeWords(scope: OutageScope, payers: PayerIndex, t: Translate): string {
  switch (scope.kind) {
    case 'all':
    case 'practice':
      return t(`outageScopes.${scope.kind}`);
    case 'payer':
      return payers.get(scope.payerIk)?.name ?? scope.payerIk;
    case 'provider': {
      const affected = new Set(
        [...payers.values()].filter((payer) => isReceivedBy(payer, scope.provider)).map(({ id }) => id),
      );
      return t('outageScopes.provider', { provider: scope.provider, count: affected.size });
    }
  }
}

/** The certificates that fell into an outage: issued while it lasted, to insurers it concerned. */
export function recordsInOutage(outage: Outage, records: readonly StoredRecord[], payers: PayerIndex): StoredRecord[] {
  const asRunning = { ...outage, endedAt: null };
  return records.filter(({ kind, state, content }) => {
    const { issuedAt } = state;
    if (kind !== 'certificate' || issuedAt === null || issuedAt < outage.startedAt) return false;
    if (outage.endedAt !== null && issuedAt > outage.endedAt) return false;
    return outagesFor(content.coverage, [asRunning], payers).length > 0;
  });
}

/** The outage log: what became of every certificate in it, how it got to its insurer and what proves it, each step besides; plain data for the form. */
export function outageReport(input: {
  outage: Outage;
  /** `recordsInOutage`, newest first. */
  records: readonly StoredRecord[];
  /** Their events. */
  events: readonly RecordEvent[];
  /** Where the chain of all events ends now. */
  lastLink: OutageReport['chain'];
  payers: PayerIndex;
  settings: Settings;
  now: Date;
  t: Translate;
}): OutageReport {
  const { outage, records, events, lastLink, payers, settings, now, t } = input;
  const byRecord = groupBy(events, ({ recordId }) => recordId);
  const count = (holds: (record: StoredRecord) => boolean) => records.filter(holds).length;
  const reached = (type: RecordEvent['detail']['type']) =>
    count(({ id }) => byRecord.get(id)?.some(({ detail }) => detail.type === type) === true);
  const ended = (outcome: ReturnType<typeof outcomeOf>) => count((record) => outcomeOf(record) === outcome);
  return {
    practice: settings.practice.name,
    outage: {
      startedAt: outage.startedAt,
      endedAt: outage.endedAt,
      scope: scopeWords(outage.scope, payers, t),
      reason: outage.reason,
      declaredBy: outage.declaredBy,
      duration: durationWords(
        (outage.endedAt === null ? now : new Date(outage.endedAt)).getTime() - new Date(outage.startedAt).getTime(),
        t,
      ),
    },
    madeAt: now.toISOString(),
    counts: {
      recorded: records.length,
      printed: reached('printed'),
      signed: reached('signed'),
      sent: reached('handed-over'),
      delivered: ended('delivered'),
      paperOnly: ended('paperOnly'),
      posted: ended('posted'),
      settled: ended('settled'),
      owed: ended('owed'),
    },
    payers: sharesByPayer(records, payers),
    certificates: records.map((record) => reported(record, byRecord.get(record.id) ?? [], settings, t)).reverse(),
    chain: lastLink,
    test: settings.mode === 'rehearsal',
  };
}

function reported(
  record: StoredRecord,
  events: readonly RecordEvent[],
  settings: Settings,
  t: Translate,
): ReportedCertificate {
  const { patient, coverage } = record.content;
  const document = documentOf(record.state);
  const test = settings.mode === 'rehearsal';
  const { kind, reached } = reportedWay(record, events);
  const isOnPaper = kind === 'posted' || kind === 'given';
  return {
    documentId: document === null ? null : fileNameOf(document.documentId, { kind: record.kind, test }),
    patient: `${patient.family}, ${patient.given}`,
    payer: coverage.payerName ?? coverage.payerIk ?? '',
    issuedOn: issueDayOf(record),
    way: t(`reportWords.short-${kind}`),
    reachedAt: reached?.at ?? null,
    proof: isOnPaper ? t('reportWords.notedBy', { name: reached?.user ?? '–' }) : (document?.documentId ?? ''),
    state: t(`stages.${record.state.stage}`),
    isOpen: outcomeOf(record) === 'owed',
    steps: events.map(({ at, user, detail }) => {
      const { what, proof } = eventWords(detail, t);
      return { at, step: what, by: user, proof };
    }),
  };
}
