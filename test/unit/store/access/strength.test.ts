import { describe, expect, it } from 'vitest';
import { judgePassphrase } from '../../../../renderer/store/access/strength';

describe('how hard a passphrase is to guess', () => {
  it.each([
    'Passwort123',
    'Sommer2026!',
    'qwertzuiop12',
    'Praxis Beispiel',
    'Hanna Beispiel 1964',
    'kurz!Ä7x',
    'aaaaaaaaaaaaaaaa',
  ])('not enough: %s', async (passphrase) => {
    expect((await judgePassphrase(passphrase, ['Hanna Beispiel'])).isEnough).toBe(false);
  });
  it.each([
    'neun stille Aufzüge warten',
    'vier gelbe Zettel im Regen',
    'Kabelkanal hinter der Heizung',
    'xK9#mPq2!vLr8',
  ])('enough: %s', async (passphrase) => {
    expect(await judgePassphrase(passphrase, ['Hanna Beispiel'])).toEqual({ score: 4, isEnough: true });
  });
});
