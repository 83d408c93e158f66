/**
 * Whether a message, by its header block, may answer one of our certificates (P5-04): an insurer's message of the eAU service
 * (`X-KIM-Dienstkennung: eAU;…`), a delivery receipt (RFC 3464), or an error of the KIM service itself (`X-KIM-Fehlermeldung`). Everything else is
 * other services' mail and is left alone.
 */
export function isOurs(header: Buffer): boolean {
  return headerFields(header).some(({ name, value }) => {
    switch (name) {
      case 'x-kim-dienstkennung':
        return /^eau\s*;/i.test(value);
      case 'x-kim-fehlermeldung':
        return value !== '';
      case 'content-type':
        return /^multipart\/report\b/i.test(value) && /;\s*report-type\s*=\s*"?delivery-status\b/i.test(value);
      default:
        return false;
    }
  });
}

/** The fields of a header block, unfolded, names in lower case, in order. Lines that are no field are passed over. */
export function headerFields(header: Buffer): { name: string; value: string }[] {
  // latin1 keeps every byte; the fields looked at are ASCII.
  const text = header.toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  const lines = text
    .slice(0, end)
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/);
  return lines.flatMap((line) => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    return [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }];
  });
}
