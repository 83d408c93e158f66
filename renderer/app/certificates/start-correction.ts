import { todayInBerlin } from '../../domain/calendar';
import type { CertificateRecord } from '../../domain/record';
import type { Office, OfficeChange } from '../../outbox/office';

/**
 * The draft that corrects a certificate: the one that lies already, or a new one, issued today. (With the old issue date it would be taken for
 * a slip filled in by hand.)
 */
export async function startCorrection(office: Office, record: CertificateRecord): Promise<OfficeChange> {
  const drafts = await office.store.records.list(['recorded']);
  const lying = drafts.find((draft) => draft.kind === 'certificate' && draft.corrects === record.id);
  if (lying !== undefined) return { kind: 'written', record: lying, events: [] };
  const { content } = record;
  const issuedOn = todayInBerlin(office.clock.now());
  return office.startDraft({ ...content, certificate: { ...content.certificate, issuedOn } }, { corrects: record.id });
}
