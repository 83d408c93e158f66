import { describe, expect, it } from 'vitest';
import { failureSchema } from '../../../electron/contract/call';
import { codesWithWords } from '../../../renderer/outbox/failure-codes';
import { printerTroubles } from '../../../electron/contract/printer-trouble';
import { failureObstacle, notWrittenObstacle, obstacle, printerObstacle } from '../../../renderer/outbox/obstacles';
import { obstacleWords } from '../../../renderer/app/parts/obstacle-words';
import { createWording } from '../../../renderer/app/parts/texts-context';
import { createTexts } from '../../../renderer/texts';
import { de } from '../../../renderer/texts/de';
import type { Failure } from '../../../electron/contract/call';
import type { Obstacle } from '../../../renderer/outbox/office';

type Component = Parameters<typeof failureObstacle>[0];

const network = ['unreachable', 'timeout', 'tls', 'tls-brainpool-only', 'login', 'refused', 'protocol'] as const;
/** Which failures each component's service can report (electron/services, electron/shell/printing). */
const canFail: Readonly<Record<Component, readonly Failure['reason'][]>> = {
  connector: [...network, 'card-missing', 'pin', 'cancelled', 'not-verified', 'unsupported'],
  sending: [...network, 'no-dsn'],
  mailbox: network,
  directory: network,
  printer: ['printer', 'unsupported'],
  rehearsal: ['unreachable'],
};
/** What only the archive reports: the store tells of it in its own words (`not-journaled`, `damaged`). */
const archiveOnly: readonly Failure['reason'][] = ['full', 'superseded', 'damaged', 'conflict'];
const components: readonly Component[] = ['connector', 'sending', 'mailbox', 'directory', 'printer', 'rehearsal'];

const failures = components.flatMap((component) =>
  canFail[component].map((reason) => failureObstacle(component, { reason, code: '4711', text: 'technical' })),
);
const codes = (['connector', 'sending'] as const).flatMap((component) =>
  codesWithWords[component].map((code) => failureObstacle(component, { reason: 'refused', code, text: 'technical' })),
);
const storage = (
  ['held', 'full', 'newer-version', 'closed', 'not-journaled', 'damaged', 'wrong-keys', 'other'] as const
).map((reason) => notWrittenObstacle({ kind: 'storage-failed', reason, text: 'technical' }));
const others: readonly Obstacle[] = [
  notWrittenObstacle({ kind: 'missing' }),
  obstacle('conflict'),
  obstacle('no-printer'),
  obstacle('trial-no-receipt'),
  obstacle('trial-no-message'),
  obstacle('trial-undelivered', { code: '5.1.1', text: 'technical' }),
  obstacle('nothing-to-do'),
  obstacle('mode-fixed'),
  obstacle('second-factor'),
  obstacle('held-after-restore'),
  obstacle('role-end-hold'),
  obstacle('within-retention'),
  obstacle('erasure-no-reason'),
  obstacle('imported-recreate'),
  ...printerTroubles.map((code) => printerObstacle({ reason: 'printer', code, text: 'technical' })),
  obstacle('not-noted', { text: 'technical' }),
  obstacle('letter-letter', { field: 'addressee', letters: '漢' }),
  obstacle('slip-letter', { name: 'Muster, Max', field: 'patient.address.city', letters: '漢' }),
  obstacle('slip-space', { name: 'Muster, Max', field: 'certificate.diagnoses.2.code' }),
  ...(
    [
      'record',
      'issue',
      'sign',
      'cancel',
      'discard-issued',
      'print',
      'send',
      'practice-settings',
      'erasure',
      'audit-trail',
      'see-certificates',
    ] as const
  ).map((permission) => obstacle(`role-${permission}`)),
  obstacle('slip-barcode', { name: 'Muster, Max' }),
];
const all = [
  ...new Map([...failures, ...codes, ...storage, ...others].map((one) => [one.what, one] as const)).values(),
];

describe('what an obstacle says', () => {
  it.each([
    ['connector', '4063', 'connector-fault-pin-blocked'],
    ['connector', 'BLOCKED', 'connector-fault-pin-blocked'],
    ['connector', '4047', 'connector-card-missing'],
    ['connector', '4060', 'connector-fault-busy'],
    ['connector', '4199', 'connector-refused'],
    ['sending', '451', 'sending-no-encryption-certificate'],
    ['sending', '450', 'sending-refused'],
    ['mailbox', '4063', 'mailbox-refused'],
  ] as const)('%s, code %s: %s', (component, code, what) => {
    expect(failureObstacle(component, { reason: 'refused', code, text: '' }).what).toBe(what);
  });

  it('every reason of the contract can occur somewhere', () => {
    const occurring = new Set([...Object.values(canFail).flat(), ...archiveOnly]);
    expect([...failureSchema.shape.reason.options].filter((reason) => !occurring.has(reason))).toEqual([]);
  });

  it('the texts hold the obstacles that occur, and no others', () => {
    expect(Object.keys(de.obstacles).sort()).toEqual(all.map(({ what }) => what).sort());
  });

  for (const language of ['de', 'en'] as const) {
    const t = createWording(language, createTexts(language));
    it.each(all.map((one) => [one.what, one] as const))(
      `${language}: %s has words, with every value filled in`,
      (_what, one) => {
        const words = obstacleWords(t, one);
        expect(words).not.toMatch(/\{\{|\}\}/);
        expect(words).not.toContain(one.what);
        // A field by its name on the screen, not by its path.
        expect(words).not.toMatch(/patient\.\w|certificate\.\w|addressee/);
        // What happened, and then what to do: more than one sentence.
        expect(words.split(/[.:;] /).length).toBeGreaterThan(1);
      },
    );
  }
});
