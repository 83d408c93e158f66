import type { MailRow } from '../../store/database';

/** A message as plain text: nothing of it is ever run, loaded or followed. */
export interface MailText {
  readonly from: string;
  readonly subject: string;
  readonly date: string;
  readonly text: string;
}

/** What is shown at most; hostile mail may be endless. */
const longestText = 50_000;

/** Sender, subject and text of a fetched message. What can't be taken apart is shown as it came. */
export async function readMailText(mail: Pick<MailRow, 'header' | 'raw'>): Promise<MailText> {
  const bytes = mail.raw ?? mail.header;
  const { default: PostalMime } = await import('postal-mime');
  try {
    const parsed = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' });
    const names = parsed.attachments.map(({ filename, mimeType }) => filename ?? mimeType);
    const text = [parsed.text?.trim() ?? '', ...names.map((name) => `📎 ${name}`)].filter((part) => part !== '');
    return {
      from: parsed.from?.address ?? '',
      subject: parsed.subject ?? '',
      date: parsed.date ?? '',
      text: withoutControls(text.length === 0 ? plainBytes(bytes) : text.join('\n\n')),
    };
  } catch {
    return { from: '', subject: '', date: '', text: withoutControls(plainBytes(bytes)) };
  }
}

/** Sender and subject from the header block alone, for the list. */
export async function readMailHead(mail: Pick<MailRow, 'header'>): Promise<Pick<MailText, 'from' | 'subject'>> {
  const { from, subject } = await readMailText({ header: mail.header, raw: null });
  return { from, subject };
}

function plainBytes(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes.subarray(0, longestText));
}

/** Characters that would reorder or hide what stands there go; line ends stay. */
export function withoutControls(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, '\n')
      // eslint-safe by code points: controls but tab and line feed, and the bidirectional overrides.
      .replaceAll(/[^\P{Cc}\t\n]|[\u202A-\u202E\u2066-\u2069]/gu, '')
      .slice(0, longestText)
  );
}
