import type { RehearsalWorld } from '../../electron/contract/rehearsal';
import type { CertificateContent } from '../../renderer/domain/certificate';
import { emptyContent } from '../../renderer/outbox/issuing';
import type { Office } from '../../renderer/outbox/office';
import type { Setup } from '../../renderer/store/store';
import type { SeededRandom } from './random';

/**
 * Records and issues a certificate for one of the model's patients and insurers; now and then the patient takes the KK copy along. Without drawing
 * slips: that is other tests' affair and takes a hundred times as long. `onRecorded` gets the id as soon as the certificate is there: the
 * program may be killed before this function is through.
 */
export async function recordOne(
  office: Office,
  means: { readonly random: SeededRandom; readonly setup: Setup; readonly description: RehearsalWorld },
  onRecorded: (id: string) => void,
): Promise<void> {
  const { random, setup, description } = means;
  const content = contentFor(
    random.pick(description.patients),
    random.pick(description.payers),
    emptyContent(setup.settings, office.clock.now()),
  );
  const id = random.uuid();
  const created = await office.store.records.create(
    { id, kind: 'certificate', content, corrects: null, coverageSource: 'typed', cancels: null },
    [{ type: 'recorded' }, { type: 'issued', byHand: false }],
  );
  if (created.kind !== 'written') return;
  onRecorded(id);
  if (random.chance(0.4)) await office.notePaper(id, 'given');
}

function contentFor(
  person: RehearsalWorld['patients'][number],
  payer: RehearsalWorld['payers'][number],
  base: CertificateContent,
): CertificateContent {
  return {
    ...base,
    certificate: {
      ...base.certificate,
      unfitUntil: base.certificate.issuedOn,
      diagnoses: [{ code: 'J06.9', certainty: 'G', side: null, catalogue: '2026' }],
    },
    patient: {
      ...base.patient,
      family: person.family,
      given: person.given,
      birthDate: person.birthDate,
      address: {
        ...base.patient.address,
        street: 'Musterweg',
        houseNumber: '1',
        postalCode: '00001',
        city: 'Musterstadt',
      },
    },
    coverage: { ...base.coverage, payerIk: payer.ik, payerName: payer.name, insuredId: person.insuredId },
  };
}
