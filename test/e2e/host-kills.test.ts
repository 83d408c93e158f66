import { expect, test } from '@playwright/test';
import { killHosts } from '../../build/soak/host-kills';

test('the host killed 20 times while it writes: nothing acknowledged is lost, nothing doubled, it opens by itself', async () => {
  test.setTimeout(180_000);
  const { kills, acknowledged, lost, doubled, wrong } = await killHosts(20, 1);
  expect({ lost, doubled, wrong }).toEqual({ lost: 0, doubled: 0, wrong: [] });
  expect(kills).toBe(20);
  expect(acknowledged, 'the kills came while it wrote').toBeGreaterThan(20);
});
