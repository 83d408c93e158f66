import type { StageName } from '../../renderer/domain/state';
import { toBase64 } from '../../renderer/outbox/bytes';
import { insurerErrorMail, kimErrorMail, receiptMail } from '../chaos/answer-mail';
import type { SeededRandom } from '../chaos/random';

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);
const bytes = (of: string) => Uint8Array.from(of, (letter) => letter.charCodeAt(0) & 0xff);

/** What mails are made of: about one document, to one insurer. */
export interface Ingredients {
  readonly documentId: string;
  readonly address: string;
  readonly messageId: string;
  readonly random: SeededRandom;
}

/** A way of writing a mail: honest, forged, or broken; and what may come of it. */
export interface Recipe {
  readonly name: string;
  readonly expected: readonly StageName[];
  readonly write: (of: Ingredients) => Uint8Array;
}

export const recipes: readonly Recipe[] = [
  { name: 'receipt', expected: ['delivered'], write: (of) => receipt(of) },
  {
    name: 'receipt, lines end in LF',
    expected: ['delivered'],
    write: (of) => bytes(text(receipt(of)).replace(/\r\n/g, '\n')),
  },
  {
    name: 'receipt, other letter case',
    expected: ['delivered'],
    write: (of) =>
      bytes(
        text(receipt(of)).replace(/^(Action|Status|Final-Recipient|Content-Type):/gm, (name) => name.toUpperCase()),
      ),
  },
  {
    name: 'receipt, report in base64',
    expected: ['delivered'],
    write: (of) => {
      const [head = '', report = '', end = ''] = text(receipt(of)).split(
        /(?<=message\/delivery-status\r\n)\r\n|(?=--report--)/,
      );
      return bytes(
        `${head}Content-Transfer-Encoding: base64\r\n\r\n${toBase64(bytes(report)).replace(/.{76}/g, '$&\r\n')}\r\n${end}`,
      );
    },
  },
  {
    name: 'receipt without envelope id, by the returned Message-ID',
    expected: ['delivered'],
    write: (of) =>
      bytes(
        text(receipt(of))
          .replace(/Original-Envelope-Id: .*\r\n/, '')
          .replace(
            '--report--',
            `--report\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${of.messageId}\r\n--report--`,
          ),
      ),
  },
  {
    name: 'receipt without envelope id, by the returned subject',
    expected: ['delivered'],
    write: (of) =>
      bytes(
        text(receipt(of))
          .replace(/Original-Envelope-Id: .*\r\n/, '')
          .replace(
            '--report--',
            `--report\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: TEAU0_${of.documentId}\r\n--report--`,
          ),
      ),
  },
  { name: 'bounce', expected: ['signed'], write: (of) => receipt(of, 'failed') },
  { name: 'delay', expected: ['handed-over'], write: (of) => receipt(of, 'delayed') },
  { name: 'insurer error', expected: ['rejected'], write: (of) => insurerError(of, '101') },
  { name: 'information', expected: ['informed'], write: (of) => insurerError(of, '100') },
  { name: 'unknown insurer error', expected: ['rejected'], write: (of) => insurerError(of, '999') },
  {
    name: 'receipt for somebody else',
    expected: ['handed-over'],
    write: (of) => receipt({ ...of, address: 'eau-1@evil.test' }),
  },
  {
    name: 'receipt about nobody’s document',
    expected: ['handed-over'],
    write: (of) => receipt({ ...of, documentId: of.random.uuid() }),
  },
  {
    name: 'insurer error from somebody else',
    expected: ['handed-over'],
    write: (of) => insurerError({ ...of, address: 'insurer@evil.test' }, '101'),
  },
  {
    name: 'KIM notice of the own service',
    expected: ['signed'],
    write: (of) => kimErrorMail({ ...of, code: '4008' }),
  },
  {
    name: 'KIM notice from somebody else',
    expected: ['handed-over'],
    write: (of) => kimErrorMail({ ...of, code: '4008', sender: 'clientmodul@evil.test' }),
  },
  {
    name: 'insurer error without the KIM header',
    expected: ['handed-over'],
    write: (of) => bytes(text(insurerError(of, '101')).replace(/^X-KIM-Dienstkennung.*\r\n/m, '')),
  },
  {
    name: 'entity bomb',
    expected: ['handed-over'],
    write: (of) =>
      bytes(
        text(insurerError(of, '101')).replace(
          '<OperationOutcome',
          '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><OperationOutcome',
        ),
      ),
  },
  {
    name: 'two errors in one mail',
    expected: ['handed-over'],
    write: (of) => {
      const mail = text(insurerError(of, '101'));
      const part = mail.slice(mail.lastIndexOf('--error\r\n'), mail.indexOf('--error--'));
      return bytes(mail.replace('--error--', `${part}--error--`));
    },
  },
  {
    name: 'nested too deeply',
    expected: ['handed-over', 'delivered'],
    write: (of) =>
      bytes(
        Array.from(
          { length: 400 },
          (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`,
        ).join('') + text(receipt(of)),
      ),
  },
  {
    name: 'a header without end',
    expected: ['handed-over', 'delivered'],
    // Now and then longer than anything else that comes.
    write: (of) => bytes(`X-Long: ${'a'.repeat(of.random.chance(0.05) ? 2_500_000 : 90_000)}\r\n${text(receipt(of))}`),
  },
  { name: 'nothing', expected: ['handed-over'], write: () => new Uint8Array(0) },
  {
    name: 'noise',
    expected: ['handed-over'],
    write: ({ random }) => Uint8Array.from({ length: 1 + random.below(5000) }, () => random.below(256)),
  },
  {
    name: 'half a receipt',
    expected: ['handed-over', 'delivered', 'signed'],
    write: (of) => half(receipt(of), of.random),
  },
  {
    name: 'half an error',
    expected: ['handed-over', 'rejected'],
    write: (of) => half(insurerError(of, '101'), of.random),
  },
  {
    name: 'damaged receipt',
    expected: ['handed-over', 'delivered', 'signed'],
    write: (of) => damaged(receipt(of), of.random),
  },
  {
    name: 'damaged error',
    expected: ['handed-over', 'rejected', 'informed'],
    write: (of) => damaged(insurerError(of, '101'), of.random),
  },
];

function receipt(of: Ingredients, action: 'delivered' | 'failed' | 'delayed' = 'delivered'): Uint8Array {
  return receiptMail({ documentId: of.documentId, recipient: of.address, action });
}

function insurerError(of: Ingredients, code: string): Uint8Array {
  return insurerErrorMail({ documentId: of.documentId, sender: of.address, code, id: of.random.uuid() });
}

function half(raw: Uint8Array, random: SeededRandom): Uint8Array {
  return raw.slice(0, random.below(raw.length));
}

/** Bytes changed, left out and doubled here and there. */
function damaged(raw: Uint8Array, random: SeededRandom): Uint8Array {
  let mail = [...raw];
  for (let left = 1 + random.below(12); left > 0; left -= 1) {
    const at = random.below(mail.length);
    const length = random.below(30);
    const piece = mail.slice(at, at + length);
    const put = random.pick([[], [random.below(256)], [...piece, ...piece], [0], [13, 10], [13, 10, 13, 10]]);
    mail = [...mail.slice(0, at), ...put, ...mail.slice(at + length)];
  }
  return Uint8Array.from(mail);
}
