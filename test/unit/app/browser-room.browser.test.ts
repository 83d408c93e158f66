import { cdp } from 'vitest/browser';
import { afterEach, describe, expect, it } from 'vitest';
import { askToKeep, roomInBrowser, type BrowserStorage } from '../../../renderer/app/browser-room';

const enough = 200_000_000;

/** What the browser gives this origin; `null`: as much as it usually does. */
async function limit(quotaSize: number | null): Promise<void> {
  await cdp().send('Storage.overrideQuotaForOrigin', {
    origin: window.location.origin,
    ...(quotaSize === null ? {} : { quotaSize }),
  });
}

describe('the room that the browser still has for the program', () => {
  afterEach(() => limit(null));

  it('is found in the browser itself, though it says otherwise, and is there again when there is', async () => {
    const { usage = 0 } = await navigator.storage.estimate();
    expect(await roomInBrowser(enough)).toBe(enough);
    await limit(usage + 60_000_000);
    const { quota = 0 } = await navigator.storage.estimate();
    expect(quota).toBeGreaterThan(1_000_000_000);
    const room = await roomInBrowser(enough);
    expect(room).toBeGreaterThan(50_000_000);
    expect(room).toBeLessThanOrEqual(60_000_000);
    await limit(1_000);
    expect(await roomInBrowser(enough)).toBe(0);
    await limit(null);
    expect(await roomInBrowser(enough)).toBe(enough);
    const after = await navigator.storage.estimate();
    expect(after.usage).toBeLessThanOrEqual(usage + 1_000);
  });

  it('is the less of what the browser says and what it gives; who asks meanwhile gets the same answer', async () => {
    const { storage } = navigator;
    const saying = (quota?: number): BrowserStorage => ({
      estimate: () => Promise.resolve(quota === undefined ? {} : { quota, usage: 10_000_000 }),
      getDirectory: () => storage.getDirectory(),
    });
    const both = [roomInBrowser(enough, saying(15_000_000)), roomInBrowser(enough, saying(15_000_000))];
    expect(await Promise.all(both)).toEqual([5_000_000, 5_000_000]);
    expect(await roomInBrowser(enough, saying())).toBe(enough);
  });

  it('is not known where the browser neither says nor has files of its own', async () => {
    const silent: BrowserStorage = {
      estimate: () => Promise.resolve({}),
      getDirectory: () => Promise.reject(new DOMException('', 'SecurityError')),
    };
    expect(await roomInBrowser(enough, silent)).toBeNull();
    // Nor where asking is an error: nobody is kept from recording for it.
    const refusing: BrowserStorage = {
      ...silent,
      estimate: () => Promise.reject(new TypeError('The operation is not supported.')),
    };
    expect(await roomInBrowser(enough, refusing)).toBeNull();
    const { storage } = navigator;
    expect(await roomInBrowser(enough, { ...refusing, getDirectory: () => storage.getDirectory() })).toBe(enough);
  });

  it('is asked to be kept; one that can’t be asked doesn’t keep the program from opening', async () => {
    expect(await askToKeep({ persist: () => Promise.resolve(true) })).toBe(true);
    expect(await askToKeep({ persist: () => Promise.reject(new TypeError('not supported')) })).toBe(false);
    expect(typeof (await askToKeep())).toBe('boolean');
  });
});
