import type { Payer } from '../../domain/payer';
import { hasValidIkCheckDigit } from '../../domain/rules/check-digits';

/** An insurer as it stands in the fields: all of it text, some of it perhaps empty. */
export interface PayerEntries {
  readonly name: string;
  /** The insurer's own IK. */
  readonly ik: string;
  /** Further IKs, separated by anything that is no digit. */
  readonly moreIks: string;
  readonly provider: string;
  readonly vknr: string;
  readonly line: string;
  readonly postalCode: string;
  readonly city: string;
}

/** What is wrong with an entry. `check-digit` only warns: the number may be right all the same. */
export interface PayerProblem {
  readonly field: keyof PayerEntries;
  readonly severity: 'error' | 'warning';
  readonly problem:
    | 'name-missing'
    | 'ik-missing'
    | 'ik-format'
    | 'check-digit'
    | 'ik-taken'
    | 'vknr-format'
    | 'line-missing'
    | 'postal-code-format'
    | 'city-missing';
  readonly values: Readonly<Record<string, string>>;
}

export const noEntries: PayerEntries = {
  name: '',
  ik: '',
  moreIks: '',
  provider: '',
  vknr: '',
  line: '',
  postalCode: '',
  city: '',
};

/** The fields of an insurer. */
export function entriesOf({ id, name, iks, provider, vknr, address }: Payer): PayerEntries {
  return {
    name,
    ik: id,
    moreIks: iks.filter((ik) => ik !== id).join(', '),
    provider: provider ?? '',
    vknr: vknr ?? '',
    line: address?.line ?? '',
    postalCode: address?.postalCode ?? '',
    city: address?.city ?? '',
  };
}

/** The insurer that the fields describe; call it where `problemsOf` names no error. */
export function payerOf(entries: PayerEntries): Payer {
  const [name, ik, line, postalCode, city] = [
    entries.name.trim(),
    entries.ik.trim(),
    entries.line.trim(),
    entries.postalCode.trim(),
    entries.city.trim(),
  ];
  return {
    id: ik,
    name,
    iks: [...new Set([ik, ...numbersIn(entries.moreIks)])],
    provider: orNull(entries.provider),
    vknr: orNull(entries.vknr),
    address: line === '' && postalCode === '' && city === '' ? null : { line, postalCode, city },
  };
}

/** P6-40: fields of an insurer from the insurer file that are not for the practice to change. */
export const officialFields: ReadonlySet<keyof PayerEntries> = new Set(['name', 'ik', 'moreIks', 'provider', 'vknr']);

/** An address as it stands in the fields. */
export function addressEntries(
  address: Payer['address'] | undefined,
): Pick<PayerEntries, 'line' | 'postalCode' | 'city'> {
  return { line: address?.line ?? '', postalCode: address?.postalCode ?? '', city: address?.city ?? '' };
}

/** P6-40: an insurer of the insurer file with the address in the fields; the file's own is kept, so that it can come back. */
export function withAddress(payer: Payer, entries: PayerEntries): Payer {
  const { address } = payerOf(entries);
  if (payer.file === undefined) return { ...payer, address };
  const ofFile = payer.file.replacedAddress ?? payer.address;
  const isOfFile = JSON.stringify(addressEntries(address)) === JSON.stringify(addressEntries(ofFile));
  return { ...payer, address, file: { ...payer.file, replacedAddress: isOfFile ? null : ofFile } };
}

/** What keeps the entries from being an insurer, or makes one doubt. `own`: the insurer being changed, `null` for a new one. */
export function problemsOf(entries: PayerEntries, all: readonly Payer[], own: Payer | null): PayerProblem[] {
  const problems: PayerProblem[] = [];
  const add = (
    field: keyof PayerEntries,
    problem: PayerProblem['problem'],
    values: Readonly<Record<string, string>> = {},
  ) => problems.push({ field, severity: problem === 'check-digit' ? 'warning' : 'error', problem, values });
  const others = all.filter(({ id }) => id !== own?.id);
  const checkIk = (field: 'ik' | 'moreIks', ik: string) => {
    if (!/^\d{9}$/.test(ik)) {
      add(field, 'ik-format', { entered: ik });
      return;
    }
    const holder = others.find(({ iks }) => iks.includes(ik));
    if (holder !== undefined) add(field, 'ik-taken', { entered: ik, name: holder.name });
    else if (!hasValidIkCheckDigit(ik)) add(field, 'check-digit', { entered: ik });
  };
  if (entries.name.trim() === '') add('name', 'name-missing');
  if (entries.ik.trim() === '') add('ik', 'ik-missing');
  else checkIk('ik', entries.ik.trim());
  for (const ik of numbersIn(entries.moreIks)) checkIk('moreIks', ik);
  const vknr = entries.vknr.trim();
  if (vknr !== '' && !/^\d{5}$/.test(vknr)) add('vknr', 'vknr-format', { entered: vknr });
  const { address } = payerOf(entries);
  if (address !== null) {
    if (address.line === '') add('line', 'line-missing');
    if (!/^\d{5}$/.test(address.postalCode)) add('postalCode', 'postal-code-format', { entered: address.postalCode });
    if (address.city === '') add('city', 'city-missing');
  }
  return problems;
}

function numbersIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((number) => number !== '');
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
