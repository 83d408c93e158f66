import type { Connections } from '../../electron/contract/connections';
import { createAuthority } from '../../electron/rehearsal/authority';
import { createRehearsal } from '../../electron/rehearsal/rehearsal';
import { createServices } from '../../electron/services/services';
import { startChaosProxy, type ChaosProxy, type Direction, type Trouble } from './proxy';

/** What came of troubling the dialogues with the components outside, at byte after byte. */
export interface DialogueOutcome {
  /** Dialogues that were troubled. */
  readonly dialogues: number;
  /** What must not be, in words. */
  readonly wrong: readonly string[];
  /** How often each dialogue came to a result in spite of its trouble, or was told to have failed. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Longer than anything on loopback takes, short enough for a server that waits for the rest of a cut message. */
const timeouts = {
  smtp: { connect: 2_000, inactivity: 2_000 },
  pop3: { connect: 2_000, silence: 2_000, answer: 4_000 },
};

/** At which bytes: every so-manieth, beginning with `from`. */
export interface TroubledBytes {
  readonly cut: number;
  readonly below: number;
  readonly from: number;
}

/**
 * Cuts each dialogue (mailbox, connector, directory) with the rehearsal world after every so-manieth byte in both directions, and troubles it below TLS.
 * Runs with other beginnings hit every byte in the end. Whatever happens, a result must be right: every message byte for byte and each one once, every signature verified, every address the
 * right one; else a failure, in time, and never an exception.
 */
export async function troubleDialogues(step: TroubledBytes): Promise<DialogueOutcome> {
  const wrong: string[] = [];
  const kinds: Record<string, number> = {};
  let dialogues = 0;
  const rehearsal = createRehearsal();
  const world = await rehearsal.handlers.start({});
  const authority = createAuthority('Chaos', new Date());
  const identity = authority.issue({ commonName: 'localhost' }, 'server');
  const trusted = world.connections.connector.trust.authorities[0] ?? '';
  const services = createServices({ printFolder: null, timeouts });
  const connectorPort = Number(new URL(world.connections.connector.endpoint).port);
  const proxyTo = (target: number, rewrites = false) =>
    startChaosProxy({
      target,
      identity,
      authority: trusted,
      ...(rewrites ? { rewrite: (port) => [`127.0.0.1:${target}`, `127.0.0.1:${port}`] as const } : {}),
    });
  const proxies = {
    mailbox: await proxyTo(world.connections.mail.pop3.port),
    connector: await proxyTo(connectorPort, true),
    directory: await proxyTo(world.connections.directory.port),
  };
  const trust = { authorities: [authority.pem] };
  const connections: Connections = {
    connector: {
      ...world.connections.connector,
      trust,
      endpoint: `https://127.0.0.1:${proxies.connector.port}`,
    },
    mail: {
      ...world.connections.mail,
      trust,
      pop3: { ...world.connections.mail.pop3, port: proxies.mailbox.port },
    },
    directory: { ...world.connections.directory, trust, port: proxies.directory.port },
  };
  const { practitioner, payers } = world;
  const payerIks = payers.map(({ ik }) => ik);
  const sign = (connector: Connections['connector']) =>
    services.connector.sign({
      connection: connector,
      card: { kind: 'HBA', holder: { ...practitioner, number: practitioner.lanr } },
      documents: ['a', 'b'].map((name) => ({ name, content: Buffer.from(`<Test>${name}</Test>`).toString('base64') })),
    });

  // Two messages to oneself, so that the mailbox holds receipts (ours) and messages of another kind.
  const direct = world.connections.mail;
  for (const id of ['1', '2']) {
    await services.mail.submit({
      account: direct,
      mail: {
        to: direct.address,
        subject: 'Test',
        messageId: `<${id}@chaos>`,
        date: new Date().toISOString(),
        headers: [],
        text: '.\n..\nZeile mit Ümlaut\n.',
        attachment: { name: 'a.bin', description: 'a', content: Buffer.alloc(200, 7).toString('base64') },
        envelopeId: `chaos-${id}`,
      },
    });
  }
  const whole = await services.mail.collect({ account: direct, knownUids: [], limit: 50 });
  const mails = whole.kind === 'ok' ? whole.value.messages : [];
  if (mails.length !== 4) wrong.push(`the mailbox has ${mails.length} messages, not 4`);
  const expectedMails = new Map(mails.map((mail) => [mail.uid, JSON.stringify(mail)]));
  const expectedAddresses = JSON.stringify(
    await services.directory.find({ connection: world.connections.directory, payerIks }),
  );

  /** Each gives what it came to, or says what is wrong. */
  const talks: Readonly<Record<keyof typeof proxies, () => Promise<string>>> = {
    mailbox: async () => {
      const got = new Map<string, string>();
      let kind = 'all';
      for (let look = 0; look < 3 && got.size < expectedMails.size; look += 1) {
        const collected = await services.mail.collect({
          account: connections.mail,
          knownUids: [...got.keys()],
          limit: 50,
        });
        if (collected.kind === 'failed') {
          kind = 'failed, then all';
          continue;
        }
        for (const mail of collected.value.messages) {
          if (got.has(mail.uid)) return `wrong: ${mail.uid} came twice`;
          got.set(mail.uid, JSON.stringify(mail));
        }
      }
      for (const [uid, mail] of expectedMails)
        if (got.get(uid) !== mail) return `wrong: ${uid} is ${got.has(uid) ? 'not byte for byte' : 'missing'}`;
      return kind;
    },
    connector: async () => {
      const signed = await sign(connections.connector);
      if (signed.kind === 'failed') return 'failed';
      const outcomes = signed.value.map(({ outcome }) => outcome.kind);
      return outcomes.length === 2 ? outcomes.join(' ') : `wrong: ${outcomes.length} outcomes`;
    },
    directory: async () => {
      const found = await services.directory.find({ connection: connections.directory, payerIks });
      if (found.kind === 'failed') return 'failed';
      return JSON.stringify(found) === expectedAddresses ? 'all' : `wrong: ${JSON.stringify(found)}`;
    },
  };

  const talk = async (name: keyof typeof proxies, proxy: ChaosProxy, trouble: Trouble): Promise<void> => {
    proxy.set(trouble);
    dialogues += 1;
    let came: string;
    try {
      came = await talks[name]();
    } catch (error) {
      came = `wrong: ${String(error)}`;
    }
    if (came.startsWith('wrong')) wrong.push(`${name}, ${JSON.stringify(trouble)}: ${came}`);
    const key = `${name}: ${came.startsWith('wrong') ? 'wrong' : came}`;
    kinds[key] = (kinds[key] ?? 0) + 1;
  };

  try {
    for (const name of ['mailbox', 'connector', 'directory'] as const) {
      const proxy = proxies[name];
      await talk(name, proxy, { kind: 'none' });
      const lengths = { ...proxy.seen };
      await talk(name, proxy, { kind: 'no-tls' });
      await talk(name, proxy, { kind: 'delay', milliseconds: 5 });
      await talk(name, proxy, { kind: 'split', size: 7 });
      for (const direction of ['up', 'down'] as const satisfies readonly Direction[]) {
        for (let after = step.from % step.cut; after <= lengths[direction]; after += step.cut)
          await talk(name, proxy, { kind: 'cut', direction, after });
        for (let at = step.from % step.below; at <= lengths[direction]; at += step.below) {
          await talk(name, proxy, { kind: 'garbage', direction, at });
          await talk(name, proxy, { kind: 'duplicate', direction, at });
        }
      }
      // The wire is well again: nothing of all that lingers.
      await talk(name, proxy, { kind: 'none' });
    }
  } finally {
    await services.close();
    await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()));
    await rehearsal.stop();
  }
  return { dialogues, wrong, kinds };
}
