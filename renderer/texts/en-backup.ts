import type { backupDe } from './de-backup';

/** The German file's shape, with English words. */
type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** The second copy on disk: how it stands, backups, what to do when something is wrong with it. */
export const backupEn: Words<typeof backupDe> = {
  trouble: {
    newer: {
      title: 'The data are from a newer version of the program',
      words:
        'Looking, searching and printing work. Issuing, sending and changing rest, so that nothing gets lost. Please update Ersatzschein.',
    },
    superseded: {
      title: 'Another window has taken over this practice',
      words:
        'Nothing new is recorded or issued here any more. Please go on in the other browser; or reload here and log in, then it goes on here and not there. Reading and printing work.',
    },
    forked: {
      title: 'Database and second copy contradict each other',
      words:
        'The same numbers hold different things; perhaps an old state was copied back. Nothing was overwritten. Issuing rests, reading and printing work. A doctor or administrator decides under “Settings, Backup” which state holds.',
    },
    foreign: {
      title: 'The data folder holds another practice’s copy',
      words:
        'Nothing is overwritten there. Issuing rests, reading and printing work. Please start the program with its own data folder.',
    },
    full: {
      title: 'The disk is full',
      words:
        'Nothing new can be recorded or issued safely. Reading and printing work. Please make room (at least 200 MB); then it goes on by itself.',
    },
    'browser-full': {
      title: 'The browser’s storage is full',
      words:
        'Nothing new can be recorded or issued safely. Reading and printing work. Please make room on this computer (at least 200 MB), but delete no browser data; then it goes on by itself. If that doesn’t help, your IT support has to give the browser more storage for Ersatzschein.',
    },
    'no-archive': {
      title: 'The second copy on disk can’t be reached',
      words:
        'Nothing new can be recorded or issued safely. Reading and printing work. Is the program still running in the background, and is the data folder there? It is tried again by itself.',
    },
    behind: {
      title: 'The second copy is behind',
      words:
        'Not yet safe on the disk: {{count}}. Until that is made up, nothing new is recorded or issued; reading and printing work. It is tried every few seconds.',
    },
    damaged: {
      title: 'Damaged entries found',
      words:
        'Changed from outside or broken: {{count}}. They are not shown and not repaired silently. A doctor or administrator can check and restore an older backup under “Settings, Backup”.',
    },
    'older-rows': {
      title: 'Old entries were put back',
      words:
        'Changed from outside: entries that had been replaced are back, or valid ones are missing. Concerned: settings {{settings}}, outages {{outages}}, messages {{mails}}, persons {{patients}}, certificates {{records}}. None of it was changed silently. Please look through them before anything is sent; a doctor or administrator can restore a backup under “Settings, Backup”.',
    },
    'changed-lists': {
      title: 'Insurers or diagnosis catalogue changed from outside',
      words:
        'Changed, put back or taken away: insurers {{payers}}, insurer files {{files}}, diagnosis catalogues {{catalogues}}; remembered KIM addresses {{recipients}} (not used, they are looked up anew). Please read in the insurer file or catalogue again under “Master data” and put it in force, look through insurers and addresses entered by hand, and only then send.',
    },
    lost: {
      title: 'Some data are missing',
      words:
        'Writes missing from database and second copy: {{count}}. Please look through the last certificates and check the backups under “Settings, Backup”.',
    },
    'archive-older': {
      title: 'The second copy was older than known',
      words:
        'It lacked confirmed writes ({{count}}); perhaps an old folder was copied back. What the database has was added. Please look through the last certificates.',
    },
    'archive-damaged': {
      title: 'The second copy is damaged in one place',
      words:
        'Damaged places: {{count}}. What the database has was written there anew. Please have the disk checked and put a backup in a second place.',
    },
    'nearly-full': {
      title: 'The disk is nearly full',
      words: '{{free}} MB are left. Please make room soon: below 20 MB nothing new is recorded or issued.',
    },
    'browser-nearly-full': {
      title: 'The browser’s storage is running short',
      words:
        'About {{free}} MB are left there for Ersatzschein. Please make room on this computer soon, but delete no browser data: below 20 MB nothing new is recorded or issued.',
    },
    'archive-new': {
      title: 'Second copy begun anew',
      words: 'The second copy of this database was gone. It was made anew, complete.',
    },
    cut: {
      title: 'Incomplete last entry removed',
      words:
        'The program was ended in the middle of writing the last time. The unfinished line of the second copy ({{count}} bytes) was cut off; it had not been confirmed.',
    },
    replayed: {
      title: 'Database completed',
      words: 'The database lacked writes ({{count}}). They were added from the second copy.',
    },
    rebuilt: {
      title: 'Database rebuilt',
      words:
        'This browser’s database was empty. It was built anew from the second copy on the disk ({{count}} writes).',
    },
    restored: {
      title: 'Backup restored',
      words:
        'The database was built anew from the backup ({{count}} writes). Sending rests until a doctor decides that it goes on: please check first what has been sent since the backup.',
    },
  },
  stands: 'Second copy',
  inStep: 'Everything is on the disk too',
  folder: 'Folder',
  size: 'Size',
  free: 'Free',
  unknown: 'unknown',
  tryNow: 'Make up now',
  explain:
    'Everything that is stored here stands once more, encrypted, in this folder. From it a backup is made hourly and daily; the daily ones stay 30 days.',
  list: 'Backups',
  now: 'Back up now',
  leaves: 'The backups leave this computer, encrypted: {{folder}}. Please confirm with your second factor.',
  made: 'Backed up: {{places}}.',
  notMade: 'Not backed up ({{place}}): {{why}}',
  place: { own: 'This computer', second: 'Second place' },
  at: 'Time',
  where: 'Place',
  why: { schedule: 'by itself', asked: 'on request', 'before-restore': 'before restoring' },
  reason: 'Occasion',
  none: 'No backup yet',
  noneWords: 'The first is made by itself as soon as something is stored.',
  cannotRead: '{{place}}: the backups can’t be read. {{why}}',
  check: 'Check',
  checkHead: 'Test',
  checkOf: 'Check the backup of {{at}}',
  checkGood: 'The backup is complete and unchanged: {{entries}} writes, {{keys}} keys.',
  checkBad: 'This backup is not in order: {{why}}',
  second: {
    title: 'Second place',
    words: 'A folder on another medium: a network drive, a USB disk. Each backup is put there once more, encrypted.',
    none: 'None chosen yet: if this computer is lost, all backups are lost with it.',
    label: 'Folder (full path)',
    set: 'Try and use',
    clear: 'No longer use',
    taken: 'The folder can be written to and is used from now on.',
    cleared: 'There is no second place any more. What lies there stays.',
    refused: 'The folder can’t be used. {{why}}',
  },
  restore: {
    fold: 'Restore a backup …',
    words: 'Only if the data here are damaged and can’t be saved otherwise. Choose the backup whose state shall hold.',
    choose: 'Backup',
    open: 'Restore …',
    title: 'Restore the backup of {{at}}?',
    happens: 'Whatever was recorded, issued, sent or received after that moment is no longer seen here afterwards.',
    kept: 'The present state is backed up before and then stands in the list (“before restoring”).',
    sent: 'What was sent since then appears as owed again. Therefore sending rests afterwards, until a doctor decides explicitly that it goes on.',
    then: 'The program reloads, you log in, and the database is built anew.',
    confirm: 'Restore',
    inFlight: 'Certificates are on their way. Please wait until they have arrived.',
    failed: 'The backup was not restored; everything is as before. {{why}}',
  },
  hold: {
    title: 'Sending rests since {{since}}: a backup was put back',
    words: 'Nobody knows what has been sent since that backup. Please decide when it goes on.',
    wordsOthers:
      'Nobody knows what has been sent since that backup. A doctor decides when it goes on. Recording and printing go on.',
    decide: 'Decide …',
    question: 'Shall sending go on?',
    why: 'The restored state does not know what happened afterwards. What counts as owed here may have been sent in the state that was lost:',
    signed_one:
      '{{count}} certificate is signed here. It would go once more with the very same bytes; insurers must accept the same file twice.',
    signed_other:
      '{{count}} certificates are signed here. They would go once more with the very same bytes; insurers must accept the same file twice.',
    unsigned_one:
      '{{count}} certificate is not signed here yet. If it was sent in the lost state, it would come newly signed under the same number and may be rejected.',
    unsigned_other:
      '{{count}} certificates are not signed here yet. If they were sent in the lost state, they would come newly signed under the same number and may be rejected.',
    gone: 'What was recorded after the backup is missing here altogether. It stands in the backup “before restoring” and on the printed slips.',
    unmatched_one: '{{count}} answer in the mailbox belongs to no certificate here: it concerns the lost state.',
    unmatched_other: '{{count}} answers in the mailbox belong to no certificate here: they concern the lost state.',
    first:
      'Best fetch the insurers’ answers first: what is delivered already is recognised by them and does not go once more.',
    collect: 'Fetch answers first',
    meant: 'I have checked what was sent. It shall go on.',
    end: 'Send again',
    failed: 'It still rests: {{text}}',
  },
  keep: {
    words:
      'Shall hold what is in this database? Then the second copy begins anew; its present state is backed up before. If the disk’s state shall hold, restore a backup below.',
    open: 'Let this database hold …',
    title: 'Let this database hold?',
    confirm: 'Let it hold',
  },
  failure: {
    unsupported: 'This program was started without a data folder.',
    unreachable: 'The program in the background or the folder doesn’t answer.',
    full: 'There is no room left.',
    damaged: 'What lies there is damaged or changed.',
    refused: 'That can’t be done there: missing, not writable, no full path, or you may not.',
    superseded: 'Another browser has taken over this practice.',
    conflict: 'Something else stands there already.',
    other: 'It failed.',
  },
  notNow: 'Not issued: {{title}}. {{words}}',
  statusMore: 'More under “Settings, Backup”',
};
