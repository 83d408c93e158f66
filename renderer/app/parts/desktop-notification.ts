/** Whether this page may show desktop notifications; `default`: nobody has been asked. */
export type NotificationsAllowed = NotificationPermission | 'unsupported';

export function notificationsAllowed(): NotificationsAllowed {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Asks the user, once: the browser and the system remember the answer. To be called from a press of theirs. */
export async function askForNotifications(): Promise<NotificationsAllowed> {
  return 'Notification' in window ? Notification.requestPermission() : 'unsupported';
}

/**
 * Shows a desktop notification in place of the last one. It stands on locked screens and in the system's list, so its words must carry
 * nothing personal: counts and kinds of tasks.
 */
export function showNotification(words: { title: string; body: string }, onPress: () => void): void {
  if (notificationsAllowed() !== 'granted') return;
  const shown = new Notification(words.title, { body: words.body, tag: 'ersatzschein', silent: true });
  shown.onclick = () => {
    window.focus();
    onPress();
    shown.close();
  };
}
