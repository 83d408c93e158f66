import type { accessDe } from './de-access';

/** The German file's shape, with English words. */
type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** Log-in, users, audit trail, erasing. */
export const accessEn: Words<typeof accessDe> = {
  role: { doctor: 'Doctor', assistant: 'Assistant', administrator: 'Administrator' },
  logIn: 'Log in',
  logInWords: 'Everybody with a passphrase of their own. What you do stands in the audit trail under your name.',
  locked: 'Locked',
  lockedWords:
    '{{name}} is logged in. Drafts are kept; sending goes on in the background. Somebody else? Just choose them.',
  who: 'Who is at the desk?',
  passphrase: 'Passphrase',
  code: 'Code from the app',
  codeHint: 'Six digits from your authenticator app; a new code every 30 seconds.',
  confirmCode: 'Check the code',
  open: 'Log in',
  unlock: 'Unlock',
  checking: 'Checking …',
  capsLock: 'Caps Lock is on.',
  forgotten: 'Forgotten the passphrase?',
  logOff: 'Log off',
  stopsSending:
    'The administrator sees no certificates and can send nothing: after your log-in, sending rests until somebody of the practice logs in again.',
  wait: 'Too many failures',
  waitForCode: 'No room to note the code',
  waitSeconds_one: 'Next try in {{count}} second.',
  waitSeconds_other: 'Next try in {{count}} seconds.',
  waitMinutes_one: 'Next try in {{count}} minute. Others can log in.',
  waitMinutes_other: 'Next try in {{count}} minutes. Others can log in.',
  trouble: {
    'wrong-passphrase': 'The passphrase is wrong. Please check Caps Lock and umlauts and type it again.',
    'wrong-code':
      'The code is wrong. Please wait for the next one; if that doesn’t help, the clocks of phone and computer differ.',
    'used-code':
      'This code has been used. Please wait for the next one. If it happens again, this computer’s clock is slow.',
    'code-not-kept':
      'The code is right, but storage is full: it can’t be noted that it was used. So that none counts twice, codes count only from 90 seconds after the program’s start. Please leave the page open and then take the next code.',
    'header-changed':
      'The accounts were changed from outside this program. To be safe nobody is let in. Your data are intact: with the recovery key (“Forgotten the passphrase?”) you set up the accounts anew.',
    'accounts-newer':
      'The accounts were changed elsewhere meanwhile; now the new state holds here too. Please reload the page and log in again.',
    'keyring-lost':
      'This computer’s keyring doesn’t give its part, so that no passphrase opens. Your data are intact: with the recovery key (“Forgotten the passphrase?”) you set up the accounts anew.',
  },
  may: {
    issue: 'Only doctors issue. What you record is kept as a draft; it is issued after switching with F10.',
    withdraw: 'Only doctors cancel and discard what was issued (F10 switches).',
    connections: 'Connections are changed by the administrator (F10 switches).',
  },
  practice: {
    title: 'Accounts of the rehearsal world',
    words: 'Made-up accounts, all with the passphrase',
    code: 'The administrator’s code now:',
    left: '({{count}} s left)',
    review: 'Who can log in',
    reviewWords: 'Passphrase of all three: {{passphrase}}. In the rehearsal it also stands on the log-in screen.',
  },
  name: 'Name',
  nameHint: 'As it stands in the audit trail.',
  newPassphrase: 'New passphrase',
  again: 'Once more',
  passphraseHint: 'Best are four or five random words. Spaces and umlauts are welcome.',
  tooShort: 'At least {{count}} letters, please.',
  tooWeak: 'This could be guessed. Please add a word or two that have nothing to do with each other.',
  notSame: 'Both must be the same.',
  notShared: 'Each account needs a passphrase of its own.',
  strength: { weak: 'easily guessed', nearly: 'nearly enough', enough: 'strong' },
  factor: {
    title: 'Set up the second factor',
    mustWords: 'Besides the passphrase, the administrator needs a code from an app. Without it nothing goes on here.',
    qr: 'QR code for the authenticator app',
    app: 'Open an authenticator app on the phone (any usual one will do).',
    scan: 'Choose “Add account” there and take a picture of this QR code.',
    type: 'Type the code that the app shows now.',
    byHand: 'Without a camera type this key:',
    wrong: 'This code doesn’t fit. Please wait for the next one and check the phone’s clock.',
    noRoom:
      'Storage is full, so the second factor can’t be set up. Please make room on the disk; doctors and assistants can still log in, read and print.',
    confirm: 'Confirm the second factor',
  },
  first: {
    doctor: 'Doctor',
    doctorWords:
      'Issues, signs and cancels. Please choose it yourself: only who chooses a passphrase knows it, and nobody can bring it back. More doctors and the assistants are added later under “Accounts”.',
    administrator: 'Administrator',
    administratorWords:
      'Changes settings and accounts, but sees not a single certificate. Who does both has two accounts with two passphrases.',
    factor: 'Second factor for the administrator',
    factorWords: 'A stolen passphrase alone shall open nothing: a code from the phone comes with it.',
    recovery: 'Recovery key',
  },
  recovery: {
    title: 'Open with the recovery key',
    typeWords:
      'The key stands on the sheet that was printed at set-up. With it a passphrase is set anew; certificates stay as they are.',
    typeHint: 'Fourteen groups. Capitals, hyphens and spaces don’t matter.',
    open: 'Open',
    key: 'Recovery key',
    words:
      'This key opens everything when passphrases are forgotten or the computer is replaced. It is shown only now. Print it and lock the sheet away, not near the computer.',
    print: 'Print the sheet',
    orWrite: 'or write it down by hand',
    group: 'Group {{number}} of the sheet',
    groupWrong: 'This group doesn’t stand on the sheet.',
    letters: 'The practice’s name has letters that can’t be printed: {{letters}}',
    notDrawn: 'The sheet could not be printed. Please write the key down by hand. ({{text}})',
    notAKey: 'This is no complete key, or a letter is wrong. Please compare it group by group.',
    notAGroup: 'Group {{number}} has a letter that no key has.',
    wrongKey: 'The key is typed correctly, but it is not the valid one. The valid sheet has the check group {{check}}.',
    none: 'There is no recovery key here: in the rehearsal world none is printed.',
    setTitle: 'Set a new passphrase',
    setWords: 'Its owner chooses it. A second factor is set up anew at the next log-in.',
    whose: 'For whom?',
    set: 'Set the passphrase',
    anewTitle: 'Set up the accounts anew',
    anewWords:
      'The accounts so far are no longer valid. Set up a doctor and an administrator; all certificates stay. A new key sheet is printed, the old one is no longer valid then.',
    finish: 'Set up the accounts',
    doneTitle: 'Done',
    doneWords: 'The new passphrase is valid from now on.',
    toLogIn: 'To the log-in',
  },
  renew: {
    title: 'The key to the certificates is renewed',
    words:
      'Whoever leaves the practice must not read anything any more by an old copy or an old passphrase. You have the key and give everybody who stays a new one. It takes a moment; passphrases do not change.',
    who: 'No longer there: {{names}} (since {{since}}).',
    sheet:
      'The recovery key is another one then too. Please print this sheet; the old one opens nothing any more and has to be destroyed.',
    do: 'Renew the key',
    later: 'Later',
    mustLogIn:
      'Not renewed yet: {{names}} has to log in once first, or could not get in any more afterwards. Please repeat it then.',
    failed: 'Not renewed: {{text}}',
    refused: {
      'not-allowed': 'Only a doctor may do that.',
      'header-changed': 'The accounts were changed outside this program. Nothing was renewed.',
      'no-room': 'Storage is full. Nothing was renewed. Please make room and try again.',
      'needs-recovery-key': 'There is a recovery key meanwhile. Please log in again.',
    },
  },
  refused: {
    'not-allowed': 'Only the administrator may do this.',
    'header-changed': 'The accounts were changed from outside this program. Nothing was changed.',
    'keyring-lost': 'This computer’s keyring doesn’t answer. Nothing was changed.',
    'no-user': 'This account is gone.',
    'name-taken': 'This name is taken.',
    'own-account': 'One’s own account is changed by another administrator.',
    'last-of-role': 'At least one doctor and one administrator have to stay.',
    'needs-consent': 'For this somebody has to agree who may see certificates.',
    'wrong-code': 'The code is wrong.',
    'no-room': 'Storage is full. Nothing was changed. Please make room and try again.',
  },
  atWork: {
    lock: 'Lock',
    switch: 'Switch',
    menu: 'Logged in: {{name}} ({{role}})',
    inFlightTitle: 'Really log off?',
    inFlight_one:
      '{{count}} certificate is on its way. It is sent to its end; then sending rests until somebody logs in again.',
    inFlight_other:
      '{{count}} certificates are on their way. What is on its way is sent to its end; then sending rests until somebody logs in again.',
    lockInstead: 'Lock instead',
  },
  headerLost: {
    title: 'The accounts are missing',
    words:
      'There are encrypted data here, but the list of accounts that opens them is gone. Nothing was changed. Please set nothing up anew; have the backup brought back.',
  },
  headerDamaged: {
    title: 'The accounts are damaged',
    words:
      'The list of accounts can’t be read. The certificates themselves are not concerned. Nothing was changed; please have the backup brought back.',
  },
  world: {
    to: { live: 'To live operation', rehearsal: 'To the rehearsal' },
    backToRehearsal: 'Back to the rehearsal',
    backToLive: 'Back to live operation',
  },
  administration: {
    title: 'Administration',
    words: 'Certificates would stand here. The administrator sees none of them, for want of the key.',
    long: 'Patients’ names, diagnoses and certificates open only for doctors and assistants. So not even a stolen administrator’s account can give any of it away. While you are logged in, sending rests.',
    toUsers: 'To the accounts',
    toConnections: 'To the connections',
    switch: 'Switch user',
    paused: 'The administrator is logged in',
    pausedLong: 'nothing is sent until somebody of the practice logs in.',
  },
  consent: {
    title: 'Consent',
    words: 'The administrator has no key to the certificates. Somebody who may see them hands it on.',
    how: 'How?',
    person: 'Somebody agrees here',
    recovery: 'With the recovery key',
    who: 'Who agrees?',
    theirPassphrase: 'Their passphrase',
  },
  users: {
    title: 'Who may log in',
    renewalTitle: 'The key to the certificates has to be renewed',
    renewal:
      'Somebody who is no longer there had it: {{names}}. Administrators can’t renew it, for they don’t have it: the next doctor is asked to at the log-in. A new recovery key is printed too.',
    addTitle: 'New account',
    add: 'Add the account',
    added: '{{name}} can log in now.',
    role: 'Role',
    theyType: 'The passphrase is typed by whom the account belongs to. Please look away.',
    factorLater: 'The second factor is set up at the first log-in.',
    change: 'Change',
    changeTitle: 'Account of {{name}}',
    changed: 'The account of {{name}} is changed.',
    losesKey: 'Sees no certificates any more then, and needs a second factor at the next log-in.',
    passphraseOf: 'Passphrase of {{name}}',
    reset: 'New passphrase',
    resetTitle: 'New passphrase for {{name}}',
    dropFactor: 'Drop factor',
    remove: 'Remove',
    yourself: 'This is you.',
    practice: 'Rehearsal',
    factor: 'second factor',
    noFactor: 'no second factor',
    keyring:
      'This computer’s keyring protects as well: passphrases open only here. On another computer the recovery key opens.',
    noKeyring: 'This computer has no keyring: the passphrases protect alone.',
    newKey: 'Print anew',
    newKeyTitle: 'New recovery key',
    newKeyDo: 'Make the new key valid',
    newKeyDone: 'From now on only the new sheet is valid. Please destroy the old one.',
    recovery: 'Valid is the sheet of {{at}} with the check group {{check}}.',
    noRecovery: 'There is none. You can print one here to try it; live operation has one of its own.',
    take: {
      user: {
        title: 'Remove {{name}}?',
        words:
          '{{name}} can’t log in any more then. What stands in the audit trail stays. If {{name}} could see certificates, the next doctor who logs in renews the key to them for everybody and prints a new recovery key; the old one opens nothing then.',
        do: 'Remove the account',
        done: '{{name}} is removed.',
      },
      factor: {
        title: 'Drop the second factor of {{name}}?',
        words: 'For a lost phone. {{name}} sets it up anew at the next log-in or export.',
        do: 'Drop the second factor',
        done: 'The second factor of {{name}} is dropped.',
      },
    },
  },
  own: {
    passphrase: 'Passphrase of {{name}}',
    present: 'Present passphrase',
    change: 'Change the passphrase',
    changed: 'Your new passphrase is valid.',
    practice: 'This is an account of the rehearsal world: its passphrase is known and stays as it is.',
    factor: 'Second factor',
    hasFactor: 'Set up. Needed whenever data leave the program; by the administrator also to log in.',
    noFactor: 'Not set up. Without it no data can leave the program.',
    renewFactor: 'Set up anew',
    factorDone: 'The second factor is valid.',
  },
};
