import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { composeMail } from '../../../electron/services/mail/compose';
import { pop3UserName, smtpUserName } from '../../../electron/services/mail/user-name';
import { exampleAccount, exampleMail, exampleServer } from './examples';

const sender = 'praxis@praxis.kim.test';

describe('the mail (P5-02, P5-07)', () => {
  it('has exactly the bytes of the golden file', async () => {
    const golden = readFileSync(new URL('fixtures/mail.eml', import.meta.url));
    expect((await composeMail(sender, exampleMail())).toString('latin1')).toBe(golden.toString('latin1'));
  });

  it('has one recipient, the own address for answers, and one attachment with the given bytes', async () => {
    const parsed = await PostalMime.parse(await composeMail(sender, exampleMail()), { attachmentEncoding: 'base64' });
    expect(parsed.from?.address).toBe(sender);
    expect(parsed.to?.map(({ address }) => address)).toEqual([exampleMail().to]);
    expect(parsed.cc ?? parsed.bcc).toBeUndefined();
    expect(parsed.replyTo?.map(({ address }) => address)).toEqual([sender]);
    expect(parsed.messageId).toBe(exampleMail().messageId);
    expect(parsed.attachments).toHaveLength(1);
    expect(parsed.attachments[0]).toMatchObject({
      filename: exampleMail().attachment.name,
      mimeType: 'application/octet-stream',
      disposition: 'attachment',
      description: 'eAU',
      content: exampleMail().attachment.content,
    });
    expect(parsed.text?.trimEnd()).toBe(exampleMail().text);
  });

  it('tells nothing of this machine, and nothing that was not handed in', async () => {
    const text = (await composeMail(sender, exampleMail())).toString('latin1');
    expect(text).not.toContain(hostname());
    const names = text
      .slice(0, text.indexOf('\r\n\r\n'))
      .split(/\r\n(?![ \t])/)
      .map((line) => line.split(':')[0]);
    expect([...names].sort()).toEqual(
      [
        'Content-Type',
        'Date',
        'From',
        'MIME-Version',
        'Message-ID',
        'Reply-To',
        'Subject',
        'To',
        'X-KIM-Dienstkennung',
        'X-KIM-Sendersystem',
        'X-KIM-Support',
      ].sort(),
    );
  });

  it('uses CRLF alone, and lines within the limit of SMTP', async () => {
    const text = (await composeMail(sender, exampleMail({ text: `${'ü'.repeat(3000)}\nb` }))).toString('latin1');
    expect(text).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
    expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it.each([
    { subject: 'a\r\nBcc: x@y' },
    { to: 'a@b\r\nBcc: x@y' },
    { messageId: '<a@b>\nX: y' },
    { headers: [{ name: 'X-A', value: 'b\r\nBcc: x@y' }] },
    { headers: [{ name: 'X-A: b\r\nBcc', value: 'c' }] },
    { headers: [{ name: '', value: 'c' }] },
  ])('refuses header fields of more than a line: %j', async (changes) => {
    await expect(composeMail(sender, exampleMail(changes))).rejects.toThrow(TypeError);
  });
});

describe('user names at the client module (Tab_ILF_PS_Bildungsregel)', () => {
  const names = (
    withContext: boolean,
    context: { userId?: string | null; connectorId?: string | null } = {},
    service = true,
  ) => {
    const server = exampleServer(465, {
      withContext,
      service: service ? { host: 'hrst.kim.telematik', port: 995 } : null,
    });
    const account = exampleAccount([], server, server, {
      address: 'erik@hrst.kim.telematik',
      context: { mandantId: '1', clientSystemId: 'KIM', workplaceId: '7', userId: null, connectorId: null, ...context },
    });
    return [smtpUserName(account), pop3UserName(account)];
  };
  const mailbox = 'erik@hrst.kim.telematik#hrst.kim.telematik:995';

  it('with the call context', () => expect(names(true)).toEqual([`${mailbox}#1#KIM#7`, `${mailbox}#1#KIM#7`]));
  it('with a connector: POP3 has * in the place of the user', () =>
    expect(names(true, { connectorId: 'Konn_1' })).toEqual([
      `${mailbox}#1#KIM#7#Konn_1`,
      `${mailbox}#1#KIM#7#*#Konn_1`,
    ]));
  it('with a user: only POP3 names it', () =>
    expect(names(true, { userId: '13' })).toEqual([`${mailbox}#1#KIM#7`, `${mailbox}#1#KIM#7#13`]));
  it('with user and connector', () =>
    expect(names(true, { userId: '13', connectorId: 'Konn_1' })).toEqual([
      `${mailbox}#1#KIM#7#Konn_1`,
      `${mailbox}#1#KIM#7#13#Konn_1`,
    ]));
  it('without the context', () => expect(names(false, { connectorId: 'K' })).toEqual([mailbox, mailbox]));
  it('without context and service: the address alone', () =>
    expect(names(false, {}, false)).toEqual(['erik@hrst.kim.telematik', 'erik@hrst.kim.telematik']));
  it('each protocol by its own settings', () => {
    const account = exampleAccount([], exampleServer(1, { withContext: true }), exampleServer(2));
    expect([smtpUserName(account), pop3UserName(account)]).toEqual([
      'praxis@praxis.kim.test#127.0.0.1:1#M1#C1#W1',
      'praxis@praxis.kim.test',
    ]);
  });
});
