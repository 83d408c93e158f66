import { spawn } from 'node:child_process';
import { codeOf } from '../failure';

/** What one of CUPS' programs said. `missing`: the program is not on this machine. */
export interface Outcome {
  readonly status: number | 'missing' | 'timeout';
  readonly output: string;
  readonly errors: string;
}

const commandTimeout = 15_000;
const largestOutput = 1024 * 1024;

/** Runs one of CUPS' programs to its end, with these bytes on its standard input. Never throws. */
export async function run(program: string, args: readonly string[], input: Buffer | null): Promise<Outcome> {
  return new Promise((resolve) => {
    // LC_ALL: the answers are read, so they have to come in one language.
    const child = spawn(program, [...args], { env: { ...process.env, LC_ALL: 'C', LANG: 'C' } });
    let output = '';
    let errors = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, commandTimeout);
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(0, largestOutput)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(0, largestOutput)));
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ status: codeOf(error) === 'ENOENT' ? 'missing' : -1, output, errors: error.message });
    });
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status: late ? 'timeout' : (status ?? -1), output, errors });
    });
    // A program that ends before it has read everything tells so with its status.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? undefined);
  });
}
