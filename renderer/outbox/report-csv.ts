import type { RecordEvent } from '../domain/event';
import { groupBy } from '../domain/grouping';
import type { Outage } from '../domain/outage';
import type { StoredRecord } from '../domain/record';
import type { Settings } from '../domain/settings';
import { documentOf } from '../domain/state';
import { fileNameOf } from '../fhir/document-identity';
import { printedInstant } from '../form/report';
import type { Translate } from '../texts';
import type { PayerIndex } from './agenda';
import { csvOf } from './csv';
import { reportedWay } from './report-way';
import { scopeWords } from './reporting';

/** The report's columns, in the order of the file; their names are the texts `reportColumns`. */
const columns = [
  'outage',
  'startedAt',
  'endedAt',
  'reason',
  'certificate',
  'patient',
  'insurer',
  'insurerIk',
  'issuedAt',
  'state',
  'stateSince',
  'way',
  'handedOverAt',
  'deliveredAt',
  'document',
  'receipt',
  'sha256',
  'paper',
] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** The report of an outage as a CSV file: a line a certificate, oldest first. The same certificates as in the PDF. */
export function outageReportCsv(input: {
  outage: Outage;
  /** `recordsInOutage`, newest first. */
  records: readonly StoredRecord[];
  /** Their events. */
  events: readonly RecordEvent[];
  payers: PayerIndex;
  settings: Settings;
  t: Translate;
}): Uint8Array {
  const { outage, events, payers, settings, t } = input;
  const byRecord = groupBy(events, ({ recordId }) => recordId);
  const concerned = input.records.toReversed();
  const about = {
    outage: scopeWords(outage.scope, payers, t),
    startedAt: printedInstant(outage.startedAt),
    endedAt: outage.endedAt === null ? t('reportWords.lasts') : printedInstant(outage.endedAt),
    reason: outage.reason,
  };
  const rows = concerned.map((record): Row => ({
    ...about,
    ...rowOf(record, byRecord.get(record.id) ?? [], settings, t),
  }));
  return csvOf([
    columns.map((column) => t(`reportColumns.${column}`)),
    ...rows.map((row) => columns.map((column) => row[column])),
  ]);
}

function rowOf(
  record: StoredRecord,
  events: readonly RecordEvent[],
  settings: Settings,
  t: Translate,
): Omit<Row, 'outage' | 'startedAt' | 'endedAt' | 'reason'> {
  const { state, content } = record;
  const document = documentOf(state);
  const { kind, handedOver, delivered } = reportedWay(record, events);
  return {
    certificate: record.id,
    patient: `${content.patient.family}, ${content.patient.given}`,
    insurer: content.coverage.payerName ?? '',
    insurerIk: content.coverage.payerIk ?? '',
    issuedAt: instantOf(state.issuedAt),
    state: t(`stages.${state.stage}`),
    stateSince: instantOf(state.since),
    way: t(`reportWords.${kind}`),
    handedOverAt: instantOf(handedOver?.at ?? null),
    deliveredAt: instantOf(delivered?.at ?? null),
    document:
      document === null
        ? ''
        : fileNameOf(document.documentId, { kind: record.kind, test: settings.mode === 'rehearsal' }),
    receipt: delivered?.detail.type === 'delivered' ? delivered.detail.messageId : '',
    sha256: document?.signedSha256 ?? '',
    paper: t(`reportWords.paper-${state.paper}`),
  };
}

function instantOf(at: string | null): string {
  return at === null || at === '' ? '' : printedInstant(at);
}
