import type { Result } from '../../contract/call';
import type { Lagebild, LagebildConnection } from '../../contract/lagebild';
import { caught, Failed, failure } from '../failure';
import { getJson } from './https-get';
import { announcementsIn, componentsIn, servicesIn } from './understand';

/** Production environment: what practices use. */
const components = 'v1/tilage/bu/PU';
const judgement = 'v2/tilage';
const announced = [
  { kind: 'incident', path: 'v1/tistatus/incident' },
  { kind: 'outage', path: 'v1/tistatus/outage' },
] as const;

/**
 * One look at gematik's TI-Lagebild. Failed where the components can't be read: they alone carry a time, and a word without one is none.
 * Of everything else what is understood is kept, and what isn't is named in `notUnderstood`.
 */
export async function readLagebild(connection: LagebildConnection, signal: AbortSignal): Promise<Result<Lagebild>> {
  return caught(async () => {
    const notUnderstood: string[] = [];
    const rows = componentsIn(await getJson(connection, components, signal));
    if (rows.understood.length === 0)
      throw new Failed(failure('protocol', `${components} holds no row that could be understood.`));
    if (rows.left > 0) notUnderstood.push(`${components}: ${rows.left} rows`);
    const services = servicesIn(await orNothing(connection, judgement, signal));
    if (services.left > 0) notUnderstood.push(`${judgement}: ${services.left} services`);
    const announcements: Lagebild['announcements'] = [];
    for (const { kind, path } of announced)
      announcements.push(...announcementsIn(await orNothing(connection, path, signal), kind));
    return { services: services.understood, components: rows.understood, announcements, notUnderstood };
  });
}

/** A part that can't be had leaves the others as they are. */
async function orNothing(connection: LagebildConnection, path: string, signal: AbortSignal): Promise<unknown> {
  const answer = await caught(() => getJson(connection, path, signal));
  return answer.kind === 'ok' ? answer.value : null;
}
