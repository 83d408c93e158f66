import { z } from 'zod';

const postAddressSchema = z.object({ line: z.string(), postalCode: z.string(), city: z.string() });

/** What only the insurer file tells of an insurer. */
const insurerFileFactsSchema = z.object({
  shortName: z.string().nullable(),
  /** The name to look for where no card is at hand. */
  searchName: z.string().nullable(),
  places: z.array(z.string()),
  /** `bedruckungsname`: the name on the form. */
  formName: z.string().nullable(),
  /** Kostenträgergruppe: 01 AOK, 02 LKK, 03 IKK, 04 BKK … */
  group: z.string().nullable(),
  /** All VKNRs that belong to this insurer, its own first. */
  vknrs: z.array(z.string()),
  /** Every intake provider that the file names for it, whatever the kind of data. */
  providers: z.array(z.string()),
  /** Insurers that it took over, with their IKs, which are among `iks` as well. */
  predecessors: z.array(
    z.object({ name: z.string(), vknr: z.string(), iks: z.array(z.string()), endedOn: z.string().nullable() }),
  ),
  /** Last day of its existence, where the file names one; without a successor. */
  endsOn: z.string().nullable(),
  /** The address as the file has it, where the practice has entered its own (P6-40); `null`: the file's is in use. */
  replacedAddress: postAddressSchema.nullable(),
});

/** An insurer as the insurer file names it: all its IKs, and the intake provider (DAV) that receives data for it. */
export const payerSchema = z.object({
  /** The insurer's own IK (the first of `iks`), 9 digits. */
  id: z.string(),
  name: z.string(),
  iks: z.array(z.string()).min(1),
  /** Intake provider such as «BITMARCK SERVICE GMBH»; `null` where the file names none. */
  provider: z.string().nullable(),
  vknr: z.string().nullable(),
  /** Where the KK copy is posted to. */
  address: postAddressSchema.nullable(),
  /** Only on insurers from the insurer file; without it the insurer was entered by hand. */
  file: insurerFileFactsSchema.optional(),
});

export type Payer = z.output<typeof payerSchema>;
export type InsurerFileFacts = z.output<typeof insurerFileFactsSchema>;

/** The insurer that had this IK before it was taken over by `payer`; `null` where the IK is its own. */
export function predecessorWithIk(payer: Payer, ik: string): InsurerFileFacts['predecessors'][number] | null {
  return payer.file?.predecessors.find(({ iks }) => iks.includes(ik)) ?? null;
}

/** Whether the insurer no longer exists on this day (ISO) and nobody took it over. */
export function hasEnded(payer: Payer, day: string): boolean {
  const endsOn = payer.file?.endsOn ?? null;
  return endsOn !== null && endsOn < day;
}

/** What stands as the insurer's name on slips and in documents: the insurer file's `bedruckungsname`, at most 45 characters. */
export function nameOnForm(payer: Payer): string {
  return (payer.file?.formName ?? payer.name).slice(0, 45).trim();
}
