import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insurerErrorText, insurerErrorTitles } from '../../../electron/rehearsal/insurer-errors';
import { InsurerErrorWords } from '../../../renderer/app/certificates/insurer-error-words';
import { StepButton } from '../../../renderer/app/owed/step-button';
import { Announcer, createWording, OfficeProvider } from '../../../renderer/app/parts';
import { formatDay, todayInBerlin } from '../../../renderer/domain/calendar';
import { explainMalware, insurerErrorCode, insurerErrorCodes } from '../../../renderer/domain/insurer-error-codes';
import { fullFamilyName } from '../../../renderer/domain/person-name';
import type { StoredRecord } from '../../../renderer/domain/record';
import { createTexts } from '../../../renderer/texts';
import { openPractice, type TestPractice } from '../../support/practice';

// Every code of P5-04, on its whole way: the insurer's mail with its OperationOutcome → mailbox → matched → event → the words and the one button.

let practice: TestPractice;
beforeAll(async () => {
  practice = await openPractice();
});
afterAll(() => practice.stop());

const german = createWording('de', createTexts('de'));
/** What the table of the digest says under «then», as the button that does it. */
const buttons: Readonly<Record<string, string>> = {
  ...{ 100: german('owed.steps.correct'), 101: german('owed.steps.recreate'), 103: german('owed.steps.recreate') },
  ...{ 102: german('owed.steps.recreate'), 104: german('owed.steps.recreate'), 105: german('owed.steps.look') },
  ...{ 201: german('owed.steps.sign-again'), 202: german('owed.steps.sign-again') },
  ...{ 203: german('owed.steps.sign-again'), 204: german('owed.steps.sign-again') },
  ...{ 307: german('owed.steps.resend'), 309: german('owed.steps.resend'), 310: german('owed.steps.resend') },
  ...{ 311: german('owed.steps.resend'), 313: german('owed.steps.resend'), 301: german('owed.steps.resend') },
  ...{ 303: german('owed.steps.resend'), 304: german('owed.steps.resend'), 305: german('owed.steps.resend') },
  ...{ 314: german('owed.steps.resend'), 999: german('owed.steps.look') },
};

let patient = 0;

/** Sends a certificate, or its cancellation, to an insurer that answers with this code. */
async function answeredWith(code: string, about: StoredRecord['kind'], verdict = code): Promise<StoredRecord> {
  const { office } = practice;
  const content = practice.content(patient++ % 10);
  const { id } = await practice.issue(content);
  const fault = { insurerErrors: [{ payerIk: content.coverage.payerIk ?? '', code: verdict, count: 1 }] };
  if (about === 'certificate') await practice.break(fault);
  // By its id: after several errors in a row the program would try this insurer with one certificate first.
  await office.submit([id]);
  const certificate = await practice.answered(
    id,
    'handed-over',
    ...(about === 'certificate' ? ['delivered' as const] : []),
  );
  if (about === 'certificate') {
    await practice.break({});
    return certificate;
  }
  await practice.break(fault);
  const cancelled = await office.cancel(id);
  if (cancelled.kind !== 'written' || cancelled.record.state.stage !== 'cancelled') throw new Error(cancelled.kind);
  await office.submit([cancelled.record.state.cancellationId]);
  const answered = await practice.answered(cancelled.record.state.cancellationId, 'handed-over', 'delivered');
  await practice.break({});
  return answered;
}

/** What stands on the screen, tags away. */
function shown(record: StoredRecord): { readonly text: string; readonly buttons: readonly string[] } {
  const html = renderToStaticMarkup(
    <OfficeProvider office={practice.office}>
      <Announcer>
        <InsurerErrorWords record={record} />
        <StepButton record={record} />
      </Announcer>
    </OfficeProvider>,
  );
  const plain = (part: string) =>
    part
      .replace(/<[^>]*>/g, ' ')
      .replaceAll('&amp;', '&')
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'");
  return {
    text: words(plain(html)),
    buttons: [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, inner]) => words(plain(inner ?? ''))),
  };
}

const words = (text: string) => text.replace(/\s+/g, ' ').trim();

async function mailOf(record: StoredRecord) {
  const { state } = record;
  if (state.stage !== 'rejected' && state.stage !== 'informed') throw new Error(state.stage);
  return (await practice.office.store.mails()).find(({ uid }) => uid === state.error.messageId);
}

describe('an insurer’s error, from its mail to the button (P5-04)', () => {
  it.each(insurerErrorCodes.map((code) => [code, insurerErrorCode(code)?.about ?? 'certificate'] as const))(
    '%s, about a %s: the prescribed words, the insurer’s title, the one next step',
    async (code, about) => {
      const record = await answeredWith(code, about);
      const title = insurerErrorTitles.get(code) ?? '';
      expect(record.kind).toBe(about);
      expect(record.state).toMatchObject({
        stage: code === '100' ? 'informed' : 'rejected',
        error: { code, display: title },
      });
      expect(await mailOf(record)).toMatchObject({ status: 'matched', what: 'insurer-error', recordId: record.id });
      const { content, state } = record;
      const prescribed = insurerErrorText(code, {
        sentOn: formatDay(todayInBerlin(new Date(state.attempts[0]?.at ?? ''))),
        patient: `${content.patient.given} ${fullFamilyName(content.patient)}`,
        payer: content.coverage.payerName ?? '',
      });
      const { text, buttons: offered } = shown(record);
      expect(text).toContain(words(prescribed));
      expect(text).toContain(`${title} ${german('owed.code', { code })}`);
      expect(offered).toEqual([buttons[code]]);
    },
  );

  it('has all of them in this table', () => {
    expect(Object.keys(buttons).sort()).toEqual([...insurerErrorCodes, '999'].sort());
  });

  it.each(['certificate', 'cancellation'] as const)(
    '999, about a %s: a code that nobody knows is shown as it came',
    async (about) => {
      const record = await answeredWith('999', about);
      expect(record.state).toMatchObject({ stage: 'rejected', error: { code: '999', display: '999' } });
      const { text, buttons: offered } = shown(record);
      expect(text).toContain(german('owed.code', { code: '999' }));
      expect(offered).toEqual([buttons['999']]);
      expect((await practice.office.agenda()).needsAction.map(({ id }) => id)).toContain(record.id);
    },
  );

  it.each([
    ['101', 'certificate'],
    ['102', 'cancellation'],
  ] as const)(
    '%s with the words on malware, about a %s: warns instead, and asks before anything is sent',
    async (code, about) => {
      const record = await answeredWith(code, about, `${code}-malware`);
      expect(record.state).toMatchObject({ stage: 'rejected', malware: true, error: { code } });
      const { text } = shown(record);
      expect(text).toContain(words(explainMalware(about, createTexts('de'))));
      expect(text).not.toContain('müssen wir Ihnen leider mitteilen');
    },
  );
});
