import { app, dialog, powerSaveBlocker, type BrowserWindow } from 'electron';
import { texts } from '../texts';

/** Keeps count of the certificates in flight, and holds window and machine open for them. */
export interface InFlight {
  /** What `host.setInFlight` tells. */
  set(count: number): void;
  readonly count: number;
}

/** While certificates are in flight the machine doesn't fall asleep; the screen may. */
export function createInFlight(): InFlight {
  let count = 0;
  let blocker: number | null = null;
  return {
    get count() {
      return count;
    },
    set: (next) => {
      count = next;
      if (count > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      else if (blocker !== null) {
        powerSaveBlocker.stop(blocker);
        blocker = null;
      }
    },
  };
}

/** Closing the window (or quitting) asks first while certificates are in flight; «Weiter senden» is the button that Enter and Esc press. */
export function askBeforeClosing(window: BrowserWindow, inFlight: InFlight): void {
  let confirmed = false;
  let asking = false;
  window.on('close', (event) => {
    if (confirmed || inFlight.count === 0) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        title: texts.program,
        message: texts.closing.message(inFlight.count),
        detail: texts.closing.detail,
        buttons: [texts.closing.stay, texts.closing.quit],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
      })
      .then(({ response }) => {
        asking = false;
        if (response !== 1) return;
        confirmed = true;
        app.quit();
      });
  });
}
