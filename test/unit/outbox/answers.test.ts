import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../../renderer/outbox/answers';
import { matchAnswer } from '../../../renderer/outbox/matching';
import { messageIdOf } from '../../../renderer/outbox/outgoing-mail';
import type { StoredRecord } from '../../../renderer/domain/record';
import { stateOf } from '../../../renderer/domain/state';
import { exampleContent } from '../../support/content';
import { documentId, eventsOf, happened, soon } from '../../support/events';
import { exampleAccount, exampleServer } from '../services/examples';

const account = exampleAccount([], exampleServer(1), exampleServer(1), { address: 'praxis@kim.test' });
const attemptId = '6f1f3c1e-6b7f-4a53-9f0e-6c1d6a3b7a01';
const bytes = (text: string) => new TextEncoder().encode(text.replace(/\n/g, '\r\n'));

function receipt(
  options: { envelopeId?: string; action?: string; header?: string; recipient?: string } = {},
): Uint8Array {
  return bytes(`From: MAILER-DAEMON@kim.test
To: praxis@kim.test
Subject: Delivery
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Zugestellt.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; kim.test
${options.envelopeId === undefined ? 'X-None: 1' : `Original-Envelope-Id: ${options.envelopeId}`}

Final-Recipient: rfc822; ${options.recipient ?? 'eau@kasse.kim.test'}
Action: ${options.action ?? 'delivered'}
Status: 2.0.0
--b
Content-Type: text/rfc822-headers

${options.header ?? 'Subject: nothing'}
--b--
`);
}

function insurerError(
  code: string,
  options: { from?: string; service?: string; xml?: string; body?: string } = {},
): Uint8Array {
  const xml =
    options.xml ??
    `<OperationOutcome xmlns="http://hl7.org/fhir"><id value="c42a922c-c1fa-4aed-a2ba-7e658aecb7dc"/><meta><profile value="https://fhir.kbv.de/StructureDefinition/KBV_PR_EAU_health_insurance_Practitioner|1.2"/></meta><issue><extension url="https://fhir.kbv.de/StructureDefinition/KBV_EX_EAU_health_insurance_Practitioner_Identifier"><extension url="Bundle-Identifier"><valueIdentifier><system value="urn:ietf:rfc:3986"/><value value="urn:uuid:${documentId}"/></valueIdentifier></extension></extension><severity value="fatal"/><code value="processing"/><details><coding><system value="https://fhir.kbv.de/CodeSystem/KBV_CS_SFHIR_EAU_AU_ERROR_KASSE"/><code value="${code}"/><display value="Die Datei ist fehlerhaft."/></coding></details></issue></OperationOutcome>`;
  return bytes(`From: ${options.from ?? 'eau@kasse.kim.test'}
To: praxis@kim.test
Subject: TEAU0_Fehler_c42a922c-c1fa-4aed-a2ba-7e658aecb7dc
X-KIM-Dienstkennung: ${options.service ?? 'eAU;Fehler-Kasse;V1.2'}
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

${options.body ?? 'Bitte prüfen.'}
--b
Content-Type: application/xml; name=fehler.xml
Content-Disposition: attachment; filename=fehler.xml

${xml}
--b--
`);
}

function kimError(codes: readonly string[], about: string): Uint8Array {
  return bytes(`From: clientmodul@kim.test
To: praxis@kim.test
Subject: Fehlernachricht
In-Reply-To: ${about}
${codes.map((code) => `X-KIM-Fehlermeldung: ${code}\n`).join('')}Content-Type: text/plain; charset=utf-8

Nicht zugestellt.
`);
}

const record: StoredRecord = {
  kind: 'certificate',
  id: 'record',
  createdAt: '2026-11-23T08:00:00Z',
  content: exampleContent(),
  corrects: null,
  coverageSource: 'typed',
  state: stateOf(
    eventsOf(
      happened.recorded,
      happened.issued,
      happened.signed(),
      happened.attempting(attemptId),
      happened.handedOver(attemptId),
    ),
    soon,
  ),
};

async function eventFor(raw: Uint8Array, of: StoredRecord | null = record) {
  const answer = await readAnswer(raw);
  if (answer.kind === 'unreadable' || answer.kind === 'other') return answer.kind;
  const match = matchAnswer(answer, of, 'uid', account);
  return match.kind === 'matched' ? match.event.type : match.reason;
}

describe('delivery receipts are matched first by envelope id, then by Message-ID, then by subject (P5-04)', () => {
  it('by envelope id', async () => {
    expect(await eventFor(receipt({ envelopeId: documentId }))).toBe('delivered');
  });
  it('by the returned Message-ID, whatever the subject says', async () => {
    const header = `Message-ID: ${messageIdOf(documentId, attemptId)}\nSubject: Rücksendung`;
    expect(await eventFor(receipt({ header }))).toBe('delivered');
  });
  it('by the returned subject, of a cancellation too', async () => {
    expect(await eventFor(receipt({ header: `Subject: EEAU0_${documentId}` }))).toBe('delivered');
    expect(await eventFor(receipt({ header: `Subject: TEAU0_Storno_${documentId}` }))).toBe('delivered');
  });
  it('failed and delayed are told apart; relayed is no receipt', async () => {
    expect(await eventFor(receipt({ envelopeId: documentId, action: 'failed' }))).toBe('delivery-failed');
    expect(await eventFor(receipt({ envelopeId: documentId, action: 'Delayed' }))).toBe('delivery-delayed');
    expect(await eventFor(receipt({ envelopeId: documentId, action: 'relayed' }))).toBe('other');
  });
  it('with nothing that names a document of ours it changes nothing', async () => {
    expect(await eventFor(receipt(), null)).toBe('no-document');
  });
});

describe('forged answers change nothing', () => {
  it('a receipt for somebody we did not write to', async () => {
    expect(await eventFor(receipt({ envelopeId: documentId, recipient: 'attacker@evil.test' }))).toBe('other-party');
  });
  it('an insurer error from another sender, or without the KIM service header', async () => {
    expect(await eventFor(insurerError('101', { from: 'attacker@evil.test' }))).toBe('other-party');
    expect(await eventFor(insurerError('101', { service: 'Arztbrief;VHitG-Versand;V1.2' }))).toBe('other');
  });
  it('an answer to a message that we never sent, though the document is ours', async () => {
    const foreign = messageIdOf(documentId, '00000000-0000-4000-8000-000000000000');
    expect(await eventFor(receipt({ header: `Message-ID: ${foreign}` }))).toBe('not-sent');
    expect(await eventFor(kimError(['4014'], foreign))).toBe('not-sent');
    expect(await eventFor(kimError(['4014'], messageIdOf(documentId, attemptId)))).toBe('kim-error');
  });
  it('a notice of the KIM service without its header is none', async () => {
    expect(await eventFor(kimError([], messageIdOf(documentId, attemptId)))).toBe('other');
  });
  it('an answer about a document that was never sent', async () => {
    const unsent = { ...record, state: stateOf(eventsOf(happened.recorded, happened.issued, happened.signed()), soon) };
    expect(await eventFor(receipt({ envelopeId: documentId }), unsent)).toBe('not-sent');
  });
});

describe('errors of the KIM service itself (P5-04)', () => {
  it('code and text are kept as they are, also where several things went wrong', async () => {
    const id = messageIdOf(documentId, attemptId);
    expect(await readAnswer(kimError(['4014; nicht zustellbar'], id))).toMatchObject({
      code: '4014',
      text: 'nicht zustellbar',
    });
    expect(await readAnswer(kimError(['4003', 'X017;Hersteller'], id))).toMatchObject({
      code: '4003, X017',
      text: 'Hersteller',
    });
    expect(await readAnswer(kimError(['4003'], id))).toMatchObject({ code: '4003', text: 'Nicht zugestellt.' });
  });
});

describe('insurer errors (P5-04)', () => {
  it('code, title and mail body are kept as they came', async () => {
    const answer = await readAnswer(insurerError('101'));
    expect(answer).toMatchObject({
      kind: 'insurer-error',
      code: '101',
      display: 'Die Datei ist fehlerhaft.',
      detail: 'Bitte prüfen.',
      documentId,
    });
  });
  it('100 is information, others reject, and an unknown code too', async () => {
    expect(await eventFor(insurerError('100'))).toBe('informed');
    expect(await eventFor(insurerError('202'))).toBe('rejected');
    expect(await eventFor(insurerError('999'))).toBe('rejected');
  });
  it('the malware notice is noticed by its exact body', async () => {
    const answer = await readAnswer(insurerError('101', { body: 'Achtung möglicher Virenbefall' }));
    if (answer.kind !== 'insurer-error') throw new Error(answer.kind);
    expect(matchAnswer(answer, record, 'uid', account)).toMatchObject({ event: { malware: true } });
    const other = await readAnswer(insurerError('101', { body: 'Achtung möglicher Virenbefall!' }));
    if (other.kind !== 'insurer-error') throw new Error(other.kind);
    expect(matchAnswer(other, record, 'uid', account)).toMatchObject({ event: { malware: false } });
  });
  it('a broken XML, an entity bomb, another schema: unreadable, and kept', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>';
    for (const xml of ['<OperationOutcome', bomb, '<Patient xmlns="http://hl7.org/fhir"/>', '']) {
      expect(await eventFor(insurerError('101', { xml }))).toBe('unreadable');
    }
  });
});

describe('whatever is fed', () => {
  it('reading never throws (property)', async () => {
    const whole = new TextDecoder().decode(receipt({ envelopeId: documentId }));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc
            .record({ at: fc.nat(whole.length), cut: fc.nat(60), put: fc.string({ unit: 'binary', maxLength: 20 }) })
            .map(({ at, cut, put }) => new TextEncoder().encode(whole.slice(0, at) + put + whole.slice(at + cut))),
        ),
        async (raw) => {
          const answer = await readAnswer(raw);
          expect(['receipt', 'insurer-error', 'kim-error', 'unreadable', 'other']).toContain(answer.kind);
        },
      ),
      { numRuns: 300 },
    );
  });
});
