import {
  childAt,
  childrenOf,
  fhirNamespace,
  readXml,
  uuidOf,
  valueAt,
  type UnreadableReason,
  type XmlElement,
} from './read-xml';

/** What an insurer reports (`KBV_PR_EAU_health_insurance_Practitioner`, P5-04). */
export type InsurerErrorReading =
  | {
      readonly kind: 'insurer-error';
      /** `issue.details.coding.code`, such as `101`. */
      readonly code: string;
      /** The title to show: `issue.details.coding.display`. */
      readonly display: string;
      /** The rejected document's id, a UUID in small letters without `urn:uuid:`; `null` where the insurer named the mail instead. */
      readonly bundleIdentifier: string | null;
      /** The rejected mail's Message-ID without angle brackets; `null` where the insurer named the document instead. */
      readonly messageId: string | null;
      readonly outcomeId: string;
    }
  | { readonly kind: 'unreadable'; readonly reason: UnreadableReason };

const maximumBytes = 1_000_000;

/** Reads an insurer's OperationOutcome. Anything else (broken, hostile, of another kind, over 1 MB) is `unreadable`; never throws. */
export function readInsurerError(bytes: Uint8Array): InsurerErrorReading {
  const reading = readXml(bytes, maximumBytes);
  if (reading.kind === 'unreadable') return reading;
  const { root } = reading;
  const issue = childAt(root, 'issue');
  const coding = childAt(issue, 'details', 'coding');
  const [code, display, outcomeId] = [valueAt(coding, 'code'), valueAt(coding, 'display'), valueAt(root, 'id')];
  const isOutcome = root.name === 'OperationOutcome' && root.namespace === fhirNamespace;
  if (!isOutcome || code === null || !/^[0-9]{3}$/.test(code) || display === null || outcomeId === null)
    return { kind: 'unreadable', reason: 'unexpected-content' };
  return {
    kind: 'insurer-error',
    code,
    display,
    bundleIdentifier: uuidOf(identifierIn(issue, 'Bundle-Identifier')),
    messageId: identifierIn(issue, 'Message-ID')?.replace(/^<|>$/g, '') ?? null,
    outcomeId,
  };
}

function identifierIn(issue: XmlElement | null, part: 'Bundle-Identifier' | 'Message-ID'): string | null {
  const outer = childrenOf(issue, 'extension').find((extension) =>
    extension.attributes.get('url')?.endsWith('/KBV_EX_EAU_health_insurance_Practitioner_Identifier'),
  );
  const inner = childrenOf(outer ?? null, 'extension').find((extension) => extension.attributes.get('url') === part);
  return valueAt(inner ?? null, 'valueIdentifier', 'value');
}
