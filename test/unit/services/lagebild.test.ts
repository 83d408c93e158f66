import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lagebildSchema } from '../../../electron/contract/lagebild';
import { noFaults, type Faults } from '../../../electron/contract/rehearsal';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { createRehearsal } from '../../../electron/rehearsal/rehearsal';
import { readLagebild } from '../../../electron/services/lagebild/lagebild';
import { announcementsIn, componentsIn, servicesIn } from '../../../electron/services/lagebild/understand';

const never = new AbortController().signal;
const row = {
  time: '2026-11-26T09:05:00Z',
  ci: 'CI-0000007',
  tid: 'BITMARCK',
  bu: 'PU',
  organization: 'BITMARCK Technik GmbH',
  pdt: 'PDT12',
  product: 'Fachdienste VSDM (UFS)',
  availability: 0,
  comment: null,
  name: 'UFS',
};

describe('understanding gematik’s answers', () => {
  it('a row for each component, with the provider whose trouble it shows', () => {
    expect(componentsIn([row])).toEqual({
      understood: [
        {
          at: '2026-11-26T09:05:00.000Z',
          ci: 'CI-0000007',
          organization: 'BITMARCK Technik GmbH',
          product: 'Fachdienste VSDM (UFS)',
          isAvailable: false,
        },
      ],
      left: 0,
    });
  });

  it('an instant without a letter is UTC; a row without a time or with another availability is left out and counted', () => {
    const rows = [
      { ...row, time: '2026-11-26T09:05:00' },
      { ...row, time: 'gestern' },
      { ...row, availability: null },
      { ...row, availability: 2 },
      'row',
      { ...row, organization: null },
    ];
    const { understood, left } = componentsIn(rows);
    expect(understood.map(({ at, organization }) => [at, organization])).toEqual([
      ['2026-11-26T09:05:00.000Z', 'BITMARCK Technik GmbH'],
      ['2026-11-26T09:05:00.000Z', ''],
    ]);
    expect(left).toBe(4);
  });

  it('the judgement on each service, with the functions that don’t work', () => {
    const works = { function: 'Lesen', critical: 0, impactDesc: '', outage: 'none', hasMaintenance: false };
    const broken = { ...works, function: 'Senden', critical: 1, impactDesc: 'Nicht möglich', outage: 'full' };
    const { understood, left } = servicesIn({
      appStatus: {
        kim: {
          outage: 'partial',
          hasMaintenance: false,
          hasSubComponentMaintenance: true,
          affectedFunctions: [works, broken],
        },
        epa: { outage: 'none', hasMaintenance: true },
        vsdm: { outage: 'kaputt' },
      },
      cause: [],
    });
    expect(left).toBe(1);
    expect(understood).toEqual([
      {
        service: 'kim',
        outage: 'partial',
        hasMaintenance: false,
        functions: [{ name: 'Senden', outage: 'full', isCritical: true, hasMaintenance: false, text: 'Nicht möglich' }],
      },
      { service: 'epa', outage: 'none', hasMaintenance: true, functions: [] },
    ]);
  });

  it('announcements of an undocumented shape: title first, everything else as text, mark-up gone', () => {
    expect(
      announcementsIn(
        {
          incidents: [
            {
              id: '1',
              beschreibung: '<p>Mails an <b>14</b> Kassen</p>',
              title: 'Störung UFS',
              start: '2026-11-25T07:00:00Z',
            },
          ],
        },
        'incident',
      ),
    ).toEqual([{ kind: 'incident', at: '2026-11-25T07:00:00.000Z', text: 'Störung UFS · Mails an 14 Kassen' }]);
  });

  it('nesting for its own sake is not followed', () => {
    const nested: unknown = JSON.parse(`${'['.repeat(200_000)}"x"${']'.repeat(200_000)}`);
    expect(announcementsIn([nested, { titel: 'Wartung' }], 'incident')).toMatchObject([{ text: 'Wartung' }]);
  });

  it('whatever comes, what is understood fits the contract (property)', () => {
    const bent = fc.record({
      time: fc.oneof(fc.constant(row.time), fc.anything()),
      ci: fc.anything(),
      organization: fc.anything(),
      product: fc.anything(),
      availability: fc.oneof(fc.constantFrom(0, 1), fc.anything()),
    });
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(bent), (answer, rows) => {
        const whole = {
          services: [...servicesIn(answer).understood, ...servicesIn({ appStatus: answer }).understood],
          components: [...componentsIn([row]).understood, ...componentsIn(rows).understood],
          announcements: [...announcementsIn(answer, 'outage'), ...announcementsIn(rows, 'incident')],
          notUnderstood: [],
        };
        expect(lagebildSchema.safeParse(whole).success).toBe(true);
        expect(componentsIn(rows).understood.length + componentsIn(rows).left).toBe(rows.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('reading it over https', () => {
  const authority = createAuthority('Test', new Date());
  const identity = authority.issue({ country: 'DE', commonName: 'localhost' }, 'server');
  const answers = new Map<string, { status: number; body: string }>();
  const asked: string[] = [];
  const server = createServer(
    { key: identity.key.export({ type: 'pkcs8', format: 'pem' }), cert: identity.certificate.toString() },
    (request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? 'nobody'}`);
      const answer = answers.get(request.url ?? '') ?? { status: 404, body: '' };
      response.writeHead(answer.status, { location: '/elsewhere' });
      response.end(answer.body);
    },
  );
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address: AddressInfo | string | null = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const read = (base = `https://127.0.0.1:${port}/lageapi/`) =>
    readLagebild({ base, trust: { authorities: [authority.pem] } }, never);
  const rows = '/lageapi/v1/tilage/bu/PU';

  it('asks without a login, below the base address, and keeps what could be had', async () => {
    asked.length = 0;
    answers.set(rows, { status: 200, body: JSON.stringify([row]) });
    answers.set('/lageapi/v2/tilage', { status: 500, body: '' });
    expect(await read()).toMatchObject({ kind: 'ok', value: { services: [], components: [{ isAvailable: false }] } });
    expect(asked).toEqual([
      `GET ${rows} nobody`,
      'GET /lageapi/v2/tilage nobody',
      'GET /lageapi/v1/tistatus/incident nobody',
      'GET /lageapi/v1/tistatus/outage nobody',
    ]);
  });

  it.each([
    ['not JSON', { status: 200, body: '<html>' }, 'protocol'],
    ['no rows', { status: 200, body: '[]' }, 'protocol'],
    ['rows without a time', { status: 200, body: JSON.stringify([{ ...row, time: '' }]) }, 'protocol'],
    ['an error', { status: 503, body: '' }, 'refused'],
    ['a redirect, which is not followed', { status: 302, body: '' }, 'refused'],
    ['an endless answer', { status: 200, body: 'x'.repeat(9_000_000) }, 'protocol'],
  ])('%s is no word', async (_what, answer, reason) => {
    answers.set(rows, answer);
    expect(await read()).toMatchObject({ kind: 'failed', failure: { reason } });
  });

  it('nobody there, a stranger’s certificate, no https: failed, never thrown', async () => {
    expect(await read('https://127.0.0.1:1/lageapi')).toMatchObject({ failure: { reason: 'unreachable' } });
    const stranger = createAuthority('Fremd', new Date()).pem;
    const base = `https://127.0.0.1:${port}/lageapi`;
    expect(await readLagebild({ base, trust: { authorities: [stranger] } }, never)).toMatchObject({
      failure: { reason: 'tls' },
    });
    expect(await read(`http://127.0.0.1:${port}/lageapi`)).toMatchObject({ failure: { reason: 'tls' } });
  });
});

describe('the rehearsal world’s TI-Lagebild', () => {
  const clock = { time: new Date('2026-11-26T09:07:31Z'), now: () => clock.time };
  const rehearsal = createRehearsal({ clock: { now: () => clock.time } });
  afterAll(() => rehearsal.stop());
  const look = async (faults: Partial<Faults>) => {
    const { lagebild } = await rehearsal.handlers.start({});
    await rehearsal.handlers.setFaults({ ...noFaults, ...faults });
    return readLagebild(lagebild, never);
  };

  it('says that all is well, as of the last five minutes', async () => {
    const seen = await look({});
    expect(seen).toMatchObject({ kind: 'ok', value: { announcements: [], notUnderstood: [] } });
    if (seen.kind === 'failed') throw new Error(seen.failure.text);
    expect(new Set(seen.value.components.map(({ at }) => at))).toEqual(new Set(['2026-11-26T09:05:00.000Z']));
    expect(seen.value.components.every(({ isAvailable }) => isAvailable)).toBe(true);
    expect(seen.value.services.map(({ service, outage }) => [service, outage])).toEqual([
      ['kim', 'none'],
      ['epa', 'none'],
      ['vsdm', 'none'],
      ['erezept', 'none'],
      ['wanda', 'none'],
      ['odg', 'none'],
    ]);
  });

  it('follows the world’s faults: a provider that is down, and everything', async () => {
    const seen = await look({ providers: [{ provider: 'BITMARCK SERVICE GMBH', mode: 'vanish' }] });
    if (seen.kind === 'failed') throw new Error(seen.failure.text);
    expect(seen.value.components.filter(({ isAvailable }) => !isAvailable)).toMatchObject([
      { organization: 'BITMARCK SERVICE GMBH', product: 'Fachdienste VSDM (UFS)' },
    ]);
    expect(seen.value.announcements).toMatchObject([{ kind: 'incident' }]);
    const all = await look({ everything: true });
    if (all.kind === 'failed') throw new Error(all.failure.text);
    expect(all.value.components.some(({ isAvailable }) => isAvailable)).toBe(false);
    expect(all.value.services.every(({ outage }) => outage === 'full')).toBe(true);
    expect(all.value.announcements).toMatchObject([{ kind: 'outage' }]);
  });

  it('can itself be gone, out of date or unreadable', async () => {
    expect(await look({ lagebild: 'down' })).toMatchObject({ kind: 'failed', failure: { reason: 'unreachable' } });
    expect(await look({ lagebild: 'malformed' })).toMatchObject({ kind: 'failed', failure: { reason: 'protocol' } });
    const stale = await look({ lagebild: 'stale' });
    if (stale.kind === 'failed') throw new Error(stale.failure.text);
    expect(stale.value.components[0]?.at).toBe('2026-11-26T08:25:00.000Z');
  });
});
