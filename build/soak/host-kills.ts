import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Host } from '../../electron/contract/host';
import type { Result } from '../../electron/contract/call';
import { cookieOf, hostOverLine } from '../../test/support/line-client';
import { SeededRandom } from '../chaos/random';
import { root } from '../setup.mjs';

/** What killing the host came to; `wrong` says in words what must not be. */
export interface KillOutcome {
  readonly kills: number;
  /** Writes and keys that were acknowledged. */
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrong: readonly string[];
  /** One write's way there and back with its fsync, over loopback, one at a time: median milliseconds. */
  readonly roundTripMs: number;
}

const writerId = 'kills';
const writersAtOnce = 3;

/**
 * Kills the built loopback host (`dist/electron/loopback.mjs`) with SIGKILL at random moments while it writes journal, keys, header and backups, starts it again on the
 * same folder, and looks: all that was acknowledged is there with the bytes given, nothing under two meanings, and it opens by itself each time.
 */
export async function killHosts(kills: number, seed: number): Promise<KillOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'ersatzschein-kills-'));
  const practice = new Practice(folder, new SeededRandom(seed));
  try {
    for (let life = 0; life < kills; life += 1) await practice.live();
    const roundTripMs = await practice.lookAndMeasure();
    return { ...practice.outcome, kills, roundTripMs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class Practice {
  readonly #folder: string;
  readonly #random: SeededRandom;
  /** What was given under each number and id, and of which of them the host said that it has them. */
  readonly #given = new Map<number, string>();
  readonly #told = new Set<number>();
  readonly #keys = new Map<string, string>();
  readonly #toldKeys = new Set<string>();
  #headers: { told: string | null; given: string | null } = { told: null, given: null };
  readonly #wrong: string[] = [];
  #lost = 0;
  #doubled = 0;

  constructor(folder: string, random: SeededRandom) {
    this.#folder = folder;
    this.#random = random;
  }

  get outcome() {
    const acknowledged = this.#told.size + this.#toldKeys.size;
    return { acknowledged, lost: this.#lost, doubled: this.#doubled, wrong: this.#wrong };
  }

  /** One life of the host, ended by SIGKILL while it works. */
  async live(): Promise<void> {
    const { child, archive } = await this.#start();
    const lineage = await this.#look(archive);
    let isAlive = true;
    const work = [
      ...Array.from({ length: writersAtOnce }, () => this.#write(archive, lineage, () => isAlive)),
      this.#doOther(archive, () => isAlive),
    ];
    await new Promise((resolve) => setTimeout(resolve, 10 + this.#random.below(150)));
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    isAlive = false;
    await Promise.all(work);
  }

  async lookAndMeasure(): Promise<number> {
    const { child, archive } = await this.#start();
    const lineage = await this.#look(archive);
    const backups = value(await archive.backups({}));
    for (const place of backups)
      for (const { id } of value(place.backups))
        if ((await archive.checkBackup({ place: place.place, id })).kind === 'failed') this.#wrong.push(`backup ${id}`);
    const times: number[] = [];
    const bytes = randomBytes(3000).toString('base64');
    for (let count = 0; count < 100; count += 1) {
      const number = this.#next();
      const start = performance.now();
      value(await archive.append({ writerId, lineage, entries: [{ number, bytes }] }));
      times.push(performance.now() - start);
    }
    child.kill('SIGTERM');
    await once(child, 'exit');
    return times.sort((a, b) => a - b)[times.length >> 1] ?? 0;
  }

  /** Holds what the host has against what it said it has. */
  async #look(archive: Host['archive']): Promise<string> {
    const state = value(await archive.state({}));
    if (state.damaged.lines.length + state.damaged.keys > 0 || state.damaged.header)
      this.#wrong.push(`damaged after a kill: ${JSON.stringify(state.damaged)}`);
    const found = new Map<number, string>();
    for (let after = 0, more = true; more;) {
      const piece = value(await archive.read({ after, limit: 1000 }));
      for (const { number, bytes } of piece.entries) {
        if (found.has(number)) this.#doubled += 1;
        found.set(number, bytes);
        if (this.#given.get(number) !== bytes) this.#doubled += 1;
      }
      after = piece.entries.at(-1)?.number ?? after;
      more = piece.more;
    }
    for (const number of this.#told) if (!found.has(number)) this.#lost += 1;
    // What was not acknowledged may be there or not; if it isn't, its number is free.
    for (const number of [...this.#given.keys()]) if (!found.has(number)) this.#given.delete(number);
    const keys = new Map(value(await archive.keys({})).keys.map(({ id, wrapped }) => [id, wrapped]));
    for (const id of this.#toldKeys) if (keys.get(id) !== this.#keys.get(id)) this.#lost += 1;
    const header = value(await archive.header({})).bytes;
    if (header !== this.#headers.told && header !== this.#headers.given) this.#lost += 1;
    this.#headers = { told: header, given: header };
    value(await archive.takeOver({ writerId }));
    return state.lineage;
  }

  async #write(archive: Host['archive'], lineage: string, isAlive: () => boolean): Promise<void> {
    while (isAlive()) {
      const entries = Array.from({ length: 1 + this.#random.below(4) }, () => {
        const number = this.#next();
        const bytes = randomBytes(this.#random.below(10) === 0 ? 200_000 : 2000).toString('base64');
        this.#given.set(number, bytes);
        return { number, bytes };
      });
      const done = await answered(archive.append({ writerId, lineage, entries }));
      if (done === null) return;
      if (done.kind === 'ok') entries.forEach(({ number }) => this.#told.add(number));
      else this.#wrong.push(`append: ${done.failure.text}`);
    }
  }

  async #doOther(archive: Host['archive'], isAlive: () => boolean): Promise<void> {
    while (isAlive()) {
      const id = `key-${String(this.#keys.size)}`;
      const wrapped = randomBytes(60).toString('base64');
      this.#keys.set(id, wrapped);
      const kept = await answered(archive.keepKeys({ writerId, keys: [{ id, wrapped }] }));
      if (kept === null) return;
      this.#toldKeys.add(id);
      const header = randomBytes(300).toString('base64');
      this.#headers = { ...this.#headers, given: header };
      if ((await answered(archive.saveHeader({ bytes: header }))) === null) return;
      this.#headers = { told: header, given: header };
      if (this.#random.below(3) > 0) continue;
      if ((await answered(archive.backup({ why: 'schedule' }))) === null) return;
    }
  }

  #next(): number {
    let number = this.#given.size + 1;
    while (this.#given.has(number)) number += 1;
    this.#given.set(number, '');
    return number;
  }

  async #start(): Promise<{ child: ChildProcess; archive: Host['archive'] }> {
    const program = join(root, 'dist', 'electron', 'loopback.mjs');
    const args = ['--port', '0', '--data-folder', this.#folder, '--print-folder', this.#folder];
    const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line]: unknown[] = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line'),
      once(child, 'exit').then(() => ['']),
    ]);
    if (typeof line !== 'string' || line === '') throw new Error('The host did not start after a kill.');
    return { child, archive: hostOverLine(new URL(line).origin, await cookieOf(line)).archive };
  }
}

/** `null`: the host was killed before it answered. */
async function answered<T>(call: Promise<T>): Promise<T | null> {
  return call.catch(() => null);
}

function value<T>(result: Result<T>): T {
  if (result.kind === 'failed') throw new Error(`${result.failure.reason}: ${result.failure.text}`);
  return result.value;
}
