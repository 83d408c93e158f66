import type { EventDetail } from '../domain/event';
import type { Translate } from '../texts';

/** An event as a timeline tells it: what happened, and what proves it. */
export interface EventWords {
  readonly what: string;
  /** Hashes, ids, the server's own words. */
  readonly proof: readonly string[];
}

/** The rule's reason, and what was kept with it where that says more. */
function paperOnlyWords(detail: Extract<EventDetail, { type: 'paper-only' }>, t: Translate): EventWords {
  const reason = t(`paperOnly.${detail.rule}`);
  const more = detail.reason === reason ? '' : detail.reason;
  return { what: t('events.paper-only', { reason }), proof: more === '' ? [] : [more] };
}

/** Says what an event means, in the user's words. The one place for it: screen, report and audit trail read alike. */
export function eventWords(detail: EventDetail, t: Translate): EventWords {
  const words = (values: Readonly<Record<string, string | number>>, ...proof: readonly string[]): EventWords => ({
    what: t(`events.${detail.type}`, values),
    proof: proof.filter((line) => line !== ''),
  });
  switch (detail.type) {
    case 'recorded':
    case 'paper-given':
    case 'paper-posted':
      return words({});
    case 'paper-only':
      return paperOnlyWords(detail, t);
    case 'issued':
      return { what: t(detail.byHand ? 'events.issued-by-hand' : 'events.issued'), proof: [] };
    case 'imported':
      return words(
        { fileName: detail.origin.fileName },
        t('events.proof-document', { documentId: detail.documentId, number: 1 }),
        `SHA-256 ${detail.xmlSha256}`,
      );
    case 'warning-confirmed':
      return words({}, `${detail.rule} (${detail.field})`);
    case 'printed': {
      const values = { copies: detail.copies.join(', '), printer: printerWords(detail.printer, t) };
      return { what: t(detail.reprint ? 'events.reprinted' : 'events.printed', values), proof: [] };
    }
    case 'signed':
      return words(
        { name: detail.signer.commonName, card: detail.signer.card },
        detail.signer.reason === null ? '' : t('events.proof-practice-card', { reason: detail.signer.reason }),
        t('events.proof-document', { documentId: detail.documentId, number: detail.number }),
        `SHA-256 ${detail.signedSha256}`,
      );
    case 'signing-failed':
      return words({ code: detail.code }, detail.text);
    case 'no-recipient':
      return words({ payerIk: detail.payerIk });
    case 'attempting':
      return words({ address: detail.recipient.address }, `Message-ID ${detail.messageId}`);
    case 'handed-over':
      return words({}, detail.response);
    case 'attempt-failed':
      return words({ code: detail.code }, detail.text);
    case 'attempt-unknown':
      return words({}, detail.text);
    case 'delivered':
      return words({}, t('events.proof-receipt', { messageId: detail.messageId }));
    case 'delivery-failed':
      return words({ status: detail.status }, detail.text, t('events.proof-receipt', { messageId: detail.messageId }));
    case 'delivery-delayed':
      return words({ status: detail.status });
    case 'kim-error':
      return words({ code: detail.code }, detail.text);
    case 'rejected':
    case 'informed':
      return words({ code: detail.error.code, display: detail.error.display }, detail.error.detail ?? '');
    case 'resend-requested':
      return words({}, detail.reason === 'no-receipt' ? t('events.proof-no-receipt') : detail.reason);
    case 'discarded':
      return words({}, detail.reason);
    case 'cancellation-moved': {
      const { to, code, display } = detail;
      return words({ how: t(`events.cancellation-${to}`, { code, display }) });
    }
    case 'cancelled':
    case 'corrected':
      return words({});
  }
}

/** The host's own printers by their words, any other by its name. */
function printerWords(printer: string, t: Translate): string {
  return printer === 'folder' || printer === 'dialog' ? t(`events.printer-${printer}`) : printer;
}
