import { join } from 'node:path';
import { openStorePage } from '../bench-store/open-page';
import { SeededRandom } from '../chaos/random';
import type {} from './kill-page';

/** What killing the browser came to; `wrong` says in words what must not be. */
export interface BrowserKills {
  readonly kills: number;
  /** Steps of certificates that were acknowledged. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  /** So many times the browser had thrown its database away, and it was made anew from the archive. */
  readonly rebuilt: number;
  readonly wrong: readonly string[];
}

/** A kill comes so soon after the work began, milliseconds; not tied to any step of it. */
const [soonest, latest] = [20, 900];

/**
 * Kills a real browser with SIGKILL at random moments while it records certificates into its database and the host's journal, starts it again
 * over the same profile, and looks: what was acknowledged is there, nothing twice, chain and search are whole, and it opens by itself each
 * time. `until`: no further kill after that instant (milliseconds since 1970).
 */
export async function killBrowsers(
  executablePath: string,
  kills: number,
  seed: number,
  until = Infinity,
): Promise<BrowserKills> {
  const random = new SeededRandom(seed);
  const told = new Map<string, number>();
  const opened = await openStorePage(executablePath, {
    script: join('build', 'soak', 'kill-page.ts'),
    functions: {
      killTold: (id: string, steps: number) => {
        told.set(id, steps);
      },
    },
  });
  const wrong: string[] = [];
  let { page } = opened;
  let [lost, doubled, rebuilt, done] = [0, 0, 0, 0];
  try {
    for (; done < kills && Date.now() < until; done += 1) {
      // It never ends by itself: what is awaited is the browser's end.
      const working = page
        .evaluate((keys) => window.killed?.work(keys), opened.keys)
        .catch((error: unknown) => String(error));
      const early = await Promise.race([working, wait(soonest + random.below(latest - soonest))]);
      if (typeof early === 'string') wrong.push(`it stopped by itself: ${early}`);
      page = await opened.kill();
      await working;
      const ask = { keys: opened.keys, told: [...told] };
      const finding = await lookWhenUnlocked(() =>
        page.evaluate((given) => window.killed?.look(given.keys, given.told), ask),
      );
      if (finding === undefined) throw new Error('The page did not load its script.');
      lost += finding.lost;
      doubled += finding.doubled;
      if (finding.isRebuilt) rebuilt += 1;
      wrong.push(...finding.wrong);
    }
  } finally {
    await opened.stop();
  }
  const acknowledged = [...told.values()].reduce((all, steps) => all + steps, 0);
  return { kills: done, acknowledged, lost, doubled, rebuilt, wrong };
}

function wait(milliseconds: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), milliseconds);
  });
}

/** The killed browser's process for storage may live a moment longer, and keeps the profile's databases locked until it ends. */
async function lookWhenUnlocked<T>(look: () => Promise<T>): Promise<T> {
  for (let again = 20; ; again -= 1) {
    try {
      return await look();
    } catch (error) {
      if (again === 0 || !String(error).includes('opening backing store')) throw error;
      await wait(250);
    }
  }
}
