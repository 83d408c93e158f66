import PostalMime, { decodeWords } from 'postal-mime';

/** Mail from outside, for reading only: everything becomes plain text; nothing is fetched, nothing is shown as HTML. */

export interface MailHead {
  readonly from: string;
  readonly subject: string;
}

export interface MailBody {
  /** `html`: the message had nothing but HTML; this is its text without any of it. */
  readonly origin: 'text' | 'html' | 'none';
  readonly text: string;
  /** Whether the text goes on: so much is shown. */
  readonly isCut: boolean;
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[];
}

const longestText = 20_000;

/** Sender and subject from a header block; what isn't there is empty. */
export function readHead(header: Uint8Array): MailHead {
  const text = new TextDecoder()
    .decode(header)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ');
  const field = (name: string): string => {
    const found = new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1] ?? '';
    return harmless(decodeWords(found)).trim();
  };
  return { from: field('From'), subject: field('Subject') };
}

/** The message's text and what is attached. A message that can't be taken apart is shown as it came. */
export async function readBody(raw: Uint8Array): Promise<MailBody> {
  try {
    const mail = await PostalMime.parse(raw, { attachmentEncoding: 'arraybuffer', forceRfc822Attachments: true });
    const attachments = mail.attachments.map(({ filename, mimeType, content }) => ({
      name: harmless(filename ?? mimeType),
      bytes: typeof content === 'string' ? content.length : content.byteLength,
    }));
    const plain = mail.text?.trim() ?? '';
    if (plain !== '') return { origin: 'text', ...shortened(plain), attachments };
    const html = mail.html ?? '';
    if (html !== '') return { origin: 'html', ...shortened(textOfHtml(html)), attachments };
    return { origin: 'none', text: '', isCut: false, attachments };
  } catch {
    return { origin: 'text', ...shortened(new TextDecoder().decode(raw)), attachments: [] };
  }
}

/** Text without characters that change how the rest of a line reads: control characters, and those that turn its direction. */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '',
  );
}

/** A file name for a message that nobody outside had a say in. */
export function mailFileName(fetchedAt: string, uid: string): string {
  return `mail-${fetchedAt.slice(0, 10)}-${uid.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40)}.eml`;
}

function shortened(text: string): { text: string; isCut: boolean } {
  const clean = harmless(text.replace(/\r\n?/g, '\n'));
  return clean.length > longestText
    ? { text: clean.slice(0, longestText), isCut: true }
    : { text: clean, isCut: false };
}

/** The words of a page that is never shown: a document without a window runs and loads nothing. */
function textOfHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const hidden of page.querySelectorAll('script, style, template, noscript')) hidden.remove();
  for (const end of page.querySelectorAll('p, div, br, tr, li, h1, h2, h3')) end.append('\n');
  return page.body.textContent.replace(/\n{3,}/g, '\n\n').trim();
}
