import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChaosProxy, type ChaosProxy, type Trouble } from '../../../build/chaos/proxy';
import { SeededRandom } from '../../../build/chaos/random';
import type { Host } from '../../../electron/contract/host';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { sha256Hex } from '../../../renderer/domain/event-chain';
import { fromBase64 } from '../../../renderer/outbox/bytes';
import { minutes, openPractice, type TestPractice } from '../../support/practice';

// The whole office against the rehearsal world, with a proxy before each component that cuts, delays, garbles and doubles.

const doors = ['connector', 'smtp', 'pop3', 'directory'] as const;
type Door = (typeof doors)[number];

const authority = createAuthority('Chaos', new Date());
const proxies = new Map<Door, ChaosProxy>();
let practice: TestPractice;

/** The host with every connection led through the proxies; until they stand, as it is. */
function ledAstray(host: Host): Host {
  const trust = { authorities: [authority.pem] };
  const port = (door: Door, own: number) => proxies.get(door)?.port ?? own;
  const isUp = () => proxies.size === doors.length;
  const { connector, mail, directory } = host;
  return {
    ...host,
    connector: {
      ...connector,
      sign: (job) => {
        const endpoint = `https://127.0.0.1:${port('connector', 0)}`;
        return connector.sign(isUp() ? { ...job, connection: { ...job.connection, endpoint, trust } } : job);
      },
    },
    mail: {
      ...mail,
      submit: ({ account, mail: message }) =>
        mail.submit({
          mail: message,
          account: isUp()
            ? { ...account, trust, smtp: { ...account.smtp, port: port('smtp', account.smtp.port) } }
            : account,
        }),
      collect: (query) =>
        mail.collect({
          ...query,
          account: isUp()
            ? {
                ...query.account,
                trust,
                pop3: { ...query.account.pop3, port: port('pop3', query.account.pop3.port) },
              }
            : query.account,
        }),
    },
    directory: {
      ...directory,
      find: ({ connection, payerIks }) =>
        directory.find({
          payerIks,
          connection: isUp() ? { ...connection, trust, port: port('directory', connection.port) } : connection,
        }),
    },
  };
}

beforeAll(async () => {
  practice = await openPractice(ledAstray);
  const identity = authority.issue({ commonName: 'localhost' }, 'server');
  const { connector, mail, directory } = practice.world.connections;
  const connectorPort = Number(new URL(connector.endpoint).port);
  const targets: Readonly<Record<Door, number>> = {
    connector: connectorPort,
    smtp: mail.smtp.port,
    pop3: mail.pop3.port,
    directory: directory.port,
  };
  for (const door of doors) {
    const target = targets[door];
    proxies.set(
      door,
      await startChaosProxy({
        target,
        identity,
        authority: connector.trust.authorities[0] ?? '',
        ...(door === 'connector' ? { rewrite: (own) => [`127.0.0.1:${target}`, `127.0.0.1:${own}`] as const } : {}),
      }),
    );
  }
});
afterAll(async () => {
  await practice.stop();
  await Promise.all([...proxies.values()].map((proxy) => proxy.stop()));
});

function someTrouble(random: SeededRandom): Trouble {
  const direction = random.pick(['up', 'down'] as const);
  switch (random.below(6)) {
    case 0:
      return { kind: 'none' };
    case 1:
      return { kind: 'delay', milliseconds: 1 + random.below(20) };
    case 2:
      return { kind: 'garbage', direction, at: random.below(6_000) };
    case 3:
      return { kind: 'duplicate', direction, at: random.below(6_000) };
    case 4:
      return { kind: 'no-tls' };
    default:
      return { kind: 'cut', direction, after: random.below(8_000) };
  }
}

describe('a practice behind a troubled wire', () => {
  it('in the end what is sent is what was recorded, and no document came twice with other content', async () => {
    const { office, clock } = practice;
    const random = new SeededRandom(20261126);
    const ids: string[] = [];
    const troubles = new Set<string>();
    /** In the first two the length of an answer on a kept connection is measured. */
    const wellRounds = new Set([0, 1, 2, 6, 7, 11, 12]);
    const lostAnswers = new Set([2, 7, 12]);
    let answerLength = 0;
    for (let round = 0; round < 14; round += 1) {
      for (const proxy of proxies.values()) {
        const trouble: Trouble = wellRounds.has(round) ? { kind: 'none' } : someTrouble(random);
        troubles.add(trouble.kind);
        proxy.set(trouble);
      }
      // Now and then exactly the answer to the message is lost: the server has it, and nobody here knows.
      if (lostAnswers.has(round)) proxies.get('smtp')?.set({ kind: 'cut', direction: 'down', after: answerLength - 8 });
      ids.push((await practice.issue(practice.content(round % 10))).id);
      await office.submit();
      if (round === 1) answerLength = proxies.get('smtp')?.seen.down ?? 0;
      clock.move(10 * minutes);
      await office.collect();
    }
    expect(troubles.size).toBeGreaterThan(4);
    for (const proxy of proxies.values()) proxy.set({ kind: 'none' });
    for (let calm = 0; calm < 6; calm += 1) {
      clock.move(10 * minutes);
      await office.submit();
      await office.collect();
    }

    const received = await office.host.rehearsal.received({ from: 0 });
    const contents = new Map<string, Set<string>>();
    for (const { documentId, raw, verdict } of received) {
      expect(verdict).toBe('accepted');
      // The attached signature, as it came: sending again is sending the very same bytes.
      const file = /filename=\S+\.p7s\r\n\r\n([A-Za-z0-9+/=\r\n]+)\r\n--/.exec(
        new TextDecoder('latin1').decode(fromBase64(raw)),
      )?.[1];
      const hashes = contents.get(documentId ?? '') ?? new Set();
      contents.set(documentId ?? '', hashes.add(sha256Hex(fromBase64((file ?? '').replace(/\s/g, '')))));
    }
    const sent = await Promise.all(
      ids.map(async (id) => {
        const record = await office.store.records.get(id);
        expect(record?.state.stage).toBe('delivered');
        const documents = await office.store.records.documents(id);
        // However often the wire broke, there is one document, signed once.
        expect(documents).toHaveLength(1);
        return [documents[0]?.documentId, documents[0]?.signedSha256] as const;
      }),
    );
    // The wire did break, and answers were lost: each is settled by a receipt, or by the same bytes going again.
    const events = (await office.store.records.chain()).map(({ detail }) => detail.type);
    for (const type of ['attempt-unknown', 'signing-failed'] as const) expect(events).toContain(type);
    expect([...contents].map(([id, hashes]) => [id, [...hashes].join(' ')]).sort()).toEqual(
      sent.map((one) => [...one]).sort(),
    );
  }, 120_000);
});
