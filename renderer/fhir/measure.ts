import type { CertificateContent } from '../domain/certificate';
import type { RuleContext } from '../domain/check';
import { toIssuable } from '../domain/issuable';
import { buildDocument } from './document';
import { documentIdOf } from './document-identity';

/**
 * Checks and builds a document of each content, over and over until the time is up, for the bench. Returns documents per second on this core;
 * throws when a content is refused, as then nothing would be measured.
 */
export function documentsPerSecond(
  contents: readonly CertificateContent[],
  context: RuleContext,
  milliseconds: number,
  now: () => number,
): number {
  const namespace = '4f6d0c36-2e52-5b8a-8a9d-6a9f1f0d7c11';
  const timestamp = new Date(0).toISOString();
  const start = now();
  let count = 0;
  while (now() - start < milliseconds)
    for (const content of contents) {
      const issuing = toIssuable(content, context);
      if (issuing.kind === 'refused') throw new Error(`Refused by ${issuing.findings[0]?.rule ?? 'nothing'}.`);
      buildDocument(issuing.certificate, { documentId: documentIdOf(namespace, 'bench', count), timestamp });
      count += 1;
    }
  return (count * 1000) / (now() - start);
}
