import { z } from 'zod';
import { lagebildOutageSchema, type Lagebild } from '../../contract/lagebild';

/** What was understood of a list, and how many of its entries weren't. */
interface Understood<T> {
  readonly understood: T[];
  readonly left: number;
}

/** An instant as gematik writes it: UTC, with or without the letter that says so. */
const instant = z.string().transform((text, context) => {
  const isZoned = /(Z|[+-]\d\d:?\d\d)$/i.test(text.trim());
  const time = Date.parse(isZoned ? text.trim() : `${text.trim()}Z`);
  if (Number.isNaN(time)) {
    context.addIssue('not an instant');
    return z.NEVER;
  }
  return new Date(time).toISOString();
});
/** Texts may be missing or null. */
const text = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').trim());
const yesOrNo = z.union([z.boolean(), z.literal([0, 1]).transform((value) => value === 1)]);

const rowSchema = z
  .object({ time: instant, ci: text, organization: text, product: text, availability: z.literal([0, 1]) })
  .transform(({ time, ci, organization, product, availability }) => ({
    at: time,
    ci,
    organization,
    product,
    isAvailable: availability === 1,
  }));

const functionSchema = z
  .object({
    function: z.string(),
    critical: yesOrNo.catch(false),
    impactDesc: text,
    outage: lagebildOutageSchema,
    hasMaintenance: yesOrNo.catch(false),
  })
  .transform(({ function: name, critical, impactDesc, outage, hasMaintenance }) => ({
    name,
    isCritical: critical,
    text: impactDesc,
    outage,
    hasMaintenance,
  }));

const serviceSchema = z.object({
  outage: lagebildOutageSchema,
  hasMaintenance: yesOrNo.catch(false),
  affectedFunctions: z.array(z.unknown()).nullish(),
});

/** `v1/tilage/bu/…`: a row for each component that is probed. */
export function componentsIn(answer: unknown): Understood<Lagebild['components'][number]> {
  return entriesOf(z.array(z.unknown()).safeParse(answer).data ?? [], rowSchema);
}

/** `v2/tilage`: gematik's judgement on each service; the services keep gematik's short names. */
export function servicesIn(answer: unknown): Understood<Lagebild['services'][number]> {
  const status = z.object({ appStatus: z.record(z.string(), z.unknown()) }).safeParse(answer);
  if (!status.success) return { understood: [], left: answer === null ? 0 : 1 };
  const understood: Lagebild['services'] = [];
  let left = 0;
  for (const [service, judged] of Object.entries(status.data.appStatus)) {
    const parsed = serviceSchema.safeParse(judged);
    if (!parsed.success) {
      left += 1;
      continue;
    }
    const { outage, hasMaintenance, affectedFunctions } = parsed.data;
    const functions = entriesOf(affectedFunctions ?? [], functionSchema).understood.filter(
      (one) => one.outage !== 'none' || one.hasMaintenance,
    );
    understood.push({ service, outage, hasMaintenance, functions });
  }
  return { understood, left };
}

const mostAnnouncements = 30;
const longestText = 600;
/** Deeper than any announcement: what is nested for its own sake is not followed. */
const deepest = 12;

/** `v1/tistatus/…`: the shape is not documented. Found are a time and a title by their usual names; everything else stays as text. */
export function announcementsIn(
  answer: unknown,
  kind: Lagebild['announcements'][number]['kind'],
): Lagebild['announcements'] {
  const list = z.array(z.unknown()).safeParse(answer).data ?? listWithin(answer);
  return list.slice(0, mostAnnouncements).flatMap((entry) => {
    const words = wordsOf(entry);
    return words === '' ? [] : [{ kind, at: timeOf(entry), text: words.slice(0, longestText) }];
  });
}

/** The list in an object that wraps one (`{incidents: […]}`). */
function listWithin(answer: unknown): unknown[] {
  const record = z.record(z.string(), z.unknown()).safeParse(answer).data ?? {};
  return Object.values(record).flatMap((value) => z.array(z.unknown()).safeParse(value).data ?? []);
}

const timeKey = /^(time|start|date|begin|created|since|von|beginn)/i;
const titleKey = /^(title|name|subject|summary|titel|betreff)$/i;

function timeOf(entry: unknown): string | null {
  const record = z.record(z.string(), z.unknown()).safeParse(entry).data ?? {};
  for (const [key, value] of Object.entries(record)) {
    const parsed = timeKey.test(key) ? instant.safeParse(value) : null;
    if (parsed?.success === true) return parsed.data;
  }
  return null;
}

/** Every text in an entry, titles first, without the mark-up and without times and ids. */
function wordsOf(entry: unknown): string {
  const found: { isTitle: boolean; words: string }[] = [];
  const look = (value: unknown, key: string, depth = 0): void => {
    if (depth > deepest) return;
    if (typeof value === 'string') {
      const words = value
        .replace(/<[^<>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
      const isPlain = words !== '' && !instant.safeParse(words).success && !/(^id$|Id$|_id$|url$|link$)/i.test(key);
      if (isPlain) found.push({ isTitle: titleKey.test(key), words });
    } else if (Array.isArray(value)) {
      for (const one of value) look(one, key, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) look(one, name, depth + 1);
    }
  };
  look(entry, '');
  const ordered = [...found.filter(({ isTitle }) => isTitle), ...found.filter(({ isTitle }) => !isTitle)];
  return [...new Set(ordered.map(({ words }) => words))].join(' · ');
}

function entriesOf<T>(entries: readonly unknown[], schema: z.ZodType<T>): Understood<T> {
  const understood = entries.flatMap((entry) => {
    const parsed = schema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  return { understood, left: entries.length - understood.length };
}
