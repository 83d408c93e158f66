import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Which of the programs are missing on this machine. Looks into the system folders too: `PATH` often lacks them. */
export function missingPrograms(...names: readonly string[]): string[] {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/usr/sbin',
    '/sbin',
    '/usr/bin',
    '/usr/local/sbin',
  ];
  return names.filter((name) => !folders.some((folder) => isExecutable(join(folder, name))));
}

/** Says in a line why a suite does not run, `false` where it can. For `describe.skipIf`. */
export function skipped(suite: string, ...programs: readonly string[]): boolean {
  const missing = missingPrograms(...programs);
  if (missing.length === 0 && process.getuid?.() === 0) return false;
  const why = missing.length > 0 ? `${missing.join(', ')} missing` : 'these servers are started by root only';
  console.log(`skipped: ${suite} (${why})`);
  return true;
}

/** Runs a program to its end; throws with its output where it fails. */
export function run(program: string, args: readonly string[], input?: string): string {
  const result = spawnSync(program, [...args], {
    encoding: 'utf8',
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' },
    timeout: 60_000,
  });
  if (result.status !== 0)
    throw new Error(`${program} ${args.join(' ')}: ${String(result.error ?? '')} ${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** Runs a program that leaves servers behind it: those would hold its output's pipe open, so it goes into a file. */
export function launch(program: string, args: readonly string[], logFile: string): void {
  const log = openSync(logFile, 'a');
  const result = spawnSync(program, [...args], {
    stdio: ['ignore', log, log],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C' },
    timeout: 30_000,
  });
  closeSync(log);
  if (result.status !== 0)
    throw new Error(`${program} ${args.join(' ')}: ${String(result.error ?? '')} ${readFileSync(logFile, 'utf8')}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
