/**
 * Lets everything else have a turn: the screen draws and answers keys between two pieces of long work. Unlike a timer it isn't slowed down in
 * a window that is in the background.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
