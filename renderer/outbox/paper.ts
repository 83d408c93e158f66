import { todayInBerlin } from '../domain/calendar';
import type { CertificateContent, SlipCopy } from '../domain/certificate';
import { groupBy } from '../domain/grouping';
import { fullName } from '../domain/person-name';
import type { Payer } from '../domain/payer';
import type { CertificateRecord } from '../domain/record';
import type { Settings } from '../domain/settings';
import { documentOf } from '../domain/state';
import { documentIdOf, fileNameOf } from '../fhir/document-identity';
import { drawCorrectionLetter, type NamedCertificate } from '../form/correction-letter';
import type { Addressee, Sender } from '../form/letter';
import { drawPosting } from '../form/posting';
import { drawSlips, type SlipRefusal } from '../form/slip';
import { sortSlips, type SlipOrder } from '../form/slip-order';
import type { SlipFill, SlipRequest } from '../form/slip-request';
import { obstacle } from './obstacles';
import type { DrawingTools, Obstacle, SlipDrawing } from './office';

/** What every drawing needs to know of the practice. */
export interface PaperMeans {
  readonly tools: DrawingTools;
  readonly namespace: string;
  readonly settings: Settings;
}

/** The document id on a certificate's slip: of the document that was signed, else of the first one that will be. */
export function documentIdOnSlip(namespace: string, record: CertificateRecord): string {
  return documentOf(record.state)?.documentId ?? documentIdOf(namespace, record.id, 1);
}

/** Certificates in the order in which their slips are to leave the printer. */
export function inSlipOrder(records: readonly CertificateRecord[], order: SlipOrder): CertificateRecord[] {
  const items = records.map((record) => ({
    record,
    content: record.content,
    issuedAt: record.state.issuedAt ?? record.createdAt,
  }));
  return sortSlips(items, order).map(({ record }) => record);
}

/** Where a job goes: a printer and, where the copy has one of its own, a tray. */
export interface PrintTarget {
  readonly printerId: string;
  readonly tray: string | null;
  readonly copies: readonly SlipCopy[];
}

/**
 * Which copies go to which printer and tray by the settings; with a printer chosen for this time, all go there. `null`: for some copy no
 * printer is set.
 */
export function printTargets(
  settings: Settings,
  copies: readonly SlipCopy[],
  chosen: string | null,
): PrintTarget[] | null {
  if (chosen !== null) return [{ printerId: chosen, tray: null, copies }];
  const targets: { printerId: string; tray: string | null; copies: SlipCopy[] }[] = [];
  for (const copy of copies) {
    const target =
      settings.copyPrinters[copy] ??
      (settings.printerId === null ? null : { printerId: settings.printerId, tray: null });
    if (target === null) return null;
    const same = targets.find(({ printerId, tray }) => printerId === target.printerId && tray === target.tray);
    if (same === undefined) targets.push({ ...target, copies: [copy] });
    else same.copies.push(copy);
  }
  return targets;
}

/** Draws copies of certificates in one PDF, a page each, in this order. The same content gives the same slip, today and at a reprint. */
export async function drawRecords(
  means: PaperMeans,
  records: readonly CertificateRecord[],
  copies: readonly SlipCopy[],
): Promise<SlipDrawing> {
  const slips = records.flatMap((record) => copies.map((copy) => slipOf(means, record, copy)));
  return drawing(means, slips);
}

/** Draws forms to be filled in by hand: empty, or with patient, practice and practitioner (eau.md section 5). */
export async function drawForms(
  means: PaperMeans,
  content: CertificateContent,
  fill: Exclude<SlipFill, 'full'>,
  copies: readonly SlipCopy[],
): Promise<SlipDrawing> {
  const test = means.settings.mode === 'rehearsal';
  return drawing(
    means,
    copies.map((copy) => ({ content, copy, documentId: '', test, fill })),
  );
}

/** The day's post (P6-05): for each insurer a letter for a window envelope and its KK copies, at the end a list for the practice. */
export async function drawPostingBundle(
  means: PaperMeans,
  records: readonly CertificateRecord[],
  payerOf: (ik: string) => Payer | null,
  now: Date,
): Promise<SlipDrawing> {
  const byPayer = groupBy(
    records,
    ({ content }) => payerOf(content.coverage.payerIk ?? '')?.id ?? content.coverage.payerIk ?? '',
  );
  const envelopes = [...byPayer.values()].map((group) => {
    const slips = inSlipOrder(group, 'time').map((record) => slipOf(means, record, 'KK'));
    return { addressee: addresseeOf(group[0], payerOf), slips };
  });
  const drawn = await drawPosting(
    {
      sender: senderOf(means.settings),
      date: todayInBerlin(now),
      envelopes,
      test: means.settings.mode === 'rehearsal',
    },
    means.tools,
  );
  const contents = envelopes.flatMap(({ slips }) => slips.map(({ content }) => content));
  return drawn.kind === 'drawn' ? drawn : refusal(drawn, contents);
}

/** The letter to the insurer after a correction whose forerunner went out on paper: it names the withdrawn one (eau.md section 9). */
export async function drawCorrection(
  means: PaperMeans,
  withdrawn: CertificateRecord,
  replacement: CertificateRecord | null,
  payerOf: (ik: string) => Payer | null,
  now: Date,
): Promise<SlipDrawing> {
  const { patient, coverage } = withdrawn.content;
  const drawn = await drawCorrectionLetter(
    {
      sender: senderOf(means.settings),
      addressee: addresseeOf(withdrawn, payerOf),
      date: todayInBerlin(now),
      patient: { name: fullName(patient), birthDate: patient.birthDate, insuredId: coverage.insuredId },
      withdrawn: named(means, withdrawn),
      replacement: replacement === null ? null : named(means, replacement),
      test: means.settings.mode === 'rehearsal',
    },
    means.tools.fonts,
  );
  if (drawn.kind === 'drawn') return drawn;
  return obstacle('letter-letter', { field: drawn.field, letters: drawn.letters.join(' ') });
}

function slipOf({ namespace, settings }: PaperMeans, record: CertificateRecord, copy: SlipCopy): SlipRequest {
  return {
    content: record.content,
    copy,
    documentId: documentIdOnSlip(namespace, record),
    test: settings.mode === 'rehearsal',
    fill: 'full',
  };
}

async function drawing({ tools, settings }: PaperMeans, slips: readonly SlipRequest[]): Promise<SlipDrawing> {
  const drawn = await drawSlips(slips, { paper: settings.paper, ...tools });
  return drawn.kind === 'drawn'
    ? drawn
    : refusal(
        drawn,
        slips.map(({ content }) => content),
      );
}

/** A refused slip as an obstacle that names the patient and what is in the way. */
function refusal(drawn: SlipRefusal, contents: readonly CertificateContent[]): Obstacle {
  const patient = contents[drawn.slip]?.patient;
  const name = patient === undefined ? '' : fullName(patient);
  switch (drawn.reason) {
    case 'letter':
      return patient === undefined
        ? obstacle('letter-letter', { field: drawn.field, letters: drawn.letters.join(' ') })
        : obstacle('slip-letter', { name, field: drawn.field, letters: drawn.letters.join(' ') });
    case 'space':
      return obstacle('slip-space', { name, field: drawn.field });
    case 'barcode':
      return obstacle('slip-barcode', { name });
  }
}

function senderOf({ practice, practitioners }: Settings): Sender {
  const { address, name, phone } = practice;
  const [only, another] = practitioners;
  return {
    name,
    street: [address.street, address.houseNumber].filter((part) => part !== null && part !== 'N/A').join(' '),
    postalCode: address.postalCode ?? '',
    city: address.city ?? '',
    phone,
    // Where several work, the letter names the practice alone.
    practitioner: only === undefined || another !== undefined ? null : fullName(only),
  };
}

function addresseeOf(record: CertificateRecord | undefined, payerOf: (ik: string) => Payer | null): Addressee {
  const coverage = record?.content.coverage;
  const ik = coverage?.payerIk ?? null;
  const payer = ik === null ? null : payerOf(ik);
  return { name: payer?.name ?? coverage?.payerName ?? ik ?? '', ik, address: payer?.address ?? null };
}

function named({ namespace, settings }: PaperMeans, record: CertificateRecord): NamedCertificate {
  const { issuedOn, assessedOn, unfitUntil } = record.content.certificate;
  const documentId = fileNameOf(documentIdOnSlip(namespace, record), {
    kind: 'certificate',
    test: settings.mode === 'rehearsal',
  });
  return { documentId, issuedOn: issuedOn ?? '', assessedOn, unfitUntil };
}
