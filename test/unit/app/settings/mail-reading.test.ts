import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless, mailFileName, readBody, readHead } from '../../../../renderer/app/settings/mail-reading';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('reading mail from outside', () => {
  it('decodes sender and subject, over folded lines', () => {
    expect(readHead(bytes('Subject: =?utf-8?B?QsO2c2U=?=\r\n Folge\r\nFROM: <a@b.kim>\r\n'))).toEqual({
      from: '<a@b.kim>',
      subject: 'Böse Folge',
    });
    expect(readHead(bytes('X: y'))).toEqual({ from: '', subject: '' });
  });
  it('takes characters out that turn a line around, so that a name reads as it is', () => {
    expect(readHead(bytes('Subject: Rechnung \u202Efdp.exe')).subject).toBe('Rechnung fdp.exe');
  });
  it('whatever comes in, nothing that controls the line is left', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(harmless(text)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
  it('shows the plain text where there is one', async () => {
    const body = await readBody(
      bytes(
        'Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nHallo\n--b\nContent-Type: text/html\n\n<b>Hi</b>\n--b--\n',
      ),
    );
    expect(body).toMatchObject({ origin: 'text', text: 'Hallo', isCut: false });
  });
  it('shows only the words of HTML, without scripts, styles, handlers and broken tags', async () => {
    const body = await readBody(
      bytes(
        'Content-Type: text/html\n\n<style>p{}</style><h1>Hallo</h1><img src=x onerror="alert(1)"><p>&lt;b&gt; &#65;&amp;</p><script>alert(2)',
      ),
    );
    expect(body.origin).toBe('html');
    expect(body.text.split('\n').filter((line) => line !== '')).toEqual(['Hallo', '<b> A&']);
  });
  it('cuts what is too long to show, and says so', async () => {
    const body = await readBody(bytes(`Subject: x\n\n${'lang '.repeat(10_000)}`));
    expect(body.isCut).toBe(true);
    expect(body.text.length).toBe(20_000);
  });
  it('names what is attached', async () => {
    const body = await readBody(
      bytes(
        'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/xml; name=f.xml\nContent-Disposition: attachment; filename="f\u202E.xml"\nContent-Transfer-Encoding: base64\n\nPGEvPg==\n--b--\n',
      ),
    );
    expect(body.origin).toBe('none');
    expect(body.attachments).toEqual([{ name: 'f.xml', bytes: 4 }]);
  });
  it('never fails, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (raw) => {
        expect((await readBody(raw)).text.length).toBeLessThanOrEqual(20_000);
      }),
    );
  });
  it('makes a file name of its own: a uid can be anything', () => {
    expect(mailFileName('2026-11-24T01:00:00.000Z', '../../etc/passwd\\n')).toBe('mail-2026-11-24--etc-passwd-n.eml');
  });
});
