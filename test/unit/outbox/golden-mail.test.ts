import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { composeMail } from '../../../electron/services/mail/compose';
import { outgoingMail } from '../../../renderer/outbox/outgoing-mail';

// What goes over the wire, byte for byte: the page's mail, composed by the host (P5-02, P5-07; eau.md section 7).

const golden = (name: string) => readFileSync(new URL(`fixtures/${name}.eml`, import.meta.url), 'latin1');
const mailOf = (kind: 'certificate' | 'cancellation', test: boolean) =>
  composeMail(
    'praxis@praxis.kim.test',
    outgoingMail({
      kind,
      documentId: '6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e',
      attemptId: '6f1f3c1e-6b7f-4a53-9f0e-6c1d6a3b7a01',
      signed: Uint8Array.from({ length: 100 }, (_, index) => index),
      to: 'eau@kasse.kim.test',
      sentAt: new Date('2026-04-01T10:00:00Z'),
      test,
      software: { name: 'Ersatzschein', version: '1.0.0', support: 'support@ersatzschein.invalid' },
    }),
  );

describe('the messages as they are sent', () => {
  it.each(['certificate', 'cancellation'] as const)('a %s has exactly the bytes of its golden file', async (kind) => {
    expect((await mailOf(kind, true)).toString('latin1')).toBe(golden(kind));
  });

  it.each(['certificate', 'cancellation'] as const)(
    'a real %s differs in the first letter of its name alone',
    async (kind) => {
      expect((await mailOf(kind, false)).toString('latin1')).toBe(golden(kind).replaceAll('TEAU0_', 'EEAU0_'));
    },
  );

  it('what section 7 asks for stands in both, each with its own service and names', () => {
    const id = '6f0f0a3c-8f0b-5d0e-9a53-0d6f0b1c2d3e';
    for (const [kind, name, service, description] of [
      ['certificate', `TEAU0_${id}`, 'eAU;Lieferung;V1.2', 'eAU'],
      ['cancellation', `TEAU0_Storno_${id}`, 'eAU;Storno-Arzt;V1.2', 'eAUStorno'],
    ] as const) {
      const unfolded = golden(kind).replace(/\r\n[ \t]/g, ' ');
      const lines = unfolded.split('\r\n');
      for (const line of [
        `Subject: ${name}`,
        `X-KIM-Dienstkennung: ${service}`,
        'X-KIM-Sendersystem: Ersatzschein;1.0.0',
        'X-KIM-Support: support@ersatzschein.invalid',
        'To: eau@kasse.kim.test',
        'Reply-To: praxis@praxis.kim.test',
        `Content-Type: application/octet-stream; name=${name}.p7s`,
        'Content-Transfer-Encoding: base64',
        `Content-Disposition: attachment; filename=${name}.p7s`,
        `Content-Description: ${description}`,
      ])
        expect(lines.filter((one) => one === line)).toHaveLength(1);
      expect(lines.filter((line) => /^(Cc|Bcc):/i.test(line))).toEqual([]);
      expect(lines.filter((line) => line.startsWith('Content-Disposition: attachment'))).toHaveLength(1);
    }
  });
});
