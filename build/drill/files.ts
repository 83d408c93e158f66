import type { ReceivedMessage } from '../../electron/contract/rehearsal';
import { toBase64 } from '../../renderer/outbox/bytes';
import type { Office, SlipDrawing } from '../../renderer/outbox/office';
import type { Outcome } from './figures';

/**
 * Leaves what `--out` asks for: all KK copies, what the insurers' servers got, and the report of the outage. What can't be made is a
 * complaint.
 */
export async function leaveFiles(
  office: Office,
  of: {
    readonly recordedIds: readonly string[];
    readonly received: readonly ReceivedMessage[];
    readonly outageId: string;
  },
  outcome: Outcome,
  keep: (name: string, base64: string) => Promise<void>,
): Promise<void> {
  const keepDrawn = async (name: string, drawn: SlipDrawing) => {
    if (drawn.kind === 'drawn') await keep(name, toBase64(drawn.pdf));
    else outcome.complaints.push(`${name}: ${drawn.what}`);
  };
  await keepDrawn('slips.pdf', await office.drawBatch(of.recordedIds, ['KK'], 'time'));
  for (const { position, envelopeId, raw } of of.received)
    await keep(`received/${String(position).padStart(5, '0')}-${envelopeId}.eml`, raw);
  await keepDrawn('report.pdf', await office.drawOutageReport(of.outageId));
}
