/** The second copy on disk: how it stands, backups, what to do when something is wrong with it. */
export const backupDe = {
  trouble: {
    newer: {
      title: 'Die Daten stammen von einer neueren Programmversion',
      words:
        'Ansehen, suchen und drucken geht. Ausstellen, senden und ändern ruht, damit nichts verloren geht. Bitte Ersatzschein auf den neuesten Stand bringen.',
    },
    superseded: {
      title: 'Ein anderes Fenster hat diese Praxis übernommen',
      words:
        'Hier wird nichts Neues mehr aufgenommen oder ausgestellt. Bitte im anderen Browser weiterarbeiten; oder hier neu laden und anmelden, dann geht es hier weiter und dort nicht mehr. Lesen und Drucken geht.',
    },
    forked: {
      title: 'Datenbank und zweite Kopie widersprechen sich',
      words:
        'Unter denselben Nummern steht Verschiedenes; vielleicht wurde ein alter Stand zurückkopiert. Es wurde nichts überschrieben. Ausstellen ruht, Lesen und Drucken geht. Ärztin, Arzt oder Verwaltung entscheidet unter «Einstellungen, Sicherung», welcher Stand gilt.',
    },
    foreign: {
      title: 'Im Datenordner liegt die Kopie einer anderen Praxis',
      words:
        'Dort wird nichts überschrieben. Ausstellen ruht, Lesen und Drucken geht. Bitte das Programm mit dem eigenen Datenordner starten.',
    },
    full: {
      title: 'Die Festplatte ist voll',
      words:
        'Neues kann nicht sicher aufgenommen oder ausgestellt werden. Lesen und Drucken geht. Bitte Platz schaffen (mindestens 200 MB); danach geht es von selbst weiter.',
    },
    'browser-full': {
      title: 'Der Speicher des Browsers ist voll',
      words:
        'Neues kann nicht sicher aufgenommen oder ausgestellt werden. Lesen und Drucken geht. Bitte auf diesem Computer Platz schaffen (mindestens 200 MB), aber keine Browserdaten löschen; danach geht es von selbst weiter. Hilft das nicht, muss die IT-Betreuung dem Browser mehr Speicher für Ersatzschein geben.',
    },
    'no-archive': {
      title: 'Die zweite Kopie auf der Festplatte ist nicht erreichbar',
      words:
        'Neues kann nicht sicher aufgenommen oder ausgestellt werden. Lesen und Drucken geht. Läuft das Programm im Hintergrund noch, und ist der Datenordner da? Es wird von selbst wieder versucht.',
    },
    behind: {
      title: 'Die zweite Kopie ist im Rückstand',
      words:
        'Noch nicht auf der Festplatte gesichert: {{count}}. Bis das nachgeholt ist, wird nichts Neues aufgenommen oder ausgestellt; Lesen und Drucken geht. Es wird alle paar Sekunden versucht.',
    },
    damaged: {
      title: 'Beschädigte Einträge gefunden',
      words:
        'Von außen verändert oder beschädigt: {{count}}. Sie werden nicht angezeigt und nicht stillschweigend repariert. Ärztin, Arzt oder Verwaltung kann unter «Einstellungen, Sicherung» eine ältere Sicherung prüfen und zurückspielen.',
    },
    'older-rows': {
      title: 'Alte Einträge eingespielt',
      words:
        'Von außen verändert: Schon ersetzte Einträge stehen wieder da, oder gültige fehlen. Betroffen: Einstellungen {{settings}}, Störungen {{outages}}, Nachrichten {{mails}}, Personen {{patients}}, Bescheinigungen {{records}}. Nichts davon wurde stillschweigend geändert. Bitte diese Stellen durchsehen, bevor etwas gesendet wird; Ärztin, Arzt oder Verwaltung kann unter «Einstellungen, Sicherung» eine Sicherung zurückspielen.',
    },
    'changed-lists': {
      title: 'Kassen oder Diagnosekatalog von außen verändert',
      words:
        'Verändert, zurückgedreht oder entfernt: Kassen {{payers}}, Kassendateien {{files}}, Diagnosekataloge {{catalogues}}; gemerkte KIM-Adressen {{recipients}} (nicht benutzt, sie werden neu nachgeschlagen). Bitte unter «Stammdaten» die Kassendatei oder den Katalog noch einmal einlesen und übernehmen, von Hand angelegte Kassen und Anschriften durchsehen, und erst dann senden.',
    },
    lost: {
      title: 'Ein Teil der Daten fehlt',
      words:
        'In Datenbank und zweiter Kopie fehlen Schreibvorgänge: {{count}}. Bitte die letzten Bescheinigungen durchsehen und unter «Einstellungen, Sicherung» die Sicherungen prüfen.',
    },
    'archive-older': {
      title: 'Die zweite Kopie war älter als bekannt',
      words:
        'Ihr fehlten bestätigte Schreibvorgänge ({{count}}); vielleicht wurde ein alter Ordner zurückkopiert. Was die Datenbank hat, wurde nachgetragen. Bitte die letzten Bescheinigungen durchsehen.',
    },
    'archive-damaged': {
      title: 'Die zweite Kopie ist an einer Stelle beschädigt',
      words:
        'Beschädigte Stellen: {{count}}. Was die Datenbank hat, wurde dort neu geschrieben. Bitte die Festplatte prüfen lassen und eine Sicherung an einen zweiten Ort legen.',
    },
    'nearly-full': {
      title: 'Die Festplatte ist fast voll',
      words:
        'Noch {{free}} MB frei. Bitte bald Platz schaffen: unter 20 MB wird nichts Neues mehr aufgenommen oder ausgestellt.',
    },
    'browser-nearly-full': {
      title: 'Der Speicher des Browsers wird knapp',
      words:
        'Für Ersatzschein bleiben dort noch etwa {{free}} MB. Bitte bald auf diesem Computer Platz schaffen, aber keine Browserdaten löschen: unter 20 MB wird nichts Neues mehr aufgenommen oder ausgestellt.',
    },
    'archive-new': {
      title: 'Zweite Kopie neu begonnen',
      words: 'Die zweite Kopie dieser Datenbank war nicht mehr da. Sie wurde vollständig neu angelegt.',
    },
    cut: {
      title: 'Unvollständiger letzter Eintrag entfernt',
      words:
        'Das Programm wurde beim letzten Mal mitten im Schreiben beendet. Die angefangene Zeile der zweiten Kopie ({{count}} Byte) wurde abgeschnitten; bestätigt war sie noch nicht.',
    },
    replayed: {
      title: 'Datenbank ergänzt',
      words: 'Der Datenbank fehlten Schreibvorgänge ({{count}}). Sie wurden aus der zweiten Kopie nachgetragen.',
    },
    rebuilt: {
      title: 'Datenbank wiederhergestellt',
      words:
        'Die Datenbank dieses Browsers war leer. Sie wurde aus der zweiten Kopie auf der Festplatte neu aufgebaut ({{count}} Schreibvorgänge).',
    },
    restored: {
      title: 'Sicherung zurückgespielt',
      words:
        'Die Datenbank wurde aus der Sicherung neu aufgebaut ({{count}} Schreibvorgänge). Das Senden ruht, bis eine Ärztin oder ein Arzt entscheidet, dass es weitergeht: bitte vorher prüfen, was seit der Sicherung schon gesendet wurde.',
    },
  },
  stands: 'Zweite Kopie',
  inStep: 'Alles ist auch auf der Festplatte',
  folder: 'Ordner',
  size: 'Größe',
  free: 'Frei',
  unknown: 'unbekannt',
  tryNow: 'Jetzt nachholen',
  explain:
    'Alles, was hier gespeichert wird, steht verschlüsselt noch einmal in diesem Ordner. Stündlich und täglich entsteht daraus eine Sicherung; die täglichen bleiben 30 Tage.',
  list: 'Sicherungen',
  now: 'Jetzt sichern',
  leaves:
    'Die Sicherungen verlassen diesen Rechner, verschlüsselt: {{folder}}. Bitte bestätigen Sie das mit Ihrem zweiten Faktor.',
  made: 'Gesichert: {{places}}.',
  notMade: 'Nicht gesichert ({{place}}): {{why}}',
  place: { own: 'Dieser Rechner', second: 'Zweiter Ort' },
  at: 'Zeitpunkt',
  where: 'Ort',
  why: { schedule: 'von selbst', asked: 'auf Wunsch', 'before-restore': 'vor dem Zurückspielen' },
  reason: 'Anlass',
  none: 'Noch keine Sicherung',
  noneWords: 'Die erste entsteht von selbst, sobald etwas gespeichert ist.',
  cannotRead: '{{place}}: Die Sicherungen lassen sich nicht lesen. {{why}}',
  check: 'Prüfen',
  checkHead: 'Prüfung',
  checkOf: 'Sicherung vom {{at}} prüfen',
  checkGood: 'Die Sicherung ist vollständig und unverändert: {{entries}} Schreibvorgänge, {{keys}} Schlüssel.',
  checkBad: 'Diese Sicherung ist nicht in Ordnung: {{why}}',
  second: {
    title: 'Zweiter Ort',
    words:
      'Ein Ordner auf einem anderen Datenträger: Netzlaufwerk, USB-Platte. Jede Sicherung wird dort noch einmal abgelegt, verschlüsselt.',
    none: 'Noch keiner gewählt: Geht dieser Rechner verloren, gehen alle Sicherungen mit ihm.',
    label: 'Ordner (vollständiger Pfad)',
    set: 'Prüfen und verwenden',
    clear: 'Nicht mehr verwenden',
    taken: 'Der Ordner ist beschreibbar und wird ab jetzt verwendet.',
    cleared: 'Es gibt keinen zweiten Ort mehr. Was dort liegt, bleibt liegen.',
    refused: 'Der Ordner kann nicht verwendet werden. {{why}}',
  },
  restore: {
    fold: 'Eine Sicherung zurückspielen …',
    words:
      'Nur, wenn die Daten hier beschädigt sind und sich nicht anders retten lassen. Wählen Sie die Sicherung, deren Stand gelten soll.',
    choose: 'Sicherung',
    open: 'Zurückspielen …',
    title: 'Sicherung vom {{at}} zurückspielen?',
    happens:
      'Alles, was nach diesem Zeitpunkt erfasst, ausgestellt, gesendet oder empfangen wurde, ist danach hier nicht mehr zu sehen.',
    kept: 'Der jetzige Stand wird vorher gesichert und steht danach in der Liste («vor dem Zurückspielen»).',
    sent: 'Was seither gesendet wurde, erscheint wieder als offen. Deshalb ruht das Senden danach, bis eine Ärztin oder ein Arzt ausdrücklich entscheidet, dass es weitergeht.',
    then: 'Das Programm lädt neu, Sie melden sich an, und die Datenbank wird neu aufgebaut.',
    confirm: 'Zurückspielen',
    inFlight: 'Gerade sind Bescheinigungen unterwegs. Bitte warten, bis sie angekommen sind.',
    failed: 'Die Sicherung wurde nicht zurückgespielt; alles steht wie vorher. {{why}}',
  },
  hold: {
    title: 'Senden ruht seit {{since}}: eine Sicherung wurde zurückgespielt',
    words: 'Niemand weiß, was seit dieser Sicherung schon gesendet wurde. Bitte entscheiden Sie, wann es weitergeht.',
    wordsOthers:
      'Niemand weiß, was seit dieser Sicherung schon gesendet wurde. Eine Ärztin oder ein Arzt entscheidet, wann es weitergeht. Erfassen und Drucken gehen weiter.',
    decide: 'Entscheiden …',
    question: 'Soll wieder gesendet werden?',
    why: 'Der zurückgespielte Stand kennt nicht, was danach geschah. Was hier als offen gilt, kann im verlorenen Stand schon gesendet worden sein:',
    signed_one:
      '{{count}} Bescheinigung ist hier signiert. Sie ginge mit genau denselben Bytes noch einmal; dieselbe Datei müssen die Kassen zweimal annehmen.',
    signed_other:
      '{{count}} Bescheinigungen sind hier signiert. Sie gingen mit genau denselben Bytes noch einmal; dieselbe Datei müssen die Kassen zweimal annehmen.',
    unsigned_one:
      '{{count}} Bescheinigung ist hier noch nicht signiert. Wurde sie im verlorenen Stand schon gesendet, käme sie neu signiert unter derselben Nummer und kann zurückgewiesen werden.',
    unsigned_other:
      '{{count}} Bescheinigungen sind hier noch nicht signiert. Wurden sie im verlorenen Stand schon gesendet, kämen sie neu signiert unter derselben Nummer und können zurückgewiesen werden.',
    gone: 'Was erst nach der Sicherung erfasst wurde, fehlt hier ganz. Es steht in der Sicherung «vor dem Zurückspielen» und auf den gedruckten Scheinen.',
    unmatched_one: '{{count}} Antwort im Postfach gehört zu keiner Bescheinigung hier: sie gilt dem verlorenen Stand.',
    unmatched_other:
      '{{count}} Antworten im Postfach gehören zu keiner Bescheinigung hier: sie gelten dem verlorenen Stand.',
    first:
      'Am besten zuerst die Antworten der Kassen holen: was schon zugestellt ist, wird daran erkannt und geht nicht noch einmal.',
    collect: 'Erst Antworten holen',
    meant: 'Ich habe geprüft, was gesendet wurde. Es soll weitergehen.',
    end: 'Wieder senden',
    failed: 'Es ruht weiter: {{text}}',
  },
  keep: {
    words:
      'Soll gelten, was in dieser Datenbank steht? Dann beginnt die zweite Kopie neu; ihr jetziger Stand wird vorher gesichert. Soll der Stand der Festplatte gelten, spielen Sie unten eine Sicherung zurück.',
    open: 'Diese Datenbank gelten lassen …',
    title: 'Diese Datenbank gelten lassen?',
    confirm: 'Gelten lassen',
  },
  failure: {
    unsupported: 'Dieses Programm wurde ohne Datenordner gestartet.',
    unreachable: 'Das Programm im Hintergrund oder der Ordner antwortet nicht.',
    full: 'Dort ist kein Platz mehr.',
    damaged: 'Was dort liegt, ist beschädigt oder verändert.',
    refused:
      'Das geht dort nicht: nicht vorhanden, nicht beschreibbar, kein vollständiger Pfad, oder Sie dürfen es nicht.',
    superseded: 'Ein anderer Browser hat diese Praxis übernommen.',
    conflict: 'Dort steht schon etwas anderes.',
    other: 'Es ist fehlgeschlagen.',
  },
  notNow: 'Nicht ausgestellt: {{title}}. {{words}}',
  statusMore: 'Mehr unter «Einstellungen, Sicherung»',
};
