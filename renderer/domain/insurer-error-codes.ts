import type { Texts, Translate } from '../texts';

/** The errors with which insurers answer (P5-04, `KBV_CS_SFHIR_EAU_AU_ERROR_KASSE`), and what to do about each. */

/** What an error is about. */
export type DocumentKind = 'certificate' | 'cancellation';

/**
 * What follows an error: a new card and a document to the right insurer (`inform-new-card`), a new document of the same certificate
 * (`recreate`), a new signature on the same XML (`sign-again`), the same file once more (`resend`), or nothing, as the
 * certificate had been rejected before (`certificate-error-first`).
 */
export type NextStep = 'inform-new-card' | 'recreate' | 'sign-again' | 'resend' | 'certificate-error-first';

/** By when, else the KK copy is posted. */
export type ErrorDeadline = 'end-of-next-working-day' | 'none';

export interface InsurerErrorCode {
  readonly about: DocumentKind;
  readonly nextStep: NextStep;
  readonly deadline: ErrorDeadline;
  /** The sentences after the opening. */
  readonly sentences: readonly (keyof Texts['insurerErrors'])[];
}

const certificate = (nextStep: NextStep, ...sentences: InsurerErrorCode['sentences']): InsurerErrorCode => ({
  about: 'certificate',
  nextStep,
  deadline: 'end-of-next-working-day',
  sentences: [...sentences, 'help', 'post'],
});
const cancellation = (nextStep: NextStep, ...sentences: InsurerErrorCode['sentences']): InsurerErrorCode => ({
  about: 'cancellation',
  nextStep,
  deadline: 'none',
  sentences: [...sentences, 'help'],
});

const codes: ReadonlyMap<string, InsurerErrorCode> = new Map([
  ['100', { about: 'certificate', nextStep: 'inform-new-card', deadline: 'none', sentences: ['notInsured'] }],
  ['101', certificate('recreate', 'certificateFailedTechnically', 'notAsSpecified')],
  ['102', cancellation('recreate', 'cancellationFailedTechnically', 'notAsSpecified')],
  ['103', certificate('recreate', 'certificateFailedTechnically', 'wrongCharacterSet')],
  ['104', cancellation('recreate', 'cancellationFailedTechnically', 'wrongCharacterSet')],
  [
    '105',
    {
      about: 'cancellation',
      nextStep: 'certificate-error-first',
      deadline: 'none',
      sentences: ['cancellationFailedTechnically', 'alreadyRejected', 'helpOnly'],
    },
  ],
  ['201', certificate('sign-again', 'certificateFailed', 'signatureInvalid')],
  ['202', certificate('sign-again', 'certificateFailed', 'signatureMismatch')],
  ['203', cancellation('sign-again', 'cancellationFailed', 'signatureInvalid')],
  ['204', cancellation('sign-again', 'cancellationFailed', 'signatureMismatch')],
  ['301', cancellation('resend', 'transmissionFailed', 'notDecipherable')],
  ['303', cancellation('resend', 'transmissionFailed', 'messageUnsigned')],
  ['304', cancellation('resend', 'transmissionFailed', 'messageSignatureFormat')],
  ['305', cancellation('resend', 'transmissionFailed', 'messageSignatureMismatch')],
  ['314', cancellation('resend', 'transmissionFailed', 'keyUnavailable')],
  ['307', certificate('resend', 'transmissionFailed', 'notDecipherable')],
  ['309', certificate('resend', 'transmissionFailed', 'messageUnsigned')],
  ['310', certificate('resend', 'transmissionFailed', 'messageSignatureFormat')],
  ['311', certificate('resend', 'transmissionFailed', 'messageSignatureMismatch')],
  ['313', certificate('resend', 'transmissionFailed', 'keyUnavailable')],
]);

/** All codes that insurers answer with. */
export const insurerErrorCodes: readonly string[] = [...codes.keys()];

/** What a code means, or `null` for one that isn't KBV's. */
export function insurerErrorCode(code: string): InsurerErrorCode | null {
  return codes.get(code) ?? null;
}

/** What is filled into the prescribed texts. */
export interface ErrorValues {
  /** Day of sending, `TT.MM.JJJJ`. */
  readonly date: string;
  /** Given name and surname. */
  readonly patient: string;
  /** The insurer's name. */
  readonly payer: string;
}

const opening = (about: DocumentKind): keyof Texts['insurerErrors'] =>
  about === 'certificate' ? 'openingCertificate' : 'openingCancellation';

function compose(
  sentences: readonly (keyof Texts['insurerErrors'])[],
  values: Readonly<Record<string, string>>,
  translate: Translate,
): string {
  return sentences.map((sentence) => translate(`insurerErrors.${sentence}`, values)).join(' ');
}

/**
 * The text that P5-04 prescribes for a code, filled in. A code that is not KBV’s is told as the insurer put it (`display`).
 */
export function explainInsurerError(
  code: string,
  values: ErrorValues & { readonly display: string },
  translate: Translate,
): string {
  const known = codes.get(code);
  if (known === undefined) return translate('insurerErrors.unknown', { code, display: values.display });
  return compose([opening(known.about), ...known.sentences], { ...values }, translate);
}

/** Whether an insurer suspects malware at the practice: 101 or 102 with exactly this mail body (P5-04). */
export function suspectsMalware(code: string, mailBody: string): boolean {
  return (code === '101' || code === '102') && mailBody.trim() === 'Achtung möglicher Virenbefall';
}

/** The warning that then takes the place of the usual text; posting concerns certificates only. */
export function explainMalware(about: DocumentKind, translate: Translate): string {
  return compose(about === 'certificate' ? ['malware', 'malwarePost'] : ['malware'], {}, translate);
}

/** What P5-02 prescribes when there is neither receipt nor error after 24 hours. */
export function explainMissingReceipt(
  about: DocumentKind,
  values: ErrorValues & { readonly documentId: string },
  translate: Translate,
): string {
  return about === 'certificate'
    ? compose(['openingCertificate', 'noReceipt', 'noReceiptPost', 'noReceiptHelp'], { ...values }, translate)
    : compose(['openingUndeliveredCancellation', 'noReceipt', 'noReceiptHelp'], { ...values }, translate);
}

/** What P5-02 prescribes when the directory has no address for the insurer. */
export function explainNoRecipient(
  about: DocumentKind,
  values: { readonly payer: string; readonly patient: string },
  translate: Translate,
): string {
  return compose([about === 'certificate' ? 'noRecipientCertificate' : 'noRecipientCancellation'], values, translate);
}
