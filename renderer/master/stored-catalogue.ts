import { z } from 'zod';
import type { CatalogueEntry, DiagnosisCatalogue } from '../domain/diagnosis-catalogue';
import { createCatalogue } from './diagnosis-catalogue';

/** How a catalogue is kept in the database: its entries as they were read, parsed again when they come back. */

const ageLimitSchema = z.object({ unit: z.enum(['days', 'years']), value: z.number() });
const strictnessSchema = z.enum(['must', 'may']);
const entrySchema = z.object({
  code: z.string(),
  title: z.string(),
  notation: z.enum(['primary', 'star', 'exclamation']),
  codable: z.boolean(),
  occupied: z.boolean(),
  sex: z.object({ value: z.enum(['male', 'female']), strictness: strictnessSchema }).nullable(),
  age: z
    .object({ lowest: ageLimitSchema.nullable(), highest: ageLimitSchema.nullable(), strictness: strictnessSchema })
    .nullable(),
}) satisfies z.ZodType<CatalogueEntry>;

/** A catalogue as the database gives it back. Throws where the stored entries are not what was stored: a bug or a damaged database. */
export function catalogueOf(stored: { readonly year: string; readonly entries: unknown }): DiagnosisCatalogue {
  return createCatalogue(stored.year, z.array(entrySchema).parse(stored.entries));
}

/** Codes with nothing known but their titles, as the rehearsal world brings them. */
export function plainEntries(codes: readonly { readonly code: string; readonly title: string }[]): CatalogueEntry[] {
  return codes.map(({ code, title }) => ({
    code,
    title,
    notation: 'primary',
    codable: true,
    occupied: true,
    sex: null,
    age: null,
  }));
}
