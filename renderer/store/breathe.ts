import Dexie from 'dexie';

/**
 * Lets everything else have a turn: the screen draws and answers keys between two pieces of long work. Unlike a timer it isn't slowed down in
 * a window that is in the background. Dexie's own promise: after any other, a watched query would not see what is read. Not inside of a
 * transaction, which ends when it waits for anything but the database.
 */
export function breathe(): PromiseLike<void> {
  return new Dexie.Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
