import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf, placeOf, screens } from '../../../renderer/app/navigation';

describe('the address', () => {
  test('every place leads back to itself, whatever the detail', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...screens.map(({ name }) => name)),
        fc.option(fc.string({ unit: 'grapheme', minLength: 1 })),
        (screen, detail) => {
          expect(placeOf(hashOf({ screen, detail }))).toEqual({ screen, detail });
        },
      ),
    );
  });

  test('what names no screen is «Ausstellen»', () => {
    expect(placeOf('')).toEqual({ screen: 'issue', detail: null });
    expect(placeOf('#/gibt-es-nicht/x')).toEqual({ screen: 'issue', detail: 'x' });
  });

  test('an address that is broken off does not throw', () => {
    expect(placeOf('#/bescheinigungen/%E4')).toEqual({ screen: 'certificates', detail: null });
  });
});
