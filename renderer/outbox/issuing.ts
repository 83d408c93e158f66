import { todayInBerlin } from '../domain/calendar';
import {
  practitionerSchema,
  type Address,
  type CertificateContent,
  type Coverage,
  type SlipCopy,
} from '../domain/certificate';
import type { Clock } from '../domain/clock';
import type { EventDetail } from '../domain/event';
import type { Finding } from '../domain/finding';
import type { Issuing as ContentCheck } from '../domain/issuable';
import type { Outage } from '../domain/outage';
import type { CertificateRecord } from '../domain/record';
import { sendingOf, type PaperOnlyRule } from '../domain/sending';
import type { Settings } from '../domain/settings';
import type { Store } from '../store/store';
import { createTexts, type Language } from '../texts';
import { outagesFor, payerIndex } from './agenda';
import type { CopyAdvice, Issuing } from './office';

const noAddress: Address = {
  street: null,
  houseNumber: null,
  extra: null,
  poBox: null,
  postalCode: null,
  city: null,
  country: 'D',
};

/** GKV, and nothing known yet. */
export const noCoverage: Coverage = {
  payerType: 'GKV',
  payerIk: null,
  payerName: null,
  billingIk: null,
  insuredId: null,
  kvkNumber: null,
  status: '1',
  specialGroup: '00',
  dmp: '00',
  wop: null,
  ends: null,
  legalBasis: '00',
  insuredAbroad: false,
};

/** A content with everything filled that can be known beforehand: practice, first practitioner, today. */
export function emptyContent(settings: Settings, now: Date): CertificateContent {
  const today = todayInBerlin(now);
  const [first] = settings.practitioners;
  if (first === undefined) throw new Error('Settings without a practitioner passed the schema.');
  return {
    certificate: {
      kind: 'ERST',
      issuedOn: today,
      unfitSince: today,
      unfitUntil: null,
      assessedOn: today,
      workAccident: false,
      otherAccident: false,
      compensation: false,
      accidentDoctor: false,
      seventhWeek: false,
      rehab: false,
      reintegration: false,
      otherMeasures: null,
      diagnoses: [],
      diagnosisText: null,
    },
    patient: { family: '', given: '', title: null, affix: null, prefix: null, birthDate: '', address: noAddress },
    coverage: noCoverage,
    issuer: practitionerSchema.parse(first),
    responsible: null,
    practice: settings.practice,
    softwareId: settings.softwareId,
  };
}

/** What a filled-in-by-hand or outage-time certificate prints (P6-05), and whether it may be sent at all. */
export async function adviseCopies(store: Store, settings: Settings, content: CertificateContent): Promise<CopyAdvice> {
  const outages: readonly Outage[] = outagesFor(
    content.coverage,
    await store.outages(),
    payerIndex(await store.payers()),
  );
  const sending = sendingOf(content);
  const paperOnly = sending.kind === 'paper-only' ? sending.rule : null;
  // P6-05: while an outage lasts the KK copy prints as well; so it does for whatever is never sent.
  const withKk = outages.length > 0 || paperOnly !== null || settings.copies.includes('KK');
  const order: readonly SlipCopy[] = ['KK', 'AG', 'V'];
  return {
    copies: order.filter((copy) => (copy === 'KK' ? withKk : settings.copies.includes(copy))),
    outages,
    paperOnly,
  };
}

/**
 * Issues a draft that was checked: content is locked as the document and the slips will have it, and what the user confirmed is kept with
 * it, in one write. What may not be sent is `paper-only` from the start. The draft is untouched when rules refuse or a warning has
 * not been confirmed.
 */
export async function issueDraft(
  means: { store: Store; clock: Clock; language: Language },
  draft: CertificateRecord,
  checked: ContentCheck,
  options: { confirmed: readonly Finding[]; byHand: boolean },
): Promise<Issuing> {
  if (draft.state.stage !== 'recorded') return { kind: 'conflict', record: draft };
  if (checked.kind === 'refused') return { kind: 'refused', findings: checked.findings };
  const { certificate, warnings } = checked;
  if (!warnings.every((warning) => isConfirmed(warning, options.confirmed)))
    return { kind: 'refused', findings: warnings };
  const sending = sendingOf(certificate);
  const details: EventDetail[] = [
    ...warnings.map(({ rule, field }): EventDetail => ({ type: 'warning-confirmed', rule, field })),
    { type: 'issued', byHand: options.byHand },
    ...(sending.kind === 'paper-only' ? [paperOnly(sending.rule, means.language)] : []),
  ];
  const change = await means.store.records.append(draft.id, details, {
    when: (state) => state.stage === 'recorded',
    content: certificate,
  });
  if (change.kind !== 'written') return change;
  if (change.record.kind !== 'certificate') return { kind: 'missing' };
  await noteCorrection(means.store, change.record);
  await rememberPatient(means.store, change.record, means.clock);
  return { kind: 'issued', record: change.record };
}

/** The reason in the words of the rule: what is kept must be understood later without the program. */
function paperOnly(rule: PaperOnlyRule, language: Language): EventDetail {
  return { type: 'paper-only', rule, reason: createTexts(language)(`paperOnly.${rule}`) };
}

function isConfirmed(finding: Finding, confirmed: readonly Finding[]): boolean {
  return confirmed.some(({ rule, field }) => rule === finding.rule && field === finding.field);
}

/** The certificate that a correction replaces is owed no longer; one that was sent is cancelled by its own record. */
async function noteCorrection(store: Store, record: CertificateRecord): Promise<void> {
  if (record.corrects === null) return;
  await store.records.append(record.corrects, [{ type: 'corrected', byCertificateId: record.id }], {
    when: (state) => state.correctedBy === null,
  });
}

/** Keeps patient and insurance for the next time, one entry per person. */
async function rememberPatient(store: Store, record: CertificateRecord, clock: Clock): Promise<void> {
  const { patient, coverage } = record.content;
  const id = coverage.insuredId ?? [patient.family, patient.given, patient.birthDate].join('\n');
  await store.savePatients([{ id, patient, coverage, usedAt: clock.now().toISOString() }]);
}
