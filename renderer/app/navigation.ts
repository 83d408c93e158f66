/** The screens, the keys that lead to them, and the address bar's part of it (`#/ausstellen/<id>`). */

export const screens = [
  { name: 'issue', path: 'ausstellen', key: 'F2' },
  { name: 'owed', path: 'offen', key: 'F3' },
  { name: 'certificates', path: 'bescheinigungen', key: 'F4' },
  { name: 'outages', path: 'stoerungen', key: 'F5' },
  { name: 'master', path: 'stammdaten', key: 'F6' },
  { name: 'connections', path: 'verbindungen', key: 'F7' },
  { name: 'settings', path: 'einstellungen', key: 'F8' },
] as const;

export type ScreenName = (typeof screens)[number]['name'];

/** Where the user is: a screen, and what is opened on it (a record's id), if anything. */
export interface Place {
  readonly screen: ScreenName;
  readonly detail: string | null;
}

/** The place that an address (`#/offen`) means; anything else is «Ausstellen». */
export function placeOf(hash: string): Place {
  const [path = '', detail = ''] = hash.replace(/^#\/?/, '').split('/');
  const screen = screens.find((candidate) => candidate.path === path)?.name ?? 'issue';
  return { screen, detail: detail === '' ? null : decoded(detail) };
}

/** `null` where the address was broken off inside a letter. */
function decoded(detail: string): string | null {
  try {
    return decodeURIComponent(detail);
  } catch {
    return null;
  }
}

/** The address of a place. */
export function hashOf({ screen, detail }: Place): string {
  const path = screens.find((candidate) => candidate.name === screen)?.path ?? 'ausstellen';
  return detail === null ? `#/${path}` : `#/${path}/${encodeURIComponent(detail)}`;
}
