import type { Connections } from '../../electron/contract/connections';
import type { OutgoingMail } from '../../electron/contract/contract';
import { noFaults } from '../../electron/contract/rehearsal';
import { createAuthority } from '../../electron/rehearsal/authority';
import { createRehearsal } from '../../electron/rehearsal/rehearsal';
import { composeMail } from '../../electron/services/mail/compose';
import { createServices } from '../../electron/services/services';
import { startChaosProxy, type ChaosProxy } from './proxy';

/** The dialogues with the components outside: POP3, SOAP over HTTPS, LDAP, SMTP. */
export const dialogueNames = ['mailbox', 'connector', 'directory', 'sending'] as const;
export type DialogueName = (typeof dialogueNames)[number];

/** A dialogue that can be held again and again over a proxy that troubles it. */
export interface TroubledDialogue {
  readonly proxy: ChaosProxy;
  /** Holds it once. Gives what it came to, beginning with `wrong` where that must not be. */
  readonly hold: () => Promise<string>;
}

/** A rehearsal world with a proxy before each component, and the services that talk to it. */
export interface TroubledWorld {
  readonly dialogues: Readonly<Record<DialogueName, TroubledDialogue>>;
  /** What of all that was sent arrived wrongly, in words. Asked once, when nothing is under way any more. */
  wrongArrivals(): Promise<string[]>;
  close(): Promise<void>;
}

/** Longer than anything on loopback takes, short enough for a server that waits for the rest of a cut message. */
const timeouts = {
  smtp: { connect: 2_000, inactivity: 2_000 },
  pop3: { connect: 2_000, silence: 2_000, answer: 4_000 },
};
/** So often the mailbox is looked into until all is there. */
const looks = 3;
const authority = createAuthority('Chaos', new Date());
const identity = authority.issue({ commonName: 'localhost' }, 'server');

/** Opens one; several can run side by side. */
export async function openTroubledWorld(): Promise<TroubledWorld> {
  const rehearsal = createRehearsal();
  const world = await rehearsal.handlers.start({});
  const services = createServices({ printFolder: null, timeouts });
  const { connections } = world;
  const proxyTo = (target: number, rewrites = false) =>
    startChaosProxy({
      target,
      identity,
      authority: connections.connector.trust.authorities[0] ?? '',
      ...(rewrites ? { rewrite: (port) => [`127.0.0.1:${target}`, `127.0.0.1:${port}`] as const } : {}),
    });
  const proxies = {
    mailbox: await proxyTo(connections.mail.pop3.port),
    connector: await proxyTo(Number(new URL(connections.connector.endpoint).port), true),
    directory: await proxyTo(connections.directory.port),
    sending: await proxyTo(connections.mail.smtp.port),
  };
  const trust = { authorities: [authority.pem] };
  const troubled: Connections = {
    connector: { ...connections.connector, trust, endpoint: `https://127.0.0.1:${proxies.connector.port}` },
    mail: {
      ...connections.mail,
      trust,
      pop3: { ...connections.mail.pop3, port: proxies.mailbox.port },
      smtp: { ...connections.mail.smtp, port: proxies.sending.port },
    },
    directory: { ...connections.directory, trust, port: proxies.directory.port },
  };
  const payerIks = world.payers.map(({ ik }) => ik);
  const direct = await services.directory.find({ connection: connections.directory, payerIks });
  const addresses = direct.kind === 'ok' ? direct.value : [];

  /** Two messages to oneself, so that the mailbox holds receipts (ours) and messages of another kind. */
  const own = connections.mail;
  for (const id of ['1', '2']) await services.mail.submit({ account: own, mail: mailTo(own.address, `chaos-${id}`) });
  const whole = await services.mail.collect({ account: own, knownUids: [], limit: 50, witnessUids: [] });
  const mails = whole.kind === 'ok' ? whole.value.messages : [];
  if (mails.length !== 4) throw new Error(`The mailbox has ${mails.length} messages, not 4.`);
  const expectedMails = new Map(mails.map((mail) => [mail.uid, JSON.stringify(mail)]));
  // From now on what is sent goes nowhere: the mailbox stays as it is, and no insurer has work with it.
  await rehearsal.handlers.setFaults({ ...noFaults, providers: [{ provider: '', mode: 'vanish' }] });

  /** What submitting came to, by envelope id. */
  const sent = new Map<string, string>();
  let count = 0;

  const hold: Readonly<Record<DialogueName, () => Promise<string>>> = {
    mailbox: async () => {
      const got = new Map<string, string>();
      let kind = 'all';
      let isFailed = false;
      for (let look = 0; look < looks && got.size < expectedMails.size; look += 1) {
        const collected = await services.mail.collect({
          account: troubled.mail,
          knownUids: [...got.keys()],
          limit: 50,
          witnessUids: [],
        });
        if (collected.kind === 'failed') {
          kind = 'failed, then all';
          isFailed = true;
          continue;
        }
        isFailed = false;
        for (const mail of collected.value.messages) {
          if (got.has(mail.uid)) return `wrong: ${mail.uid} came twice`;
          got.set(mail.uid, JSON.stringify(mail));
        }
      }
      // On a machine that is busy enough, the last look is over its time as well: then nobody was told that this is all.
      if (isFailed) return 'failed';
      for (const [uid, mail] of expectedMails)
        if (got.get(uid) !== mail) return `wrong: ${uid} is ${got.has(uid) ? 'not byte for byte' : 'missing'}`;
      return kind;
    },
    connector: async () => {
      const { practitioner } = world;
      const signed = await services.connector.sign({
        connection: troubled.connector,
        card: { kind: 'HBA', holder: { ...practitioner, number: practitioner.lanr } },
        documents: ['a', 'b'].map((name) => ({ name, content: Buffer.from(`<T>${name}</T>`).toString('base64') })),
      });
      if (signed.kind === 'failed') return 'failed';
      const outcomes = signed.value.map(({ outcome }) => outcome.kind);
      return outcomes.length === 2 ? outcomes.join(' ') : `wrong: ${outcomes.length} outcomes`;
    },
    directory: async () => {
      const found = await services.directory.find({ connection: troubled.directory, payerIks });
      if (found.kind === 'failed') return 'failed';
      return JSON.stringify(found.value) === JSON.stringify(addresses) ? 'all' : `wrong: ${JSON.stringify(found)}`;
    },
    sending: async () => {
      count += 1;
      const envelopeId = `chaos-sent-${count}`;
      // Services of its own: a connection that is kept would begin in the middle of a dialogue.
      const fresh = createServices({ printFolder: null, timeouts });
      try {
        const submission = await fresh.mail.submit({
          account: troubled.mail,
          mail: mailTo(addresses[0]?.address ?? '', envelopeId),
        });
        sent.set(envelopeId, submission.kind);
        return submission.kind;
      } finally {
        await fresh.close();
      }
    },
  };

  return {
    dialogues: {
      mailbox: { proxy: proxies.mailbox, hold: hold.mailbox },
      connector: { proxy: proxies.connector, hold: hold.connector },
      directory: { proxy: proxies.directory, hold: hold.directory },
      sending: { proxy: proxies.sending, hold: hold.sending },
    },
    wrongArrivals: async () => {
      const arrived = await rehearsal.handlers.received({ from: 0 });
      const wrong: string[] = [];
      for (const [envelopeId, kind] of sent) {
        const mine = arrived.filter((one) => one.envelopeId === envelopeId);
        const isRight = kind === 'unknown' ? mine.length < 2 : mine.length === (kind === 'accepted' ? 1 : 0);
        if (!isRight) wrong.push(`sending: ${kind}, and it arrived ${mine.length} times`);
        const composed = await composeMail(own.address, mailTo(addresses[0]?.address ?? '', envelopeId));
        if (mine.some(({ raw }) => !Buffer.from(raw, 'base64').equals(composed)))
          wrong.push(`sending: ${kind}, and it arrived with other bytes`);
      }
      return wrong;
    },
    close: async () => {
      await services.close();
      await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()));
      await rehearsal.stop();
    },
  };
}

/** The same bytes for the same id. */
function mailTo(to: string, envelopeId: string): OutgoingMail {
  return {
    to,
    subject: 'Test',
    messageId: `<${envelopeId}@chaos>`,
    date: '2026-11-26T08:00:00.000Z',
    headers: [],
    text: '.\n..\nZeile mit Ümlaut\n.',
    attachment: { name: 'a.bin', description: 'a', content: Buffer.alloc(200, 7).toString('base64') },
    envelopeId,
  };
}
