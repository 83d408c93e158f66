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

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', apos: "'" };

/**
 * The words in HTML, without parsing it as a page: even a page that is never shown would look at its handlers. What comes out is shown as
 * text, so nothing in it can act.
 */
function textOfHtml(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|template|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<br\b[^>]*>|<\/(?:p|div|tr|li|h[1-6]|table)\s*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
