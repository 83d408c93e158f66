/** Certificates as PEM text: how they are pasted into a form, and how the connections keep them. */

const block = /-----BEGIN ([A-Z0-9 ]+)-----[A-Za-z0-9+/=\s]+-----END \1-----/g;

/** The PEM blocks of a text, or `null` where something beside them stands there. Nothing but white space: no blocks. */
export function pemBlocks(text: string): string[] | null {
  const blocks = text.match(block) ?? [];
  return text.replace(block, '').trim() === '' ? blocks : null;
}

/** The certificates among a text, or `null` where something else stands there. */
export function pemCertificates(text: string): string[] | null {
  const blocks = pemBlocks(text);
  return blocks?.every((one) => one.startsWith('-----BEGIN CERTIFICATE-----')) === true ? blocks : null;
}
