/** What the hosts themselves say to a person, in German: everything else is said by the page, from renderer/texts. */
export const texts = {
  program: 'Ersatzschein',
  http: {
    internal: 'Interner Fehler.',
    notAllowed: 'Nicht erlaubt.',
    wrongHost: 'Falscher Host.',
    wrongOrigin: 'Falsche Herkunft.',
    notFound: 'Nicht gefunden.',
    usedLink:
      'Diese Seite öffnet sich nur über den Link, den «npm start» anzeigt; jeder Link gilt einmal. Ein neuer Link: Eingabetaste im Fenster von «npm start».',
  },
  refusedCall: 'Aufruf nicht erlaubt.',
  failedCall: 'Interner Fehler.',
  closing: {
    message: (count: number) =>
      count === 1 ? 'Eine Bescheinigung ist noch unterwegs.' : `${String(count)} Bescheinigungen sind noch unterwegs.`,
    detail: 'Nichts geht verloren: Beim nächsten Start wird weitergesendet. Bis dahin ruht der Versand.',
    stay: 'Weiter senden',
    quit: 'Trotzdem beenden',
  },
  pageGone: {
    message: 'Die Anzeige ist abgestürzt.',
    detail: 'Gespeichertes ist nicht verloren. Die Anzeige wird neu geladen.',
    reload: 'Neu laden',
    quit: 'Beenden',
  },
  menu: {
    about: 'Über Ersatzschein',
    hide: 'Ersatzschein ausblenden',
    file: 'Datei',
    quit: 'Beenden',
    edit: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    view: 'Ansicht',
    resetZoom: 'Normale Größe',
    zoomIn: 'Größer',
    zoomOut: 'Kleiner',
    fullScreen: 'Vollbild',
    devTools: 'Entwicklerwerkzeuge',
  },
} as const;
