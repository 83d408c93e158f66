import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { noFaults, type Faults, type RehearsalWorld } from '../../../electron/contract/rehearsal';
import { createRehearsal, type Rehearsal } from '../../../electron/rehearsal/rehearsal';
import { createServices, type Services } from '../../../electron/services/services';
import { callContext, exampleMail } from './examples';

/** The services against the built-in world: two programs that share nothing but the standards. */
describe('the services against the rehearsal world', () => {
  let rehearsal: Rehearsal;
  let world: RehearsalWorld;
  let services: Services;
  const folder = mkdtempSync(join(tmpdir(), 'ersatzschein-print-'));

  beforeAll(async () => {
    rehearsal = createRehearsal();
    world = await rehearsal.handlers.start({});
    services = createServices({ printFolder: folder });
  });
  afterEach(() => rehearsal.handlers.setFaults(noFaults));
  afterAll(async () => {
    await services.close();
    await rehearsal.stop();
    rmSync(folder, { recursive: true });
  });

  const faults = (changes: Partial<Faults>) => rehearsal.handlers.setFaults({ ...noFaults, ...changes });
  const holder = () => ({ ...world.practitioner, number: world.practitioner.lanr });
  const sign = (names: string[]) =>
    services.connector.sign({
      connection: world.connections.connector,
      card: { kind: 'HBA', holder: holder() },
      documents: names.map((name) => ({ name, content: Buffer.from(`<Test>${name}</Test>`).toString('base64') })),
    });

  /** The first card of a type as the services tell of it. */
  const cardOf = async (type: string) => {
    const cards = await services.connector.cards({ connection: world.connections.connector });
    const found = cards.kind === 'ok' ? cards.value.find((card) => card.type === type) : undefined;
    if (found === undefined) throw new Error(`There is no ${type}.`);
    return found;
  };

  const payerAddress = async () => {
    const payerIks = world.payers.slice(0, 1).map(({ ik }) => ik);
    const found = await services.directory.find({ connection: world.connections.directory, payerIks });
    return found.kind === 'ok' ? (found.value[0]?.address ?? '') : '';
  };

  it('checks every component', async () => {
    const { connector, mail, directory } = world.connections;
    const checks = [
      await services.connector.check({ connection: connector }),
      await services.mail.checkSubmission({ account: mail }),
      await services.mail.checkMailbox({ account: mail }),
      await services.directory.check({ connection: directory }),
    ];
    for (const check of checks) {
      if (check.kind === 'failed') throw new Error(check.failure.text);
      expect(Date.parse(check.value.certificateNotAfter ?? '')).toBeGreaterThan(Date.now());
    }
  });

  it('lists the cards with the end of their certificates', async () => {
    const cards = await services.connector.cards({ connection: world.connections.connector });
    if (cards.kind === 'failed') throw new Error(cards.failure.text);
    expect(cards.value.map(({ type }) => type)).toEqual(expect.arrayContaining(['HBA', 'SMC-B']));
    for (const { certificateNotAfter } of cards.value) expect(certificateNotAfter).not.toBeNull();
  });

  it('signs several documents with the doctor’s card, each by itself', async () => {
    const signed = await sign(['a.xml', 'b.xml', 'c.xml']);
    if (signed.kind === 'failed') throw new Error(signed.failure.text);
    expect(signed.value.map(({ name, outcome }) => [name, outcome.kind])).toEqual([
      ['a.xml', 'signed'],
      ['b.xml', 'signed'],
      ['c.xml', 'signed'],
    ]);
  });

  it('signs and checks documents one by one, and lets everything else have its turn in between', async () => {
    let turns = 0;
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    // The clock is looked at when a document is signed, and when its signature is checked.
    const looks = { world: new Set<number>(), services: new Set<number>() };
    const clockOf = (whose: keyof typeof looks) => ({
      now: () => {
        looks[whose].add(turns);
        return new Date();
      },
    });
    const other = createRehearsal({ clock: clockOf('world') });
    const own = createServices({ printFolder: null, clock: clockOf('services') });
    const { connections, practitioner } = await other.handlers.start({});
    turn();
    for (const look of Object.values(looks)) look.clear();
    const signed = await own.connector.sign({
      connection: connections.connector,
      card: { kind: 'HBA', holder: { ...practitioner, number: practitioner.lanr } },
      documents: Array.from({ length: 20 }, (_, index) => ({ name: `n${index}`, content: 'YQ==' })),
    });
    isOver = true;
    await own.close();
    await other.stop();
    expect(signed).toMatchObject({ kind: 'ok', value: { length: 20 } });
    expect(looks.services.size).toBeGreaterThanOrEqual(20);
    expect(looks.world.size).toBeGreaterThanOrEqual(20);
  });

  it('signs with the practice’s card where it is chosen', async () => {
    const signed = await services.connector.sign({
      connection: world.connections.connector,
      card: { kind: 'SMC-B' },
      documents: [{ name: 'a', content: 'YQ==' }],
    });
    const signer = { commonName: `${world.practice.name} TEST-ONLY`, telematikId: '1-2c-UEBUNG-PRAXIS' };
    expect(signed).toMatchObject({ kind: 'ok', value: [{ name: 'a', outcome: { kind: 'signed', signer } }] });
  });

  it('signs with the card of another doctor once it is plugged in, by name', async () => {
    const colleague = { family: 'Öztürk-Weiß', given: 'Şule', title: 'Dr. med.', number: '123456601' };
    const job = {
      connection: world.connections.connector,
      card: { kind: 'HBA' as const, holder: { ...colleague, title: null } },
      documents: [{ name: 'a', content: 'YQ==' }],
    };
    expect(await services.connector.sign(job)).toMatchObject({ kind: 'failed', failure: { reason: 'card-missing' } });
    await rehearsal.handlers.insertCards({ holders: [colleague] });
    const signed = await services.connector.sign(job);
    if (signed.kind === 'failed') throw new Error(signed.failure.text);
    expect(signed.value[0]?.outcome).toMatchObject({ kind: 'signed' });
  });

  it('takes the card with the doctor’s number where two doctors have one name, and none by guess', async () => {
    const twin = { family: 'Zwilling', given: 'Kim', title: null };
    await rehearsal.handlers.insertCards({
      holders: [
        { ...twin, number: '111111101' },
        { ...twin, number: '222222201' },
      ],
    });
    const signedBy = async (number: string | null) => {
      const signed = await services.connector.sign({
        connection: world.connections.connector,
        card: { kind: 'HBA', holder: { ...twin, number } },
        documents: [{ name: 'a', content: 'YQ==' }],
      });
      if (signed.kind === 'failed') return signed.failure.reason;
      const outcome = signed.value[0]?.outcome;
      return outcome?.kind === 'signed' ? outcome.signer.serialNumber : 'failed';
    };
    expect(await signedBy('222222201')).toContain('222222201');
    expect(await signedBy('111111101')).toContain('111111101');
    expect(await signedBy('333333301')).toBe('card-missing');
    expect(await signedBy(null)).toBe('card-missing');
  });

  it.each([
    ['down', 'unreachable'],
    ['card-missing', 'card-missing'],
    ['pin-blocked', 'pin'],
  ] as const)('connector %s: %s', async (connector, reason) => {
    await faults({ connector });
    expect(await sign(['a'])).toMatchObject({ kind: 'failed', failure: { reason } });
  });

  it('keeps what is signed when the connector dies in the middle', async () => {
    await faults({ connector: 'dies-mid-batch' });
    const names = ['a', 'b', 'c', 'd'];
    const signed = await sign(names);
    if (signed.kind === 'failed') {
      expect(signed.failure.reason).toBe('unreachable');
      return;
    }
    expect(signed.value.map(({ name }) => name)).toEqual(names);
    expect(new Set(signed.value.map(({ outcome }) => outcome.kind))).toEqual(new Set(['signed', 'failed']));
  });

  it('keeps what is signed when the card is pulled in the middle, and says of the rest that the card is gone', async () => {
    await faults({ connector: 'card-pulled' });
    const signed = await sign(['a', 'b', 'c', 'd']);
    if (signed.kind === 'failed') throw new Error(signed.failure.text);
    expect(
      signed.value.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind)),
    ).toEqual(['signed', 'signed', 'card-missing', 'card-missing']);
  });

  it('signs with an older connector’s SignatureService 7.4, which has no comfort signature', async () => {
    await faults({ connector: 'signature-7.4' });
    const { connector: connection } = world.connections;
    const check = await services.connector.check({ connection });
    expect(check.kind === 'ok' ? check.value.description : check.failure.text).toContain('SignatureService 7.4');
    expect(await sign(['a'])).toMatchObject({ kind: 'ok', value: [{ outcome: { kind: 'signed' } }] });
    const hba = await cardOf('HBA');
    expect(hba.comfort).toBeNull();
    expect(await services.connector.startComfort({ connection, iccsn: hba.iccsn })).toMatchObject({
      kind: 'failed',
      failure: { reason: 'unsupported' },
    });
  });

  it('opens, uses and ends a comfort session on a doctor’s card', async () => {
    const { connector: connection } = world.connections;
    const { iccsn, comfort } = await cardOf('HBA');
    expect(comfort).toEqual({ kind: 'off' });
    expect(await services.connector.startComfort({ connection, iccsn })).toMatchObject({ kind: 'ok' });
    expect((await cardOf('HBA')).comfort).toMatchObject({ kind: 'on', remaining: 250 });
    expect(await sign(['a', 'b', 'c'])).toMatchObject({ kind: 'ok' });
    expect((await cardOf('HBA')).comfort).toMatchObject({ kind: 'on', remaining: 247 });
    // Another workplace's program doesn't know the session's user, so it doesn't sign in it.
    const other = createServices({ printFolder: null });
    const seen = await other.connector.cards({ connection });
    expect(seen.kind === 'ok' ? seen.value.find((card) => card.iccsn === iccsn)?.comfort : null).toEqual({
      kind: 'off',
    });
    expect(await other.connector.endComfort({ connection, iccsn })).toMatchObject({ kind: 'ok' });
    await other.close();
    expect((await cardOf('HBA')).comfort).toEqual({ kind: 'off' });
  });

  it('asks for the practice card’s PIN, and tells how each card’s PIN stands', async () => {
    const { connector: connection } = world.connections;
    const { iccsn } = await cardOf('SMC-B');
    expect(await services.connector.unlock({ connection, iccsn })).toMatchObject({ kind: 'ok' });
    expect((await cardOf('SMC-B')).pin).toBe('verified');
    expect(await services.connector.unlock({ connection, iccsn: (await cardOf('HBA')).iccsn })).toMatchObject({
      kind: 'failed',
      failure: { reason: 'refused' },
    });
    expect(await services.connector.unlock({ connection, iccsn: 'none' })).toMatchObject({
      failure: { reason: 'card-missing' },
    });
    await faults({ connector: 'pin-blocked' });
    expect((await cardOf('HBA')).pin).toBe('blocked');
    expect(await services.connector.unlock({ connection, iccsn })).toMatchObject({
      failure: { reason: 'pin', code: 'WASBLOCKED' },
    });
  });

  it('does not believe a bad signature', async () => {
    await faults({ connector: 'bad-signature' });
    const signed = await sign(['a', 'b']);
    if (signed.kind === 'failed') throw new Error(signed.failure.text);
    const reasons = signed.value.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.failure.reason : 'signed'));
    expect(reasons).toContain('not-verified');
  });

  it('is refused with a code by a connector that does not know the call context', async () => {
    const connection = { ...world.connections.connector, context: { ...callContext, mandantId: 'unbekannt' } };
    const refused = await services.connector.check({ connection });
    expect(refused).toMatchObject({ kind: 'failed', failure: { reason: 'refused' } });
    expect(refused.kind === 'failed' ? refused.failure.code : null).toMatch(/^4\d{3}$/);
  });

  it('finds the addresses of insurers in the order asked, and leaves out who has none (P5-02)', async () => {
    const iks = world.payers.map(({ ik }) => ik).reverse();
    const found = await services.directory.find({
      connection: world.connections.directory,
      payerIks: [...iks, '999999999', '*', ')(uid=*'],
    });
    if (found.kind === 'failed') throw new Error(found.failure.text);
    expect(found.value.map(({ payerIk }) => payerIk)).toEqual(iks);
  });

  it.each([
    ['smtp', 'refuse-temporary', { kind: 'refused', temporary: true }],
    ['smtp', 'refuse-permanent', { kind: 'refused', temporary: false }],
    ['smtp', 'no-encryption-certificate', { kind: 'refused', temporary: true, code: '451' }],
    ['smtp', 'drop-after-data', { kind: 'unknown' }],
    ['smtp', 'no-dsn', { kind: 'not-sent', failure: { reason: 'no-dsn' } }],
    ['smtp', 'down', { kind: 'not-sent', failure: { reason: 'unreachable' } }],
  ] as const)('%s %s', async (_component, smtp, expected) => {
    const to = await payerAddress();
    await faults({ smtp });
    expect(await services.mail.submit({ account: world.connections.mail, mail: exampleMail({ to }) })).toMatchObject(
      expected,
    );
  });

  it('submits to an insurer and collects what comes back', async () => {
    const to = await payerAddress();
    const submitted = await services.mail.submit({ account: world.connections.mail, mail: exampleMail({ to }) });
    expect(submitted).toMatchObject({ kind: 'accepted' });
    const collected = await services.mail.collect({ account: world.connections.mail, knownUids: [], limit: 50 });
    if (collected.kind === 'failed') throw new Error(collected.failure.text);
    const ours = collected.value.messages.filter(({ raw }) => raw !== null);
    expect(
      ours.some(({ raw }) =>
        Buffer.from(raw ?? '', 'base64')
          .toString('latin1')
          .includes(exampleMail().envelopeId),
      ),
    ).toBe(true);
    const received = await rehearsal.handlers.received({ from: 0 });
    expect(received.map(({ to: recipient }) => recipient)).toContain(to);
  });

  it('tells of a component that is gone', async () => {
    await faults({ everything: true });
    const { connector, mail, directory } = world.connections;
    for (const check of [
      await services.connector.check({ connection: connector }),
      await services.mail.checkMailbox({ account: mail }),
      await services.directory.check({ connection: directory }),
    ])
      expect(check).toMatchObject({ kind: 'failed', failure: { reason: 'unreachable' } });
  });
});
