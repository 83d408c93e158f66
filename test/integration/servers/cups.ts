import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { run } from './available';
import { freePort, untilListening } from './ports';

/** A running CUPS on a port of its own, with printers to try. */
export interface Cups {
  /** For the environment variable `CUPS_SERVER`. */
  readonly server: string;
  /** Folder into which the printer `Paper` prints, one file a job. */
  readonly output: string;
  /** Folder outside into which Debian's cups-pdf prints, the printer `PDF`, files named after the job; `null` where it is not installed. */
  readonly pdfOutput: string | null;
  stop(): Promise<void>;
}

/** Where Debian's package printer-driver-cups-pdf puts its parts. Its settings are the machine's own, at a place that it can't be told. */
const cupsPdf = {
  backend: '/usr/lib/cups/backend/cups-pdf',
  driver: '/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd',
  settings: '/etc/cups/cups-pdf.conf',
} as const;

/** The folder into which cups-pdf prints for this user; `null` where it is not installed. */
function cupsPdfOutput(): string | null {
  if (!Object.values(cupsPdf).every((path) => existsSync(path))) return null;
  const set = /^Out\s+(\S+)\s*$/m.exec(readFileSync(cupsPdf.settings, 'utf8'))?.[1];
  if (set === undefined) return null;
  const { homedir, username } = userInfo();
  return set.replaceAll('${HOME}', homedir).replaceAll('${USER}', username);
}

/**
 * Starts CUPS in a folder of its own, as root, with printers to try: `Paper` prints into files, `PDF` is Debian's cups-pdf, `Stopped` is disabled,
 * `Empty` says that it has no paper and waits, `Slow` takes four seconds, `Gone` looks for its device for ever, `Stuck` takes the bytes and is never heard of again, `Failing` gives
 * its jobs up, `Rejecting` takes no jobs. But for cups-pdf the backends are small scripts; everything before them is the real CUPS.
 */
export async function startCups(): Promise<Cups> {
  const root = mkdtempSync(join(tmpdir(), 'ersatzschein-cups-'));
  chmodSync(root, 0o755);
  const at = (...parts: string[]) => join(root, ...parts);
  for (const folder of ['etc', 'etc/ppd', 'spool', 'spool/tmp', 'cache', 'state', 'bin', 'bin/backend', 'output'])
    mkdirSync(at(folder));
  chmodSync(at('output'), 0o777);
  for (const folder of ['filter', 'daemon', 'driver', 'cgi-bin', 'monitor', 'notifier', 'command'])
    if (existsSync(`/usr/lib/cups/${folder}`)) symlinkSync(`/usr/lib/cups/${folder}`, at('bin', folder));
  writeBackend(at('bin', 'backend', 'folder'), `cat "\${6:--}" > "${root}/output/$1.pdf"`);
  writeBackend(at('bin', 'backend', 'empty'), 'echo "STATE: +media-empty-error" >&2; cat >/dev/null; sleep 20; exit 1');
  writeBackend(at('bin', 'backend', 'gone'), 'echo "STATE: +connecting-to-device" >&2; sleep 20; exit 1');
  writeBackend(at('bin', 'backend', 'stuck'), 'cat >/dev/null; sleep 20; exit 1');
  writeBackend(
    at('bin', 'backend', 'slow'),
    'cat >/dev/null; echo "INFO: half" >&2; sleep 2; echo "INFO: all" >&2; sleep 2',
  );
  writeBackend(at('bin', 'backend', 'failing'), 'cat >/dev/null; exit 1');
  const pdfOutput = cupsPdfOutput();
  if (pdfOutput !== null) symlinkSync(cupsPdf.backend, at('bin', 'backend', 'cups-pdf'));
  const port = await freePort();
  writeFileSync(
    at('etc', 'cupsd.conf'),
    `Listen 127.0.0.1:${port}\nBrowsing Off\nWebInterface No\nLogLevel warn\nMaxLogSize 0\n` +
      '<Location />\n  Order allow,deny\n  Allow 127.0.0.1\n</Location>\n' +
      '<Policy default>\n  <Limit All>\n    Order allow,deny\n    Allow 127.0.0.1\n  </Limit>\n</Policy>\n',
  );
  writeFileSync(
    at('etc', 'cups-files.conf'),
    [
      `ServerRoot ${at('etc')}`,
      `RequestRoot ${at('spool')}`,
      `TempDir ${at('spool', 'tmp')}`,
      `CacheDir ${at('cache')}`,
      `StateDir ${at('state')}`,
      `ServerBin ${at('bin')}`,
      `AccessLog ${at('access.log')}`,
      `ErrorLog ${at('error.log')}`,
      `PageLog ${at('page.log')}`,
      'FileDevice Yes',
      'SystemGroup root',
      '',
    ].join('\n'),
  );
  const log = openSync(at('start.log'), 'a');
  const daemon = spawn('/usr/sbin/cupsd', ['-f', '-c', at('etc', 'cupsd.conf'), '-s', at('etc', 'cups-files.conf')], {
    stdio: ['ignore', log, log],
  });
  await untilListening(port);
  const server = `127.0.0.1:${port}`;
  const admin = (program: string, ...args: string[]) => run(program, ['-h', server, ...args]);
  admin('lpadmin', '-p', 'Paper', '-E', '-v', 'folder:/', '-m', 'raw');
  admin('lpadmin', '-p', 'Stopped', '-E', '-v', 'folder:/', '-m', 'raw');
  admin('cupsdisable', '-r', 'taken out of service', 'Stopped');
  admin('lpadmin', '-p', 'Empty', '-E', '-v', 'empty:/', '-m', 'raw');
  admin('lpadmin', '-p', 'Gone', '-E', '-v', 'gone:/', '-m', 'raw');
  admin('lpadmin', '-p', 'Slow', '-E', '-v', 'slow:/', '-m', 'raw');
  admin('lpadmin', '-p', 'Stuck', '-E', '-v', 'stuck:/', '-m', 'raw');
  admin('lpadmin', '-p', 'Failing', '-E', '-v', 'failing:/', '-m', 'raw', '-o', 'printer-error-policy=abort-job');
  if (pdfOutput !== null) admin('lpadmin', '-p', 'PDF', '-E', '-v', 'cups-pdf:/', '-P', cupsPdf.driver);
  admin('lpadmin', '-p', 'Rejecting', '-E', '-v', 'folder:/', '-m', 'raw');
  admin('cupsreject', 'Rejecting');
  admin('lpadmin', '-d', 'Paper');
  return {
    server,
    output: at('output'),
    pdfOutput,
    stop: async () => {
      await ended(daemon);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** CUPS runs a backend of root's as root where others may not read it. */
function writeBackend(path: string, script: string): void {
  const list = `if [ $# -eq 0 ]; then echo 'direct ${path.split('/').at(-1) ?? ''} "Test" "Test"'; exit 0; fi`;
  writeFileSync(path, `#!/bin/sh\n${list}\n${script}\n`, { mode: 0o700 });
}

async function ended(daemon: ChildProcess): Promise<void> {
  if (daemon.exitCode !== null) return;
  await new Promise<void>((resolve) => {
    daemon.once('exit', () => resolve());
    daemon.kill('SIGTERM');
  });
}
