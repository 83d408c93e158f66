import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChaosProxy } from '../../../build/chaos/proxy';
import { createAuthority } from '../../../electron/rehearsal/authority';
import { composeMail } from '../../../electron/services/mail/compose';
import { createServices, type Services } from '../../../electron/services/services';
import { failureObstacle } from '../../../renderer/outbox/obstacles';
import { exampleAccount, exampleMail, exampleServer } from '../../unit/services/examples';
import { skipped } from '../servers/available';
import { mailboxes, type MailServers, refusedRecipients, startMailServers } from '../servers/mail';

describe.skipIf(skipped('mail against Postfix and Dovecot', 'postfix', 'dovecot', 'doveadm'))(
  'mail against Postfix and Dovecot',
  () => {
    let servers: MailServers;
    let services: Services;
    const sizeLimit = 2_000_000;

    beforeAll(async () => {
      servers = await startMailServers(sizeLimit);
      services = createServices({ printFolder: null });
    });
    afterAll(async () => {
      await services.close();
      servers.stop();
    });

    const accountOf = (
      address: string,
      security: 'tls' | 'starttls' = 'tls',
      password = servers.password,
      authorities: string[] = [servers.authority],
    ) =>
      exampleAccount(
        authorities,
        exampleServer(security === 'tls' ? servers.ports.smtps : servers.ports.smtp, { security, password }),
        exampleServer(security === 'tls' ? servers.ports.pop3s : servers.ports.pop3, { security, password }),
        { address },
      );
    const collectAll = async (address: string, knownUids: string[] = []) => {
      const collected = await services.mail.collect({ account: accountOf(address), knownUids, limit: 1000 });
      if (collected.kind === 'failed') throw new Error(collected.failure.text);
      return collected.value.messages;
    };
    const eventually = async <T>(look: () => Promise<T | undefined>): Promise<T> => {
      for (let turn = 0; turn < 100; turn += 1) {
        const found = await look();
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('it did not come');
    };

    it.each(['tls', 'starttls'] as const)(
      'hands a message over byte for byte and gets the receipt (%s)',
      async (security) => {
        const id = `7e57-${security}`;
        const mail = exampleMail({
          messageId: `<${id}@ersatzschein.invalid>`,
          envelopeId: id,
          text: '.Punkt am Zeilenanfang\n..\nGrüße',
        });
        const account = accountOf(mailboxes.practice, security);
        expect(await services.mail.submit({ account, mail: { ...mail, to: mailboxes.payer } })).toMatchObject({
          kind: 'accepted',
        });
        const arrived = await eventually(async () =>
          (await collectAll(mailboxes.payer)).find(({ header }) =>
            Buffer.from(header, 'base64').toString('latin1').includes(`<${id}@`),
          ),
        );
        const raw = Buffer.from(arrived.raw ?? '', 'base64').toString('latin1');
        const composed = (await composeMail(mailboxes.practice, { ...mail, to: mailboxes.payer })).toString('latin1');
        // The server puts its own trace fields before ours and touches nothing else.
        expect(raw.endsWith(composed)).toBe(true);

        const receipt = await eventually(async () =>
          (await collectAll(mailboxes.practice)).find(({ raw: text }) =>
            Buffer.from(text ?? '', 'base64')
              .toString('latin1')
              .includes(`Original-Envelope-Id: ${id}`),
          ),
        );
        expect(Buffer.from(receipt.raw ?? '', 'base64').toString('latin1')).toMatch(/^Action: delivered$/m);
      },
    );

    it('gets a negative receipt with the envelope id for an address that does not exist', async () => {
      const mail = exampleMail({
        to: 'nobody@fail.kim.test',
        envelopeId: '7e57-bounce',
        messageId: '<bounce@ersatzschein.invalid>',
      });
      expect((await services.mail.submit({ account: accountOf(mailboxes.practice), mail })).kind).toBe('accepted');
      const receipt = await eventually(async () =>
        (await collectAll(mailboxes.practice)).find(({ raw }) =>
          Buffer.from(raw ?? '', 'base64')
            .toString('latin1')
            .includes('Original-Envelope-Id: 7e57-bounce'),
        ),
      );
      expect(Buffer.from(receipt.raw ?? '', 'base64').toString('latin1')).toMatch(/^Action: failed$/m);
    });

    it('collects only what is not known yet and leaves everything in the mailbox', async () => {
      const before = await collectAll(mailboxes.payer);
      expect(before.length).toBeGreaterThan(0);
      expect(
        await collectAll(
          mailboxes.payer,
          before.map(({ uid }) => uid),
        ),
      ).toEqual([]);
      expect((await collectAll(mailboxes.payer)).map(({ uid }) => uid)).toEqual(before.map(({ uid }) => uid));
    });

    it('takes several hundred messages over one connection', async () => {
      const account = accountOf(mailboxes.practice);
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, (_, index) =>
          services.mail.submit({
            account,
            mail: exampleMail({
              to: mailboxes.payer,
              envelopeId: `bulk-${index}`,
              messageId: `<bulk-${index}@e.invalid>`,
            }),
          }),
        ),
      );
      expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
    });

    it('is refused for good where the message is larger than the server takes', async () => {
      const mail = exampleMail({ to: mailboxes.payer });
      const large = {
        ...mail,
        attachment: { ...mail.attachment, content: Buffer.alloc(sizeLimit).toString('base64') },
      };
      expect(await services.mail.submit({ account: accountOf(mailboxes.practice), mail: large })).toMatchObject({
        kind: 'refused',
        temporary: false,
        code: '552',
      });
    });

    it('is refused for good where the server does not take the recipient', async () => {
      const mail = exampleMail({ to: 'unknown@kasse.kim.test' });
      expect(await services.mail.submit({ account: accountOf(mailboxes.practice), mail })).toMatchObject({
        kind: 'refused',
        temporary: false,
        code: '550',
      });
    });

    it('hands over nothing to a Postfix that does not announce DSN', async () => {
      const account = accountOf(mailboxes.practice);
      const without = { ...account, smtp: { ...account.smtp, port: servers.ports.smtpsNoDsn } };
      const named = (name: string) =>
        exampleMail({ to: mailboxes.payer, envelopeId: name, messageId: `<${name}@ersatzschein.invalid>` });
      expect(await services.mail.submit({ account: without, mail: named('no-dsn') })).toMatchObject({
        kind: 'not-sent',
        failure: { reason: 'no-dsn' },
      });
      expect(await services.mail.checkSubmission({ account: without })).toMatchObject({
        kind: 'failed',
        failure: { reason: 'no-dsn' },
      });
      // What came before may still be on its way to the mailbox: one that is handed over afterwards says when to look.
      expect((await services.mail.submit({ account, mail: named('behind-it') })).kind).toBe('accepted');
      const headers = await eventually(async () => {
        const all = (await collectAll(mailboxes.payer)).map(({ header }) =>
          Buffer.from(header, 'base64').toString('latin1'),
        );
        return all.some((header) => header.includes('<behind-it@')) ? all : undefined;
      });
      expect(headers.filter((header) => header.includes('<no-dsn@'))).toEqual([]);
    });

    it.each([
      ['later', true, '450', 'sending-refused'],
      ['noCertificate', true, '451', 'sending-no-encryption-certificate'],
      ['never', false, '554', 'sending-refused'],
    ] as const)('Postfix refuses the recipient (%s): temporary %s, code %s', async (which, temporary, code, words) => {
      const mail = exampleMail({ to: refusedRecipients[which].address, envelopeId: `refused-${which}` });
      const submission = await services.mail.submit({ account: accountOf(mailboxes.practice), mail });
      expect(submission).toMatchObject({ kind: 'refused', temporary, code });
      expect(failureObstacle('sending', { reason: 'refused', code, text: '' }).what).toBe(words);
    });

    it('a connection lost after DATA is unknown, and the same bytes that go again are the same message', async () => {
      const account = accountOf(mailboxes.practice);
      const authority = createAuthority('Chaos', new Date());
      const proxy = await startChaosProxy({
        target: servers.ports.smtps,
        identity: authority.issue({ commonName: 'localhost' }, 'server'),
        authority: servers.authority,
      });
      const astray = {
        ...account,
        trust: { authorities: [authority.pem] },
        smtp: { ...account.smtp, port: proxy.port },
      };
      // A kept connection would begin in the middle of the dialogue.
      const fresh = createServices({ printFolder: null });
      const later = createServices({ printFolder: null });
      const mail = exampleMail({
        to: mailboxes.payer,
        envelopeId: 'lost-answer',
        messageId: '<lost-answer@ersatzschein.invalid>',
      });
      try {
        proxy.set({ kind: 'none' });
        const well = exampleMail({ to: mailboxes.payer, envelopeId: 'lost-answe2', messageId: '<well@e.invalid>' });
        expect((await fresh.mail.submit({ account: astray, mail: well })).kind).toBe('accepted');
        const dialogue = proxy.seen.down;
        await fresh.close();
        // All but the last bytes of the answer to the message: the server has it, and nobody here knows.
        proxy.set({ kind: 'cut', direction: 'down', after: dialogue - 12 });
        expect((await later.mail.submit({ account: astray, mail })).kind).toBe('unknown');
        expect((await services.mail.submit({ account, mail })).kind).toBe('accepted');
        const composed = (await composeMail(mailboxes.practice, mail)).toString('latin1');
        const copies = await eventually(async () => {
          const found = (await collectAll(mailboxes.payer))
            .map(({ raw }) => Buffer.from(raw ?? '', 'base64').toString('latin1'))
            .filter((raw) => raw.includes('<lost-answer@'));
          return found.length >= 2 ? found : undefined;
        });
        for (const copy of copies) expect(copy.endsWith(composed)).toBe(true);
      } finally {
        await later.close();
        await proxy.stop();
      }
    });

    it('fails with login where the password is wrong', async () => {
      const account = accountOf(mailboxes.practice, 'tls', 'falsch');
      expect(await services.mail.submit({ account, mail: exampleMail() })).toMatchObject({
        kind: 'not-sent',
        failure: { reason: 'login', code: '535' },
      });
      expect(await services.mail.checkMailbox({ account })).toMatchObject({
        kind: 'failed',
        failure: { reason: 'login' },
      });
    });

    it.each(['tls', 'starttls'] as const)(
      'fails with tls where the authority is not trusted (%s)',
      async (security) => {
        const account = accountOf(mailboxes.practice, security, servers.password, []);
        expect(await services.mail.submit({ account, mail: exampleMail() })).toMatchObject({
          kind: 'not-sent',
          failure: { reason: 'tls' },
        });
        expect(await services.mail.collect({ account, knownUids: [], limit: 10 })).toMatchObject({
          kind: 'failed',
          failure: { reason: 'tls' },
        });
      },
    );

    it.each(['tls', 'starttls'] as const)(
      'checks both ways and tells when the certificate ends (%s)',
      async (security) => {
        const account = accountOf(mailboxes.practice, security);
        for (const check of [
          await services.mail.checkSubmission({ account }),
          await services.mail.checkMailbox({ account }),
        ]) {
          if (check.kind === 'failed') throw new Error(check.failure.text);
          expect(check.value.description).toContain('127.0.0.1');
          expect(new Date(check.value.certificateNotAfter ?? 0).getTime()).toBeGreaterThan(Date.now());
        }
      },
    );
  },
);
