import type { BrowserContext, Page } from '@playwright/test';

declare global {
  interface Window {
    walkDiary?: string[];
  }
}

/** Lets each page note what happens to its fields, keys and focus, so that a walk that goes wrong can say what the page saw. */
export async function keepDiary(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const diary: string[] = [];
    window.walkDiary = diary;
    const note = (what: string) => {
      diary.push(`${String(Math.round(performance.now()))} ${what}`);
      if (diary.length > 200) diary.shift();
    };
    const nameOf = (target: EventTarget | null) =>
      target instanceof HTMLInputElement
        ? `field «${target.placeholder}» ${String(target.value.length)} letters`
        : target instanceof Element
          ? target.tagName
          : 'window';
    for (const kind of ['focus', 'blur', 'input', 'keydown', 'hashchange', 'visibilitychange'] as const)
      window.addEventListener(
        kind,
        (event) => note(`${kind} ${event instanceof KeyboardEvent ? event.key : ''} ${nameOf(event.target)}`),
        true,
      );
    const holdsFields = (nodes: NodeList) =>
      [...nodes].some((node) => node instanceof Element && node.querySelector('input') !== null);
    new MutationObserver((changes) => {
      for (const { addedNodes, removedNodes } of changes) {
        if (holdsFields(addedNodes)) note('fields come');
        if (holdsFields(removedNodes)) note('fields go');
      }
    }).observe(document, { childList: true, subtree: true });
  });
}

/** What the page noted last. */
export async function readDiary(page: Page): Promise<string> {
  return page.evaluate(() => (window.walkDiary ?? []).slice(-60).join('\n'));
}
