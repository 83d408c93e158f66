import { z } from 'zod';
import { certificateContentSchema, type CertificateContent } from '../../renderer/domain/certificate';
import type { Translate } from '../../renderer/texts';

/** What stands in `ID.error.json`. */
export interface Refusal {
  /** KBV's number or constraint where there is one, else the short name of our own rule. */
  readonly rule: string;
  readonly message: string;
}

export type CaseReading =
  | { readonly kind: 'case'; readonly content: CertificateContent }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Reads a case of the certification package (UTF-8, with or without a byte order mark). What is no case at all is refused: `case-encoding`,
 * `case-json`, `case-format` (a key is missing or holds another kind of value), `case-value` (a code that the eAU doesn't have).
 */
export function readCase(bytes: Uint8Array, translate: Translate): CaseReading {
  const refused = (rule: 'case-encoding' | 'case-json' | 'case-format' | 'case-value', values = {}): CaseReading => ({
    kind: 'refused',
    refusal: { rule, message: translate(`certify.${rule}`, values) },
  });
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused('case-encoding');
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    return refused('case-json', { detail: error instanceof Error ? error.message : String(error) });
  }
  const content = certificateContentSchema.safeParse(parsed);
  if (content.success) return { kind: 'case', content: content.data };
  const [issue] = content.error.issues;
  const path = issue?.path.map(String) ?? [];
  const field = path.length === 0 ? 'certificate, patient, …' : path.join('.');
  const entered = valueAt(parsed, path);
  if (issue?.code === 'invalid_value' && typeof entered === 'string')
    return refused('case-value', { field, entered, allowed: issue.values.map(String).sort().join(', ') });
  if (issue?.code === 'invalid_type')
    return refused('case-format', { field, expected: issue.expected, found: kindOf(entered) });
  return refused('case-format', { field, expected: issue?.message ?? '', found: kindOf(entered) });
}

const parent = z.record(z.string(), z.unknown()).or(z.array(z.unknown()));

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    const inside = parent.safeParse(current);
    current = inside.success ? Reflect.get(inside.data, key) : undefined;
  }
  return current;
}

function kindOf(value: unknown): string {
  if (value === undefined) return '–';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
