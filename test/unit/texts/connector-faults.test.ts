import { describe, expect, it } from 'vitest';
import { obstacleWords } from '../../../renderer/app/parts/obstacle-words';
import { createWording } from '../../../renderer/app/parts/texts-context';
import { codesWithWords } from '../../../renderer/outbox/failure-codes';
import { failureObstacle } from '../../../renderer/outbox/obstacles';
import { createTexts } from '../../../renderer/texts';

/** The groups of the connector's errors (gemSpec_Kon), each by codes that a practice meets, and what they are told as. */
const groups: readonly (readonly [what: string, codes: readonly number[], told: string])[] = [
  ['the connector itself', [4001, 4002], 'connector-fault-internal'],
  ['call context', [4003, 4004, 4005, 4006, 4010, 4011, 4012, 4014, 4015, 4016, 4020, 4021], 'connector-fault-context'],
  ['the practice’s card is not assigned', [4009, 4013], 'connector-fault-practice-card'],
  ['the card is used elsewhere', [4017, 4018, 4050, 4060, 4093], 'connector-fault-busy'],
  ['terminal', [4007, 4028, 4029, 4037, 4039, 4040, 4041, 4044, 4096, 4097], 'connector-fault-terminal'],
  ['card can’t be read', [4045, 4048, 4056, 4057, 4094, 4120, 4147, 4148], 'connector-fault-card'],
  ['wrong kind of card', [4046, 4051, 4118, 4126, 4209], 'connector-fault-card-type'],
  ['card missing, or pulled', [4008, 4047, 4098, 4099, 4101, 4146], 'connector-card-missing'],
  ['cancelled at the terminal', [4049], 'connector-cancelled'],
  ['PIN: too slow', [4043], 'connector-fault-pin-timeout'],
  ['PIN: wrong', [4061], 'connector-fault-pin-wrong'],
  ['PIN: blocked', [4063, 4064], 'connector-fault-pin-blocked'],
  ['PIN: transport PIN', [4065], 'connector-fault-pin-transport'],
  ['PIN: not at this workplace', [4053, 4092], 'connector-fault-pin-remote'],
  ['PIN: not entered', [4085], 'connector-fault-pin-missing'],
  ['access refused', [4052, 4058, 4090], 'connector-fault-forbidden'],
  ['our request', [4000, 4072, 4102, 4103, 4110, 4111, 4112, 4124, 4149, 4243, 4252], 'connector-fault-request'],
  ['signature service switched off', [4125], 'connector-fault-signature-off'],
  ['the signature could not be made', [4115, 4123], 'connector-fault-signing'],
];
const told = (code: number | string) =>
  failureObstacle('connector', { reason: 'refused', code: String(code), text: 'Fehlertext' });

/** What becomes of the certificates: each sentence about a fault says so. */
const forBatch = {
  de: /bleib(t|en) (offen|signiert)|nichts signiert|nichts hinaus|noch nicht signiert/,
  en: /stays? (open|signed)|nothing was signed|nothing went out|not signed yet/i,
};
/** And what to do. */
const advice = { de: /\bBitte\b|bitte /, en: /\bPlease\b|please / };

describe('what a connector’s fault says (gemSpec_Kon)', () => {
  it.each(groups)('%s: %j', (_what, codes, key) => {
    for (const code of codes) expect(told(code).what).toBe(key);
  });

  for (const language of ['de', 'en'] as const) {
    const t = createWording(language, createTexts(language));
    it(`${language}: every code from 4000 to 4200, and all others with words, say what it means for the batch and what to do`, () => {
      const range = Array.from({ length: 201 }, (_, index) => String(4000 + index));
      const silent = [...new Set([...range, ...codesWithWords.connector])].filter((code) => {
        const words = obstacleWords(t, told(code));
        return !forBatch[language].test(words) || !advice[language].test(words);
      });
      expect(silent).toEqual([]);
    });

    it(`${language}: a code without words of its own is shown with the connector’s own text`, () => {
      const words = obstacleWords(t, told(4199));
      expect(words).toContain('4199');
      expect(words).toContain('Fehlertext');
    });
  }
});
